using DataMesh.Cue.Binding;
using DataMesh.Cue.Numerics;
using DataMesh.Cue.Syntax;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Export;

/// <content>What an evaluated value adds to a schema.</content>
internal sealed partial class SchemaGenerator
{
    private static string? TypeName(CueKind kind) => kind switch
    {
        CueKind.Bool => "boolean",
        CueKind.Int => "integer",
        CueKind.Float or CueKind.Number => "number",
        CueKind.String or CueKind.Bytes => "string",
        CueKind.List => "array",
        CueKind.Struct => "object",
        _ => null,
    };

    /// <param name="isAlternative">Whether the value is one of several.</param>
    /// <param name="besideReferences">Whether it is a part of a value that is references as well; its default is not the value's.</param>
    private void AddValue(SchemaBuilder builder, CueValue value, bool isAlternative = false, bool besideReferences = false)
    {
        Check(value);
        if (value.Disjuncts.Count > 0)
        {
            AddDisjuncts(builder, value, !besideReferences);
            return;
        }

        if (value.IsNull)
        {
            AddNull(builder);
            return;
        }

        // As an alternative a number is what its bounds say; cue does not see there that it is an integer.
        bool isBounded = isAlternative && value.IncompleteKind == CueKind.Int && value.Constraints.Count > 1;
        bool isTyped = TypeName(isBounded ? CueKind.Number : value.IncompleteKind) is { } type && builder.SetType(type);
        switch (value.IncompleteKind)
        {
            case CueKind.Struct:
                AddStruct(builder, value, isAlternative);
                break;
            case CueKind.List:
                AddList(builder, value, isAlternative, isAlternative || besideReferences);
                break;
            default:
                if (IsAtom(value) && builder.Outline is not { IsMixed: true })
                    builder.Set("enum", (List<object>)[Json(value)]);
                else if (!IsAtom(value))
                    AddConstraints(builder, value, isAlternative);
                if (isAlternative && isTyped && value.IncompleteKind == CueKind.Bytes && !IsAtom(value))
                    builder.Set("format", "byte");
                break;
        }
    }

    private static void AddNull(SchemaBuilder builder)
    {
        builder.Set("enum", (List<object>)[new RawJson("null")]);
        builder.SetSingle("nullable", true);
    }

    private void AddDisjuncts(SchemaBuilder builder, CueValue value, bool mayDefault)
    {
        CueKind kinds = CueKind.Bottom;
        foreach (CueValue disjunct in value.Disjuncts)
            kinds |= disjunct.IncompleteKind;
        if (TypeName(kinds & ~CueKind.Null) is { } type)
            builder.SetType(type);
        bool isNullable = value.Disjuncts.Any(static each => each.IsNull);
        CueValue? chosen = value.Default;
        // A default that another alternative takes as well says nothing but that it is the default.
        List<CueValue> alternatives = [.. value.Disjuncts.Where(each => !each.IsNull && !(IsDefault(each, chosen) && IsTakenByAnother(each, value, chosen)))];
        if (isNullable)
            builder.SetSingle("nullable", true);
        if (alternatives.Count == 1 && !IsAtom(alternatives[0]))
            AddValue(builder, alternatives[0], isAlternative: alternatives[0].Kind is not (CueKind.Struct or CueKind.List));
        else
            AddAlternatives(builder, [.. alternatives.Select(static each => new Alternative(each))]);
        bool isEmptyList = chosen is { Kind: CueKind.List, Elements.Count: 0 };
        if (mayDefault && !isEmptyList && builder.Outline is not { IsMixed: true })
            AddDefault(builder, value);
    }

    private static bool IsDefault(CueValue value, CueValue? chosen) =>
        chosen is not null && (chosen.Disjuncts.Count > 0 ? chosen.Disjuncts.Any(each => IsSameValue(value, each)) : IsSameValue(value, chosen));

    /// <summary>Whether these are the same alternative: scalars share the place of the disjunction that they are in.</summary>
    private static bool IsSameValue(CueValue left, CueValue right) =>
        left.Base is ContainerValue || right.Base is ContainerValue ? ReferenceEquals(left.Resolved, right.Resolved) : ReferenceEquals(left.Base, right.Base);

