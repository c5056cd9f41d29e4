using System.Globalization;
using System.Text;

namespace DataMesh.Cue.Builtins.Encodings;

/// <content>Strings of TOML.</content>
internal sealed partial class TomlReader
{
    private string ReadString()
    {
        char quote = Current;
        string triple = new(quote, 3);
        if (string.CompareOrdinal(_text, _at, triple, 0, 3) != 0)
            return ReadQuoted();
        _at += 3;
        if (Current == '\n')
            _at++;
        StringBuilder text = new();
        while (string.CompareOrdinal(_text, _at, triple, 0, 3) != 0)
        {
            if (_at >= _text.Length)
                throw Fail($"multiline {(quote == '"' ? "basic" : "literal")} string not terminated by {triple}");
            if (Current != '\n')
                CheckControl(quote);
            if (Current == '\\' && quote == '"')
                AppendEscape(text, isMultiLine: true);
            else
                text.Append(_text[_at++]);
        }

        _at += 3;
        // Up to two quotes may stand directly before the closing ones.
        for (int i = 0; i < 2 && Current == quote; i++, _at++)
            text.Append(quote);
        return text.ToString();
    }

    private string ReadQuoted()
    {
        char quote = Current;
        StringBuilder text = new();
        _at++;
        while (Current != quote)
        {
            if (_at >= _text.Length)
                throw Fail(quote == '"' ? "basic string not terminated by \"" : "unterminated literal string");
            if (Current == '\n')
                throw Fail(quote == '"' ? "basic strings cannot have new lines" : "literal strings cannot have new lines");
            CheckControl(quote);
            if (Current == '\\' && quote == '"')
                AppendEscape(text, isMultiLine: false);
            else
                text.Append(_text[_at++]);
        }

        _at++;
        return text.ToString();
    }

    /// <summary>Of the control characters only tabs may stand in a string.</summary>
    private void CheckControl(char quote)
    {
        if (Current is (< ' ' and not '\t') or '\x7F')
            throw Fail(quote == '"' ? "invalid UTF-8" : "invalid character");
    }

    private void AppendEscape(StringBuilder text, bool isMultiLine)
    {
        _at++;
        char escape = Current;
        int digits = escape switch { 'u' => 4, 'U' => 8, _ => 0 };
        if (digits > 0)
        {
            _at++;
            if (_at + digits > _text.Length
                || !int.TryParse(_text.Substring(_at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int codePoint)
                || !CodePoints.IsValid(codePoint))
            {
                throw Fail("escape sequence is invalid Unicode code point");
            }

            text.AppendCodePoint(codePoint);
            _at += digits;
            return;
        }

        if (isMultiLine && escape is '\n' or ' ' or '\t')
        {
            while (Current is '\n' or ' ' or '\t')
                _at++;
            return;
        }

        text.Append(escape switch
        {
            'b' => '\b',
            't' => '\t',
            'n' => '\n',
            'f' => '\f',
            'r' => '\r',
            'e' => '\x1B',
            '"' or '\\' => escape,
            _ when _at < _text.Length => throw Fail("invalid escaped character " + Conversion.QuotedText.Describe(CodePoints.At(_text, _at))),
            _ => throw Fail("basic string not terminated by \""),
        });
        _at++;
    }
}
