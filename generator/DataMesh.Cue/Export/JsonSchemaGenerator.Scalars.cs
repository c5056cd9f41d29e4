using DataMesh.Cue.Binding;
using DataMesh.Cue.RegularExpressions;
using DataMesh.Cue.Syntax;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Export;

/// <content>Types, bounds and validators.</content>
internal sealed partial class JsonSchemaGenerator
{
    private static readonly (CueKind Kind, string Name)[] TypeNames =
    [
        (CueKind.Null, "null"), (CueKind.Bool, "boolean"), (CueKind.Int, "integer"), (CueKind.Float, "number"),
        (CueKind.String | CueKind.Bytes, "string"), (CueKind.List, "array"), (CueKind.Struct, "object"),
    ];

    private void AddScalar(JsonTree schema, CueValue value)
    {
        CueKind kind = value.IncompleteKind & ~CueKind.Func;
        if ((kind | CueKind.Func) != CueKind.Top)
        {
            List<object> types = [.. TypeNames.Where(type => (kind & type.Kind) != 0).Select(static type => (object)type.Name)];
            if (types.Contains("number"))
                types.Remove("integer");
            schema.Set("type", types is [var only] ? only : types);
        }

        if (kind == CueKind.Bytes)
            AddBytes(schema);
        List<object> excluded = [];
        foreach (CueConstraint constraint in value.Constraints)
        {
            if (constraint is CueValidatorConstraint validator)
                AddValidator(schema, value, validator);
            else if (constraint is CueBoundConstraint { Operator: TokenKind.NotEqual } unequal && IsAtom(unequal.Operand))
                excluded.Add(Json(unequal.Operand));
            else if (constraint is CueBoundConstraint bound)
                AddBound(schema, value, bound);
        }

        if (excluded.Count == 1)
            Add(schema, "not", new JsonTree(("const", excluded[0])));
        else if (excluded.Count > 1)
            Add(schema, "not", new JsonTree(("enum", excluded)));
    }

    private static void AddBytes(JsonTree schema)
    {
        schema.Set("type", "string");
        schema.Set("contentEncoding", "base64");
    }

    private void AddBound(JsonTree schema, CueValue value, CueBoundConstraint bound)
    {
        if (bound.Operand.AsNumberText() is { } number)
        {
            string? keyword = bound.Operator switch
            {
                TokenKind.Less => "exclusiveMaximum",
                TokenKind.LessOrEqual => "maximum",
                TokenKind.Greater => "exclusiveMinimum",
                TokenKind.GreaterOrEqual => "minimum",
                _ => null,
            };
            if (keyword is not null)
            {
                Add(schema, keyword, new RawJson(number));
                return;
            }
        }
        else if (bound.Operator is TokenKind.Match or TokenKind.NotMatch && Translate(bound.Operand) is { } pattern)
        {
            if (bound.Operator == TokenKind.Match)
                Add(schema, "pattern", pattern);
            else
                Add(schema, "not", new JsonTree(("pattern", pattern)));
            return;
        }

        Unsupported(schema, value, Operators.Text(bound.Operator) + bound.Operand);
    }

    /// <summary>A regular expression as ECMA-262; null when it is none, for bytes or too large.</summary>
    private static string? Translate(CueValue operand) =>
        operand.AsString() is { } pattern && RegularExpression.TryParse(pattern, out _, out _) ? EcmaScriptPattern.Translate(pattern) : null;

    private void AddValidator(JsonTree schema, CueValue value, CueValidatorConstraint validator)
    {
        IReadOnlyList<CueValue> arguments = validator.Arguments;
        string? number = arguments is [var only] ? only.AsNumberText() : null;
        string? text = arguments is [var single] ? single.AsString() : null;
        switch (validator.Package, validator.Name)
        {
            case ("strings", "MinRunes") when number is not null:
                Add(schema, "minLength", new RawJson(number));
                break;
            case ("strings", "MaxRunes") when number is not null:
                Add(schema, "maxLength", new RawJson(number));
                break;
            case ("strings", "HasPrefix") when text is not null:
                Add(schema, "pattern", "^" + EcmaScriptPattern.Quote(text));
                break;
            case ("strings", "HasSuffix") when text is not null:
                Add(schema, "pattern", EcmaScriptPattern.Quote(text) + "$");
                break;
            case ("strings", "Contains") when text is not null:
                Add(schema, "pattern", EcmaScriptPattern.Quote(text));
                break;
            case ("struct", "MinFields") when number is not null:
                Add(schema, "minProperties", new RawJson(number));
                break;
            case ("struct", "MaxFields") when number is not null:
                Add(schema, "maxProperties", new RawJson(number));
                break;
            case ("list", "MinItems") when number is not null:
                Add(schema, "minItems", new RawJson(number));
                break;
            case ("list", "MaxItems") when number is not null:
                Add(schema, "maxItems", new RawJson(number));
                break;
            case ("list", "UniqueItems"):
                schema.Set("uniqueItems", true);
                break;
            case ("math", "MultipleOf") when number is not null:
                Add(schema, "multipleOf", new RawJson(number));
                break;
            case ("list", "Contains") when arguments is [var member]:
                AddContains(schema, new JsonTree(("contains", new JsonTree(("const", Json(member))))));
                break;
            case ("list", "MatchN") when arguments is [var count, var element]:
                AddContains(schema, value, validator, count, element);
                break;
            case ("", "matchN") when arguments is [var count, { Kind: CueKind.List } schemas]:
                AddMatches(schema, value, validator, count, schemas.Elements);
                break;
            case ("", "matchIf") when arguments is [var condition, var consequence, var otherwise]:
                JsonTree choice = new(("if", Matching(condition)), ("then", Matching(consequence)), ("else", Matching(otherwise)));
                if (schema.Has("if"))
                    Add(schema, "allOf", (List<object>)[choice]);
                else
                    schema.SetAll(choice);
                break;
            default:
                if (StringFormats.Of(validator) is not { } format)
                {
                    Unsupported(schema, value, Call(validator));
                    break;
                }

                if (format.Name is { } name)
                    Add(schema, "format", name);
                if (format.Pattern is { } pattern)
                    Add(schema, "pattern", pattern);
                if (!format.IsExact)
                    Unsupported(schema, value, Call(validator));
                if (validator.Name == "IPv4" && (value.IncompleteKind & CueKind.List) != 0)
                    AddAddressBytes(schema);
                break;
        }
    }

