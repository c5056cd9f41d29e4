namespace DataMesh.Cue.Builtins.Encodings;

/// <content>Going over the parts of a text, and what is said where one is wrong.</content>
internal sealed partial class JsonText
{
    private void SkipScalar()
    {
        char c = _text[_at];
        switch (c)
        {
            case '"':
                SkipString();
                break;
            case 't':
                SkipWord("true");
                break;
            case 'f':
                SkipWord("false");
                break;
            case 'n':
                SkipWord("null");
                break;
            case '-' or (>= '0' and <= '9'):
                SkipNumber();
                break;
            default:
                throw Unexpected("looking for beginning of value");
        }
    }

    private void SkipWord(string word)
    {
        _at++;
        for (int i = 1; i < word.Length; i++, _at++)
        {
            if (Peek() != word[i])
                throw Unexpected($"in literal {word} (expecting '{word[i]}')");
        }
    }

    private void SkipNumber()
    {
        if (_text[_at] == '-')
            _at++;
        if (Peek() == '0')
            _at++;
        else
            SkipDigits("in numeric literal");
        if (_at < _text.Length && _text[_at] == '.')
        {
            _at++;
            SkipDigits("after decimal point in numeric literal");
        }

        if (_at < _text.Length && (_text[_at] is 'e' or 'E'))
        {
            _at++;
            if (_at < _text.Length && (_text[_at] is '+' or '-'))
                _at++;
            SkipDigits("in exponent of numeric literal");
        }
    }

    private void SkipDigits(string context)
    {
        if (Peek() is not (>= '0' and <= '9'))
            throw Unexpected(context);
        while (_at < _text.Length && _text[_at] is >= '0' and <= '9')
            _at++;
    }

    private void SkipString()
    {
        for (_at++; ; _at++)
        {
            char c = Peek();
            if (c == '"')
                break;
            if (c < ' ')
                throw Unexpected("in string literal");
            if (c != '\\')
                continue;
            _at++;
            char escape = Peek();
            if (escape == 'u')
            {
                for (int i = 0; i < 4; i++)
                {
                    _at++;
                    if (!IsHex(Peek()))
                        throw Unexpected("in \\u hexadecimal character escape");
                }
            }
            else if ("\"\\/bfnrt".IndexOf(escape) < 0)
            {
                throw Unexpected("in string escape code");
            }
        }

        _at++;
    }

    private void SkipBlanks()
    {
        while (_at < _text.Length && (_text[_at] is ' ' or '\t' or '\n' or '\r'))
            _at++;
    }

    private char Peek() => _at < _text.Length ? _text[_at] : throw new BuiltinException(UnexpectedEnd);

    private BuiltinException Unexpected(string context)
    {
        if (_at >= _text.Length)
            return new(UnexpectedEnd);
        int c = CodePoints.FirstByte(_text, _at);
        string shown = c switch { '\'' => "'\\''", '"' => "'\"'", _ => Conversion.QuotedText.QuoteRune(c) };
        return new($"invalid character {shown} {context}");
    }

    private static bool IsHex(char c) => c is (>= '0' and <= '9') or (>= 'a' and <= 'f') or (>= 'A' and <= 'F');
}
