using DataMesh.Cue.Syntax;
using DataMesh.Cue.Syntax.Formatting;
using DataMesh.Differential.Generation;

namespace DataMesh.Differential.Mutation;

/// <summary>What cue does not take into account.</summary>
internal enum Omitted
{
    /// <summary>Validators on the operand of a call or an operator.</summary>
    Validators,

    /// <summary>That <c>close</c> is called with a disjunction, or with what has one.</summary>
    Closing,

    /// <summary>The same, and the optional fields and patterns of the disjunction.</summary>
    ClosedConstraints,
}

/// <summary>
/// Writes a package without what cue does not take into account: if cue's answer to the package is the one to what is written
/// here, that is the reason for a difference.
/// </summary>
internal sealed class Omission : SourceWriter
{
    private readonly Omitted _omitted;
    private bool _isOperand, _isClosed;

    private Omission(Omitted omitted) => _omitted = omitted;

    /// <summary>The source for the package; null if it cannot be parsed as one file.</summary>
    public static string? From(string source, Omitted omitted) =>
        Seed.Parse(source) is { } seed ? new Package(seed.Head, seed.Imports, new Omission(omitted).Declarations(seed.Declarations)).Source : null;

    protected override Fragment Declaration(Declaration declaration)
    {
        if (_isClosed && declaration is Field { Constraint: FieldConstraint.Optional } or Field { Label: PatternLabel })
            return Fragment.Sequence("\n", []);
        bool outer = _isOperand;
        _isOperand = false;
        Fragment written = base.Declaration(declaration);
        _isOperand = outer;
        return written;
    }

    protected override Fragment Expression(Expression expression)
    {
        bool outer = _isOperand;
        _isOperand |= expression is CallExpression or UnaryExpression or Interpolation or SelectorExpression or IndexExpression or SliceExpression
            || expression is BinaryExpression { Operator: not (TokenKind.And or TokenKind.Or) };
        Fragment written = expression switch
        {
            BinaryExpression { Operator: TokenKind.And } both when outer && _omitted == Omitted.Validators && Bare(both.Left) is CallExpression => Expression(both.Right),
            BinaryExpression { Operator: TokenKind.And } both when outer && _omitted == Omitted.Validators && Bare(both.Right) is CallExpression => Expression(both.Left),
            CallExpression { Function: Identifier { Name: "close" }, Arguments: [var argument] } when _omitted != Omitted.Validators && HasChoice(argument) => Opened(argument),
            _ => base.Expression(expression),
        };
        _isOperand = outer;
        return written;
    }

    private Fragment Opened(Expression argument)
    {
        bool outer = _isClosed;
        _isClosed = _omitted == Omitted.ClosedConstraints;
        Fragment written = Expression(argument);
        _isClosed = outer;
        return written;
    }

    private static Expression Bare(Expression expression) => expression is ParenthesizedExpression inner ? Bare(inner.Expression) : expression;

    /// <summary>Whether an argument is a disjunction, or made by something else than what is written in it.</summary>
    private static bool HasChoice(Expression argument) => Bare(argument) is not StructLiteral || CueFormatter.Format(argument).Contains('|', StringComparison.Ordinal);
}
