using DataMesh.Generators.Products;

namespace DataMesh.Generators.Emission;

/// <summary>Writes the writer: one static method a shape that has structure, members in the schema's order.</summary>
internal sealed class WriterEmitter
{
    private const string Writer = TypeNames.Json + ".JsonWriter";

    private readonly Dictionary<(Shape Shape, string Owner), string> _methods = [];
    private readonly Queue<(Shape Shape, string Owner, string Name)> _pending = new();

    /// <summary>Writes <c>Write</c> for the product and all methods that it needs.</summary>
    public void Emit(CodeWriter code, Shape shape, string type, bool isWrapper)
    {
        _methods.Add((shape, type), "Write");
        if (isWrapper)
        {
            _methods[(shape, type)] = "WriteValue";
            using (code.Block($"internal static void Write({Writer} json, {type} value)"))
                EmitValue(code, shape, type, "value.Value", inPlace: true);
        }
        else
        {
            EmitMethod(code, shape, type, "Write", type);
        }
        while (_pending.Count > 0)
        {
            (Shape next, string owner, string name) = _pending.Dequeue();
            code.Line();
            EmitMethod(code, next, owner, name, TypeNames.Of(next, owner));
        }
    }

    private string Method(Shape shape, string owner)
    {
        if (_methods.TryGetValue((shape, owner), out string? name))
            return name;
        name = "Write" + CSharp.Number(_methods.Count);
        _methods.Add((shape, owner), name);
        _pending.Enqueue((shape, owner, name));
        return name;
    }

    // private static void Write1(JsonWriter json, ValueList<string> value)
    private void EmitMethod(CodeWriter code, Shape shape, string owner, string name, string type)
    {
        using (code.Block($"{(name == "Write" ? "internal" : "private")} static void {name}({Writer} json, {type} value)"))
            EmitValue(code, shape, owner, "value", inPlace: true);
    }

    /// <summary>Writes the statements for a value; structures go to a method of their own unless this is that method.</summary>
    private void EmitValue(CodeWriter code, Shape shape, string owner, string value, bool inPlace)
    {
        switch (shape)
        {
            case ScalarShape scalar:
                code.Line(Scalar(scalar.Clr, value, scalar.Kinds == Kinds.Float));
                break;
            case ConstantShape constant:
                code.Line(Scalar(constant.Clr, value, constant.Value is NumberLiteral { IsInteger: false }));
                break;
            case DisjunctionShape disjunction:
                EmitValue(code, disjunction.Held, owner, value, inPlace);
                break;
            case ReferenceShape reference:
                code.Line($"{TypeNames.FullCodec(reference.Namespace, reference.Name)}.Write(json, {value});");
                break;
            case ListShape list when TypeNames.IsJson(list, owner):
                code.Line($"{value}.WriteTo(json);");
                break;
            case var _ when !inPlace:
                code.Line($"{Method(shape, owner)}(json, {value});");
                break;
            case StructShape record:
                EmitStruct(code, record, TypeNames.Of(record, owner) is var own && inPlace && _methods[(shape, owner)] == "Write" ? owner : own);
                break;
            case EnumShape e:
                EmitEnum(code, e, _methods[(shape, owner)] == "Write" ? owner : TypeNames.Of(e, owner));
                break;
            case UnionShape union:
                EmitUnion(code, union, _methods[(shape, owner)] == "Write" ? owner : TypeNames.Of(union, owner));
                break;
            case NullableShape nullable:
                EmitNullable(code, nullable, owner, value);
                break;
            case MapShape map:
                EmitMap(code, map, owner, value);
                break;
            case ListShape list:
                EmitList(code, list, owner, value);
                break;
            default:
                throw new InvalidOperationException($"no writer for {shape.GetType().Name}");
        }
    }

    private static string Scalar(ClrType type, string value, bool isFloat) => type switch
    {
        ClrType.String => $"json.String({value});",
        ClrType.Bytes => $"json.Bytes({value});",
        ClrType.Boolean => $"json.Bool({value});",
        ClrType.SByte or ClrType.Byte or ClrType.Int16 or ClrType.UInt16 or ClrType.Int32 or ClrType.UInt32 or ClrType.Int64 =>
            $"json.Number((long){value});",
        ClrType.UInt64 => $"json.Number((ulong){value});",
        ClrType.Decimal => isFloat ? $"json.Number({value}, isFloat: true);" : $"json.Number({value});",
        ClrType.Single or ClrType.Double => $"json.Number({value});",
        ClrType.Int128 or ClrType.UInt128 or ClrType.BigInteger => $"json.Integer({value});",
        ClrType.DateTimeOffset => $"json.Time({value});",
        ClrType.TimeSpan => $"json.Duration({value});",
        _ => $"{value}.WriteTo(json);",
    };

