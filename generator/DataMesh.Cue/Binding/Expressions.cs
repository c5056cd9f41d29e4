using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Binding;

/// <summary>An expression whose references are resolved. The evaluator knows no other form of the language.</summary>
internal abstract class Expr(SyntaxNode? source)
{
    /// <summary>The syntax that the expression was bound from; null for values that are computed.</summary>
    public SyntaxNode? Source { get; } = source;

    /// <summary>Where the expression is reported.</summary>
    public virtual Position Position => Source?.Start ?? Place;

    /// <summary>The place of what has no syntax.</summary>
    public Position Place { get; init; }
}

internal sealed class NullExpr(SyntaxNode? source) : Expr(source);

internal sealed class BoolExpr(SyntaxNode? source, bool value) : Expr(source)
{
    public bool Value { get; } = value;
}

internal sealed class NumberExpr(SyntaxNode? source, string text, bool isInteger) : Expr(source)
{
    public string Text { get; } = text;

    public bool IsInteger { get; } = isInteger;

    /// <summary>The evaluator's form of the number, kept so that it is read once.</summary>
    public object? Cache { get; set; }
}

internal sealed class StringExpr(SyntaxNode? source, string value) : Expr(source)
{
    public string Value { get; } = value;

    public object? Cache { get; set; }
}

internal sealed class BytesExpr(SyntaxNode? source, byte[] value) : Expr(source)
{
    public byte[] Value { get; } = value;
}

/// <summary><c>_|_</c></summary>
internal sealed class BottomExpr(SyntaxNode? source) : Expr(source);

/// <summary><c>_</c></summary>
internal sealed class TopExpr(SyntaxNode? source) : Expr(source);

/// <summary>A predeclared type or function: <c>string</c>, <c>uint8</c>, <c>len</c>.</summary>
internal sealed class PredeclaredExpr(SyntaxNode? source, string name) : Expr(source)
{
    public string Name { get; } = name;
}

internal sealed class BoundExpr(SyntaxNode? source, TokenKind op, Expr operand) : Expr(source)
{
    public TokenKind Operator { get; } = op;

    public Expr Operand { get; } = operand;
}

internal sealed class UnaryExpr(SyntaxNode? source, TokenKind op, Expr operand) : Expr(source)
{
    public TokenKind Operator { get; } = op;

    public Expr Operand { get; } = operand;
}

internal sealed class BinaryExpr(SyntaxNode? source, TokenKind op, Expr left, Expr right) : Expr(source)
{
    public TokenKind Operator { get; } = op;

    /// <summary>Whether the right operand is left alone where the left one decides (experiment shortcircuit).</summary>
    public bool IsShortCircuit { get; init; }

    public Expr Left { get; } = left;

    public Expr Right { get; } = right;
}

internal sealed class Disjunct(Expr expr, bool isDefault)
{
    public Expr Expr { get; } = expr;

    public bool IsDefault { get; } = isDefault;
}

internal sealed class DisjunctionExpr(SyntaxNode? source, IReadOnlyList<Disjunct> disjuncts) : Expr(source)
{
    public IReadOnlyList<Disjunct> Disjuncts { get; } = disjuncts;

    public bool HasDefaults
    {
        get
        {
            foreach (var disjunct in Disjuncts)
            {
                if (disjunct.IsDefault)
                    return true;
            }

            return false;
        }
    }
}

/// <summary>Text with placeholders: texts at even places, expressions at odd ones.</summary>
internal sealed class InterpolationExpr(SyntaxNode? source, bool isBytes, IReadOnlyList<StringValue> texts, IReadOnlyList<Expr> parts) : Expr(source)
{
    public bool IsBytes { get; } = isBytes;

    /// <summary>One more than <see cref="Parts"/>.</summary>
    public IReadOnlyList<StringValue> Texts { get; } = texts;

    public IReadOnlyList<Expr> Parts { get; } = parts;
}

internal sealed class ListExpr(SyntaxNode? source, IReadOnlyList<Expr> elements, bool isOpen, Expr? tail) : Expr(source)
{
    /// <summary>Elements; a <see cref="ComprehensionExpr"/> stands for any number of them.</summary>
    public IReadOnlyList<Expr> Elements { get; } = elements;

    /// <summary>Whether the list ends in <c>...</c>.</summary>
    public bool IsOpen { get; } = isOpen;

    /// <summary>The type of further elements; null for any.</summary>
    public Expr? Tail { get; } = tail;

    public Position EllipsisPosition { get; init; }

    /// <summary>Whether references within go through an environment of the list's own.</summary>
    public bool IsScope { get; init; }

    /// <summary>Whether the elements are values that are determined: the list needs no evaluation to be counted.</summary>
    public bool IsDetermined { get; init; }
}

/// <summary><c>x...</c></summary>
internal sealed class OpenExpr(SyntaxNode? source, Expr operand) : Expr(source)
{
    public Expr Operand { get; } = operand;
}

/// <summary><c>x?</c> in a <c>try</c> clause.</summary>
internal sealed class TryExpr(SyntaxNode? source, Expr operand) : Expr(source)
{
    public Expr Operand { get; } = operand;
}

internal sealed class SelectorExpr(SyntaxNode? source, Expr operand, Label label, Position labelPosition) : Expr(source)
{
    public Expr Operand { get; } = operand;

    public Label Label { get; } = label;

    public Position LabelPosition { get; } = labelPosition;
}

internal sealed class IndexExpr(SyntaxNode? source, Expr operand, Expr index) : Expr(source)
{
    public Expr Operand { get; } = operand;

    public Expr Index { get; } = index;
}

internal sealed class SliceExpr(SyntaxNode? source, Expr operand, Expr? low, Expr? high) : Expr(source)
{
    public Expr Operand { get; } = operand;

    public Expr? Low { get; } = low;

    public Expr? High { get; } = high;
}

internal class CallExpr(SyntaxNode? source, Expr function, IReadOnlyList<Expr> arguments) : Expr(source)
{
    public Expr Function { get; } = function;

    public IReadOnlyList<Expr> Arguments { get; } = arguments;
}

/// <summary>A call that closes a literal at every level: always, or as far as what it spreads was closed.</summary>
internal sealed class CloseExpr(SyntaxNode? source, Expr function, Expr operand, bool isConditional) : CallExpr(source, function, [operand])
{
    public Expr Operand { get; } = operand;

    public bool IsConditional { get; } = isConditional;
}

/// <summary>Something that does not bind; evaluating it gives the error.</summary>
internal sealed class ErrorExpr(SyntaxNode? source, string message) : Expr(source)
{
    public string Message { get; } = message;

    /// <summary>Whether only the value is wrong, not the package.</summary>
    public bool IsValue { get; init; }

    /// <summary>Whether it is a bound by a type, which bounds nothing.</summary>
    public bool IsBound { get; init; }
}
