using System.Globalization;
using DataMesh.Generators.Products;

namespace DataMesh.Generators.Emission;

internal sealed partial class ReaderEmitter
{
    private const int BitsInMask = 64;

    // if (!json.BeginObject())
    //     return false;
    // string first = default!;
    // ulong seen0 = 0;
    // bool isFirst = true;
    // while (json.NextMember(ref isFirst, out ReadOnlySpan<byte> name))
    // {
    //     switch (name.Length)
    //     {
    //         case 3:
    //             if (name.SequenceEqual("Age"u8)) { ... continue; }
    //             break;
    //     }
    //     return false;
    // }
    private void EmitStruct(CodeWriter code, StructShape record, string type)
    {
        code.Line("if (!json.BeginObject())");
        code.Line("    return false;");
        for (int i = 0; i < record.Fields.Count; i++)
            code.Line($"{TypeNames.Of(record.Fields[i].Shape, type)} {Local(i)} = default!;");
        for (int mask = 0; mask * BitsInMask < record.Fields.Count; mask++)
            code.Line($"ulong seen{CSharp.Number(mask)} = 0;");
        bool keepsOthers = record.IsOpen || record.Patterns.Count > 0;
        if (keepsOthers)
            code.Line("global::System.Collections.Generic.List<global::System.Collections.Generic.KeyValuePair<string, global::DataMesh.JsonText>>? others = null;");
        code.Line("bool isFirst = true;");
        using (code.Block("while (json.NextMember(ref isFirst, out global::System.ReadOnlySpan<byte> name))"))
        {
            EmitDispatch(code, record, type);
            if (keepsOthers)
                EmitOther(code, record, type);
            else
                code.Line("return false;");
        }
        code.Line($"if (json.Error != {TypeNames.Json}.JsonErrorKind.None)");
        code.Line("    return false;");
        EmitMissing(code, record);
        if (record.Constraints.Count > 0)
        {
            // A validator counts or compares members: the second look does.
            code.Line($"if ({Checking})");
            code.Line("    return false;");
        }
        EmitBuild(code, record, type, keepsOthers);
    }

    private void EmitDispatch(CodeWriter code, StructShape record, string type)
    {
        if (record.Fields.IsEmpty)
            return;
        using (code.Block("switch (name.Length)"))
        {
            IEnumerable<IGrouping<int, int>> byLength = Enumerable.Range(0, record.Fields.Count)
                .GroupBy(i => CSharp.Utf8Length(record.Fields[i].JsonName))
                .OrderBy(static g => g.Key);
            foreach (IGrouping<int, int> group in byLength)
            {
                code.Line($"case {CSharp.Number(group.Key)}:");
                using (code.Indent())
                {
                    foreach (int i in group)
                        EmitMember(code, record.Fields[i], i, type);
                    code.Line("break;");
                }
            }
        }
    }

    // if (name.SequenceEqual("Age"u8))
    // {
    //     if ((seen0 & 0x4) != 0 || !Read3(ref json, mode, out age))
    //         return false;
    //     seen0 |= 0x4;
    //     continue;
    // }
    private void EmitMember(CodeWriter code, Field field, int index, string type) => code.Line($$"""
        if (global::System.MemoryExtensions.SequenceEqual(name, {{CSharp.Utf8(field.JsonName)}}))
        {
            if (({{Seen(index)}} & {{Bit(index)}}) != 0 || !{{Method(field.Shape, type)}}(ref json, mode, out {{Local(index)}}))
                return false;
            {{Seen(index)}} |= {{Bit(index)}};
            continue;
        }
        """);

