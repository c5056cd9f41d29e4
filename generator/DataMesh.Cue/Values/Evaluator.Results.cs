using DataMesh.Cue.Binding;
using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Values;

/// <content>What expressions give, as constraints of the vertex that they are a part of.</content>
internal sealed partial class Evaluator
{
    private Bottom? RunExpression(Vertex vertex, EvaluationTask task)
    {
        var conjunct = task.Conjunct;
        var frame = new Frame(vertex, conjunct.Info);
        var referred = conjunct.Expr is OpenExpr open ? open.Operand : conjunct.Expr;
        if (IsReference(referred))
        {
            switch (RecursInOperand(vertex, conjunct))
            {
                case Recurrence.Here when vertex.State!.HasAcyclicConjunct:
                    return null;
                case Recurrence.Cycle:
                    vertex.State!.Cycle ??= StructuralCycle(vertex);
                    if (!vertex.State.HasAcyclicConjunct)
                        return _final ? null : Blocked;
                    break;
            }

            var resolved = OfOperands(ResolveReference(referred, conjunct.Env!, frame), vertex, task);
            // What was forced before its time is a field that may come yet.
            if (resolved is Bottom { IsLost: true } || (resolved is Bottom { IsAwaited: true } && IsReferredTo(vertex)) || (task.WasHeld && resolved is Bottom { IsMissingField: true, IsIncomplete: true, IsUndecided: false, Required: null }))
                return SayNothing(vertex);
            if (resolved is Bottom failed)
            {
                if (_final && failed is { Code: CueErrorCode.Incomplete, IsBlocked: false } && SelectsFrom(referred, conjunct, frame))
                    return null;
                if (_final && failed.Required is { } required)
                    AddRequired(vertex, required, failed, task);
                return failed.OfValue();
            }

            if (resolved is Vertex target)
                return AddReference(vertex, target, conjunct, task.Place);

            AddValue(vertex, resolved, conjunct.Expr.Position, conjunct.Info, task.Place);
            return null;
        }

        var value = OfOperands(EvaluateOperand(conjunct.Expr, conjunct.Env!, frame), vertex, task);
        if (value is Bottom { IsLost: true })
            return SayNothing(vertex);
        if (value is Bottom { IsVoid: true } && conjunct.Expr is CallExpr && !vertex.IsInline)
        {
            vertex.State!.VoidCall = (CallExpr)conjunct.Expr;
            return SayNothing(vertex);
        }

        if (value is Bottom error)
            return OfCopy(error, vertex, conjunct.Expr).OfValue();
        var info = conjunct.Expr is OpenExpr ? conjunct.Info.WithScope(new CloseScope(CloseScopeKind.Opening, conjunct.Info.Scope) { Vertex = vertex }) : conjunct.Info;
        AddValue(vertex, value, conjunct.Expr.Position, info, task.Place);
        return null;
    }

    /// <summary>
    /// What is wrong with a value that is computed like a field of an operand which needs itself: that field has no place,
    /// and when it was selected from something it is told of the value.
    /// </summary>
    private static Bottom OfCopy(Bottom error, Vertex vertex, Expr expr) => error.Code != CueErrorCode.Cycle ? error
        : error.Select(part => part is { IsOfSelection: true, At: { IsInline: true } field } && !ReferenceEquals(field, vertex)
            && field.State?.Incomplete.Exists(task => ReferenceEquals(task.Conjunct.Expr, expr)) == true ? part.ToldAt(vertex) : part);

    /// <summary>Takes an expression that says nothing as a constraint.</summary>
    private static Bottom? SayNothing(Vertex vertex)
    {
        vertex.State!.HasTop = true;
        return null;
    }

    /// <summary>Whether a reference that another one brought here looks into what that one leads to: what is missing there is told there.</summary>
    private bool SelectsFrom(Expr reference, Conjunct conjunct, Frame frame)
    {
        var operand = (reference as SelectorExpr)?.Operand ?? (reference as IndexExpr)?.Operand;
        return conjunct.Info.Visited is { Reference: not null, Vertex: var source } && operand is ReferenceExpr
            && !(frame.Vertex is { IsOperand: true, Origin: not null } && source.IsFinal)
            && ResolveReference(operand, conjunct.Env!, frame) is Vertex vertex && ReferenceEquals(vertex.Resolve(), source.Resolve());
    }

