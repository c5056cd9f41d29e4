using DataMesh.Generators.Products;

namespace DataMesh.Generators.Emission;

/// <summary>
/// Writes the reader: one static method a shape, one forward pass over UTF-8 that checks while it reads. A method that
/// returns false has not found an error yet: the document gets a second look by <c>DataMesh.Validation.Diagnosis</c>.
/// </summary>
internal sealed partial class ReaderEmitter
{
    private const string Cursor = TypeNames.Json + ".JsonCursor";
    private const string Mode = TypeNames.Validation + ".ReadMode";
    private const string Building = "mode != " + Mode + ".Validate";
    private const string Checking = "mode != " + Mode + ".Trust";

    private readonly ShapeEmitter _shapes;
    private readonly Dictionary<(Shape Shape, string Owner), string> _methods = [];
    private readonly Queue<(Shape Shape, string Owner, string Name)> _pending = new();
    private readonly Dictionary<(Field Field, string Type), string> _defaultNames = [];
    private readonly List<string> _defaults = [];

    public ReaderEmitter(ShapeEmitter shapes)
    {
        _shapes = shapes;
    }

    /// <summary>The static fields that hold defaults which are no C# constants; complete after <see cref="Emit"/>.</summary>
    public IReadOnlyList<string> Defaults => _defaults;

    /// <summary>Writes <c>Read</c> for the product and all methods that it needs.</summary>
    public void Emit(CodeWriter code, Shape shape, string type)
    {
        _methods.Add((shape, type), "Read");
        EmitMethod(code, shape, type, "Read", isProduct: true);
        while (_pending.Count > 0)
        {
            (Shape next, string owner, string name) = _pending.Dequeue();
            code.Line();
            EmitMethod(code, next, owner, name, isProduct: false);
        }
    }

    /// <summary>The method that reads a shape; another product's own when it is a reference.</summary>
    private string Method(Shape shape, string owner)
    {
        if (shape is ReferenceShape reference)
            return TypeNames.FullCodec(reference.Namespace, reference.Name) + ".Read";
        if (_methods.TryGetValue((shape, owner), out string? name))
            return name;
        name = "Read" + CSharp.Number(_methods.Count);
        _methods.Add((shape, owner), name);
        _pending.Enqueue((shape, owner, name));
        return name;
    }

    // private static bool Read1(ref JsonCursor json, ReadMode mode, out long value)
    private void EmitMethod(CodeWriter code, Shape shape, string owner, string name, bool isProduct)
    {
        string type = isProduct ? owner : TypeNames.Of(shape, owner);
        code.Line("// " + OneLine(shape.Text));
        using (code.Block($"{(isProduct ? "internal" : "private")} static bool {name}(ref {Cursor} json, {Mode} mode, out {type} value)"))
        {
            code.Line("value = default!;");
            EmitBody(code, shape, owner, isProduct);
        }
    }

    private void EmitBody(CodeWriter code, Shape shape, string owner, bool isProduct)
    {
        switch (shape)
        {
            case StructShape record:
                EmitStruct(code, record, isProduct ? owner : TypeNames.Of(record, owner));
                break;
            case EnumShape e:
                EmitEnum(code, e, isProduct ? owner : TypeNames.Of(e, owner));
                break;
            case UnionShape union:
                EmitUnion(code, union, isProduct ? owner : TypeNames.Of(union, owner));
                break;
            case { } when isProduct:
                EmitWrapper(code, shape, owner);
                break;
            case ScalarShape scalar:
                EmitScalar(code, scalar);
                break;
            case ConstantShape constant:
                EmitConstant(code, constant);
                break;
            case NullableShape nullable:
                EmitNullable(code, nullable, owner);
                break;
            case MapShape map:
                EmitMap(code, map, owner);
                break;
            case ListShape list:
                EmitList(code, list, owner);
                break;
            case DisjunctionShape disjunction:
                EmitDisjunction(code, disjunction, owner);
                break;
            default:
                throw new InvalidOperationException("no reader for " + shape);
        }
    }

    // if (!Read1(ref json, mode, out string inner))
    //     return false;
    // value = new(inner);
    // return true;
    private void EmitWrapper(CodeWriter code, Shape shape, string owner)
    {
        // The product's own reader is Read; the value inside has a reader of another name.
        const string Inner = "ReadValue";
        _pending.Enqueue((shape, owner, Inner));
        code.Line($$"""
            if (!{{Inner}}(ref json, mode, out var inner))
                return false;
            if ({{Building}})
                value = new(inner);
            return true;
            """);
    }

    // if (json.TryReadNull())
    // {
    //     value = null;
    //     return true;
    // }
    // if (!Read2(ref json, mode, out string inner))
    //     return false;
    // value = inner;
    // return true;
    private void EmitNullable(CodeWriter code, NullableShape nullable, string owner) => code.Line($$"""
        if (json.TryReadNull())
        {
            value = null;
            return true;
        }
        if (!{{Method(nullable.Inner, owner)}}(ref json, mode, out var inner))
            return false;
        value = inner;
        return true;
        """);

    // Which alternative a value meets is left to the second look, unless it is trusted already: then only its type counts.
    private void EmitDisjunction(CodeWriter code, DisjunctionShape disjunction, string owner)
    {
        foreach (Shape alternative in disjunction.Alternatives)
        {
            if (!IsPlainScalar(alternative) || TypeNames.Of(alternative, owner) != TypeNames.Of(disjunction.Held, owner))
                continue;

            // An alternative of the same C# type can be tried on a copy of the cursor: scalars are read twice at worst.
            code.Line($$"""
                {
                    var probe = json;
                    if ({{Checking}} && {{Method(alternative, owner)}}(ref probe, mode, out value))
                    {
                        json = probe;
                        return true;
                    }
                }
                """);
        }
        code.Line($"return mode == {Mode}.Trust && {Method(disjunction.Held, owner)}(ref json, mode, out value);");
    }

    private static bool IsPlainScalar(Shape shape) => shape is ConstantShape or ScalarShape { Clr: not ClrType.Json };

    // A choice between structs is left to the second look, which writes the case down: [1, {...}].
    private void EmitUnion(CodeWriter code, UnionShape union, string type)
    {
        code.Line($$"""
            bool isFirst = true;
            if (mode != {{Mode}}.Trust || !json.BeginArray() || !json.NextElement(ref isFirst) ||
                !json.ReadNumber(out {{TypeNames.Json}}.JsonNumber index) || !index.TryGetInt64(out long position) || !json.NextElement(ref isFirst))
                return false;
            """);
        using (code.Block("switch (position)"))
        {
            for (int i = 0; i < union.Cases.Count; i++)
            {
                UnionCase c = union.Cases[i];
                code.Line($$"""
                    case {{CSharp.Number(i)}}:
                        if (!{{Method(c.Shape, type)}}(ref json, mode, out var case{{CSharp.Number(i)}}))
                            return false;
                        value = new {{type}}.{{CSharp.Identifier(c.Name)}}(case{{CSharp.Number(i)}});
                        break;
                    """);
            }
            code.Line("default:");
            code.Line("    return false;");
        }
        code.Line($"return !json.NextElement(ref isFirst) && json.Error == {TypeNames.Json}.JsonErrorKind.None;");
    }

    private static string OneLine(string text) => text.Replace("\r", " ").Replace("\n", " ").Replace("\u0085", " ").Replace("\u2028", " ").Replace("\u2029", " ");
}
