using DataMesh.Cue.Binding;
using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Values;

/// <summary>Validators that try schemas on a value: <c>matchN</c> and <c>matchIf</c>.</summary>
internal static class SchemaValidators
{
    public static IEnumerable<Builtin> All { get; } =
    [
        new("", "matchN", [Any, Any, Any], CueKind.Bool, MatchN) { IsValidatorOnly = true, MinimumArguments = 3, Misfit = NoCount },
        new("", "matchIf", [Any, Any, Any, Any], CueKind.Bool, MatchIf) { IsValidatorOnly = true, MinimumArguments = 4 },
    ];

    private static BuiltinParameter Any => new(CueKind.Top, allowsNonConcrete: true);

    private static Value MatchN(CallContext call)
    {
        if (call.Arguments.Skip(1).Select(Lacking).FirstOrDefault(static each => each is not null) is { } lacking)
            return Unsatisfied(call, lacking);
        if (NoCount(call) is { } unsuited)
            return unsuited;
        var list = (Vertex)call.Arguments[2];
        var (matched, unfinished) = (0, 0);
        var wrong = new List<Bottom>();
        var incomplete = new List<Bottom>();
        var schemas = list.Resolve();
        for (var i = 0; i < schemas.Arcs.Count; i++)
        {
            var schema = schemas.Arcs[i];
            if (schema.Label.Kind != LabelKind.Index)
                continue;
            var error = Try(call, i, schema, schema.Conjuncts is [{ Expr: not (StructExpr or ListExpr) and var written }, ..] ? written.Position : default);
            if (error is null)
                matched++;
            else if (!error.IsIncomplete)
                wrong.Add(error);
            else
                incomplete.AddRange(error.Flatten());
            if (error is { IsIncomplete: true })
                unfinished++;
        }

        if (IsWanted(call, matched))
            return BoolConstant.True;
        // What is missing for some of the schemas may come yet, and with it the number that is wanted. So may another number.
        var mayMatch = call.Written is [{ IsIndirect: true }, ..] || call.Arguments[1] is ValidatorValue || unfinished > 0 && Enumerable.Range(matched + 1, unfinished).Any(count => IsWanted(call, count));
        var code = mayMatch ? CueErrorCode.Incomplete : CueErrorCode.Eval;
        var count = new Bottom(code, FormattableString.Invariant($"{matched} matched, expected ") + ValueText.Describe(call.Arguments[1])) { At = call.Vertex };
        return new Bottom(code, $"invalid value {ValueText.Describe(call.Arguments[0])} (does not satisfy matchN): " + count.Text)
        {
            IsComplete = true,
            Cause = new Cause(count, HasPath: false),
            Errors = mayMatch ? incomplete : wrong,
        };
    }

    /// <summary>What is wrong with arguments that are not a number and a list.</summary>
    private static Bottom? NoCount(CallContext call) =>
        call.Arguments.Skip(1).Any(static each => Lacking(each) is not null) ? null
            : call.Arguments[2] is not Vertex { Kind: CueKind.List } ? Unsuited(call, 2, CueKind.List)
            : (call.Arguments[1].Kind & CueKind.Int) == 0 ? Unsuited(call, 1, CueKind.Int)
            : null;

    private static Bottom Unsuited(CallContext call, int index, CueKind wanted) =>
        new(CueErrorCode.Eval, FormattableString.Invariant($"cannot use {ValueText.Describe(call.Arguments[index])} (type {call.Arguments[index].Kind.Text()}) as {wanted.Text()} in argument {index + 1} to matchN"), index <= call.Written.Count ? call.Written[index - 1].Positions : []) { IsOfArgument = true, HasNoPlace = call.Arguments[index] is Vertex };

    /// <summary>Whether the number of schemas that match is one that is wanted; if that asks for the same call again, which may be told then, it is not.</summary>
    private static bool IsWanted(CallContext call, int count)
    {
        if (call.Arguments[1] is Constant number)
            return number.SameAs(NumberConstant.Int(count));
        if (!call.Evaluator.Counting.Add(call.Position))
            return false;
        var isWanted = call.Unify(NumberConstant.Int(count), call.Arguments[1]).Resolve().Base is not Bottom;
        call.Evaluator.Counting.Remove(call.Position);
        return isWanted;
    }

    private static Value MatchIf(CallContext call)
    {
        // Without all that a schema says, which may be the condition, nothing is tried.
        var error = call.Arguments.Skip(1).Select(Lacking).FirstOrDefault(static each => each is not null);
        if (error is null)
        {
            var chosen = Try(call, 1, call.Arguments[1], default) is null ? 2 : 3;
            error = Try(call, chosen, call.Arguments[chosen], chosen <= call.Written.Count ? call.Written[chosen - 1].Reference : default);
        }

        return error is null ? BoolConstant.True : Unsatisfied(call, error);
    }

    private static Bottom Unsatisfied(CallContext call, Bottom error)
    {
        // What is missing may come yet.
        var code = error.IsIncomplete ? CueErrorCode.Incomplete : error.Code == CueErrorCode.Structural ? CueErrorCode.Structural : CueErrorCode.Eval;
        return new Bottom(code, $"invalid value {ValueText.Describe(call.Arguments[0])} (does not satisfy {call.Builtin.Name}): " + error.Text, error.Positions) { IsComplete = true, Cause = new Cause(error, HasPath: false) };
    }

    private static Bottom? Lacking(Value schema) => schema is Vertex vertex && vertex.Resolve().Base is Bottom { IsIncomplete: true } lacking ? lacking : null;

