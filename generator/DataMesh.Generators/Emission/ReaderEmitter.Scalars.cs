using DataMesh.Generators.Products;

namespace DataMesh.Generators.Emission;

internal sealed partial class ReaderEmitter
{
    private void EmitScalar(CodeWriter code, ScalarShape scalar)
    {
        if (scalar.Constraints.Any(static c => c is ImpossibleConstraint))
            code.Line("return false;");
        else if (scalar.Clr == ClrType.Json)
            EmitJson(code, scalar);
        else if (scalar.Kinds == Kinds.Bool)
            code.Line("return json.ReadBool(out value);");
        else if ((scalar.Kinds & Kinds.Number) != 0)
            EmitNumber(code, scalar);
        else
            EmitString(code, scalar);
    }

    // if (!json.ReadString(out ReadOnlySpan<byte> text))
    //     return false;
    // if (mode != ReadMode.Trust && !C0.Accepts(text))
    //     return false;
    // if (mode != ReadMode.Validate)
    //     value = Encoding.UTF8.GetString(text);
    // return true;
    private void EmitString(CodeWriter code, ScalarShape scalar)
    {
        code.Line($$"""
            if (!json.ReadString(out global::System.ReadOnlySpan<byte> text))
                return false;
            """);
        EmitChecks(code, Checks(scalar.Constraints, "text", Kinds.String | Kinds.Bytes));
        code.Line(scalar.Clr switch
        {
            ClrType.Bytes => $"return {TypeNames.Json}.JsonConvert.TryGetBytes(text, out value);",
            ClrType.DateTimeOffset => Convert("TryGetTime"),
            ClrType.TimeSpan => Convert("TryGetDuration"),
            _ => $$"""
                if ({{Building}})
                    value = global::System.Text.Encoding.UTF8.GetString(text);
                return true;
                """,
        });

        string Convert(string method) =>
            $"return mode == {Mode}.Validate || {TypeNames.Json}.JsonConvert.{method}(text, out value);";
    }

    // if (!json.ReadNumber(out JsonNumber number))
    //     return false;
    // if (mode != ReadMode.Trust && !(number.IsInteger && C0.Accepts(number)))
    //     return false;
    // return mode == ReadMode.Validate || number.TryGetInt64(out value);
    private void EmitNumber(CodeWriter code, ScalarShape scalar)
    {
        code.Line($$"""
            if (!json.ReadNumber(out {{TypeNames.Json}}.JsonNumber number))
                return false;
            """);
        IEnumerable<string> checks = Checks(scalar.Constraints, "number", Kinds.Number);
        if (NumberKind(scalar.Kinds) is { } kind)
            checks = checks.Prepend(kind);
        EmitChecks(code, checks);
        code.Line($"return mode == {Mode}.Validate || {Get(scalar.Clr)};");
    }

    private static string? NumberKind(Kinds kinds) => (kinds & Kinds.Number) switch
    {
        Kinds.Int => "number.IsInteger",
        Kinds.Float => "!number.IsInteger",
        _ => null,
    };

    private static string Get(ClrType type) => type switch
    {
        ClrType.Int64 => "number.TryGetInt64(out value)",
        ClrType.UInt64 => "number.TryGetUInt64(out value)",
        ClrType.Decimal => "number.TryGetDecimal(out value)",
        ClrType.Double => "number.TryGetDouble(out value)",
        ClrType.Single => "number.TryGetSingle(out value)",
        _ => "number.TryGetInteger(out value)",
    };

    private IEnumerable<string> Checks(EquatableArray<Constraint> constraints, string argument, Kinds kinds) => constraints
        .Where(c => c is not KindConstraint && (c.Kinds & kinds) != 0 && !IsOnNullOrBool(c))
        .Select(c => $"{_shapes.Constraint(c)}.Accepts({argument})");

    private static bool IsOnNullOrBool(Constraint constraint) => constraint is BoundConstraint { Operand: NullLiteral or BoolLiteral };

    private static void EmitChecks(CodeWriter code, IEnumerable<string> checks)
    {
        string[] all = checks.ToArray();
        if (all.Length == 0)
            return;
        code.Line($"if ({Checking} && !({string.Join(" && ", all)}))");
        code.Line("    return false;");
    }

    // var start = json;
    // switch (json.Peek()) { case JsonKind.String: ... }
    // The type is looked at first, the constraints of that type after it; then the text is kept as it is.
    private void EmitJson(CodeWriter code, ScalarShape scalar)
    {
        using (code.Block($"if ({Checking})"))
        {
            code.Line("var probe = json;");
            using (code.Block("switch (probe.Peek())"))
            {
                EmitJsonCase(code, "Null", scalar, Kinds.Null, null);
                EmitJsonCase(code, "Bool", scalar, Kinds.Bool, null);
                EmitJsonCase(code, "String", scalar, Kinds.String, "probe.ReadString(out global::System.ReadOnlySpan<byte> text)");
                EmitJsonCase(code, "Number", scalar, Kinds.Number, $"probe.ReadNumber(out {TypeNames.Json}.JsonNumber number)");

                // Members of what is not known can still occur twice: lists and structs get the second look.
                code.Line("default:");
                code.Line("    return false;");
            }
        }
        code.Line($$"""
            if (!json.Skip(out global::System.ReadOnlySpan<byte> raw))
                return false;
            if ({{Building}})
                value = global::DataMesh.JsonText.FromUtf8(raw);
            return true;
            """);
    }