    /// <summary>An address may also be the list of its bytes.</summary>
    private static void AddAddressBytes(JsonTree schema)
    {
        Add(schema, "items", new JsonTree(("type", "integer"), ("minimum", Number(0)), ("maximum", Number(255))));
        Add(schema, "minItems", Number(4));
        Add(schema, "maxItems", Number(4));
    }

    private static string Call(CueValidatorConstraint validator)
    {
        string package = validator.Package.Length == 0 ? "" : validator.Package + ".";
        return $"{package}{validator.Name}({string.Join(", ", validator.Arguments)})";
    }

    /// <summary>How many matches a constraint for their number takes at least and at most; null when these are not all.</summary>
    private static (int Least, int Most)? Range(CueValue count)
    {
        int least = 0, most = int.MaxValue;
        if (count.AsNumberText() is { } exact)
            return TryParse(exact, out least) ? (least, least) : null;
        foreach (CueConstraint constraint in count.Constraints)
        {
            if (constraint is CueTypeConstraint)
                continue;
            if (constraint is not CueBoundConstraint bound || bound.Operand.AsNumberText() is not { } text || !TryParse(text, out int limit))
                return null;
            switch (bound.Operator)
            {
                case TokenKind.GreaterOrEqual:
                    least = Math.Max(least, limit);
                    break;
                case TokenKind.Greater:
                    least = Math.Max(least, limit + 1);
                    break;
                case TokenKind.LessOrEqual:
                    most = Math.Min(most, limit);
                    break;
                case TokenKind.Less:
                    most = Math.Min(most, limit - 1);
                    break;
                default:
                    return null;
            }
        }

        return (least, most);

        static bool TryParse(string text, out int number) =>
            int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out number) && number < 1_000_000;
    }

    private void AddContains(JsonTree schema, CueValue value, CueValidatorConstraint validator, CueValue count, CueValue element)
    {
        if (Range(count) is not var (least, most))
        {
            Unsupported(schema, value, Call(validator));
            return;
        }

        JsonTree contains = new(("contains", Matching(element)), ("minContains", Number(least)));
        if (most != int.MaxValue)
            contains.Set("maxContains", Number(most));
        AddContains(schema, contains);
    }

    private static void AddContains(JsonTree schema, JsonTree contains)
    {
        if (schema.Has("contains"))
            Add(schema, "allOf", (List<object>)[contains]);
        else
            schema.SetAll(contains);
    }

    private void AddMatches(JsonTree schema, CueValue value, CueValidatorConstraint validator, CueValue count, IReadOnlyList<CueValue> schemas)
    {
        if (Range(count) is not var (least, most))
        {
            Unsupported(schema, value, Call(validator));
            return;
        }

        List<object> all = [.. schemas.Select(each => (object)Matching(each))];
        if (all.Count == 0)
        {
            if (least > 0)
                Add(schema, "not", new JsonTree());
        }
        else if (most <= 0)
        {
            Add(schema, "not", new JsonTree(("anyOf", all)));
        }
        else if (least == 1 && most == 1)
        {
            Add(schema, "oneOf", all);
        }
        else if (least == 1 && most >= all.Count)
        {
            Add(schema, "anyOf", all);
        }
        else if (least == all.Count && most >= all.Count)
        {
            Add(schema, "allOf", all);
        }
        else if (least > 0 || most < all.Count)
        {
            Unsupported(schema, value, Call(validator));
        }
    }

    private JsonTree Matching(CueValue value)
    {
        bool before = _isMatching;
        _isMatching = true;
        try
        {
            return value.Error is { Code: not CueErrorCode.Incomplete } ? new JsonTree(("not", new JsonTree())) : Inline(value);
        }
        finally
        {
            _isMatching = before;
        }
    }
}
