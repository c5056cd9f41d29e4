using System.Text;
using DataMesh.Json;
using DataMesh.Text;

namespace DataMesh.Validation;

/// <summary>
/// One conjunct of a scalar. Generated readers ask it while they read, on the document's bytes; the same object words the
/// error when there is one.
/// </summary>
public abstract class Constraint
{
    private protected Constraint(string text, ValueKinds kinds)
    {
        Text = text;
        Kinds = kinds;
    }

    /// <summary>As CUE prints it, <c>&lt;130</c>.</summary>
    public string Text { get; }

    /// <summary>The types that can meet it.</summary>
    public ValueKinds Kinds { get; }

    /// <summary>True when a number meets it.</summary>
    public virtual bool Accepts(in JsonNumber number) => (Kinds & (number.IsInteger ? ValueKinds.Int : ValueKinds.Float)) != 0;

    /// <summary>True when a string, given as UTF-8, meets it.</summary>
    public virtual bool Accepts(ReadOnlySpan<byte> text) => (Kinds & (ValueKinds.String | ValueKinds.Bytes)) != 0;

    /// <summary>True when the value meets it; the type is known to fit.</summary>
    internal virtual bool Accepts(JsonNode node) => node.Kind switch
    {
        JsonKind.Number => JsonCursorOf(node, out JsonNumber number) && Accepts(number),
        JsonKind.String => Accepts(Encoding.UTF8.GetBytes(node.Text)),
        _ => true,
    };

    /// <summary>The message for a value of a fitting type that does not meet it.</summary>
    internal virtual string Message(string shown, JsonNode node) => $"invalid value {shown} (out of bound {Text})";

    private static bool JsonCursorOf(JsonNode node, out JsonNumber number)
    {
        var cursor = new JsonCursor(Encoding.UTF8.GetBytes(node.Text));
        return cursor.ReadNumber(out number);
    }
}

/// <summary>A basic type: <c>number</c>, <c>string</c>.</summary>
/// <param name="text">As CUE prints it.</param>
/// <param name="kinds">The type.</param>
public sealed class KindConstraint(string text, ValueKinds kinds) : Constraint(text, kinds);

/// <summary>The operators of bounds.</summary>
public enum BoundOperator
{
    /// <summary><c>&lt;</c></summary>
    Less,

    /// <summary><c>&lt;=</c></summary>
    LessOrEqual,

    /// <summary><c>&gt;</c></summary>
    Greater,

    /// <summary><c>&gt;=</c></summary>
    GreaterOrEqual,

    /// <summary><c>!=</c></summary>
    NotEqual,
}

/// <summary><c>&lt;130</c>, decided exactly on the decimal text.</summary>
/// <param name="text">As CUE prints it.</param>
/// <param name="kinds">The types that can meet it.</param>
/// <param name="operation">The operator.</param>
/// <param name="operand">The operand's decimal text.</param>
public sealed class NumberConstraint(string text, ValueKinds kinds, BoundOperator operation, ReadOnlySpan<byte> operand)
    : Constraint(text, kinds)
{
    private readonly NumberBound _bound = new(operand);

    /// <inheritdoc/>
    public override bool Accepts(in JsonNumber number) => Bounds.Holds(operation, number.CompareTo(_bound));
}

/// <summary><c>&gt;="A"</c>: strings are ordered by their UTF-8 bytes.</summary>
/// <param name="text">As CUE prints it.</param>
/// <param name="kinds">The types that can meet it.</param>
/// <param name="operation">The operator.</param>
/// <param name="operand">The operand.</param>
public sealed class StringConstraint(string text, ValueKinds kinds, BoundOperator operation, ReadOnlySpan<byte> operand)
    : Constraint(text, kinds)
{
    private readonly byte[] _operand = operand.ToArray();

    /// <inheritdoc/>
    public override bool Accepts(ReadOnlySpan<byte> text) => Bounds.Holds(operation, text.SequenceCompareTo(_operand));
}

/// <summary><c>!=null</c>, <c>!=true</c>.</summary>
/// <param name="text">As CUE prints it.</param>
/// <param name="kinds">The types that can meet it.</param>
/// <param name="operand">The JSON text of what is excluded.</param>
public sealed class NotEqualConstraint(string text, ValueKinds kinds, string operand) : Constraint(text, kinds)
{
    internal override bool Accepts(JsonNode node) => node.Kind is not (JsonKind.Null or JsonKind.Bool) || node.Text != operand;
}

/// <summary><c>=~"re"</c>, <c>!~"re"</c>: RE2 syntax and meaning, not anchored, in time linear in the text.</summary>
/// <param name="text">As CUE prints it.</param>
/// <param name="pattern">The pattern.</param>
/// <param name="negated">True for <c>!~</c>.</param>
public sealed class MatchConstraint(string text, string pattern, bool negated) : Constraint(text, ValueKinds.String)
{
    private readonly Re2Pattern _pattern = new(pattern);

    /// <inheritdoc/>
    public override bool Accepts(ReadOnlySpan<byte> text) => _pattern.IsMatch(text) != negated;
}

/// <summary>What nothing meets: <c>_|_</c> or an error of the schema's own.</summary>
/// <param name="text">The message.</param>
public sealed class ImpossibleConstraint(string text) : Constraint(text, ValueKinds.Any)
{
    /// <summary>True for a literal <c>_|_</c>, which CUE reports without a path.</summary>
    internal bool IsBottom => Text == "explicit error (_|_ literal) in source";

    /// <inheritdoc/>
    public override bool Accepts(in JsonNumber number) => false;

    /// <inheritdoc/>
    public override bool Accepts(ReadOnlySpan<byte> text) => false;

    internal override bool Accepts(JsonNode node) => false;

    internal override string Message(string shown, JsonNode node) => Text;
}

internal static class Bounds
{
    public static bool Holds(BoundOperator operation, int comparison) => operation switch
    {
        BoundOperator.Less => comparison < 0,
        BoundOperator.LessOrEqual => comparison <= 0,
        BoundOperator.Greater => comparison > 0,
        BoundOperator.GreaterOrEqual => comparison >= 0,
        _ => comparison != 0,
    };
}
