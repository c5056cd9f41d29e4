using DataMesh.Generators.Products;

namespace DataMesh.Generators.Tests.Emission;

/// <summary>Short ways to write products down.</summary>
internal static class Shapes
{
    public const string Namespace = "Example.People";
    public const string PackageType = "PeoplePackage";

    public static readonly KindConstraint NumberKind = new("number", Kinds.Number);
    public static readonly KindConstraint IntKind = new("int", Kinds.Int);
    public static readonly KindConstraint FloatKind = new("float", Kinds.Float);
    public static readonly KindConstraint StringKind = new("string", Kinds.String);

    public static ScalarShape String(params Constraint[] constraints) => Scalar(ClrType.String, Kinds.String, [StringKind, .. constraints]);

    public static ScalarShape Int(params Constraint[] constraints) => Scalar(ClrType.Int64, Kinds.Int, [IntKind, .. constraints]);

    public static ScalarShape Number(params Constraint[] constraints) => Scalar(ClrType.Decimal, Kinds.Number, [NumberKind, .. constraints]);

    public static ScalarShape Bool() => Scalar(ClrType.Boolean, Kinds.Bool, new KindConstraint("bool", Kinds.Bool));

    public static ScalarShape Any() => new("_", "_", Kinds.Any, default, ClrType.Json);

    public static ScalarShape Scalar(ClrType clr, Kinds kinds, params Constraint[] constraints)
    {
        string text = string.Join(" & ", constraints.Select(static c => c.Text));
        return new ScalarShape(text, text, kinds, constraints.ToEquatableArray(), clr);
    }

    /// <summary>A pattern without <c>string</c> before it, as the article has it.</summary>
    public static ScalarShape Pattern(string pattern) => Scalar(ClrType.String, Kinds.String, Match(pattern));

    public static MatchConstraint Match(string pattern, bool negated = false) => new($"{(negated ? "!~" : "=~")}\"{pattern}\"", pattern, negated);

    public static BoundConstraint Bound(BoundOperator operation, string operand) => new(
        operation switch
        {
            BoundOperator.Less => "<",
            BoundOperator.LessOrEqual => "<=",
            BoundOperator.Greater => ">",
            BoundOperator.GreaterOrEqual => ">=",
            _ => "!=",
        } + operand,
        Kinds.Number,
        operation,
        new NumberLiteral(operand, operand.All(char.IsAsciiDigit)));

    public static ValidatorConstraint Validator(string name, Kinds kinds, long? argument = null) => new(
        argument is null ? name : $"{name}({argument})",
        kinds,
        name,
        argument is null ? default : [new NumberLiteral(argument.Value.ToString(System.Globalization.CultureInfo.InvariantCulture), true)]);

    public static EnumShape Enum(string type, params string[] members)
    {
        string text = string.Join(" | ", members.Select(static m => $"\"{m}\""));
        return new EnumShape(text, text, type, members.Select(static m => new EnumMember(MemberNames.EnumMember(m), new StringLiteral(m))).ToEquatableArray());
    }

    public static ListShape List(Shape rest, params Constraint[] constraints) =>
        new($"[...{rest.Text}]", $"[...{rest.Text}]", default, rest, constraints.ToEquatableArray());

    public static ListShape Tuple(params Shape[] prefix)
    {
        string text = $"[{string.Join(",", prefix.Select(static p => p.Text))}]";
        return new ListShape(text, text, prefix.ToEquatableArray(), null, default);
    }

    public static NullableShape Nullable(Shape inner) => new("null | " + inner.Text, "null | " + inner.Text, inner);

    public static MapShape Map(Shape value, params Constraint[] key) => new(
        $"{{[{(key.Length == 0 ? "string" : string.Join(" & ", key.Select(static k => k.Text)))}]:{value.Text}}}", "",
        new Pattern(key.ToEquatableArray(), value), default);

    public static StructShape Struct(string type, params Field[] fields) => Struct(type, false, fields);

    public static StructShape Struct(string type, bool isOpen, params Field[] fields)
    {
        string text = "{" + string.Join(",", fields.Select(static f =>
            $"{f.JsonName}{f.Presence switch { Presence.Optional => "?", Presence.Required => "!", _ => "" }}:{f.Shape.Text}")) + (isOpen ? ",..." : "") + "}";
        return new StructShape(text, text, type, fields.ToEquatableArray(), default, isOpen, default);
    }

    public static Field Field(string name, Shape shape, Literal? @default = null) =>
        new(name, MemberNames.Pascal(name), Presence.Regular, shape, @default, Origin: "people.cue");

    public static Field Optional(string name, Shape shape) =>
        new(name, MemberNames.Pascal(name), Presence.Optional, shape, Origin: "people.cue");

    public static Field Required(string name, Shape shape) =>
        new(name, MemberNames.Pascal(name), Presence.Required, shape, Origin: "people.cue");

    public static Product Product(string name, params Field[] fields) => Product(name, Struct(name, fields));

    public static Product Product(string name, Shape shape) => new(
        "#" + name, "people", Namespace, new EventNames("people." + name, "/people"), "{}", $"{Namespace}.{PackageType}", shape, name);

    public static ReferenceShape Reference(string name, string text, TargetForm form = TargetForm.Record) => new(text, text, Namespace, name, form);
}
