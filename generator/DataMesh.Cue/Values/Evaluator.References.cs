using DataMesh.Cue.Binding;
using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Values;

/// <content>References: the vertex that a name stands for, and the fields that are looked up in one.</content>
internal sealed partial class Evaluator
{
    internal static bool IsReference(Expr expr) => expr is ReferenceExpr or ImportRef or SelectorExpr or IndexExpr;

    /// <summary>The vertex that a reference denotes, a value that is no vertex, or an error.</summary>
    private Value ResolveReference(Expr expr, Env env, Frame frame)
    {
        var value = ResolveReferenceCore(expr, env, frame);
        _reference = expr;
        return value;
    }

    private Value ResolveReferenceCore(Expr expr, Env env, Frame frame)
    {
        switch (expr)
        {
            case FieldRef field:
                return Lookup(env.Ancestor(field.Up).Vertex, field.Label, expr.Position, field, isLexical: true);
            case ValueRef:
                return frame.Vertex;
            case ScopeRef scope:
                return env.Ancestor(scope.Up).Vertex;
            case LabelRef label:
                var labeled = env.Ancestor(label.Up);
                return ValueOf(labeled.DynamicLabel) ?? labeled.LabelPattern ?? new Bottom(CueErrorCode.Incomplete, "label is not known", [expr.Position]);
            case MatchedFieldRef matched:
                var owner = env.Ancestor(matched.Up);
                return owner.DynamicLabel.IsValid
                    ? Lookup(owner.Vertex, owner.DynamicLabel, expr.Position, expr, isLexical: true)
                    : new Bottom(CueErrorCode.Incomplete, "label is not known", [expr.Position]);
            case DynamicFieldRef dynamic:
                var scopeEnv = env.Ancestor(dynamic.Up);
                var rawKey = Evaluate(dynamic.Label, scopeEnv, frame);
                var key = Concrete(rawKey);
                return key switch
                {
                    Bottom error => error,
                    StringConstant text => Lookup(scopeEnv.Vertex, Label.Regular(text.Value), expr.Position, expr, isLexical: true),
                    _ => MissName(scopeEnv.Vertex, expr, frame, new Bottom(CueErrorCode.Incomplete, $"invalid non-ground value {ValueText.Describe(key)} (must be concrete string)", ErrorPositions.OfValue(rawKey))),
                };
            case LetRef let:
                return ResolveLet(let, env.Ancestor(let.Up), frame);
            case ImportRef import:
                return ImportResolver?.Invoke(import.Path) is { } package
                    ? package
                    : new Bottom(CueErrorCode.Eval, $"package {Literals.Quote(import.Path)} cannot be used as a value", [expr.Position]);
            case SelectorExpr selector:
                return ResolveSelector(selector, env, frame);
            case IndexExpr index:
                return ResolveIndex(index, env, frame);
            default:
                return EvaluateOperand(expr, env, frame);
        }
    }

    /// <summary>A field without a name is not there: that it has none is told of the struct that it would be in.</summary>
    private Bottom MissName(Vertex owner, Expr reference, Frame frame, Bottom error)
    {
        if (!_final)
            return error;
        error.PlaceAt(frame.Vertex);
        if (owner.Base is null or Bottom { IsIncomplete: true } && owner.State is { } state)
        {
            state.Error = Bottom.Combine(state.Error, error);
            if (owner.Base is Bottom known)
                owner.Base = Bottom.Combine(known, error);
        }

        return new Bottom(CueErrorCode.Incomplete, "undefined field: _", [reference.Position]) { IsMissingField = true };
    }

    private Vertex ResolveLet(LetRef reference, Env env, Frame frame)
    {
        NoteSibling(env.Vertex);
        if (env.Lets.TryGetValue(reference.Let, out var vertex))
            return vertex;
        vertex = new Vertex(env.Vertex, Label.Let(reference.Let.Name)) { IsDetached = true, IsInDefinition = env.Vertex.IsInDefinition };
        vertex.Conjuncts.Add(new Conjunct(reference.Let.Value, env, new ConjunctInfo { Visited = frame.Info.Visited, IsCyclic = frame.Info.IsCyclic, MayBeCyclic = frame.Info.MayBeCyclic }));
        env.Lets.Add(reference.Let, vertex);
        return vertex;
    }

