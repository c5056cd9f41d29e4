using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Load;

/// <summary>The tags that were set, which decide on the files with <c>@if(...)</c>.</summary>
public sealed class BuildTags
{
    private readonly HashSet<string> _set;
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    /// <param name="tags">The tags that are set.</param>
    public BuildTags(IEnumerable<string> tags) => _set = new(tags, StringComparer.Ordinal);

    /// <summary>Whether a tag occurred in a condition.</summary>
    public bool IsUsed(string tag) => _used.Contains(tag);

    /// <summary>Why a file does not take part in a build, such as <c>@if(prod) did not match</c>; null when it does.</summary>
    /// <param name="file">The file.</param>
    /// <param name="error">What is wrong with its condition.</param>
    internal string? FindExclusion(CueFile file, out SyntaxError? error)
    {
        error = null;
        AttributeNode? condition = null;
        foreach (var declaration in file.Declarations)
        {
            if (declaration is CommentGroup)
                continue;
            if (declaration is not AttributeDeclaration { Attribute: var attribute })
                break;
            if (attribute.Name == "ignore")
                return "@ignore() attribute found";
            if (attribute.Name != "if")
                continue;
            if (condition is not null)
            {
                error = new SyntaxError(attribute.Start, "multiple @if attributes");
                return null;
            }

            condition = attribute;
        }

        if (condition is null)
            return null;
        var expression = CueParser.ParseExpression("", condition.Body);
        if (expression.Errors.Count > 0)
        {
            error = new SyntaxError(condition.Start, expression.Errors[0].Message);
            return null;
        }

        if (Holds(expression.Expression) is { } holds)
            return holds ? null : $"@if({condition.Body}) did not match";
        error = new SyntaxError(condition.Start, "only identifiers, &&, ||, ! and parentheses are allowed in a build attribute");
        return null;
    }

    /// <summary>Null for what is no condition. The parser bounds the depth.</summary>
    private bool? Holds(Expression expression)
    {
        switch (expression)
        {
            case Identifier identifier:
                _used.Add(identifier.Name);
                return _set.Contains(identifier.Name);
            case ParenthesizedExpression parenthesized:
                return Holds(parenthesized.Expression);
            case UnaryExpression { Operator: TokenKind.Not } not:
                return !Holds(not.Operand);
            case BinaryExpression { Operator: TokenKind.LogicalAnd or TokenKind.LogicalOr } both:
                var left = Holds(both.Left);
                var right = Holds(both.Right);
                if (left is null || right is null)
                    return null;
                return both.Operator == TokenKind.LogicalAnd ? left.Value && right.Value : left.Value || right.Value;
            default:
                return null;
        }
    }
}
