using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Binding;

/// <summary>Operators as text.</summary>
internal static class Operators
{
    public static string Text(TokenKind op) => op switch
    {
        TokenKind.Add => "+",
        TokenKind.Subtract => "-",
        TokenKind.Multiply => "*",
        TokenKind.Divide => "/",
        TokenKind.And => "&",
        TokenKind.Or => "|",
        TokenKind.LogicalAnd => "&&",
        TokenKind.LogicalOr => "||",
        TokenKind.Equal => "==",
        TokenKind.NotEqual => "!=",
        TokenKind.Less => "<",
        TokenKind.LessOrEqual => "<=",
        TokenKind.Greater => ">",
        TokenKind.GreaterOrEqual => ">=",
        TokenKind.Match => "=~",
        TokenKind.NotMatch => "!~",
        TokenKind.Not => "!",
        _ => op.ToString(),
    };
}