    /// <summary>A required field that is missing constrains what refers to it nonetheless.</summary>
    private void AddRequired(Vertex vertex, Vertex required, Bottom missing, EvaluationTask task)
    {
        var conjunct = task.Conjunct;
        AddReference(vertex, required, new Conjunct(conjunct.Expr, conjunct.Env, conjunct.Info with { IsUnshared = true }, conjunct.Field), task.Place);
        vertex.State!.Leaves.Add(new Leaf(new Conjunct(new ValueExpr(missing, null, conjunct.Expr.Position), null, conjunct.Info), task.Place));
    }

    /// <summary>Adds a computed value.</summary>
    private void AddValue(Vertex vertex, Value value, Position position, ConjunctInfo info, OrderPlace place)
    {
        var state = vertex.State!;
        switch (value)
        {
            case Bottom error:
                AddError(vertex, error);
                return;
            case Vertex other:
                AddVertexValue(vertex, other, position, info, place);
                return;
            case UnificationValue unification:
                AddValue(vertex, unification.Unified, position, info, place);
                return;
            case ClosedValue closed:
                var scope = new CloseScope(CloseScopeKind.Close, info.Scope) { Vertex = vertex.Origin ?? vertex };
                if (info.Scope is { Kind: CloseScopeKind.Definition, Condition: CloseCondition.None } definition && IsOf(definition, vertex))
                    definition.IsShallow = true;
                var within = place.ForTarget(position, closed.Source.Resolve());
                if (closed.Source.Resolve() is var source && (ReferenceEquals(source, vertex) || ReferenceEquals(source, vertex.Origin)))
                {
                    // What closes itself adds nothing but that.
                    state.AddItself(_top, vertex.IsInDefinition ? null : scope);
                    state.Leaves.Add(new Leaf(new Conjunct(new TopExpr(null), null, info.WithScope(scope)), place));
                    return;
                }

                var last = LastVisit(info, source);
                // What closes itself was added when it was first come to.
                if (ReferenceEquals(last?.At, vertex.Origin ?? vertex) && HasData(vertex))
                    return;
                var isCyclic = source.IsAncestorOrSelfOf(vertex) || last is not null;
                if (isCyclic && !vertex.Conjuncts.Exists(static each => each is { Expr: not CallExpr, Info: { Visited: null, Recurs: false, IsPattern: false } } && !IsReferences(each.Expr)))
                {
                    // A struct that closes one which it is in has no end, unless data says that it goes on.
                    AddError(vertex, StructuralCycle(vertex));
                    return;
                }

                // What was chosen from what a literal embeds is embedded in the literal still.
                if (source is { IsInline: true, Origin: { Conjuncts: [{ Expr: StructExpr { HasFields: true } }] } literal })
                    source = literal;
                var around = info.Closing(scope);
                foreach (var conjunct in source.Conjuncts.ToArray())
                    AddClosed(vertex, source, conjunct, isCyclic ? around with { IsCyclic = true } : around, position, within);
                return;
            case FunctionValue { Builtin: { Result: CueKind.Bool or CueKind.Bottom, Parameters.Count: 1 } predicate }:
                AddValue(vertex, new ValidatorValue(predicate, [], default), predicate.Package.Length == 0 ? default : position, info, place);
                return;
            case DisjunctionValue disjunction:
                AddDisjunction(state, disjunction, position, info, place);
                return;
        }

        if (info.Scope?.Around is { } call && IsOf(call, vertex))
        {
            // What is no struct a call does not close: it refuses it, or it is as if the value was written in its place.
            if (call.Condition == CloseCondition.None)
            {
                AddError(vertex, new Bottom(CueErrorCode.Eval, "error in call to __closeAll: struct argument must be concrete", [call.CallSite!.Position]));
                return;
            }

            info = info with { Trace = call.CallSite!.Outer };
        }

        state.Leaves.Add(new Leaf(new Conjunct(new ValueExpr(value, null, position), null, info), place));
        AddBase(vertex, new Located(value, value is FunctionValue { Builtin.Package.Length: 0 } ? default : position, info));
    }