    private static bool IsTakenByAnother(CueValue value, CueValue disjunction, CueValue? chosen) => disjunction.Disjuncts.Any(other =>
        !IsAtom(other) && !IsSameValue(other, value) && !IsDefault(other, chosen)
        && (other.IncompleteKind & value.IncompleteKind) != CueKind.Bottom
        && value.Unify(other) is { Error: null } both && both.Validate().Count == 0 && SameShape(both, value, 0));

    /// <summary>The default of a disjunction, if it has one alone and that is a value.</summary>
    private static void AddDefault(SchemaBuilder builder, CueValue disjunction)
    {
        if (disjunction.Disjuncts.Count > 0 && disjunction.Default is { Disjuncts.Count: 0, IsConcrete: true } chosen)
            builder.Set("default", Json(chosen));
    }

    /// <summary>The format of a value that is nothing but a type with a format of its own, however it was declared.</summary>
    private static string? FormatOf(CueValue value)
    {
        if (value.Disjuncts.Count > 0 || IsAtom(value) || value.Error is not null)
            return null;
        if (value.IncompleteKind == CueKind.String)
        {
            bool isTime = value.Constraints.Any(static each => each is CueValidatorConstraint)
                && value.Constraints.All(static each => each is CueTypeConstraint or CueValidatorConstraint { Package: "time", Name: "Time" });
            return isTime ? "date-time" : null;
        }

        if (value.IncompleteKind is not (CueKind.Int or CueKind.Float or CueKind.Number or CueKind.Bytes))
            return null;
        return value.ToString() switch
        {
            "bytes" => "binary",
            "int32" => "int32",
            "int64" => "int64",
            "float32" => "float",
            "float64" => "double",
            _ => null,
        };
    }

    private static void AddFormat(SchemaBuilder builder, CueKind kind, string format)
    {
        if (TypeName(kind) is { } type)
            builder.SetType(type);
        if (builder.Outline?.Format as string != format)
            builder.Set("format", format);
    }

    private void AddStruct(SchemaBuilder builder, CueValue value, bool isAlternative)
    {
        List<object> required = [];
        foreach (CueField field in value.Fields)
        {
            if (field.IsHidden)
                continue;
            if (field.IsDefinition)
            {
                // Names with this ending are left out, as cue does.
                if (field.Name.EndsWith("_value", StringComparison.Ordinal))
                    continue;
                // The name has the mark of an optional or required one, as cue has it; references do not have it.
                string mark = field.Kind switch { CueFieldKind.Optional => "?", CueFieldKind.Required => "!", _ => "" };
                AddDefinition((_options.ExpandReferences ? string.Join(".", _path) + "." + field.Name.Substring(1) : SchemaName(field.Value.Vertex)) + mark, field.Value);
                continue;
            }

            if (field.Kind != CueFieldKind.Optional)
                required.Add(field.Name);
            if (builder.Outline?.Property(field.Name) is not { } property)
            {
                JsonTree schema = Property(field);
                if (schema.Count > 0 || !isAlternative)
                    builder.Properties.Set(field.Name, schema);
                continue;
            }

            if (property.Complete is null && In(field.Name, () => Expand(field.Value, property)) is { Count: > 0 } rest)
                builder.Properties.Set(field.Name, rest);
        }

        if (value.Kind != CueKind.Struct && value.Constraints.FirstOrDefault(static each => each is CueBoundConstraint) is CueBoundConstraint bound)
            Unsupported($"unsupported op != for object type (!={bound.Operand})", value);
        if (required.Count > 0)
            builder.Set("required", required);
        if (builder.Outline is null && Additional(value) is { } additional && (additional.Count > 0 || !isAlternative))
            builder.SetSingle("additionalProperties", additional);
        IEnumerable<CueValidatorConstraint> validators = value.Kind == CueKind.Struct ? value.Validators : value.Constraints.OfType<CueValidatorConstraint>();
        // What is evaluated as a whole has done with the validators that hold by now.
        bool isWhole = value.Kind == CueKind.Struct && (isAlternative || _options.ExpandReferences);
        AddValidators(builder, value, [.. validators.Where(validator => !isWhole || !Holds(validator, value))], isAlternative);
    }

