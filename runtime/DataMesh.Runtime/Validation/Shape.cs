using System.Text;
using DataMesh.Json;

namespace DataMesh.Validation;

/// <summary>
/// What a value must be. Generated code makes these as constants: readers decide valid documents without them, and only a
/// document that is not plainly valid is held against its shape, to find and word every error as <c>cue vet</c> does.
/// </summary>
public abstract class Shape
{
    private protected Shape(string text, string incomplete)
    {
        Text = text;
        Incomplete = incomplete;
    }

    /// <summary>As CUE prints it when something else stands in its place, <c>[...#Identity]</c>.</summary>
    public string Text { get; }

    /// <summary>As CUE prints it when nothing stands there.</summary>
    public string Incomplete { get; }
}

/// <summary>The C# type of a scalar, for what CUE accepts and C# cannot hold.</summary>
public enum ClrType
{
    /// <summary><see cref="string"/></summary>
    String,

    /// <summary>Bytes.</summary>
    Bytes,

    /// <summary><see cref="bool"/></summary>
    Boolean,

    /// <summary><see cref="sbyte"/></summary>
    SByte,

    /// <summary><see cref="byte"/></summary>
    Byte,

    /// <summary><see cref="short"/></summary>
    Int16,

    /// <summary><see cref="ushort"/></summary>
    UInt16,

    /// <summary><see cref="int"/></summary>
    Int32,

    /// <summary><see cref="uint"/></summary>
    UInt32,

    /// <summary><see cref="long"/></summary>
    Int64,

    /// <summary><see cref="ulong"/></summary>
    UInt64,

    /// <summary><see cref="System.Int128"/></summary>
    Int128,

    /// <summary><see cref="System.UInt128"/></summary>
    UInt128,

    /// <summary><see cref="System.Numerics.BigInteger"/></summary>
    BigInteger,

    /// <summary><see cref="decimal"/></summary>
    Decimal,

    /// <summary><see cref="float"/></summary>
    Single,

    /// <summary><see cref="double"/></summary>
    Double,

    /// <summary><see cref="System.DateTimeOffset"/></summary>
    DateTimeOffset,

    /// <summary><see cref="System.TimeSpan"/></summary>
    TimeSpan,

    /// <summary><see cref="JsonText"/></summary>
    Json,
}

/// <summary>A value of basic types that meets constraints.</summary>
public sealed class ScalarShape(string text, string incomplete, ValueKinds kinds, ClrType clr, params Constraint[] constraints)
    : Shape(text, incomplete)
{
    /// <summary>The types that meet all constraints.</summary>
    public ValueKinds Kinds { get; } = kinds;

    internal ClrType Clr { get; } = clr;

    internal Constraint[] Constraints { get; } = constraints;
}

/// <summary>One value.</summary>
public sealed class ConstantShape : Shape
{
    /// <param name="text">See <see cref="Shape.Text"/>.</param>
    /// <param name="json">The value as JSON; numbers keep their text, so <c>2</c> and <c>2.0</c> stay different.</param>
    public ConstantShape(string text, string json)
        : base(text, text)
    {
        Value = JsonTree.Parse(Encoding.UTF8.GetBytes(json), new Findings(), out _)
            ?? throw new ArgumentException($"not JSON: {json}", nameof(json));
    }

    internal JsonNode Value { get; }
}

/// <summary>Whether a member must be there.</summary>
public enum Presence
{
    /// <summary><c>name: T</c></summary>
    Regular,

    /// <summary><c>name!: T</c></summary>
    Required,

    /// <summary><c>name?: T</c></summary>
    Optional,
}

/// <summary>One field of a struct.</summary>
/// <param name="Name">The member's name.</param>
/// <param name="Presence">Whether it must be there.</param>
/// <param name="Shape">What its value must be.</param>
/// <param name="Schema">Where it stands, <c>identity.cue#Identity.Age</c>.</param>
/// <param name="Default">What CUE fills in, as JSON; null when it has to be given.</param>
/// <param name="IsPersonalData">True keeps its values out of messages.</param>
public sealed record FieldShape(
    string Name, Presence Presence, Shape Shape, string? Schema = null, string? Default = null, bool IsPersonalData = false);

