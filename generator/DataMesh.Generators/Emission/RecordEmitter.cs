using DataMesh.Generators.Products;

namespace DataMesh.Generators.Emission;

/// <summary>Writes the types: records, enums, closed hierarchies and wrappers, each with the types of its fields inside.</summary>
internal sealed class RecordEmitter(ReaderEmitter reader, string codec)
{
    /// <summary>The property that keeps the members which the schema allows but does not name.</summary>
    public const string ExtraMembers = "ExtraMembers";

    /// <summary>Writes the declaration of a shape's own type, without the members that only a product has.</summary>
    /// <param name="code">Takes the lines.</param>
    /// <param name="shape">A shape that declares a type.</param>
    /// <param name="type">The full name of that type.</param>
    /// <param name="name">Its simple name.</param>
    /// <param name="documentation">Its doc comment.</param>
    /// <param name="members">Writes members that come first; null for a type that is no product.</param>
    public void Emit(CodeWriter code, Shape shape, string type, string name, string? documentation, Action<CodeWriter>? members = null)
    {
        CSharp.Summary(code, documentation);
        if (shape is not EnumShape)
            code.Line(ProductEmitter.GeneratedCode);
        string interfaces = members is null ? "" : $"global::DataMesh.IDataProduct<{type}>";
        switch (shape)
        {
            case StructShape record:
                using (code.Block($"public sealed partial record {CSharp.Identifier(name)}{Base(interfaces)}"))
                {
                    EmitProperties(code, record, type);
                    EmitNested(code, record.Fields.Select(static f => f.Shape).Concat(record.Patterns.Select(static p => p.Shape)), type);
                    members?.Invoke(code);
                }
                break;
            case EnumShape e:
                EmitEnum(code, e, name);
                break;
            case UnionShape union:
                using (code.Block($"public abstract partial record {CSharp.Identifier(name)}{Base(interfaces)}"))
                {
                    EmitCases(code, union, type, name);
                    EmitNested(code, union.Cases.Select(static c => c.Shape), type);
                    members?.Invoke(code);
                }
                break;
            default:
                string inner = TypeNames.Of(shape, type);
                using (code.Block($"public readonly partial record struct {CSharp.Identifier(name)}({inner} Value){Base(interfaces)}"))
                {
                    code.Line($$"""
                        /// <summary>The value inside.</summary>
                        public static implicit operator {{inner}}({{type}} value) => value.Value;

                        /// <summary>The value as the schema's own type; <see cref="Validate()"/> tells whether it meets the schema.</summary>
                        public static explicit operator {{type}}({{inner}} value) => new(value);
                        """);
                    EmitNested(code, [shape], type);
                    members?.Invoke(code);
                }
                break;
        }
    }

    // /// <summary>Age of the person</summary>
    // public decimal? Age { get; init; }
    private void EmitProperties(CodeWriter code, StructShape record, string type)
    {
        foreach (Field field in record.Fields)
        {
            CSharp.Summary(code, field.Documentation ?? field.JsonName);
            bool required = field.Presence == Presence.Required || (field.Presence == Presence.Regular && field.Default is null);
            string initialiser = field.Default is null ? "" : $" = {reader.Default(field, type, codec + ".")};";
            code.Line($"public {(required ? "required " : "")}{PropertyType(field, type)} {CSharp.Identifier(field.Name)} {{ get; init; }}{initialiser}");
            code.Line();
        }
        if (record.IsOpen || record.Patterns.Count > 0)
        {
            code.Line($$"""
                /// <summary>The members that the schema allows without naming them, kept as they are.</summary>
                public global::DataMesh.ValueMap<global::DataMesh.JsonText> {{ExtraMembers}} { get; init; } = global::DataMesh.ValueMap<global::DataMesh.JsonText>.Empty;

                """);
        }
    }