    // Names that are not declared: labels are normalised, so those beyond ASCII get the second look.
    private void EmitOther(CodeWriter code, StructShape record, string type)
    {
        code.Line($$"""
            if ({{Checking}} && !global::System.Text.Ascii.IsValid(name))
                return false;
            """);
        if (record.Patterns.Count > 0)
            EmitPatterns(code, record, type);
        code.Line($$"""
            string key = global::System.Text.Encoding.UTF8.GetString(name);
            if ({{Checking}} && json.Peek() is {{TypeNames.Json}}.JsonKind.Object or {{TypeNames.Json}}.JsonKind.Array)
                return false;
            if (!json.Skip(out global::System.ReadOnlySpan<byte> raw))
                return false;
            others ??= [];
            foreach (var other in others)
                if (other.Key == key)
                    return false;
            others.Add(new(key, global::DataMesh.JsonText.FromUtf8(raw)));
            """);
    }

    // bool matches = IsOpen;
    // if (C1.Accepts(name)) { var probe = json; if (!Read4(ref probe, mode, out _)) return false; matches = true; }
    // if (!matches) return false;
    private void EmitPatterns(CodeWriter code, StructShape record, string type)
    {
        using (code.Block($"if ({Checking})"))
        {
            code.Line($"bool matches = {(record.IsOpen ? "true" : "false")};");
            foreach (Pattern pattern in record.Patterns)
            {
                string key = pattern.Key.IsEmpty
                    ? "true"
                    : string.Join(" && ", pattern.Key.Select(c => c is KindConstraint ? "true" : _shapes.Constraint(c) + ".Accepts(name)"));
                code.Line($$"""
                    if ({{key}})
                    {
                        var probe = json;
                        if (!{{Method(pattern.Shape, type)}}(ref probe, {{Mode}}.Validate, out _))
                            return false;
                        matches = true;
                    }
                    """);
            }
            code.Line("if (!matches)");
            code.Line("    return false;");
        }
    }

    // if ((seen0 & 0x3) != 0x3)
    //     return false;
    private static void EmitMissing(CodeWriter code, StructShape record)
    {
        for (int mask = 0; mask * BitsInMask < record.Fields.Count; mask++)
        {
            ulong needed = 0;
            for (int i = mask * BitsInMask; i < Math.Min(record.Fields.Count, (mask + 1) * BitsInMask); i++)
                if (record.Fields[i].Presence == Presence.Required || (record.Fields[i].Presence == Presence.Regular && record.Fields[i].Default is null))
                    needed |= 1UL << (i % BitsInMask);
            if (needed == 0)
                continue;
            string bits = Hex(needed);
            code.Line($"if ((seen{CSharp.Number(mask)} & {bits}) != {bits})");
            code.Line("    return false;");
        }
    }

    // if (mode != ReadMode.Validate)
    //     value = new() { First = first, Age = (seen0 & 0x4) != 0 ? age : null };
    // return true;
    private void EmitBuild(CodeWriter code, StructShape record, string type, bool keepsOthers)
    {
        using (code.Block($"if ({Building})"))
        {
            using (code.Block("value = new()", ";"))
            {
                for (int i = 0; i < record.Fields.Count; i++)
                    code.Line($"{CSharp.Identifier(record.Fields[i].Name)} = {Value(record.Fields[i], i, type)},");
                if (keepsOthers)
                    code.Line($"{RecordEmitter.ExtraMembers} = others is null ? global::DataMesh.ValueMap<global::DataMesh.JsonText>.Empty : global::DataMesh.ValueMap.ToValueMap(others),");
            }
        }
        code.Line("return true;");
    }

    private string Value(Field field, int index, string type)
    {
        string isSeen = $"({Seen(index)} & {Bit(index)}) != 0";
        if (field.Presence == Presence.Optional)
        {
            return field.Shape is NullableShape
                ? $"{isSeen} ? new({Local(index)}) : default"
                : $"{isSeen} ? ({TypeNames.Of(field.Shape, type)}?){Local(index)} : null";
        }
        return field.Default is null
            ? Local(index)
            : $"{isSeen} ? {Local(index)} : {Default(field, type)}";
    }

