using DataMesh.Cue.Binding;

namespace DataMesh.Cue.Values;

/// <content>Comprehensions: clauses, and what they yield into structs and lists.</content>
internal sealed partial class Evaluator
{
    private Bottom? RunComprehension(Vertex vertex, EvaluationTask task)
    {
        var conjunct = task.Conjunct;
        var comprehension = (ComprehensionExpr)conjunct.Expr;
        var yields = new List<(Expr Body, Env Env)>();
        var (outer, ranged, around) = (_yield, _ranged, _comprehension);
        _ranged = [];
        _comprehension = task;
        var error = Iterate(comprehension, conjunct.Env!, new Frame(vertex, conjunct.Info), yields);
        _comprehension = around;
        _yield = new Yield(vertex, comprehension, _ranged, outer);
        _ranged = ranged;
        if (error is null)
            AddYields(vertex, task, yields);
        _yield = outer;
        return error is { IsIncomplete: true, IsBlocked: false } && comprehension.Value is StructExpr { Declarations.Count: 0 } ? error.AsIdle() : error;
    }

    private void AddYields(Vertex vertex, EvaluationTask task, List<(Expr Body, Env Env)> yields)
    {
        var conjunct = task.Conjunct;
        vertex.State!.IsEmbeddingStruct = true;
        vertex.State.NamesFields |= NamesField(conjunct.Expr);
        var place = task.Place.ForYield();
        var nesting = _nesting;
        _nesting = task.Nesting + 1;
        foreach (var (body, env) in yields)
        {
            if (body is not StructExpr literal)
            {
                ProcessConjunct(vertex, new Conjunct(body, env, conjunct.Info), place);
                continue;
            }

            vertex.State.HasAcyclicConjunct |= !conjunct.Info.IsCyclic;
            ProcessStruct(vertex, literal, env, conjunct.Info, place, isYield: true);
        }

        _nesting = nesting;
    }

    /// <summary>Whether a comprehension would add a field that its text names.</summary>
    private static bool NamesField(Expr expr) => expr switch
    {
        ComprehensionExpr comprehension => NamesField(comprehension.Value),
        StructExpr literal => literal.Declarations.Any(static declaration => declaration is FieldDecl { Label.Kind: LabelKind.String } || (declaration is EmbedDecl embedding && NamesField(embedding.Value))),
        _ => false,
    };

    /// <summary>Collects what a comprehension yields, or says why it cannot be known yet.</summary>
    private Bottom? Iterate(ComprehensionExpr comprehension, Env env, Frame frame, List<(Expr Body, Env Env)> yields)
    {
        var error = Iterate(comprehension, 0, env, frame, yields);
        if (error is not null)
            return error;
        if (yields.Count == 0 && comprehension.Fallback is { } fallback)
            yields.Add((fallback, env));
        return null;
    }

    private Bottom? Iterate(ComprehensionExpr comprehension, int index, Env env, Frame frame, List<(Expr Body, Env Env)> yields)
    {
        if (index == comprehension.Clauses.Count)
        {
            Step();
            yields.Add((comprehension.Value, env));
            return null;
        }

        switch (comprehension.Clauses[index])
        {
            case IfClauseExpr guard:
                var isBound = _isBound;
                _isBound |= comprehension.Clauses.Take(index).Any(static clause => clause is not IfClauseExpr);
                var rawCondition = Evaluate(guard.Condition, env, frame);
                _isBound = isBound;
                var condition = Operand(rawCondition, guard.Condition);
                switch (condition)
                {
                    case BoolConstant { Value: true }:
                        return Iterate(comprehension, index + 1, env, frame, yields);
                    case BoolConstant:
                        return null;
                    case Bottom { Code: CueErrorCode.Cycle } or Vertex { Kind: CueKind.Struct } or TypeValue { Kind: CueKind.List } when rawCondition is Vertex { State.Scalar: null } asked && ReferenceEquals(asked, frame.Vertex.Origin ?? frame.Vertex):
                        // What holds a clause is a struct or a list.
                        return new Bottom(
                            CueErrorCode.Eval,
                            $"cannot use {(_task?.Kind == TaskKind.List ? "list (type list)" : "{} (type struct)")} as type bool",
                            ErrorPositions.Primary(guard.Source!.Start, [.. asked.Conjuncts.Select(static each => each.Expr.Position)]));
                    case Bottom { Code: CueErrorCode.Incomplete } lacking when OfKind(rawCondition, condition) is Vertex structure:
                        return new Bottom(CueErrorCode.Eval, $"cannot use {(lacking.IsMissingField ? "{}" : ValueText.Describe(structure))} (type struct) as type bool", ErrorPositions.Primary(guard.Source!.Start, ErrorPositions.OfConjuncts(structure)));
                    case Bottom { IsIncomplete: true, IsBlocked: false } when _final && rawCondition is Vertex { IsOperand: true }:
                    case not Constant and not Bottom when _task?.Failed is not null && rawCondition is Vertex { IsOperand: true }:
                        // A unification or disjunction that lacks something is not true.
                        return null;
                    case Bottom { IsLost: true }:
                        return Unasked(comprehension, frame.Vertex);
                    case Bottom error:
                        return error;
                    case DisjunctionValue disjunction:
                        return Unresolved(disjunction, guard.Source!.Start);
                    default:
                        var positions = ErrorPositions.OfOperand(rawCondition, guard.Condition);
                        return (condition.Kind & CueKind.Bool) == 0
                            ? new Bottom(CueErrorCode.Eval, $"cannot use {ValueText.Describe(condition)} (type {condition.Kind.Text()}) as type bool", ErrorPositions.Primary(guard.Source!.Start, positions))
                            : new Bottom(CueErrorCode.Incomplete, $"incomplete bool: {ValueText.Describe(condition)}", condition.Kind == CueKind.Top && rawCondition is Vertex ? [] : positions);
                }

            case LetClauseExpr let:
                var scope = new Env(env, env.Vertex);
                var bound = new Vertex(frame.Vertex, Label.Let(let.Let.Name)) { IsDetached = true };
                bound.Conjuncts.Add(new Conjunct(let.Let.Value, env, new ConjunctInfo { Visited = frame.Info.Visited }));
                scope.Lets.Add(let.Let, bound);
                return Iterate(comprehension, index + 1, scope, frame, yields);
            case TryClauseExpr attempt:
                return IterateTry(comprehension, index, attempt, env, frame, yields);
            case ForClauseExpr loop:
                return IterateFor(comprehension, index, loop, env, frame, yields);
            default:
                return new Bottom(CueErrorCode.Eval, "unsupported clause");
        }
    }