    /// <summary>Notes that the name of a dynamic field depends on what else is in its vertex.</summary>
    private void NoteSibling(Vertex vertex) => _siblings.IsNeeded |= ReferenceEquals(vertex, _siblings.Of);

    private static Bottom Unresolved(DisjunctionValue disjunction, Expr expr) => Unresolved(disjunction, expr.Position);

    private static Bottom Unresolved(DisjunctionValue disjunction, Position position) =>
        new(CueErrorCode.Incomplete, $"unresolved disjunction {ValueText.Describe(disjunction)} (type {disjunction.Kind.Text()})", [position]);

    /// <summary>The vertex that fields are looked up in: the default of a disjunction.</summary>
    private static Vertex Narrow(Vertex vertex)
    {
        vertex = vertex.Resolve();
        while (vertex.Base is DisjunctionValue { DefaultCount: 1 } disjunction && disjunction.Values[0] is Vertex choice)
            vertex = choice.Resolve();
        return vertex;
    }

    /// <summary>Whether fields may still come about.</summary>
    private bool IsPending(Vertex vertex)
    {
        if (_final || vertex.Status == VertexStatus.Final)
            return false;
        return vertex.Status == VertexStatus.Processing || vertex.State is { Tasks.Count: > 0 } || !IsSettledAbove(vertex);
    }

    private Value Lookup(Vertex vertex, Label label, Position position, Expr source, bool isLexical)
    {
        if (!isLexical)
            vertex = Narrow(Reach(vertex));
        var wasFinal = vertex.Status == VertexStatus.Final;
        NoteSibling(vertex);
        var arc = vertex.Find(label);
        // What a struct lacks that is determined is lacking in all that is selected from it.
        if (arc is { ArcType: ArcType.Member } && !isLexical && wasFinal && vertex.Base is Bottom { IsIncomplete: true } lacking)
            return lacking;
        if (arc is { ArcType: ArcType.Member })
            return !isLexical && vertex is { Status: VertexStatus.Partial, State.Error: { IsIncomplete: false } unfit } && !IsBusy(vertex) ? unfit : arc;
        if (_final && vertex.Status is VertexStatus.Partial or VertexStatus.Finalizing && (_isTest || vertex.State is { Tasks.Count: > 0 } || !IsSettledAbove(vertex)))
        {
            ForceTasks(vertex, mayHold: _isTest);
            if (_isTest)
                ForceNaming(vertex, label);
            else
                SettleAbove(vertex);
            vertex = Narrow(vertex);
            Process(vertex);
            arc = vertex.Find(label);
            if (arc is { ArcType: ArcType.Member })
                return arc;
        }

        if (IsPending(vertex))
            return Blocked;
        // A literal that came round holds nothing.
        if (vertex.State is { Cycle: { } cycle, HasAcyclicConjunct: false })
            return vertex is { IsInline: true, IsDetached: true, Conjuncts: [{ Expr: StructExpr }] } ? new Bottom(CueErrorCode.Incomplete, $"undefined field: {label}", [position]) { IsMissingField = true } : cycle;
        if (_final && Undecided(vertex, label, arc is null, position) is { } undecided)
            return undecided;
        var isWrittenHere = vertex is { IsInline: true, Origin: null } && !isLexical && !IsReferenceWithin(source);
        if (arc is { ArcType: ArcType.Optional })
            return new Bottom(CueErrorCode.Incomplete, $"cannot reference optional field: {label}", [position]) { IsMissingField = true, LosesExpression = isWrittenHere };
        if (arc is { ArcType: ArcType.Required })
            return new Bottom(CueErrorCode.Incomplete, $"required field missing: {label}", [position]) { IsMissingField = true, LosesExpression = isWrittenHere, Required = arc };
        var isClosed = IsClosedTo(vertex, label) && !(wasFinal && ReferenceEquals(_task?.AskedEarly, vertex) && !ClosesItself(vertex)) || IsOwnDefinition(vertex, label);
        if (!_final && !wasFinal && _task is not null)
            _task.AskedEarly = vertex;
        // Whether it is an error that a struct has no such field is known when all of it is.
        if (_final && !isLexical && vertex is { Status: VertexStatus.Partial, State.Tasks.Count: 0 } && ContainerKind(vertex) == CueKind.Struct && IsSettledAbove(vertex))
        {
            Demand(vertex);
            vertex = Narrow(vertex);
        }

        // What a struct that is asked before it is determined lacks may be told of the struct, but that field it does not have;
        // nor has what is wrong with another of its fields been found then.
        if ((vertex.Base as Bottom ?? (vertex.IsOperand || !wasFinal ? null : vertex.ChildError)) is { } error && (wasFinal || !error.IsIncomplete || IsUndecided(error)))
            return IsUndecided(error) ? new Bottom(error.Code, $"undefined field: {label}", [position]) { IsUndecided = true, IsMissingField = true } : error;
        var kind = vertex.Base is { } determined and not Bottom ? determined.Kind : ContainerKind(vertex);
        if (kind == CueKind.List && label.IsRegular)
            return new Bottom(CueErrorCode.Eval, $"undefined field: {label}", [position]) { IsMissingField = true };
        // A value that cannot be has what is wrong with it in the place of any field.
        if (kind == CueKind.Bottom && vertex.State?.Error is { IsIncomplete: false } wrong)
            return wrong;
        if (IsTakenFromLiteral(vertex))
            return TypeValue.Top;
        // What is being determined is no value yet that could not have the field.
        var isUnsettled = vertex.Status != VertexStatus.Final && (kind & CueKind.Struct) != 0;
        if (kind != CueKind.Struct && !isLexical && label.IsRegular && !isUnsettled)
            return NotAContainerVertex(vertex, label, source, position);
        var code = isClosed ? CueErrorCode.Eval : CueErrorCode.Incomplete;
        return new Bottom(code, $"undefined field: {label}", [position]) { IsMissingField = true, IsAwaited = !isClosed && IsAwaited(vertex), IsOfItself = !isClosed && IsOnlyRunning(vertex) };
    }