    private static string PropertyType(Field field, string type)
    {
        string own = TypeNames.Of(field.Shape, type);
        if (field.Presence != Presence.Optional)
            return own;
        return field.Shape is NullableShape ? $"global::DataMesh.Optional<{own}>" : own + "?";
    }

    // public enum Method { /// <summary>"card"</summary> Card, }
    private static void EmitEnum(CodeWriter code, EnumShape e, string name)
    {
        using (code.Block($"public enum {CSharp.Identifier(name)}"))
        {
            foreach (EnumMember member in e.Members)
            {
                CSharp.Summary(code, member.Documentation ?? Literals.Json(member.Value));
                code.Line(CSharp.Identifier(member.Name) + ",");
                code.Line();
            }
        }
    }

    // public sealed record Car(global::N.Car Value) : Vehicle;
    // public TResult Match<TResult>(Func<global::N.Car, TResult> car, ...) => this switch { Car item => car(item.Value), ... };
    private static void EmitCases(CodeWriter code, UnionShape union, string type, string name)
    {
        code.Line($$"""
            private {{CSharp.Identifier(name)}}()
            {
            }

            """);
        foreach (UnionCase c in union.Cases)
        {
            code.Line($"/// <summary>{CSharp.Xml(c.Shape.Text)}</summary>");
            code.Line($"/// <param name=\"Value\">The value.</param>");
            code.Line($"public sealed partial record {CSharp.Identifier(c.Name)}({TypeNames.Of(c.Shape, type)} Value) : {type};");
            code.Line();
        }
        string functions = string.Join(", ", union.Cases.Select((c, i) => $"global::System.Func<{TypeNames.Of(c.Shape, type)}, TResult> case{CSharp.Number(i)}"));
        string actions = string.Join(", ", union.Cases.Select((c, i) => $"global::System.Action<{TypeNames.Of(c.Shape, type)}> case{CSharp.Number(i)}"));
        code.Line("/// <summary>The result of the function for the case that this is.</summary>");
        using (code.Block($"public TResult Match<TResult>({functions}) => this switch", ";"))
        {
            for (int i = 0; i < union.Cases.Count; i++)
                code.Line($"{CSharp.Identifier(union.Cases[i].Name)} item => case{CSharp.Number(i)}(item.Value),");
            code.Line("_ => throw new global::System.InvalidOperationException(),");
        }
        code.Line();
        code.Line("/// <summary>Runs the action for the case that this is.</summary>");
        using (code.Block($"public void Switch({actions})"))
        using (code.Block("switch (this)"))
        {
            for (int i = 0; i < union.Cases.Count; i++)
            {
                code.Line($"case {CSharp.Identifier(union.Cases[i].Name)} item:");
                code.Line($"    case{CSharp.Number(i)}(item.Value);");
                code.Line("    break;");
            }
        }
        code.Line();
    }

    private void EmitNested(CodeWriter code, IEnumerable<Shape> shapes, string owner)
    {
        var declared = new HashSet<string>(StringComparer.Ordinal);
        foreach (Shape shape in shapes.SelectMany(Declared))
        {
            string name = shape switch { StructShape s => s.TypeName, EnumShape e => e.TypeName, _ => ((UnionShape)shape).TypeName };
            if (!declared.Add(name))
                continue;
            Emit(code, shape, $"{owner}.{CSharp.Identifier(name)}", name, shape.Text);
            code.Line();
        }
    }

    /// <summary>The types that a shape declares where it stands, without those inside of them.</summary>
    private static IEnumerable<Shape> Declared(Shape shape) => shape switch
    {
        StructShape or EnumShape or UnionShape => [shape],
        NullableShape n => Declared(n.Inner),
        MapShape m => Declared(m.Pattern.Shape),
        ListShape l => l.Prefix.Concat(l.Rest is null ? [] : [l.Rest]).SelectMany(Declared),
        DisjunctionShape d => Declared(d.Held),
        _ => [],
    };

    private static string Base(string interfaces) => interfaces.Length == 0 ? "" : " : " + interfaces;
}