    // json.Raw("{"u8);
    // bool isFirst = true;
    // if (value.First is { } field0) { json.Member(ref isFirst, ",\"first\":"u8); json.String(field0); }
    // json.Raw("}"u8);
    private void EmitStruct(CodeWriter code, StructShape record, string type)
    {
        code.Line("json.Raw(\"{\"u8);");
        code.Line("bool isFirst = true;");
        for (int i = 0; i < record.Fields.Count; i++)
            EmitMember(code, record.Fields[i], i, type);
        if (record.IsOpen || record.Patterns.Count > 0)
        {
            code.Line($$"""
                foreach (var extra in value.{{RecordEmitter.ExtraMembers}})
                {
                    json.Key(ref isFirst, extra.Key);
                    extra.Value.WriteTo(json);
                }
                """);
        }
        code.Line("json.Raw(\"}\"u8);");
    }

    private void EmitMember(CodeWriter code, Field field, int index, string type)
    {
        string property = $"value.{CSharp.Identifier(field.Name)}";
        string member = $"json.Member(ref isFirst, {CSharp.Utf8("," + CSharp.Json(field.JsonName) + ":")});";
        bool isThreeState = field.Presence == Presence.Optional && field.Shape is NullableShape;
        bool canBeNull = field.Presence == Presence.Optional || TypeNames.IsReference(field.Shape, type);
        if (!isThreeState && !canBeNull)
        {
            code.Line(member);
            EmitValue(code, field.Shape, type, property, inPlace: false);
            return;
        }
        string local = "field" + CSharp.Number(index);

        // A null that C# was told about and that got in nevertheless is written as absence, which validation reports.
        using (code.Block(isThreeState ? $"if ({property}.HasValue)" : $"if ({property} is {{ }} {local})"))
        {
            code.Line(member);
            EmitValue(code, field.Shape, type, isThreeState ? property + ".Value" : local, inPlace: false);
        }
    }

    // json.Raw(value switch { Method.Card => "\"card\""u8, _ => "null"u8 });
    private static void EmitEnum(CodeWriter code, EnumShape e, string type)
    {
        using (code.Block("json.Raw(value switch", ");"))
        {
            foreach (EnumMember member in e.Members)
                code.Line($"{type}.{CSharp.Identifier(member.Name)} => {CSharp.Utf8(Literals.Json(member.Value))},");
            code.Line("_ => \"null\"u8,");
        }
    }

    // switch (value)
    // {
    //     case Vehicle.Car item: Write1(json, item.Value); break;
    // }
    private void EmitUnion(CodeWriter code, UnionShape union, string type)
    {
        using (code.Block("switch (value)"))
        {
            foreach (UnionCase c in union.Cases)
            {
                code.Line($"case {type}.{CSharp.Identifier(c.Name)} item:");
                using (code.Indent())
                {
                    EmitValue(code, c.Shape, type, "item.Value", inPlace: false);
                    code.Line("break;");
                }
            }
            code.Line("default:");
            code.Line("    json.Null();");
            code.Line("    break;");
        }
    }

    private void EmitNullable(CodeWriter code, NullableShape nullable, string owner, string value)
    {
        using (code.Block($"if ({value} is {{ }} inner)"))
            EmitValue(code, nullable.Inner, owner, "inner", inPlace: false);
        using (code.Block("else"))
            code.Line("json.Null();");
    }

    private void EmitMap(CodeWriter code, MapShape map, string owner, string value)
    {
        code.Line("json.Raw(\"{\"u8);");
        code.Line("bool isFirst = true;");
        using (code.Block($"foreach (var entry in {value})"))
        {
            code.Line("json.Key(ref isFirst, entry.Key);");
            EmitElement(code, map.Pattern.Shape, owner, "entry.Value");
        }
        code.Line("json.Raw(\"}\"u8);");
    }

    private void EmitList(CodeWriter code, ListShape list, string owner, string value)
    {
        code.Line("json.Raw(\"[\"u8);");
        bool isTuple = TypeNames.IsTuple(list, owner);
        for (int i = 0; i < list.Prefix.Count && isTuple; i++)
        {
            if (i > 0)
                code.Line("json.Raw(\",\"u8);");
            EmitElement(code, list.Prefix[i], owner, $"{value}.Item{CSharp.Number(i + 1)}");
        }
        if (!isTuple || list.Rest is not null)
        {
            Shape element = list.Rest ?? (list.Prefix.Count > 0 ? list.Prefix[0] : Any);
            string items = isTuple ? $"{value}.Item{CSharp.Number(list.Prefix.Count + 1)}" : value;
            code.Line($"bool isFirst = {(isTuple ? "false" : "true")};");
            using (code.Block($"foreach (var item in {items})"))
            {
                code.Line("json.Element(ref isFirst);");
                EmitElement(code, element, owner, "item");
            }
        }
        code.Line("json.Raw(\"]\"u8);");
    }

    // The elements of a list without any: [] in the schema.
    private static readonly ScalarShape Any = new("_", "_", Kinds.Any, default, ClrType.Json);

    private void EmitElement(CodeWriter code, Shape shape, string owner, string value)
    {
        if (!TypeNames.IsReference(shape, owner))
        {
            EmitValue(code, shape, owner, value, inPlace: false);
            return;
        }
        using (code.Block($"if ({value} is null)"))
            code.Line("json.Null();");
        using (code.Block("else"))
            EmitValue(code, shape, owner, value, inPlace: false);
    }
}