    /// <summary>The expression of a field's default: a constant, or a static field of the codec that is read from JSON once.</summary>
    /// <param name="field">A field with a default.</param>
    /// <param name="type">The full name of the record.</param>
    /// <param name="codec">What stands before the static field outside of the codec.</param>
    public string Default(Field field, string type, string codec = "")
    {
        string expression = Literals.Expression(field.Default!, field.Shape, type);
        if (expression.Length > 0)
            return expression;
        if (!_defaultNames.TryGetValue((field, type), out string? name))
        {
            name = "D" + CSharp.Number(_defaultNames.Count);
            _defaultNames.Add((field, type), name);
            _defaults.Add(DefaultDeclaration(field, type, name));
        }
        return codec + name;
    }

    // internal static readonly ValueMap<long> D0 = MakeD0();
    private string DefaultDeclaration(Field field, string type, string name)
    {
        string fieldType = TypeNames.Of(field.Shape, type);
        return $$"""
            internal static readonly {{fieldType}} {{name}} = Make{{name}}();

            private static {{fieldType}} Make{{name}}()
            {
                // Unified first, so that the cases of unions are written down.
                {{TypeNames.Validation}}.Diagnosis.Unify({{CSharp.Utf8(Literals.Json(field.Default!))}}, {{_shapes.Expression(field.Shape, field.JsonName)}}, "", out global::System.ReadOnlySpan<byte> unified);
                var json = new {{Cursor}}(unified);
                return {{Method(field.Shape, type)}}(ref json, {{Mode}}.Trust, out var value)
                    ? value
                    : throw new global::System.InvalidOperationException({{CSharp.String("unreadable default of " + field.JsonName)}});
            }
            """;
    }

    // if (!json.BeginArray())
    //     return false;
    // List<long>? items = null;
    // bool isFirst = true;
    // while (json.NextElement(ref isFirst))
    // {
    //     if (!Read2(ref json, mode, out long item)) return false;
    //     if (mode != ReadMode.Validate) (items ??= []).Add(item);
    // }
    private void EmitList(CodeWriter code, ListShape list, string owner)
    {
        if (TypeNames.IsJson(list, owner) || !list.Constraints.All(IsCount))
        {
            EmitUncommonList(code, list, owner);
            return;
        }
        bool isTuple = TypeNames.IsTuple(list, owner);
        code.Line("if (!json.BeginArray())");
        code.Line("    return false;");
        string? rest = list.Rest is null ? null : TypeNames.Of(list.Rest, owner);
        string? element = isTuple ? rest : TypeNames.ElementType(list, owner);
        for (int i = 0; i < list.Prefix.Count && isTuple; i++)
            code.Line($"{TypeNames.Of(list.Prefix[i], owner)} item{CSharp.Number(i)} = default!;");
        if (element is not null)
            code.Line($"global::System.Collections.Immutable.ImmutableArray<{element}>.Builder? items = null;");
        code.Line("int count = 0;");
        code.Line("bool isFirst = true;");
        using (code.Block("while (json.NextElement(ref isFirst))"))
        {
            using (code.Block("switch (count++)"))
            {
                for (int i = 0; i < list.Prefix.Count; i++)
                {
                    code.Line($"case {CSharp.Number(i)}:");
                    using (code.Indent())
                    {
                        EmitElement(code, list.Prefix[i], owner, isTuple ? $"item{CSharp.Number(i)}" : null);
                        code.Line("break;");
                    }
                }
                code.Line("default:");
                using (code.Indent())
                {
                    if (list.Rest is null)
                    {
                        code.Line("return false;");
                    }
                    else
                    {
                        EmitElement(code, list.Rest, owner, null);
                        code.Line("break;");
                    }
                }
            }
        }
        code.Line($"if (json.Error != {TypeNames.Json}.JsonErrorKind.None || count < {CSharp.Number(list.Prefix.Count)})");
        code.Line("    return false;");
        EmitChecks(code, list.Constraints.OfType<ValidatorConstraint>().Select(Count));
        using (code.Block($"if ({Building})"))
            code.Line($"value = {Built(list, isTuple)};");
        code.Line("return true;");
    }

