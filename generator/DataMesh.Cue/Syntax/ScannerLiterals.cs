namespace DataMesh.Cue.Syntax;

internal sealed partial class Scanner
{
    /// <summary>The strings that wait for the end of an interpolation, innermost last.</summary>
    private readonly Stack<OpenString> _openStrings = new();

    private TokenKind ScanNumber(int start)
    {
        if (_current == '0')
        {
            var prefix = Peek(0);
            switch (prefix)
            {
                case (byte)'x' or (byte)'X': return ScanPrefixed(start, 16, "illegal hexadecimal number");
                case (byte)'b': return ScanPrefixed(start, 2, "illegal binary number");
                case (byte)'o': return ScanPrefixed(start, 8, "illegal octal number");
            }
        }

        var leadingZero = _current == '0';
        var digits = 1;
        if (leadingZero && Peek(0) == '_')
            Advance();
        else
            digits = SkipDigits(10);
        var kind = TokenKind.Int;
        if (_current == '.' && Peek(0) != '.')
        {
            kind = TokenKind.Float;
            Advance();
            SkipDigits(10);
        }

        if (_current is 'e' or 'E')
        {
            kind = TokenKind.Float;
            Advance();
            if (_current is '+' or '-')
                Advance();
            if (_current == '_' || Characters.IsDecimalDigit(_current))
                SkipDigits(10);
            else
                _report(_offset, "illegal exponent in number");
        }
        else if (_current is 'K' or 'M' or 'G' or 'T' or 'P')
        {
            Advance();
            if (_current == 'i')
                Advance();
            if (kind == TokenKind.Float)
                return TokenKind.Int;
        }

        if (kind == TokenKind.Int && leadingZero && digits > 1)
            _report(start, "illegal integer number");
        return kind;
    }

    private TokenKind ScanPrefixed(int start, int @base, string error)
    {
        Advance();
        Advance();
        SkipDigits(@base);
        if (_offset == start + 2)
            _report(start, error);
        return TokenKind.Int;
    }

    /// <summary>Skips digits and single underscores between them; the number of digits.</summary>
    private int SkipDigits(int @base)
    {
        var count = 0;
        var afterUnderscore = false;
        while (_current == '_' || Characters.HexValue(_current) < @base)
        {
            if (_current == '_')
            {
                var next = _nextOffset < _source.Length ? _source[_nextOffset] : EndOfInput;
                if (afterUnderscore || !(next == '_' || Characters.HexValue(next) < @base))
                    _report(_offset, "illegal '_' in number");
                afterUnderscore = true;
            }
            else
            {
                afterUnderscore = false;
                count++;
            }

            Advance();
        }

        return count;
    }

    private TokenKind ScanString(int start, int hashes)
    {
        var mark = _current;
        Advance();
        var open = new OpenString(mark, hashes, false, start);
        if (_current != mark)
            return ScanStringContent(start, open);

        if (Peek(0) != mark)
        {
            // Two quotes: empty when the hashes follow, else the second one is content.
            if (!AtHashes(0, hashes))
                return ScanStringContent(start, open);
            SkipClosing(1, hashes);
            return TokenKind.String;
        }

        if (hashes > 0 && AtHashes(1, hashes))
            return ScanStringContent(start, open);
        Advance();
        Advance();
        for (var i = 0; i < hashes && _current == '#'; i++)
            Advance();
        if (_current == '\r')
            Advance();
        if (_current != '\n')
        {
            _report(start, "expected newline after multiline quote " + _file.GetText(start, _offset - start));
            return TokenKind.String;
        }

        Advance();
        return ScanStringContent(start, open.AsMultiline());
    }

    private TokenKind ScanStringContent(int start, OpenString open)
    {
        while (true)
        {
            if (_current == EndOfInput || (_current == '\n' && !open.IsMultiline))
            {
                _report(start, "string literal not terminated");
                return TokenKind.String;
            }

            if (_current == open.Mark && AtClosing(open))
            {
                SkipClosing(open.IsMultiline ? 3 : 1, open.HashCount);
                if (open.IsMultiline && start == open.Start && !Quotes.HasMatchingIndentation(_file.GetText(start, _offset - start)))
                    _report(start, "non-matching whitespace for multiline strings");
                return TokenKind.String;
            }

            if (_current != '\\' || !AtHashes(0, open.HashCount))
            {
                Advance();
                continue;
            }

            for (var i = 0; i <= open.HashCount; i++)
                Advance();
            if (_current == '(')
            {
                _openStrings.Push(open);
                return TokenKind.Interpolation;
            }

            ScanEscape(open.Mark);
        }
    }

    /// <summary>Checks an escape; what is wrong is reported and left to be read as content.</summary>
    private void ScanEscape(int mark)
    {
        var start = _offset;
        switch (_current)
        {
            case 'a' or 'b' or 'f' or 'n' or 'r' or 't' or 'v' or '/' or '\\':
                Advance();
                return;
            case 'x' when mark != '\'':
                _report(start, "hexadecimal escape not allowed in string literal");
                return;
            case 'x':
                Advance();
                ScanEscapeDigits(start, 2, 16, 255);
                return;
            case >= '0' and <= '7' when mark != '\'':
                _report(start, "octal escape not allowed in string literal");
                return;
            case >= '0' and <= '7':
                ScanEscapeDigits(start, 3, 8, 255);
                return;
            case 'u':
                Advance();
                ScanEscapeDigits(start, 4, 16, 0x10FFFF);
                return;
            case 'U':
                Advance();
                ScanEscapeDigits(start, 8, 16, 0x10FFFF);
                return;
            default:
                if (_current == mark)
                    Advance();
                else
                    _report(start, _current == EndOfInput ? "escape sequence not terminated" : "unknown escape sequence");
                return;
        }
    }

