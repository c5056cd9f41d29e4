namespace DataMesh.Cue.Syntax;

/// <summary>The kinds of token of the language; literal and operator nodes name theirs with it.</summary>
public enum TokenKind : byte
{
    Illegal,
    EndOfFile,
    Comment,
    Attribute,

    Identifier,
    Int,
    Float,
    String,

    /// <summary>The opening part of a string with interpolations, up to and including <c>\(</c>.</summary>
    Interpolation,
    Bottom,

    Add,
    Subtract,
    Multiply,
    Power,
    Divide,

    /// <summary><c>&amp;</c></summary>
    And,

    /// <summary><c>|</c></summary>
    Or,

    /// <summary><c>&amp;&amp;</c></summary>
    LogicalAnd,

    /// <summary><c>||</c></summary>
    LogicalOr,

    /// <summary><c>=</c></summary>
    Bind,
    Equal,
    Less,
    Greater,
    Not,
    NotEqual,
    LessOrEqual,
    GreaterOrEqual,

    /// <summary><c>=~</c></summary>
    Match,

    /// <summary><c>!~</c></summary>
    NotMatch,

    /// <summary><c>~</c></summary>
    Tilde,

    /// <summary><c>&lt;-</c>, which the language reserves.</summary>
    Arrow,
    LeftParenthesis,
    LeftBracket,
    LeftBrace,
    RightParenthesis,
    RightBracket,
    RightBrace,
    Comma,
    Semicolon,
    Dot,
    Colon,

    /// <summary><c>?</c></summary>
    Option,
    Ellipsis,

    If,
    For,
    In,
    Let,
    Try,
    Else,
    Fallback,
    Otherwise,

    /// <summary><c>func</c>, which the language reserves.</summary>
    Func,
    Null,
    True,
    False,
}