    /// <summary>
    /// Whether what runs looks into its own vertex, of which all that is said is that it is a field of a literal:
    /// <c>x: [x[1], 1][0]</c>. That says nothing, as <c>x: x</c> does.
    /// </summary>
    private bool IsTakenFromLiteral(Vertex vertex) =>
        _final && ReferenceEquals(vertex, _running) && vertex is { Kind: CueKind.Top, Conjuncts: [{ Expr: SelectorExpr or IndexExpr } only] }
        && !ReferenceEquals(only.Expr, _task?.Conjunct.Expr) && !IsReferenceWithin(only.Expr);

    /// <summary>Whether what fields are selected from begins with a name.</summary>
    private static bool IsReferenceWithin(Expr expr)
    {
        while (expr is SelectorExpr or IndexExpr)
            expr = expr is SelectorExpr selector ? selector.Operand : ((IndexExpr)expr).Operand;
        return IsReference(expr);
    }

    private static Bottom NotAContainerVertex(Vertex vertex, Label label, Expr source, Position position)
    {
        var text = ExprText.Of(source);
        if ((vertex.Kind & CueKind.Struct) != 0)
            return new Bottom(CueErrorCode.Incomplete, $"{text}.{label} undefined as {text} is incomplete (type {vertex.Kind.Text()})", [source.Position]) { Reason = CueErrorReason.NotFound };
        // A type that is declared later has no fields; an atom is no operand at all.
        return IsReference(source) && (vertex.Base ?? vertex.State?.Scalar?.Value) is not Constant
            ? new Bottom(CueErrorCode.Eval, $"undefined field: {label}", [position]) { IsMissingField = true }
            : new Bottom(CueErrorCode.Eval, $"invalid operand {ExprText.Source(source)} (found {vertex.Kind.Text()}, want list or struct)", [source.Position]);
    }
}