    private static bool Holds(CueValidatorConstraint validator, CueValue value)
    {
        if (validator is not { Package: "struct", Name: "MinFields" or "MaxFields", Arguments: [var argument] } || argument.AsNumber() is not { } limit)
            return false;
        int count = value.Fields.Count(static field => field.Kind == CueFieldKind.Regular);
        return validator.Name == "MinFields" ? limit <= count : limit >= count;
    }

    private JsonTree Property(CueField field)
    {
        JsonTree schema = In(field.Name, () => Described(field.Value));
        if (field.Attributes.Any(static attribute => attribute.Name == "protobuf" && attribute.Body.Split(',').Any(static part => part.Trim() == "deprecated")))
        {
            schema.Set("deprecated", true);
            SchemaBuilder.Sort(schema);
        }

        return schema;
    }

    /// <summary>What fields have to be that are not declared; null where nothing is said.</summary>
    private JsonTree? Additional(CueValue value)
    {
        List<CueValue> values = [.. value.Patterns.Where(static pattern => IsEveryName(pattern.Pattern)).Select(static pattern => pattern.Value)];
        List<CueValue> limiting = [.. values.Where(static each => !each.IsTop)];
        if (limiting.Count > 0 && In("[_]", () => Described(All(limiting))) is { Count: > 0 } schema)
            return schema;

        // Only schemas without references say that there may be anything.
        return _options.ExpandReferences && (value.HasEllipsis || values.Count > 0) ? new JsonTree() : null;
    }

    /// <summary>What several constraints come to together.</summary>
    private CueValue All(List<CueValue> values)
    {
        if (values is [var only])
            return only;
        Vertex vertex = new(values[0].Vertex.Parent, default) { IsDetached = true, IsInDefinition = values[0].Vertex.IsInDefinition, ArcType = ArcType.Optional };
        foreach (CueValue value in values)
            vertex.Conjuncts.AddRange(value.Vertex.Conjuncts);
        return new(_context, vertex);
    }

    private static bool IsEveryName(CueValue pattern) => pattern.IsTop || pattern.Disjuncts.Any(IsEveryName)
        || (!IsAtom(pattern) && (pattern.IncompleteKind & CueKind.String) != 0 && pattern.Constraints.Count > 0 && !pattern.Constraints.Any(static each => each is CueBoundConstraint { Operand.IsNull: false }));

    private static string SchemaName(Vertex vertex)
    {
        List<string> names = [];
        for (Vertex? at = vertex; at?.Parent is not null; at = at.Parent)
            names.Add(at.Label.IsDefinition ? at.Label.Text.Substring(1) : at.Label.Text);
        names.Reverse();
        return string.Join(".", names);
    }

    private void AddList(SchemaBuilder builder, CueValue value, bool isAlternative, bool hasNoDefault)
    {
        if (value.Kind != CueKind.List)
        {
            if (value.Constraints.Any(static each => each is CueBoundConstraint))
                Unsupported("unsupported op != for array type", value);
            AddValidators(builder, value, [.. value.Constraints.OfType<CueValidatorConstraint>()], isAlternative);
            return;
        }

        IReadOnlyList<CueValue> elements = value.Elements;
        CueValue? more = value.ElementType;
        if (elements.Count == 0)
        {
            if (more is null)
                return;

            // As cue has it: what the first of several lists says of its elements.
            List<Conjunct> conjuncts = more.Vertex.Conjuncts;
            if (conjuncts.Count > 1)
                conjuncts.RemoveRange(1, conjuncts.Count - 1);
            JsonTree all = In("*", () => Build(more, ""));
            if (isAlternative ? all.Count > 0 : builder.Outline is not { IsMixed: true })
                builder.SetSingle("items", all);
            return;
        }

        builder.Set("items", (List<object>)[.. elements.Select(element => (object)In("*", () => Build(element, "")))]);
        if (more is null)
            return;
        builder.Set("minItems", new RawJson(OpenApiExporter.Name(elements.Count)));
        if (!hasNoDefault)
            builder.Set("default", Json(value));
        JsonTree additional = In("*", () => Build(more, ""));
        bool isOfSeveral = value.Resolved.State?.Lists.Count > 1;
        if (isOfSeveral && additional.Count == 1 && additional.Has("$ref") && TypeName(more.IncompleteKind & ~CueKind.Null) is { } type)
            additional = new JsonTree(("type", type), ("$ref", additional.Find("$ref")!));
        builder.Set("additionalItems", additional);
    }

