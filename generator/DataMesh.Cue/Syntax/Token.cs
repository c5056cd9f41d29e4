namespace DataMesh.Cue.Syntax;

/// <summary>One token: what it is, where it stands and how it is written.</summary>
internal readonly struct Token(TokenKind kind, Position position, string text)
{
    public TokenKind Kind { get; } = kind;

    /// <summary>Where it begins, with the white space before it.</summary>
    public Position Position { get; } = position;

    /// <summary>The text of identifiers, keywords, literals, comments and attributes; <c>\n</c> for a comma that a line break implies.</summary>
    public string Text { get; } = text;

    public bool IsImpliedComma => Kind == TokenKind.Comma && Text.Length > 0;
}

/// <summary>Names, keywords and precedences of token kinds.</summary>
internal static class TokenKinds
{
    public const int LowestPrecedence = 0;
    public const int UnaryPrecedence = 8;

    /// <summary>How a token is named in messages, and how an operator is written.</summary>
    public static string GetText(this TokenKind kind) => kind switch
    {
        TokenKind.Illegal => "ILLEGAL",
        TokenKind.EndOfFile => "EOF",
        TokenKind.Comment => "COMMENT",
        TokenKind.Attribute => "ATTRIBUTE",
        TokenKind.Identifier => "IDENT",
        TokenKind.Int => "INT",
        TokenKind.Float => "FLOAT",
        TokenKind.String => "STRING",
        TokenKind.Interpolation => "INTERPOLATION",
        TokenKind.Bottom => "_|_",
        TokenKind.Add => "+",
        TokenKind.Subtract => "-",
        TokenKind.Multiply => "*",
        TokenKind.Power => "^",
        TokenKind.Divide => "/",
        TokenKind.And => "&",
        TokenKind.Or => "|",
        TokenKind.LogicalAnd => "&&",
        TokenKind.LogicalOr => "||",
        TokenKind.Bind => "=",
        TokenKind.Equal => "==",
        TokenKind.Less => "<",
        TokenKind.Greater => ">",
        TokenKind.Not => "!",
        TokenKind.NotEqual => "!=",
        TokenKind.LessOrEqual => "<=",
        TokenKind.GreaterOrEqual => ">=",
        TokenKind.Match => "=~",
        TokenKind.NotMatch => "!~",
        TokenKind.Tilde => "~",
        TokenKind.Arrow => "<-",
        TokenKind.LeftParenthesis => "(",
        TokenKind.LeftBracket => "[",
        TokenKind.LeftBrace => "{",
        TokenKind.RightParenthesis => ")",
        TokenKind.RightBracket => "]",
        TokenKind.RightBrace => "}",
        TokenKind.Comma => ",",
        TokenKind.Semicolon => ";",
        TokenKind.Dot => ".",
        TokenKind.Colon => ":",
        TokenKind.Option => "?",
        TokenKind.Ellipsis => "...",
        TokenKind.If => "if",
        TokenKind.For => "for",
        TokenKind.In => "in",
        TokenKind.Let => "let",
        TokenKind.Try => "try",
        TokenKind.Else => "else",
        TokenKind.Fallback => "fallback",
        TokenKind.Otherwise => "otherwise",
        TokenKind.Func => "func",
        TokenKind.Null => "null",
        TokenKind.True => "true",
        TokenKind.False => "false",
        _ => "",
    };

    public static TokenKind FromIdentifier(string name) => name switch
    {
        "if" => TokenKind.If,
        "for" => TokenKind.For,
        "in" => TokenKind.In,
        "let" => TokenKind.Let,
        "try" => TokenKind.Try,
        "else" => TokenKind.Else,
        "fallback" => TokenKind.Fallback,
        "otherwise" => TokenKind.Otherwise,
        "func" => TokenKind.Func,
        "null" => TokenKind.Null,
        "true" => TokenKind.True,
        "false" => TokenKind.False,
        _ => TokenKind.Identifier,
    };

    /// <summary>Whether messages quote the text of the token behind its kind.</summary>
    public static bool IsLiteral(this TokenKind kind) => kind is TokenKind.Identifier or TokenKind.Int or TokenKind.Float
        or TokenKind.String or TokenKind.Interpolation or TokenKind.Bottom;

    public static bool IsKeyword(this TokenKind kind) => kind >= TokenKind.If;

    /// <summary>Whether the token can be an operand that is a name: not <c>null</c>, <c>true</c> or <c>false</c>.</summary>
    public static bool IsName(this TokenKind kind) => kind == TokenKind.Identifier || (kind.IsKeyword() && kind < TokenKind.Null);

    /// <summary>The precedence of a binary operator (1 binds loosest); 0 for anything else.</summary>
    public static int GetPrecedence(this TokenKind kind) => kind switch
    {
        TokenKind.Or => 1,
        TokenKind.And => 2,
        TokenKind.LogicalOr => 3,
        TokenKind.LogicalAnd => 4,
        TokenKind.Equal or TokenKind.NotEqual or TokenKind.Less or TokenKind.LessOrEqual or TokenKind.Greater
            or TokenKind.GreaterOrEqual or TokenKind.Match or TokenKind.NotMatch => 5,
        TokenKind.Add or TokenKind.Subtract => 6,
        TokenKind.Multiply or TokenKind.Divide => 7,
        _ => LowestPrecedence,
    };
}