    /// <summary>What a clause lacks whose condition says nothing: it adds nothing, but what it names may be there.</summary>
    private Bottom? Unasked(ComprehensionExpr comprehension, Vertex vertex)
    {
        if (_task is { Kind: TaskKind.List } list)
            return new Bottom(CueErrorCode.Incomplete, "incomplete value list", [list.Conjunct.Expr.Position]);
        return LastName(comprehension, [], 0, vertex) is { IsValid: true } label ? new Bottom(CueErrorCode.Incomplete, $"cyclic reference to field {label}") : null;
    }

    private Bottom? IterateTry(ComprehensionExpr comprehension, int index, TryClauseExpr attempt, Env env, Frame frame, List<(Expr Body, Env Env)> yields)
    {
        foreach (var reference in attempt.Attempts)
        {
            var target = IsReference(reference) ? ResolveReference(reference, env, frame) : TypeValue.Top;
            if (target is Bottom { IsMissingField: true } absent)
                return _final ? null : absent;
            if (target is Bottom { IsBlocked: true } waiting)
                return waiting;
        }

        if (attempt.Let is not { } let)
            return Iterate(comprehension, index + 1, env, frame, yields);
        var scope = new Env(env, env.Vertex);
        var bound = new Vertex(frame.Vertex, Label.Let(let.Name)) { IsDetached = true };
        bound.Conjuncts.Add(new Conjunct(let.Value, env, new ConjunctInfo { Visited = frame.Info.Visited }));
        scope.Lets.Add(let, bound);
        return Iterate(comprehension, index + 1, scope, frame, yields);
    }