    private static string Built(ListShape list, bool isTuple)
    {
        const string Items = "items is null ? [] : global::DataMesh.ValueList.ToValueList(items.DrainToImmutable())";
        if (!isTuple)
            return Items;
        IEnumerable<string> positions = list.Prefix.Select(static (_, i) => $"item{CSharp.Number(i)}");
        return $"new({string.Join(", ", list.Rest is null ? positions : positions.Append(Items))})";
    }

    private void EmitElement(CodeWriter code, Shape shape, string owner, string? local)
    {
        if (local is not null)
        {
            code.Line($"if (!{Method(shape, owner)}(ref json, mode, out {local}))");
            code.Line("    return false;");
            return;
        }
        code.Line($$"""
            {
                if (!{{Method(shape, owner)}}(ref json, mode, out var item))
                    return false;
                if ({{Building}})
                    (items ??= global::System.Collections.Immutable.ImmutableArray.CreateBuilder<{{TypeNames.Of(shape, owner)}}>()).Add(item);
            }
            """);
    }

    private static bool IsCount(Constraint constraint) =>
        constraint is KindConstraint or ValidatorConstraint { Name: "list.MinItems" or "list.MaxItems" };

    private static string Count(ValidatorConstraint constraint) =>
        $"count {(constraint.Name == "list.MinItems" ? ">=" : "<=")} {((NumberLiteral)constraint.Arguments[0]).Text}";

    // A list that C# holds as JSON, or whose elements are compared with each other.
    private void EmitUncommonList(CodeWriter code, ListShape list, string owner)
    {
        code.Line($"if ({Checking})");
        code.Line("    return false;");
        if (TypeNames.IsJson(list, owner))
        {
            code.Line($$"""
                if (!json.Skip(out global::System.ReadOnlySpan<byte> raw))
                    return false;
                value = global::DataMesh.JsonText.FromUtf8(raw);
                return true;
                """);
            return;
        }
        EmitList(code, list with { Constraints = default }, owner);
    }

    // while (json.NextMember(ref isFirst, out ReadOnlySpan<byte> name)) { ... entries.Add(key, item); }
    private void EmitMap(CodeWriter code, MapShape map, string owner)
    {
        string element = TypeNames.Of(map.Pattern.Shape, owner);
        string key = string.Concat(map.Pattern.Key
            .Where(static c => c is not KindConstraint)
            .Select(c => $" || !{_shapes.Constraint(c)}.Accepts(name)"));
        if (map.Constraints.Count > 0)
        {
            code.Line($"if ({Checking})");
            code.Line("    return false;");
        }
        code.Line($$"""
            if (!json.BeginObject())
                return false;
            global::System.Collections.Generic.Dictionary<string, {{element}}>? entries = null;
            bool isFirst = true;
            while (json.NextMember(ref isFirst, out global::System.ReadOnlySpan<byte> name))
            {
                if ({{Checking}} && (!global::System.Text.Ascii.IsValid(name){{key}}))
                    return false;
                string text = global::System.Text.Encoding.UTF8.GetString(name);
                if (!{{Method(map.Pattern.Shape, owner)}}(ref json, mode, out var item) || !(entries ??= new(global::System.StringComparer.Ordinal)).TryAdd(text, item))
                    return false;
            }
            if (json.Error != {{TypeNames.Json}}.JsonErrorKind.None)
                return false;
            if ({{Building}})
                value = entries is null ? global::DataMesh.ValueMap<{{element}}>.Empty : global::DataMesh.ValueMap.ToValueMap(entries);
            return true;
            """);
    }

    private static string Local(int index) => "field" + CSharp.Number(index);

    private static string Seen(int index) => "seen" + CSharp.Number(index / BitsInMask);

    private static string Bit(int index) => Hex(1UL << (index % BitsInMask));

    private static string Hex(ulong bits) => "0x" + bits.ToString("x", CultureInfo.InvariantCulture) + "UL";
}
