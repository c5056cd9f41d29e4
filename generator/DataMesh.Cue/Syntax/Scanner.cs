using System.Globalization;

namespace DataMesh.Cue.Syntax;

/// <summary>
/// Splits a file into tokens (specification: "Lexical elements"). Line breaks that end a line become commas, and every token
/// knows the white space before it. A string with interpolations comes in pieces: the parser asks for the next piece with
/// <see cref="ResumeInterpolation"/> when it has read the expression.
/// </summary>
internal sealed partial class Scanner
{
    private const int EndOfInput = -1;

    private readonly SourceFile _file;
    private readonly byte[] _source;
    private readonly Action<int, string> _report;

    /// <summary>The current character, where it stands and where the next one does.</summary>
    private int _current;
    private int _offset;
    private int _nextOffset;

    private bool _impliesComma;
    private int _lineBreaks;
    private bool _hasBlanks;

    /// <param name="file">The text.</param>
    /// <param name="report">Takes errors: a byte offset and a message.</param>
    public Scanner(SourceFile file, Action<int, string> report)
    {
        _file = file;
        _source = file.Buffer;
        _report = report;
        Advance();
        if (_current == 0xFEFF)
            Advance();
    }

    /// <summary>Reads the next token; at the end of the file, one that says so, however often.</summary>
    public Token Scan()
    {
        SkipWhiteSpace();
        if (_current == '\n' && PeekBytes().First is ':' or ',')
        {
            // A line that begins with a colon or a comma continues the one before.
            _impliesComma = false;
            SkipWhiteSpace();
            _lineBreaks = 0;
        }

        var start = _offset;
        if (_impliesComma && (_current is '\n' or EndOfInput || AtComment))
        {
            _impliesComma = false;
            return new Token(TokenKind.Comma, new Position(_file, start, Spacing.NoSpace), "\n");
        }

        var position = new Position(_file, start, GetSpacing());
        var kind = ScanToken(start);
        if (kind is not (TokenKind.Illegal or TokenKind.Comment))
            _impliesComma = ImpliesComma(kind);
        _lineBreaks = 0;
        _hasBlanks = false;
        return Complete(kind, position);
    }

    /// <summary>Reads on behind the closing parenthesis of an interpolation, up to the next one or the end of the string.</summary>
    public Token ResumeInterpolation()
    {
        if (_openStrings.Count == 0)
            return new Token(TokenKind.Illegal, new Position(_file, _offset, Spacing.NoSpace), "");
        var start = Math.Max(_offset - 1, 0);
        var kind = ScanStringContent(start, _openStrings.Pop());
        return Complete(kind, new Position(_file, start, Spacing.NoSpace));
    }

    /// <summary>The byte behind the last token, white space aside, and the one after it; 0 at the end.</summary>
    public (char First, char Second) PeekBytes(bool sameLine = false)
    {
        var i = _offset;
        while (i < _source.Length && (_source[i] is (byte)' ' or (byte)'\t' or (byte)'\r' || (!sameLine && _source[i] == '\n')))
            i++;
        return (i < _source.Length ? (char)_source[i] : '\0', i + 1 < _source.Length ? (char)_source[i + 1] : '\0');
    }