    private void AddConstraints(SchemaBuilder builder, CueValue value, bool isAlternative)
    {
        foreach (CueConstraint constraint in value.Constraints)
        {
            if (constraint is CueBoundConstraint bound)
                AddBound(builder, value, bound);
            else if (constraint is CueValidatorConstraint validator)
                AddValidators(builder, value, [validator], isAlternative);
        }
    }

    private void AddBound(SchemaBuilder builder, CueValue value, CueBoundConstraint bound)
    {
        if (bound.Operand.IsNull)
            return;
        if (value.IncompleteKind is CueKind.String or CueKind.Bytes || bound.Operand.Kind is CueKind.String or CueKind.Bytes)
        {
            string pattern = bound.Operand.AsString() ?? "";
            if (bound.Operator == TokenKind.Match)
                builder.Set("pattern", pattern);
            else if (bound.Operator == TokenKind.NotMatch)
                builder.Add(new JsonTree(("not", new JsonTree(("pattern", pattern)))));
            else
                Unsupported($"unsupported op {Binding.Operators.Text(bound.Operator)} for string type", value);
            return;
        }

        if (bound.Operand.AsNumber() is not { } limit)
            return;
        RawJson number = new(NumberText(limit));
        bool isNew = _options.Version.StartsWith("3.1", StringComparison.Ordinal);
        switch (bound.Operator)
        {
            case TokenKind.Less when isNew:
                builder.Set("exclusiveMaximum", number);
                break;
            case TokenKind.Greater when isNew:
                builder.Set("exclusiveMinimum", number);
                break;
            case TokenKind.Less:
                builder.SetPair(("exclusiveMaximum", true), ("maximum", number));
                break;
            case TokenKind.LessOrEqual:
                builder.Set("maximum", number);
                break;
            case TokenKind.Greater:
                builder.SetPair(("exclusiveMinimum", true), ("minimum", number));
                break;
            case TokenKind.GreaterOrEqual:
                builder.Set("minimum", number);
                break;
            case TokenKind.NotEqual:
                builder.SetType("number");
                builder.Add(new JsonTree(("not", new JsonTree(("allOf", (List<object>)[new JsonTree(("minimum", number)), new JsonTree(("maximum", number))])))));
                break;
            default:
                Unsupported($"unsupported op {Binding.Operators.Text(bound.Operator)} for number", value);
                break;
        }
    }

    private static string NoInteger(CueValue argument)
    {
        CueKind kind = argument.IncompleteKind;
        return (kind & CueKind.Int) != 0 ? $"non-concrete value {kind.Text()}" : $"cannot use value {argument} (type {kind.Text()}) as int";
    }

    private static string NumberText(BigDecimal number) => number.ToString();

    private void AddValidators(SchemaBuilder builder, CueValue value, IReadOnlyList<CueValidatorConstraint> validators, bool isAlternative)
    {
        foreach (CueValidatorConstraint validator in validators)
        {
            string? name = (validator.Package, validator.Name) switch
            {
                ("strings", "MinRunes") => "minLength",
                ("strings", "MaxRunes") => "maxLength",
                ("struct", "MinFields") => "minProperties",
                ("struct", "MaxFields") => "maxProperties",
                ("list", "MinItems") => "minItems",
                ("list", "MaxItems") => "maxItems",
                ("math", "MultipleOf") => "multipleOf",
                _ => null,
            };
            if (name is not null && validator.Arguments is [var argument])
            {
                if (argument is { Kind: CueKind.Int } && argument.AsNumber() is { } number)
                    builder.Set(name, new RawJson(NumberText(number)));
                else
                    Unsupported($"could not retrieve int: {NoInteger(argument)}", value);
            }
            else if (validator is { Package: "list", Name: "UniqueItems" })
                builder.Set("uniqueItems", true);
            else if (isAlternative)
                continue; // There are no formats of time there.
            else if (validator is { Package: "time", Name: "Format" } && validator.Arguments is [var layout] && layout.AsString() == "2006-01-02")
                builder.Set("format", "date");
            else if (validator is { Package: "time", Name: "Time" } || (validator is { Package: "time", Name: "Format" } && validator.Arguments is [var exact] && exact.AsString() == "2006-01-02T15:04:05.999999999Z07:00"))
                builder.Set("format", "date-time");
        }
    }
}