    /// <summary>Unifies the value with a schema: what fails, or null.</summary>
    /// <param name="call">The call.</param>
    /// <param name="index">Which of the schemas it is.</param>
    /// <param name="schema">The schema.</param>
    /// <param name="reference">Where it is referred to.</param>
    private static Bottom? Try(CallContext call, int index, Value schema, Position reference)
    {
        var vertex = call.Vertex;
        // What was left of its choices is not all that the schema says.
        if (schema is Vertex { Origin: { } choice })
            schema = choice;
        // What the value is a part of is all that it would have to be as well.
        if (call.IsValidator && schema is Vertex around && vertex is { ArcType: ArcType.Member, Parent: { } parent } && call.Evaluator.Reach(around) is var whole && (whole.State?.Around ?? whole).IsAncestorOrSelfOf(parent))
            return new Bottom(CueErrorCode.Structural, "structural cycle", [call.Position]) { At = vertex };
        if (reference.IsValid && schema is Vertex named && call.Evaluator.IsSchemaAgain(named, call))
            return new Bottom(CueErrorCode.Structural, "structural cycle", [call.Position]) { At = vertex };
        var result = new Vertex(vertex?.Parent, vertex?.Label ?? default) { IsDetached = true, Candidate = vertex };
        if (call.Arguments[0] is Vertex container)
        {
            // The value without the validators that ask, and without what closes it: the schemas may say more.
            foreach (var leaf in container.Resolve().State?.Leaves ?? [])
            {
                if (leaf.Expr is not ValueExpr { Value: ValidatorValue })
                    result.Conjuncts.Add(new Conjunct(leaf.Expr, leaf.Conjunct.Env, leaf.Info with { Scope = null, Trace = null, Tried = container.Resolve(), Data = container.Resolve() }, leaf.Conjunct.Field));
            }

            if (Defaults(container.Resolve(), 0) is { } defaults)
                result.Conjuncts.Add(new Conjunct(defaults, null, ConjunctInfo.Root));
        }
        else
        {
            result.Conjuncts.Add(new Conjunct(new ValueExpr(call.Arguments[0], null, vertex?.State?.Scalar?.Position ?? default), null, ConjunctInfo.Root));
        }

        result.Conjuncts.Add(new Conjunct(new ValueExpr(schema, null), null, schema is Vertex { Label.Kind: LabelKind.Index } || !reference.IsValid ? ConjunctInfo.Root : ConjunctInfo.Root with { Trace = new Trace(reference, null, null) }));
        call.Evaluator.FinalizeTried(result, call, index);
        var missing = new List<Bottom>();
        return FirstError(call, result, reference, missing, 0) ?? missing.Aggregate(default(Bottom), Bottom.Combine);
    }

    /// <summary>The fields of a struct that have a default, with that as their value: a schema cannot choose another one.</summary>
    private static StructExpr? Defaults(Vertex vertex, int depth)
    {
        if (depth > 100 || vertex.Base is not ContainerValue { Kind: CueKind.Struct })
            return null;
        var fields = new List<Decl>();
        foreach (var arc in vertex.Arcs)
        {
            if (!arc.Label.IsRegular || arc.ArcType != ArcType.Member)
                continue;
            var resolved = arc.Resolve();
            Expr? value = resolved.Base is DisjunctionValue { DefaultCount: 1 } choice && choice.Values[0] is Constant constant
                ? new ValueExpr(constant, null, resolved.Conjuncts.Count > 0 ? PositionOfDefault(resolved.Conjuncts[0].Expr) : default)
                : Defaults(resolved, depth + 1);
            if (value is not null)
                fields.Add(new FieldDecl(null, arc.Label, ArcType.Member, value));
        }

        return fields.Count == 0 ? null : new StructExpr(null, fields) { HasFields = true };
    }

    private static Position PositionOfDefault(Expr expr) =>
        expr is DisjunctionExpr disjunction && disjunction.Disjuncts.FirstOrDefault(static each => each.IsDefault) is { } marked ? marked.Expr.Position : expr.Position;

    /// <summary>The error of a field or element to which the call applies again: the schema requires it, and it would in turn.</summary>
    private static Bottom? EndlessField(CallContext call, Vertex vertex, int depth)
    {
        foreach (var arc in vertex.Arcs)
        {
            if (arc.ArcType != ArcType.Member)
                continue;
            if (call.Evaluator.ValidationOf(arc) is { IsValid: true } position)
                return new Bottom(CueErrorCode.Structural, "structural cycle", [position]) { At = arc };
            if (depth < 100 && arc.Label.IsRegular && arc.Shared is null && EndlessField(call, arc.Resolve(), depth + 1) is { } nested)
                return nested;
        }

        return null;
    }

    /// <summary>What is wrong with a value that a schema was tried on. Missing fields are noted, up to the next field that is there.</summary>
    private static Bottom? FirstError(CallContext call, Vertex vertex, Position reference, List<Bottom> missing, int depth)
    {
        vertex = vertex.Resolve();
        if (vertex.Base is Bottom error)
            return error;
        if (depth == 0 && EndlessField(call, vertex, 0) is { } endless)
            return endless;
        if (vertex.ChildError is { } child)
            return child;
        if (depth > 100)
            return null;
        foreach (var arc in vertex.Arcs)
        {
            if (arc.ArcType == ArcType.Required)
                missing.Add(new Bottom(CueErrorCode.Incomplete, "field is required but not present", ErrorPositions.Primary(call.Position, ErrorPositions.Sort([reference, .. ErrorPositions.OfRequired(arc)]))) { At = arc });
            else if (!arc.Label.IsRegular)
                continue;
            else if (arc.ArcType == ArcType.Member && missing.Count > 0)
                break;
            else if (arc.ArcType == ArcType.Member && FirstError(call, arc, reference, missing, depth + 1) is { } nested)
                return nested;
        }

        return null;
    }
}