    private Bottom? IterateFor(ComprehensionExpr comprehension, int index, ForClauseExpr loop, Env env, Frame frame, List<(Expr Body, Env Env)> yields)
    {
        var collection = ResolveContainer(loop.Collection, env, frame, place: loop.Source!.Start);
        if (collection is Bottom error)
            return _final && error is { IsMissingField: true, IsIncomplete: true } && MayCome(loop.Collection, env, frame) ? new Bottom(CueErrorCode.Incomplete, $"cannot range over {ExprText.Source(loop.Collection)} (incomplete)", [loop.Collection.Position]) : error;
        if (collection is not Vertex vertex)
            return RangeError(collection.Kind, loop);
        vertex = Narrow(vertex);
        if (_final && IsAddedTo(vertex))
            return Blocked;
        if (vertex.Status == VertexStatus.Partial)
        {
            if (_final && !IsSettledAbove(vertex))
                SettleAbove(vertex);
            if (_final)
                ForceTasks(vertex);
            else
                RunTasks(vertex);
            // It may have turned out to be another one, which nothing has asked for so far.
            vertex = Narrow(Reach(vertex));
        }

        if (vertex.Base is DisjunctionValue choice)
            return choice.DefaultCount == 1 ? RangeError(choice.Values[0].Kind, loop) : Unresolved(choice, loop.Source!.Start);
        if (vertex.State?.Error is { } failed && !IsIdle(failed))
            return failed;
        if (vertex.State is { Scalar: { } scalar } && vertex.Arcs.Count == 0)
            return !_final && vertex.State.Tasks.Count > 0 ? Blocked : RangeError(scalar.Value.Kind, loop);
        if (vertex.Base is Bottom bottom && !IsIdle(bottom))
            return bottom;
        if (IsPending(vertex))
            return Blocked;
        var kind = vertex.Base is { } known and not Bottom ? known.Kind : ContainerKind(vertex);
        if (vertex.State is { Lists.Count: 0 } waiting && waiting.Tasks.Find(static task => task.Kind == TaskKind.List) is { } list)
            return WaitsFor(list) ? Blocked : RangeError(CueKind.List, loop);
        // What is only known to be a struct or list has no fields or elements yet.
        if (kind is not (CueKind.Struct or CueKind.List) || vertex.Base is TypeValue or ValidatorValue or ConjunctionValue || vertex is { Base: null, State: { IsStruct: false, IsEmbeddingStruct: false, Lists.Count: 0 } })
            return RangeError(kind, loop);
        for (var i = 0; i < vertex.Arcs.Count; i++)
        {
            var arc = vertex.Arcs[i];
            if (arc.Label.IsRegular && arc.ArcType == ArcType.Required)
                return new Bottom(CueErrorCode.Incomplete, $"missing required field in for comprehension: {arc.Label}", ErrorPositions.Primary(loop.Source.Start, ErrorPositions.Sort([.. ErrorPositions.OfRequiredWithWay(arc), loop.Collection.Position])));
        }

        Range(vertex);
        // Fields are met as they came about, which is not the order in which they are written.
        foreach (var arc in vertex.Arcs.ToArray())
        {
            if (!arc.Label.IsRegular || arc.ArcType != ArcType.Member)
                continue;
            var isKnown = !_final || arc.Status == VertexStatus.Final;
            Step(VertexSteps);
            var variables = new Vertex(frame.Vertex, default) { IsDetached = true, Status = VertexStatus.Final, Base = ContainerValue.Struct };
            if (loop.Key.IsValid && loop.Key != loop.Value)
            {
                var key = new Vertex(variables, loop.Key) { IsDetached = true };
                Value label = arc.Label.Kind == LabelKind.Index ? NumberConstant.Int(arc.Label.Index) : new StringConstant(arc.Label.Text);
                key.Conjuncts.Add(new Conjunct(new ValueExpr(label, loop.Source), null, ConjunctInfo.Root));
                variables.Attach(key);
            }

            if (loop.Value.IsValid)
                variables.Attach(new Vertex(variables, loop.Value) { IsDetached = true, Shared = arc, Status = VertexStatus.Partial });
            var failure = Iterate(comprehension, index + 1, new Env(env, variables) { Loop = loop }, frame, yields);
            if (failure is not null)
                return failure;
            if (!isKnown && arc.Status == VertexStatus.Final)
                _ranged?.Add(arc);
        }

        return null;
    }

    /// <summary>Whether nothing declares a field so far, in a struct that waits for what is ranged over: the field may come with what it waits for.</summary>
    private bool MayCome(Expr collection, Env env, Frame frame)
    {
        var (operand, label) = collection switch
        {
            SelectorExpr selector => (selector.Operand, selector.Label),
            IndexExpr index when Concrete(Evaluate(index.Index, env, frame)) is StringConstant key => (index.Operand, Label.Regular(key.Value)),
            _ => default,
        };
        return operand is not null && ResolveContainer(operand, env, frame) is Vertex vertex && Narrow(vertex) is var holder && IsBusy(holder) && holder.Find(label) is null && NamingTask(holder, label, isRunning: true) is null;
    }

    private static bool IsIdle(Bottom error) => error.Flatten().All(static part => part.IsIdle);

    private static CueKind ContainerKind(Vertex vertex)
    {
        var kind = vertex.State?.Kind ?? CueKind.Top;
        if (kind is CueKind.Struct or CueKind.List)
            return kind;
        return vertex.State is { IsEmbeddingStruct: true, HasTop: false } && (kind & CueKind.Struct) != 0 ? CueKind.Struct : kind;
    }

    private static Bottom RangeError(CueKind kind, ForClauseExpr loop) =>
        (kind & (CueKind.Struct | CueKind.List)) == 0
            ? new Bottom(CueErrorCode.Eval, $"cannot range over {ExprText.Source(loop.Collection)} (found {kind.Text()}, want list or struct)", [loop.Collection.Position])
            : new Bottom(CueErrorCode.Incomplete, $"cannot range over {ExprText.Source(loop.Collection)} (incomplete type {kind.Text()})", [loop.Collection.Position]);
}