    private void EmitJsonCase(CodeWriter code, string kind, ScalarShape scalar, Kinds kinds, string? read)
    {
        bool excluded = scalar.Constraints.Any(c =>
            c is BoundConstraint { Operand: NullLiteral } ? kinds == Kinds.Null : c is BoundConstraint { Operand: BoolLiteral } && kinds == Kinds.Bool);
        if ((scalar.Kinds & kinds) == 0 || excluded)
            return;
        var checks = new List<string>();
        if (read is not null)
        {
            checks.Add(read);
            if (kinds == Kinds.Number && NumberKind(scalar.Kinds) is { } numberKind)
                checks.Add(numberKind);
            checks.AddRange(Checks(scalar.Constraints, kinds == Kinds.Number ? "number" : "text", kinds));
        }
        code.Line($"case {TypeNames.Json}.JsonKind.{kind}:");
        if (checks.Count > 0)
        {
            code.Line($"    if (!({string.Join(" && ", checks)}))");
            code.Line("        return false;");
        }
        code.Line("    break;");
    }

    // if (!json.ReadString(out ReadOnlySpan<byte> text) || !text.SequenceEqual("v2"u8))
    //     return false;
    // value = "v2";
    // return true;
    private void EmitConstant(CodeWriter code, ConstantShape constant)
    {
        string value = Literals.Expression(constant.Value, constant, "");
        switch (constant.Value)
        {
            case NullLiteral:
                code.Line("return json.TryReadNull();");
                return;
            case StringLiteral s when constant.Clr == ClrType.String:
                code.Line($"if (!json.ReadString(out global::System.ReadOnlySpan<byte> text) || !global::System.MemoryExtensions.SequenceEqual(text, {CSharp.Utf8(s.Value)}))");
                break;
            case BoolLiteral b when constant.Clr == ClrType.Boolean:
                code.Line($"if (json.Peek() != {TypeNames.Json}.JsonKind.Bool || !json.ReadBool(out value) || value != {(b.Value ? "true" : "false")})");
                break;
            case NumberLiteral n when constant.Clr != ClrType.Json:
                code.Line($"if (!json.ReadNumber(out {TypeNames.Json}.JsonNumber number) || {NumberIsNot(n)})");
                break;
            default:
                // A list, a struct, or a scalar that is held as JSON.
                code.Line($"if ({Checking} || !json.Skip(out _))");
                break;
        }
        code.Line($$"""
                return false;
            value = {{value}};
            return true;
            """);
    }

    private string NumberIsNot(NumberLiteral literal)
    {
        var isNot = new BoundConstraint("!=" + literal.Text, Kinds.Number, BoundOperator.NotEqual, literal);
        return $"{(literal.IsInteger ? "!" : "")}number.IsInteger || {_shapes.Constraint(isNot)}.Accepts(number)";
    }

    // if (json.Peek() == JsonKind.String)
    // {
    //     if (!json.ReadString(out ReadOnlySpan<byte> text))
    //         return false;
    //     if (text.SequenceEqual("card"u8)) { value = Method.Card; return true; }
    // }
    private void EmitEnum(CodeWriter code, EnumShape e, string type)
    {
        EmitMembers(JsonKindOf<StringLiteral>(), "ReadString(out global::System.ReadOnlySpan<byte> literal)", m => $"global::System.MemoryExtensions.SequenceEqual(literal, {CSharp.Utf8(((StringLiteral)m.Value).Value)})");
        EmitMembers(JsonKindOf<NumberLiteral>(), $"ReadNumber(out {TypeNames.Json}.JsonNumber number)", m => $"!({NumberIsNot((NumberLiteral)m.Value)})");
        EmitMembers(JsonKindOf<BoolLiteral>(), "ReadBool(out bool flag)", m => ((BoolLiteral)m.Value).Value ? "flag" : "!flag");
        EmitMembers(JsonKindOf<NullLiteral>(), "TryReadNull()", static _ => "true");
        code.Line("return false;");

        (string Kind, IEnumerable<EnumMember> Members) JsonKindOf<T>() =>
            (typeof(T).Name.Replace("Literal", ""), e.Members.Where(static m => m.Value is T));

        void EmitMembers((string Kind, IEnumerable<EnumMember> Members) group, string read, Func<EnumMember, string> test)
        {
            if (!group.Members.Any())
                return;
            using (code.Block($"if (json.Peek() == {TypeNames.Json}.JsonKind.{group.Kind})"))
            {
                code.Line($"if (!json.{read})");
                code.Line("    return false;");
                foreach (EnumMember member in group.Members)
                {
                    code.Line($$"""
                        if ({{test(member)}})
                        {
                            value = {{type}}.{{CSharp.Identifier(member.Name)}};
                            return true;
                        }
                        """);
                }
            }
        }
    }
}