    /// <summary>Whether a colon is behind the mark that comes next, white space aside.</summary>
    public bool IsColonBehind(char mark)
    {
        var i = Array.IndexOf(_source, (byte)mark, _offset) + 1;
        while (i < _source.Length && _source[i] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            i++;
        return i < _source.Length && _source[i] == ':';
    }

    /// <summary>Whether an identifier that is no keyword follows on the same line.</summary>
    public bool IsNextIdentifier()
    {
        var start = _offset;
        while (start < _source.Length && _source[start] is (byte)' ' or (byte)'\t' or (byte)'\r')
            start++;
        var end = start;
        if (end < _source.Length && _source[end] == '#')
            end++;
        while (end < _source.Length)
        {
            var codePoint = Characters.Decode(_source, end, out var length);
            if (end == start + 1 && _source[start] == '#' && codePoint is '#' or '"' or '\'')
                return false;
            if (!Characters.IsLetter(codePoint) && !(end > start && Characters.IsDigit(codePoint)))
                break;
            end += length;
        }

        return end > start && TokenKinds.FromIdentifier(_file.GetText(start, end - start)) == TokenKind.Identifier;
    }

    private static bool ImpliesComma(TokenKind kind) => kind is TokenKind.Identifier or TokenKind.Int or TokenKind.Float
        or TokenKind.String or TokenKind.Bottom or TokenKind.Attribute or TokenKind.RightParenthesis
        or TokenKind.RightBracket or TokenKind.RightBrace or TokenKind.Option or TokenKind.Ellipsis or TokenKind.Semicolon;

    private bool AtComment => _current == '/' && Peek(0) == '/';

    private Token Complete(TokenKind kind, Position position)
    {
        switch (kind)
        {
            case TokenKind.Identifier:
                var name = GetText(position);
                if (name.StartsWith("__#", StringComparison.Ordinal))
                {
                    _report(position.Offset, string.Format(CultureInfo.InvariantCulture, "illegal token \"{0}\"", name));
                    return new Token(TokenKind.Illegal, position, name);
                }

                return new Token(TokenKinds.FromIdentifier(name), position, name);
            case TokenKind.String or TokenKind.Interpolation or TokenKind.Comment or TokenKind.Attribute:
                // The parenthesis of an interpolation is a token of its own, but part of the text too.
                var text = GetText(position, kind == TokenKind.Interpolation ? 1 : 0);
                return new Token(kind, position, text.IndexOf('\r') < 0 ? text : text.Replace("\r", ""));
            case TokenKind.Int or TokenKind.Float or TokenKind.Illegal:
                return new Token(kind, position, GetText(position));
            case TokenKind.Bottom:
                return new Token(kind, position, "_|_");
            default:
                return new Token(kind, position, "");
        }
    }

    private string GetText(Position start, int extra = 0) => _file.GetText(start.Offset, _offset + extra - start.Offset);

    private Spacing GetSpacing() => _lineBreaks switch
    {
        0 => _hasBlanks ? Spacing.Blank : Spacing.NoSpace,
        1 => Spacing.Newline,
        _ => Spacing.NewSection,
    };

    /// <summary>Moves to the next character; reports the ones that may stand nowhere.</summary>
    private void Advance()
    {
        _offset = _nextOffset;
        if (_nextOffset >= _source.Length)
        {
            _offset = _source.Length;
            _current = EndOfInput;
            return;
        }

        var codePoint = Characters.Decode(_source, _nextOffset, out var length);
        if (codePoint == 0)
            _report(_offset, "illegal character NUL");
        else if (codePoint == Characters.Invalid && length == 1)
            _report(_offset, "illegal UTF-8 encoding");
        else if (codePoint == 0xFEFF && _offset > 0)
            _report(_offset, "illegal byte order mark");
        _nextOffset += length;
        _current = codePoint;
    }

    /// <summary>The byte behind the current character, or further on; 0 behind the end.</summary>
    private byte Peek(int distance) => _nextOffset + distance < _source.Length ? _source[_nextOffset + distance] : (byte)0;

    private void SkipWhiteSpace()
    {
        while (true)
        {
            switch (_current)
            {
                case ' ' or '\t' or '\r':
                    _hasBlanks = true;
                    break;
                case '\n' when !_impliesComma:
                    _lineBreaks++;
                    break;
                default:
                    return;
            }

            Advance();
        }
    }

    private TokenKind ScanToken(int start)
    {
        var c = _current;
        if (Characters.IsLetter(c))
            return ScanIdentifier();
        if (Characters.IsDecimalDigit(c) || (c == '.' && Characters.IsDecimalDigit(Peek(0))))
            return ScanNumber(start);
        switch (c)
        {
            case EndOfInput:
                return TokenKind.EndOfFile;
            case '"' or '\'':
                return ScanString(start, 0);
            case '#':
                return ScanHash(start);
            case '@':
                return ScanAttribute();
            case '/' when AtComment:
                return ScanComment();
        }

        Advance();
        switch (c)
        {
            case ',': return TokenKind.Comma;
            case ';': return TokenKind.Semicolon;
            case ':': return TokenKind.Colon;
            case '(': return TokenKind.LeftParenthesis;
            case ')': return TokenKind.RightParenthesis;
            case '[': return TokenKind.LeftBracket;
            case ']': return TokenKind.RightBracket;
            case '{': return TokenKind.LeftBrace;
            case '}': return TokenKind.RightBrace;
            case '?': return TokenKind.Option;
            case '~': return TokenKind.Tilde;
            case '+': return TokenKind.Add;
            case '-': return TokenKind.Subtract;
            case '*': return TokenKind.Multiply;
            case '/': return TokenKind.Divide;
            case '&': return Choose('&', TokenKind.LogicalAnd, TokenKind.And);
            case '|': return Choose('|', TokenKind.LogicalOr, TokenKind.Or);
            case '<': return Choose('-', TokenKind.Arrow, '=', TokenKind.LessOrEqual, TokenKind.Less);
            case '>': return Choose('=', TokenKind.GreaterOrEqual, TokenKind.Greater);
            case '=': return Choose('~', TokenKind.Match, '=', TokenKind.Equal, TokenKind.Bind);
            case '!': return Choose('~', TokenKind.NotMatch, '=', TokenKind.NotEqual, TokenKind.Not);
            case '.': return ScanDots(start);
        }

        // The byte order mark was reported when it became the current character.
        if (c != 0xFEFF)
            _report(start, "illegal character " + Describe(c));
        return TokenKind.Illegal;
    }

    private TokenKind Choose(char second, TokenKind two, TokenKind one)
    {
        if (_current != second)
            return one;
        Advance();
        return two;
    }

    private TokenKind Choose(char second, TokenKind two, char otherSecond, TokenKind otherTwo, TokenKind one) =>
        _current == second ? Choose(second, two, one) : Choose(otherSecond, otherTwo, one);

    private TokenKind ScanDots(int start)
    {
        if (_current != '.')
            return TokenKind.Dot;
        Advance();
        if (_current == '.')
        {
            Advance();
            return TokenKind.Ellipsis;
        }

        _report(start, "illegal token '..'; expected '.'");
        return TokenKind.Illegal;
    }

    private TokenKind ScanComment()
    {
        while (_current is not ('\n' or EndOfInput))
            Advance();
        return TokenKind.Comment;
    }

    private TokenKind ScanIdentifier()
    {
        // `_|_` is one token; `_#x` is one identifier.
        if (_current == '_' && Peek(0) == '|' && Peek(1) == '_')
        {
            Advance();
            Advance();
            Advance();
            return TokenKind.Bottom;
        }

        while (_current == '_')
            Advance();
        var isDefinition = _current == '#';
        if (isDefinition)
            Advance();
        if (!isDefinition || !Characters.IsDigit(_current))
            SkipLettersAndDigits();
        return TokenKind.Identifier;
    }

    private TokenKind ScanHash(int start)
    {
        var hashes = 1;
        while (Peek(hashes - 1) == '#')
            hashes++;
        if (Peek(hashes - 1) is (byte)'"' or (byte)'\'')
        {
            for (var i = 0; i < hashes; i++)
                Advance();
            return ScanString(start, hashes);
        }

        for (var i = 0; i < hashes; i++)
            Advance();
        if (hashes > 1)
            return TokenKind.Illegal;
        if (!Characters.IsDigit(_current))
            SkipLettersAndDigits();
        return TokenKind.Identifier;
    }

    private void SkipLettersAndDigits()
    {
        while (Characters.IsLetter(_current) || Characters.IsDigit(_current))
            Advance();
    }

    /// <summary>A character as messages name it: <c>U+0041 'A'</c>, without the quotes when it cannot be shown.</summary>
    private static string Describe(int codePoint)
    {
        if (codePoint == EndOfInput)
            return "U+FFFFFFFFFFFFFFFF";
        var number = "U+" + codePoint.ToString("X4", CultureInfo.InvariantCulture);
        return StringEncoder.IsPrintable(codePoint) ? number + " '" + char.ConvertFromUtf32(codePoint) + "'" : number;
    }
}