    /// <summary>Adds a constraint of what is closed, but for the one that is being evaluated to know what that is.</summary>
    private void AddClosed(Vertex vertex, Vertex source, Conjunct conjunct, ConjunctInfo info, Position position, OrderPlace place)
    {
        Enter();
        var tasks = source.State?.Tasks ?? default;
        if (conjunct.Expr is BinaryExpr { Operator: TokenKind.And } both && tasks.Exists(static task => task.IsRunning))
        {
            AddClosed(vertex, source, new Conjunct(both.Left, conjunct.Env, conjunct.Info, conjunct.Field), info, position, place);
            AddClosed(vertex, source, new Conjunct(both.Right, conjunct.Env, conjunct.Info, conjunct.Field), info, position, place);
        }
        else if (!tasks.Exists(task => task.IsRunning && ReferenceEquals(task.Conjunct.Expr, conjunct.Expr) && ReferenceEquals(task.Conjunct.Env, conjunct.Env)))
        {
            var merged = Merge(conjunct, info, position);
            var visited = new Visited(_top, source, vertex.Origin ?? vertex, merged.Info.Visited);
            ProcessConjunct(vertex, new Conjunct(merged.Expr, merged.Env, merged.Info with { Visited = visited }, merged.Field), place);
        }

        Leave();
    }

    private static void AddDisjunction(NodeState state, DisjunctionValue disjunction, Position position, ConjunctInfo info, OrderPlace place) =>
        state.AddDisjunction(new PendingDisjunction(
            [.. disjunction.Values.Select(each => new Conjunct(new ValueExpr(each, null, position), null, info))],
            [.. disjunction.Values.Select((_, i) => i < disjunction.DefaultCount)],
            position)
        { IsMarked = disjunction.DefaultCount > 0, Place = place });

    /// <summary>Which vertices are being given the conjuncts of which others: two functions can each be given what the other makes.</summary>
    private readonly HashSet<(Vertex Vertex, Vertex Other)> _merging = [];

    /// <summary>A vertex that is no reference: its conjuncts hold here too.</summary>
    private void AddVertexValue(Vertex vertex, Vertex other, Position position, ConjunctInfo info, OrderPlace place)
    {
        // What a function makes of a value may be the value.
        if (ReferenceEquals(other, vertex) || ReferenceEquals(other, vertex.Origin))
            return;
        // A part of a conjunct is not all that there is.
        var isAlone = vertex.Conjuncts is [{ Expr: not (BinaryExpr { Operator: TokenKind.And } or StructExpr or DisjunctionExpr) }]
            && !_merging.Any(each => ReferenceEquals(each.Vertex, vertex) && each.Other.Conjuncts.Count > 1);
        if (isAlone && CanShare(vertex, other.Resolve(), info))
        {
            vertex.Shared = other.Resolve();
            return;
        }

        if (!_merging.Add((vertex, other)))
            return;
        try
        {
            var within = place.ForTarget(position, other);
            Enter();
            foreach (var conjunct in other.Conjuncts.ToArray())
                ProcessConjunct(vertex, Merge(conjunct, info, position), within);
            Leave();
        }
        finally
        {
            _merging.Remove((vertex, other));
        }
    }

    private static Conjunct Merge(Conjunct conjunct, ConjunctInfo info, Position position)
    {
        var own = conjunct.Info;
        return new Conjunct(conjunct.Expr, conjunct.Env, new ConjunctInfo
        {
            Scope = info.Scope,
            Data = info.Data,
            Way = Way.To(info.Way, position),
            Trace = own.Trace is null ? info.Trace : info.Trace is null ? own.Trace : new Trace(default, info.Trace, own.Trace),
            Visited = own.Visited ?? info.Visited,
            IsCyclic = own.IsCyclic || info.IsCyclic,
            MayBeCyclic = own.MayBeCyclic || info.MayBeCyclic,
            IsPattern = own.IsPattern || info.IsPattern,
            WasClosed = own.IsClosed || info.WasClosed,
        }, conjunct.Field);
    }
}
