using System.Globalization;
using System.Text;

namespace DataMesh.Cue.Builtins.Templates;

/// <content>What actions are made of: names, numbers and quoted text.</content>
internal sealed partial class TemplateParser
{
    private List<string> ReadFields()
    {
        List<string> fields = [];
        while (Current == '.' && _at + 1 < _action.Length && IsLetter(_action[_at + 1]))
        {
            _at++;
            string field = PeekWord();
            fields.Add(field);
            _at += field.Length;
        }

        return fields;
    }

    private string ReadVariable()
    {
        _at++;
        string name = PeekWord();
        _at += name.Length;
        return "$" + name;
    }

    private string ReadNumber()
    {
        int start = _at;
        while (_at < _action.Length && (char.IsLetterOrDigit(Current) || Current is '.' or '_' or '+' or '-'))
            _at++;
        string text = _action.Substring(start, _at - start);
        if (TemplateValues.ReadNumber(text) is not null)
            return text;
        // What looks like a number up to its end is one that cannot be read.
        bool isHexadecimal = text.TrimStart('+', '-').StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        bool looksLikeOne = text.All(c => c is >= '0' and <= '9' or '.' or '_' or '+' or '-' or 'e' or 'E' or 'p' or 'P' || (isHexadecimal && c is >= 'a' and <= 'f' or >= 'A' and <= 'F' or 'x' or 'X'));
        throw Fail($"{(looksLikeOne ? "illegal" : "bad")} number syntax: {Conversion.QuotedText.Quote(text)}");
    }

    private string ReadCharacter()
    {
        int end = _action.IndexOf('\'', _at + (_at + 1 < _action.Length && _action[_at + 1] == '\\' ? 3 : 1));
        if (end < 0)
            throw Fail("unterminated character constant");
        string text = Unescape(_action.Substring(_at + 1, end - _at - 1));
        _at = end + 1;
        if (CodePoints.Count(text) != 1)
            throw Fail($"malformed character constant: '{text}'");
        return CodePoints.At(text, 0).ToString(CultureInfo.InvariantCulture);
    }

    private string ReadQuoted()
    {
        char quote = Current;
        if (quote is not ('"' or '`'))
            throw Fail("unexpected token; expected a quoted string");
        int start = ++_at;
        for (; _at < _action.Length && Current != quote; _at++)
        {
            if (Current == '\\' && quote == '"')
                _at++;
        }

        if (_at >= _action.Length)
            throw Fail("unterminated quoted string");
        string text = _action.Substring(start, _at - start);
        _at++;
        return quote == '`' ? text : Unescape(text);
    }

    private string Unescape(string text)
    {
        StringBuilder result = new();
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
            {
                result.Append(text[i]);
                continue;
            }

            i++;
            int digits = text[i] switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
            if (digits > 0)
            {
                if (i + digits >= text.Length
                    || !int.TryParse(text.Substring(i + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int value))
                {
                    throw Fail("invalid syntax");
                }

                result.AppendCodePoint(value);
                i += digits;
                continue;
            }

            result.Append(text[i] switch
            {
                'a' => '\a',
                'b' => '\b',
                'f' => '\f',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'v' => '\v',
                '\\' or '"' or '\'' => text[i],
                _ => throw Fail("invalid syntax"),
            });
        }

        return result.ToString();
    }

    private char Current => _at < _action.Length ? _action[_at] : '\0';

    private bool Starts(string text) => string.CompareOrdinal(_action, _at, text, 0, text.Length) == 0;

    private string PeekWord()
    {
        int end = _at;
        while (end < _action.Length && (IsLetter(_action[end]) || char.IsDigit(_action[end])))
            end++;
        return _action.Substring(_at, end - _at);
    }

    private static bool IsLetter(char c) => char.IsLetter(c) || c == '_';

    private void SkipBlanks()
    {
        while (Current is ' ' or '\t' or '\r' or '\n')
            _at++;
    }

    private BuiltinException Fail(string reason) => new($"template: :{Number(_line)}: {reason}");

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
