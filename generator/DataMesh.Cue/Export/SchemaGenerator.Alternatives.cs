using DataMesh.Cue.Binding;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Export;

/// <content>Disjunctions, and how their alternatives compare.</content>
internal sealed partial class SchemaGenerator
{
    /// <summary>A disjunction by its expressions, so that its references stay references.</summary>
    private void AddDisjunction(SchemaBuilder builder, CueValue whole, DisjunctionExpr disjunction, Env? env)
    {
        List<Alternative> alternatives = [];
        bool isNullable = false;
        foreach (Disjunct disjunct in Flatten(disjunction))
        {
            List<Part> parts = [];
            Split(disjunct.Expr, env, whole.Vertex, parts, isOnlyEmbedding: false, 0);
            CueValue value = Evaluate(whole, parts);
            if (value.IsNull)
                isNullable = true;
            else if (value.Error is null && !alternatives.Exists(other => IsRepeated(other.Value, value)))
                alternatives.Add(new(value, parts));
        }

        if (isNullable)
            builder.SetSingle("nullable", true);
        AddAlternatives(builder, alternatives);
    }

    private bool IsRepeated(CueValue left, CueValue right) =>
        Equality.IsIdentical(left.Resolved, right.Resolved) || (_options.ExpandReferences && left.Kind == CueKind.Struct && SameAlternatives(left, right));

    private static IEnumerable<Disjunct> Flatten(DisjunctionExpr disjunction) => disjunction.Disjuncts.SelectMany(static disjunct =>
        disjunct.Expr is DisjunctionExpr inner ? Flatten(inner) : [disjunct]);

    private void AddAlternatives(SchemaBuilder builder, List<Alternative> alternatives)
    {
        List<object> enums = [.. alternatives.Where(static each => IsAtom(each.Value)).Select(static each => Json(each.Value))];
        List<Alternative> rest = [.. alternatives.Where(static each => !IsAtom(each.Value))];
        if (rest.Count == 0)
        {
            if (enums.Count > 0 && builder.Outline is not { IsMixed: true })
                builder.Set("enum", enums);
            return;
        }

        if (rest.Count == 1 && enums.Count == 0)
        {
            builder.Add(BuildAlternative(rest[0], builder, isOnly: true));
            return;
        }

        if (rest.Exists(static each => each.Value.IsTop))
            return;
        List<JsonTree> schemas = [.. rest.Select(each => BuildAlternative(each, builder))];
        if (schemas.Exists(static schema => schema.Count == 0) && builder.Type.Length == 0 && !_options.ExpandReferences)
            return;
        List<object> oneOf = [];
        if (enums.Count > 0)
            oneOf.Add(new JsonTree(("enum", enums)));
        for (int i = 0; i < rest.Count; i++)
        {
            List<object> included = [];
            for (int j = 0; j < rest.Count; j++)
            {
                if (i != j && Includes(rest[i].Value, rest[j].Value))
                    included.Add(schemas[j]);
            }

            oneOf.Add(Exclude(schemas[i], included));
        }

        builder.Set("oneOf", oneOf);
    }

    /// <summary>Schemas are open: alternatives that another one includes have to be taken out of it to be told apart.</summary>
    private static JsonTree Exclude(JsonTree schema, List<object> included)
    {
        if (included.Count == 0)
            return schema;
        JsonTree exclusion = new(("not", new JsonTree(("anyOf", included))));
        return schema.Count == 0 ? exclusion : new JsonTree(("allOf", (List<object>)[schema, exclusion]));
    }

    private JsonTree BuildAlternative(Alternative alternative, SchemaBuilder builder, bool isOnly = false)
    {
        if (_options.ExpandReferences)
            return Expand(alternative.Value, builder.Outline, isAlternative: true);
        _alternatives++;
        try
        {
            return alternative.Parts is { } parts ? BuildParts(alternative.Value, parts, builder.Type, isAlternative: !isOnly) : BuildValue(alternative.Value, builder.Type);
        }
        finally
        {
            _alternatives--;
        }
    }

    private JsonTree BuildValue(CueValue value, string type)
    {
        SchemaBuilder builder = new(type);
        AddValue(builder, value, isAlternative: true);
        return builder.Finish();
    }

    /// <summary>Whether every instance of one value is one of the other, as schemas have it: structs are open.</summary>
    private static bool Includes(CueValue value, CueValue other, int depth = 0)
    {
        if (depth > 20)
            return false;
        if (other.Disjuncts.Count > 0)
            return other.Disjuncts.All(each => Includes(value, each, depth + 1));
        if (value.Disjuncts.Count > 0)
            return value.Disjuncts.Any(each => Includes(each, other, depth + 1));
        if (value.Kind == CueKind.Struct && other.Kind == CueKind.Struct)
        {
            return Members(value).All(field => Members(other).FirstOrDefault(each => each.Name == field.Name) is { } match
                ? IsAsStrict(match.Kind, field.Kind) && Includes(field.Value, match.Value, depth + 1)
                : field.Kind != CueFieldKind.Regular)
                && value.Patterns.All(pattern => Members(other).All(field => Includes(pattern.Value, field.Value, depth + 1))
                    && other.Patterns.All(each => Includes(pattern.Value, each.Value, depth + 1)));
        }

        if ((value.IncompleteKind & other.IncompleteKind) == CueKind.Bottom)
            return false;
        CueValue both = value.Unify(other);
        return both.Error is null && both.Validate().Count == 0 && SameShape(both, other, 0);
    }

    private static bool IsAsStrict(CueFieldKind kind, CueFieldKind than) =>
        kind == than || than == CueFieldKind.Optional || (than == CueFieldKind.Required && kind == CueFieldKind.Regular);

    private static IEnumerable<CueField> Members(CueValue value) => value.Fields.Where(static field => !field.IsDefinition && !field.IsHidden);

    private static bool SameShape(CueValue left, CueValue right, int depth)
    {
        if (depth > 20 || left.IncompleteKind != right.IncompleteKind)
            return false;
        if (left.Kind == CueKind.Struct)
        {
            IReadOnlyList<CueField> mine = [.. Members(left)];
            IReadOnlyList<CueField> theirs = [.. Members(right)];
            return mine.Count == theirs.Count && mine.All(field =>
                theirs.FirstOrDefault(other => other.Name == field.Name) is { } match && match.Kind == field.Kind && SameShape(field.Value, match.Value, depth + 1));
        }

        if (left.Kind == CueKind.List)
        {
            IReadOnlyList<CueValue> mine = left.Elements, theirs = right.Elements;
            return mine.Count == theirs.Count && left.IsOpen == right.IsOpen && Enumerable.Range(0, mine.Count).All(i => SameShape(mine[i], theirs[i], depth + 1));
        }

        return left.ToString() == right.ToString();
    }

    private static bool SameAlternatives(CueValue left, CueValue right)
    {
        if (left.Disjuncts.Count != right.Disjuncts.Count)
            return false;
        return left.Disjuncts.Count == 0
            ? SameShape(left, right, 0)
            : left.Disjuncts.Zip(right.Disjuncts, static (one, other) => SameShape(one, other, 0)).All(static same => same);
    }
}
