using System.Globalization;
using System.Text;

namespace DataMesh.Cue.Builtins.Encodings;

/// <content>Values as nodes.</content>
internal sealed partial class JsonText
{
    private DataNode ReadValue(int depth)
    {
        if (depth > MaxNodeDepth)
            throw new BuiltinException("exceeded max depth");
        SkipBlanks();
        int start = _at;
        switch (Peek())
        {
            case '{':
                return ReadObject(start, depth);
            case '[':
                return ReadArray(start, depth);
        }

        SkipScalar();
        string scalar = _text.Substring(start, _at - start);
        return scalar switch
        {
            "null" => DataNode.Null(start),
            "true" or "false" => DataNode.Bool(scalar == "true", start),
            _ => scalar[0] == '"' ? DataNode.String(Unquote(scalar, start), start) : DataNode.Number(scalar, start),
        };
    }

    private DataNode ReadObject(int start, int depth)
    {
        List<KeyValuePair<DataNode, DataNode>> members = [];
        _at++;
        SkipBlanks();
        if (_at < _text.Length && _text[_at] == '}')
        {
            _at++;
            return DataNode.Map(members, start);
        }

        while (true)
        {
            SkipBlanks();
            int nameStart = _at;
            if (Peek() != '"')
                throw Unexpected("looking for beginning of object key string");
            SkipString();
            DataNode name = DataNode.String(Unquote(_text.Substring(nameStart, _at - nameStart), nameStart), nameStart);
            SkipBlanks();
            if (Peek() != ':')
                throw Unexpected("after object key");
            _at++;
            members.Add(new(name, ReadValue(depth + 1)));
            SkipBlanks();
            char next = Peek();
            if (next is not (',' or '}'))
                throw Unexpected("after object key:value pair");
            _at++;
            if (next == '}')
                return DataNode.Map(members, start);
        }
    }

    private DataNode ReadArray(int start, int depth)
    {
        List<DataNode> elements = [];
        _at++;
        SkipBlanks();
        if (_at < _text.Length && _text[_at] == ']')
        {
            _at++;
            return DataNode.List(elements, start);
        }

        while (true)
        {
            elements.Add(ReadValue(depth + 1));
            SkipBlanks();
            char next = Peek();
            if (next is not (',' or ']'))
                throw Unexpected("after array element");
            _at++;
            if (next == ']')
                return DataNode.List(elements, start);
        }
    }

    /// <summary>The text of a string that was checked.</summary>
    private static string Unquote(string literal, int start)
    {
        StringBuilder result = new(literal.Length);
        for (int i = 1; i < literal.Length - 1; i++)
        {
            if (literal[i] != '\\')
            {
                result.Append(literal[i]);
                continue;
            }

            i++;
            if (literal[i] != 'u')
            {
                result.Append(literal[i] switch { 'b' => '\b', 'f' => '\f', 'n' => '\n', 'r' => '\r', 't' => '\t', char other => other });
                continue;
            }

            char unit = ReadUnit(literal, i + 1);
            i += 4;
            bool isPair = char.IsHighSurrogate(unit) && i + 6 < literal.Length && literal[i + 1] == '\\' && literal[i + 2] == 'u'
                && char.IsLowSurrogate(ReadUnit(literal, i + 3));
            if (isPair)
            {
                result.Append(unit).Append(ReadUnit(literal, i + 3));
                i += 6;
            }
            else if (char.IsSurrogate(unit))
            {
                throw new BuiltinException("invalid string: unmatched surrogate pair") { Offset = start };
            }
            else
            {
                result.Append(unit);
            }
        }

        return result.ToString();
    }

    private static char ReadUnit(string literal, int start) =>
        ushort.TryParse(literal.Substring(start, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort unit) ? (char)unit : 'x';
}