/// <summary>A pattern constraint.</summary>
/// <param name="Key">What a name must meet; empty for every name.</param>
/// <param name="Shape">What the value must be.</param>
/// <param name="IsRaw">True when C# keeps the members as JSON, whatever their shape.</param>
public sealed record PatternShape(Constraint[] Key, Shape Shape, bool IsRaw = false)
{
    internal bool Matches(string name)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(name);
        foreach (Constraint constraint in Key)
            if (!constraint.Accepts(utf8))
                return false;
        return true;
    }
}

/// <summary>A struct.</summary>
public sealed class StructShape : Shape
{
    private readonly Dictionary<string, int> _byName = new(StringComparer.Ordinal);

    /// <param name="text">See <see cref="Shape.Text"/>.</param>
    /// <param name="isOpen">True when any other member is allowed.</param>
    /// <param name="fields">In the schema's order.</param>
    /// <param name="patterns">Pattern constraints for other members.</param>
    /// <param name="constraints">Validators on the struct.</param>
    public StructShape(string text, bool isOpen, FieldShape[] fields, PatternShape[] patterns, params Constraint[] constraints)
        : base(text, text)
    {
        IsOpen = isOpen;
        Fields = fields;
        Patterns = patterns;
        Constraints = constraints;
        for (int i = 0; i < fields.Length; i++)
            _byName.Add(fields[i].Name.Normalize(), i);
    }

    internal bool IsOpen { get; }

    internal FieldShape[] Fields { get; }

    internal PatternShape[] Patterns { get; }

    internal Constraint[] Constraints { get; }

    internal FieldShape? Find(string name) => _byName.TryGetValue(name, out int i) ? Fields[i] : null;
}

/// <summary>A list: fixed elements, then any number of others.</summary>
public sealed class ListShape(string text, Shape[] prefix, Shape? rest, params Constraint[] constraints) : Shape(text, text)
{
    internal Shape[] Prefix { get; } = prefix;

    internal Shape? Rest { get; } = rest;

    internal Constraint[] Constraints { get; } = constraints;
}

/// <summary>One alternative of a disjunction.</summary>
/// <param name="Shape">What the value must be.</param>
/// <param name="IsDefault">Taken when several alternatives remain.</param>
public sealed record Alternative(Shape Shape, bool IsDefault = false);

/// <summary>A disjunction.</summary>
public sealed class DisjunctionShape : Shape
{
    /// <param name="text">See <see cref="Shape.Text"/>.</param>
    /// <param name="incomplete">See <see cref="Shape.Incomplete"/>.</param>
    /// <param name="isUnion">True when C# sees a closed hierarchy, so that the case that was found counts.</param>
    /// <param name="alternatives">In the schema's order; disjunctions among them are taken apart unless they are unions.</param>
    public DisjunctionShape(string text, string incomplete, bool isUnion, params Alternative[] alternatives)
        : base(text, incomplete)
    {
        IsUnion = isUnion;
        Alternatives = isUnion ? alternatives : [.. alternatives.SelectMany(Flatten)];
    }

    internal bool IsUnion { get; }

    internal Alternative[] Alternatives { get; }

    private static IEnumerable<Alternative> Flatten(Alternative alternative) =>
        alternative.Shape is DisjunctionShape { IsUnion: false } nested
            ? nested.Alternatives.Select(a => a with { IsDefault = alternative.IsDefault && a.IsDefault })
            : [alternative];
}

/// <summary>The shape of another definition, found when it is needed: definitions may refer to each other in a circle.</summary>
/// <param name="text">See <see cref="Shape.Text"/>.</param>
/// <param name="target">The other definition's shape.</param>
public sealed class ReferenceShape(string text, Func<Shape> target) : Shape(text, text)
{
    internal Shape Target => target();
}
