using DataMesh.Cue.Binding;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Export;

/// <content>Disjunctions, and how their alternatives compare.</content>
internal sealed partial class SchemaGenerator
{
    /// <summary>A disjunction by its expressions, so that its references stay references.</summary>
    private void AddDisjunction(SchemaBuilder builder, CueValue whole, Part part)
    {
        Choices choices = ChoicesOf(whole, part);
        if (choices.IsNullable)
            builder.SetSingle("nullable", true);
        AddAlternatives(builder, choices.Alternatives);
    }

    /// <summary>The reference that is left of a disjunction without its default, if that is all there is.</summary>
    private Part? OnlyReference(CueValue whole, Part part) =>
        part.Expr is DisjunctionExpr && whole.Default is { Kind: CueKind.Struct }
        && ChoicesOf(whole, part) is { IsNullable: false, Alternatives: [{ IsItself: false, Reference: { } reference }] } ? reference : null;

    /// <summary>What a disjunction among the parts of a value lets it be; found out once.</summary>
    private Choices ChoicesOf(CueValue whole, Part part) => part.Choices ??= Choose(whole, (DisjunctionExpr)part.Expr, part.Env);

    private Choices Choose(CueValue whole, DisjunctionExpr disjunction, Env? env)
    {
        List<Alternative> alternatives = [];
        bool isNullable = false;
        foreach (Disjunct disjunct in Flatten(disjunction))
        {
            Alternative alternative = Choose(whole, disjunct.Expr, env);
            if (alternative.Value.IsNull)
                isNullable = true;
            else if (alternative.Value.Error is null && !alternatives.Exists(other => other.IsItself == alternative.IsItself && IsRepeated(other.Value, alternative.Value)))
                alternatives.Add(alternative);
        }

        RemoveDefault(whole, alternatives);
        return new(alternatives, isNullable);
    }

    /// <summary>A default that another alternative takes as well says nothing but that it is the default.</summary>
    private void RemoveDefault(CueValue whole, List<Alternative> alternatives)
    {
        if (whole.Default is not { } chosen)
            return;
        if (chosen.Kind == CueKind.Struct)
        {
            // Below the top of a definition a reference and a literal are both told.
            bool isDefinition = whole.Vertex is { IsDetached: false, Label.IsDefinition: true };
            alternatives.RemoveAll(each => !each.IsItself && each.Value.Kind == CueKind.Struct && SameShape(each.Value, chosen, 0)
                && alternatives.Exists(other => !ReferenceEquals(other, each) && !other.IsItself && (each.Reference is null ? isDefinition || other.Reference is null : other.Reference is not null) && Includes(other.Value, chosen)));
        }
        else if (!_options.ExpandReferences && IsAtom(chosen))
        {
            alternatives.RemoveAll(each => IsSingle(each) && SameShape(each.Value, chosen, 0)
                && alternatives.Exists(other => !IsSingle(other) && !other.IsItself && Includes(other.Value, chosen)));
        }
    }

    /// <summary>The only alternative of a disjunction that is left without its default, if there is one.</summary>
    private CueValue? OnlyAlternative(CueValue whole)
    {
        List<Alternative> alternatives = [.. whole.Disjuncts.Select(static each => new Alternative(each))];
        RemoveDefault(whole, alternatives);
        return alternatives.Count < whole.Disjuncts.Count && alternatives is [var only] ? only.Value : null;
    }

    /// <summary>An alternative that is a reference stays one; any other is what it comes to.</summary>
    private Alternative Choose(CueValue whole, Expr expr, Env? env)
    {
        List<Part> parts = [];
        Split(expr, env, whole.Vertex, parts, isOnlyEmbedding: false, 0);
        if (!_options.ExpandReferences && expr is FieldRef or SelectorExpr && parts is [{ Target: { } target } reference])
        {
            bool isItself = ReferenceEquals(target, whole.Vertex);
            return new(new CueValue(_context, target)) { Reference = reference, IsItself = isItself };
        }

        // Beside a reference to the disjunction itself only the rest can be said.
        bool isEndless = parts.Count > 1 && parts.RemoveAll(part => ReferenceEquals(part.Target, whole.Vertex)) > 0;
        return new(Evaluate(whole, isEndless ? parts : [new Part(expr, env)]));
    }

    private bool IsRepeated(CueValue left, CueValue right) =>
        (Equality.IsIdentical(left.Resolved, right.Resolved) && (_options.ExpandReferences || SamePatterns(left, right)))
        || (_options.ExpandReferences && left.Kind == CueKind.Struct && SameAlternatives(left, right));

    private static bool SamePatterns(CueValue left, CueValue right) => left.Patterns.Count == right.Patterns.Count
        && left.Patterns.Zip(right.Patterns, static (one, other) => one.Pattern.ToString() == other.Pattern.ToString() && one.Value.ToString() == other.Value.ToString()).All(static same => same);