    private void ScanEscapeDigits(int start, int count, int @base, long maximum)
    {
        long value = 0;
        for (; count > 0; count--)
        {
            var digit = Characters.HexValue(_current);
            if (digit >= @base)
            {
                _report(_offset, _current == EndOfInput
                    ? "escape sequence not terminated"
                    : "illegal character " + Describe(_current) + " in escape sequence");
                return;
            }

            value = (value * @base) + digit;
            Advance();
        }

        if (value > maximum)
            _report(start, "escape sequence is invalid Unicode code point");
    }

    /// <summary>Whether a number of hashes follows, so many bytes behind the next character.</summary>
    private bool AtHashes(int distance, int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (Peek(distance + i) != '#')
                return false;
        }

        return true;
    }

    private bool AtClosing(OpenString open)
    {
        if (!open.IsMultiline)
            return AtHashes(0, open.HashCount);
        return Peek(0) == open.Mark && Peek(1) == open.Mark && AtHashes(2, open.HashCount) && IsFirstOnLine();
    }

    /// <summary>Whether only blanks stand before the current character on its line.</summary>
    private bool IsFirstOnLine()
    {
        var i = _offset - 1;
        while (i >= 0 && (_source[i] is (byte)' ' or (byte)'\t' or (byte)'\r'))
            i--;
        return i < 0 || _source[i] == '\n';
    }

    private void SkipClosing(int quotes, int hashes)
    {
        for (var i = 0; i < quotes + hashes; i++)
            Advance();
    }

    /// <summary>
    /// <c>@name(...)</c>: brackets in the body are balanced, and everything in it is made of tokens of the language.
    /// </summary>
    private TokenKind ScanAttribute()
    {
        var closing = new Stack<TokenKind>();
        OpenAttribute(closing);
        while (closing.Count > 0)
        {
            if (closing.Peek() == TokenKind.Attribute)
            {
                closing.Pop();
                ReportHead();
                continue;
            }

            SkipWhiteSpace();
            EndLine();
            if (_current == '@')
            {
                OpenAttribute(closing);
                continue;
            }

            var kind = ScanToken(_offset);
            if (kind is not (TokenKind.Illegal or TokenKind.Comment))
                _impliesComma = ImpliesComma(kind);
            switch (kind)
            {
                case TokenKind.LeftParenthesis:
                    closing.Push(TokenKind.RightParenthesis);
                    break;
                case TokenKind.LeftBracket:
                    closing.Push(TokenKind.RightBracket);
                    break;
                case TokenKind.LeftBrace:
                    closing.Push(TokenKind.RightBrace);
                    break;
                case TokenKind.RightParenthesis or TokenKind.RightBracket or TokenKind.RightBrace:
                    if (kind == closing.Peek())
                        closing.Pop();
                    else
                        _report(_offset, "unexpected '" + kind.GetText() + "'");
                    break;
                case TokenKind.Interpolation:
                    _openStrings.Pop();
                    _report(_offset, "interpolation not allowed in attribute");
                    SkipInterpolation();
                    break;
                case TokenKind.EndOfFile:
                    ReportUnclosed(closing);
                    return TokenKind.Attribute;
            }
        }

        return TokenKind.Attribute;
    }

    /// <summary>
    /// <c>@name(</c>, where no line that the token before could end may come to its end; what has to close for it goes on the stack.
    /// An attribute in the place of the parenthesis is read whole, and only behind it is the parenthesis missed.
    /// </summary>
    private void OpenAttribute(Stack<TokenKind> closing)
    {
        var nested = false;
        bool ended;
        while (true)
        {
            Advance();
            SkipLettersAndDigits();
            SkipWhiteSpace();
            ended = EndLine();
            if (ended || _current != '@')
                break;
            nested = true;
        }

        var next = ended ? TokenKind.Illegal : ScanToken(_offset);
        _impliesComma = false;
        if (next != TokenKind.LeftParenthesis)
        {
            ReportHead();
            return;
        }

        if (nested)
            closing.Push(TokenKind.Attribute);
        closing.Push(TokenKind.RightParenthesis);
    }

    private void ReportHead() => _report(_offset, "invalid attribute: expected '('");

    /// <summary>Goes on at the parenthesis that closes the attribute's, or at the end of the line: the rest of the string is not read as one.</summary>
    private void SkipInterpolation()
    {
        for (var open = 1; _current is not ('\n' or EndOfInput); Advance())
        {
            open += _current switch { '(' => 1, ')' => -1, _ => 0 };
            if (open == 0)
                return;
        }
    }

    private void ReportUnclosed(Stack<TokenKind> closing)
    {
        foreach (var kind in new[] { TokenKind.RightParenthesis, TokenKind.RightBracket, TokenKind.RightBrace })
        {
            if (closing.Contains(kind))
                _report(_offset, "attribute missing '" + kind.GetText() + "'");
        }

        if (closing.Contains(TokenKind.Attribute))
            ReportHead();
    }

    /// <summary>Whether a comma is implied here; the white space behind it is skipped.</summary>
    private bool EndLine()
    {
        if (!_impliesComma || !(_current == '\n' || AtComment))
            return false;
        _impliesComma = false;
        SkipWhiteSpace();
        return true;
    }

    private readonly struct OpenString(int mark, int hashes, bool multiline, int start)
    {
        public int Mark { get; } = mark;

        public int HashCount { get; } = hashes;

        public bool IsMultiline { get; } = multiline;

        public int Start { get; } = start;

        public OpenString AsMultiline() => new(Mark, HashCount, true, Start);
    }
}
