using System.Text;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Builtins.Encodings;

/// <summary>Reads, checks and rewrites JSON (RFC 8259).</summary>
internal sealed partial class JsonText
{
    private const int MaxDepth = 10_000;
    private const string UnexpectedEnd = "unexpected end of JSON input";

    /// <summary>What is nested deeper is not read into nodes: those who walk them do so recursively.</summary>
    private const int MaxNodeDepth = 500;

    private readonly string _text;
    private int _at;

    private JsonText(string text) => _text = text;

    private enum Style
    {
        Compact,
        Indented,
    }

    public static bool IsValid(string text)
    {
        try
        {
            _ = Compact(text);
            return true;
        }
        catch (BuiltinException)
        {
            return false;
        }
    }

    /// <summary>The text without blanks between its parts.</summary>
    public static string Compact(string text) => new JsonText(text).Rewrite(Style.Compact, "", "");

    /// <summary>The text with each part on a line of its own.</summary>
    public static string Indent(string text, string prefix, string indent) => new JsonText(text).Rewrite(Style.Indented, prefix, indent);

    /// <summary>Escapes what would not be safe inside HTML.</summary>
    public static string EscapeHtml(string text) => text
        .Replace("<", "\\u003c").Replace(">", "\\u003e").Replace("&", "\\u0026").Replace("\u2028", "\\u2028").Replace("\u2029", "\\u2029");

    /// <summary>One value with nothing but blanks around it.</summary>
    public static DataNode Read(string text) => Read(text, out _);

    /// <summary>One value with nothing but blanks around it.</summary>
    /// <param name="errorOffset">Where reading stopped, if it throws.</param>
    public static DataNode Read(string text, out int errorOffset)
    {
        JsonText reader = new(text);
        errorOffset = 0;
        try
        {
            DataNode node = reader.ReadValue(0);
            reader.SkipBlanks();
            return reader._at == text.Length ? node : throw reader.Unexpected("after top-level value");
        }
        finally
        {
            errorOffset = reader._at;
        }
    }

    /// <summary>Values one after the other.</summary>
    /// <param name="errorOffset">Where reading stopped, if it throws.</param>
    public static List<DataNode> ReadStream(string text, out int errorOffset)
    {
        JsonText reader = new(text);
        List<DataNode> nodes = [];
        errorOffset = 0;
        while (true)
        {
            reader.SkipBlanks();
            if (reader._at == text.Length)
                return nodes;
            try
            {
                nodes.Add(reader.ReadValue(0));
            }
            finally
            {
                errorOffset = reader._at;
            }
        }
    }

    /// <summary>A string as JSON writes it.</summary>
    public static string Quote(string text) =>
        EscapedText.Quote(text, static c => c is < ' ' or '\u2028' or '\u2029', "x4");

    /// <summary>Checks without recursion, so that depth costs no stack.</summary>
    private string Rewrite(Style style, string prefix, string indent)
    {
        StringBuilder result = new(_text.Length);
        Stack<char> open = new();
        bool isIndented = style == Style.Indented;

        void NewLine()
        {
            if (!isIndented)
                return;
            if (result.Length + prefix.Length + ((long)open.Count * indent.Length) > Arithmetic.MaxRepeatedLength)
                throw new BuiltinException("result is too large");
            result.Append('\n').Append(prefix);
            for (int i = 0; i < open.Count; i++)
                result.Append(indent);
        }

        while (true)
        {
            // A value begins here.
            SkipBlanks();
            char c = Peek();
            if (c is '{' or '[')
            {
                if (open.Count >= MaxDepth)
                    throw new BuiltinException("exceeded max depth");
                result.Append(c);
                _at++;
                SkipBlanks();
                char close = c == '{' ? '}' : ']';
                if (_at < _text.Length && _text[_at] == close)
                {
                    result.Append(close);
                    _at++;
                }
                else
                {
                    open.Push(c);
                    NewLine();
                    if (c == '{')
                        RewriteName(result, isIndented);
                    continue;
                }
            }
            else
            {
                int start = _at;
                SkipScalar();
                result.Append(_text, start, _at - start);
            }

            // What follows a value closes or continues what it stands in.
            while (true)
            {
                SkipBlanks();
                if (open.Count == 0)
                    return _at == _text.Length ? result.ToString() : throw Unexpected("after top-level value");
                bool isObject = open.Peek() == '{';
                char next = Peek();
                if (next == ',')
                {
                    _at++;
                    result.Append(',');
                    NewLine();
                    if (isObject)
                        RewriteName(result, isIndented);
                    break;
                }

                if (next != (isObject ? '}' : ']'))
                    throw Unexpected(isObject ? "after object key:value pair" : "after array element");
                _at++;
                open.Pop();
                NewLine();
                result.Append(next);
            }
        }
    }

    private void RewriteName(StringBuilder result, bool isIndented)
    {
        SkipBlanks();
        if (Peek() != '"')
            throw Unexpected("looking for beginning of object key string");
        int start = _at;
        SkipString();
        result.Append(_text, start, _at - start);
        SkipBlanks();
        if (Peek() != ':')
            throw Unexpected("after object key");
        _at++;
        result.Append(isIndented ? ": " : ":");
    }
}