    /// <summary>Whether two lists start alike: what may follow does not count.</summary>
    private static bool IsSameList(CueValue left, CueValue right) => left.Kind == CueKind.List && right.Kind == CueKind.List
        && left.Elements.Count == right.Elements.Count
        && left.Elements.Zip(right.Elements, static (one, other) => Equality.IsIdentical(one.Resolved, other.Resolved)).All(static same => same);

    private static IEnumerable<Disjunct> Flatten(DisjunctionExpr disjunction) => disjunction.Disjuncts.SelectMany(static disjunct =>
        disjunct.Expr is DisjunctionExpr inner ? Flatten(inner) : [disjunct]);

    private void AddAlternatives(SchemaBuilder builder, List<Alternative> alternatives)
    {
        List<object> enums = [.. alternatives.Where(static each => IsSingle(each)).Select(static each => Json(each.Value))];
        List<Alternative> rest = [];
        foreach (Alternative each in alternatives)
        {
            if (!IsSingle(each) && !rest.Exists(other => other.Reference is null && each.Reference is null && IsSameList(other.Value, each.Value)))
                rest.Add(each);
        }

        if (rest.Count == 0)
        {
            if (enums.Count > 0 && builder.Outline is not { IsMixed: true })
                builder.Set("enum", enums);
            return;
        }

        if (rest.Count == 1 && enums.Count == 0)
        {
            if (rest[0].Reference is null && (builder.Outline is not null || !_options.ExpandReferences))
                AddValue(builder, rest[0].Value, isAlternative: builder.Outline is not null);
            else
                builder.Add(BuildAlternative(rest[0], builder));
            return;
        }

        if (rest.Exists(static each => IsAnything(each.Value) && each.Reference is null))
            return;
        List<JsonTree> schemas = [.. rest.Select(each => BuildAlternative(each, builder))];
        // Expanded schemas leave their types to the one around them, but those have them.
        if (builder.Type.Length == 0 && rest.Where((each, i) => schemas[i].Count == 0 && !(_options.ExpandReferences && TypeName(each.Value.IncompleteKind) is not null)).Any())
            return;
        List<object> oneOf = [];
        if (enums.Count > 0)
            oneOf.Add(new JsonTree(("enum", enums)));
        for (int i = 0; i < rest.Count; i++)
        {
            List<object> included = [];
            for (int j = 0; j < rest.Count; j++)
            {
                if (i != j && Includes(rest[i], rest[j]))
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

    /// <summary>Whether it is one value alone. Of the disjunction itself nothing is known in it.</summary>
    private static bool IsSingle(Alternative alternative) => !alternative.IsItself && IsAtom(alternative.Value);

    private static bool Includes(Alternative alternative, Alternative other) => alternative.IsItself
        || (other.IsItself ? alternative.Value.Disjuncts.Count > 0 : Includes(alternative.Value, other.Value));

    private static bool IsAnything(CueValue value) => value.IsTop && !value.Constraints.Any(static each => each is CueValidatorConstraint);

    private JsonTree BuildAlternative(Alternative alternative, SchemaBuilder builder)
    {
        if (_options.ExpandReferences)
            return Expand(alternative.Value, builder.Outline, isAlternative: true);
        _alternatives++;
        try
        {
            return alternative.Reference is { } reference ? new JsonTree(("$ref", Reference(reference))) : BuildValue(alternative.Value, builder.Type, isAlternative: true);
        }
        finally
        {
            _alternatives--;
        }
    }

    private JsonTree BuildValue(CueValue value, string type, bool isAlternative)
    {
        SchemaBuilder builder = new(type);
        AddValue(builder, value, isAlternative);
        return builder.Finish();
    }

    /// <summary>Whether every instance of one value is one of the other, as schemas have it: structs are open.</summary>
    private static bool Includes(CueValue value, CueValue other, int depth = 0)
    {
        if (depth > 20)
            return false;
        if (IsAnything(value))
            return true;
        if (other.Disjuncts.Count > 0)
            return other.Disjuncts.All(each => Includes(value, each, depth + 1));
        if (value.Disjuncts.Count > 0)
            return value.Disjuncts.Any(each => Includes(each, other, depth + 1));
        if (value.Kind == CueKind.Struct && other.Kind == CueKind.Struct)
        {
            return value.Fields.All(field => other.Fields.FirstOrDefault(each => each.Name == field.Name) is { } match
                ? IsAsStrict(match.Kind, field.Kind) && Includes(field.Value, match.Value, depth + 1)
                : field.Kind is CueFieldKind.Optional or CueFieldKind.Required && other.Patterns.All(pattern => !IsEveryName(pattern.Pattern) || Includes(field.Value, pattern.Value, depth + 1)))
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
