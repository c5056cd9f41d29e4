using DataMesh.Cue.Binding;
using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Values;

/// <content>References: finding the vertex, copying or sharing what it holds, and noticing cycles.</content>
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
                return labeled.DynamicLabel.IsValid ? new StringConstant(labeled.DynamicLabel.Text) : labeled.LabelPattern ?? new Bottom(CueErrorCode.Incomplete, "label is not known", [expr.Position]);
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

    private Value ResolveSelector(SelectorExpr selector, Env env, Frame frame)
    {
        if (ImportOf(selector.Operand) is { } import && Builtins.TryGetMember(import.Path, selector.Label.Text, out var member))
            return member ?? new Bottom(CueErrorCode.Incomplete, $"undefined field: {selector.Label.Text}", [selector.LabelPosition]) { Reason = CueErrorReason.NotFound };
        var operand = ResolveContainer(selector.Operand, env, frame, selector.Label);
        return operand switch
        {
            Bottom error => error,
            Vertex vertex => Lookup(vertex, selector.Label, selector.LabelPosition, selector.Operand, isLexical: false),
            _ when !selector.Label.IsRegular && IsReference(selector.Operand) && (!MayHoldFields(operand) || operand.Kind == CueKind.List) =>
                new Bottom(CueErrorCode.Incomplete, $"undefined field: {selector.Label}", [selector.LabelPosition]) { IsMissingField = true },
            _ => NotAContainer(selector.Operand, operand, selector, "." + selector.Label),
        };
    }

    private static bool MayHoldFields(Value value) => value is Vertex || (value is not Constant && (value.Kind & (CueKind.Struct | CueKind.List)) != 0);

    /// <summary>The package that an operand names, by itself or through <c>let</c>.</summary>
    private static ImportRef? ImportOf(Expr operand)
    {
        for (var i = 0; i < 100 && operand is LetRef let; i++)
            operand = let.Let.Value;
        return operand as ImportRef;
    }

    private static Bottom NotAContainer(Expr operandExpr, Value operand, Expr whole, string member)
    {
        if (operand is Constant || (operand.Kind & CueKind.Struct) == 0)
            return new Bottom(CueErrorCode.Eval, $"invalid operand {ExprText.Source(operandExpr)} (found {operand.Kind.Text()}, want list or struct)", [operandExpr.Position]);
        var text = ExprText.Of(operandExpr);
        return new Bottom(CueErrorCode.Incomplete, $"{text}{member} undefined as {text} is incomplete (type {operand.Kind.Text()})", [whole.Position]) { Reason = CueErrorReason.NotFound };
    }

    private Value ResolveIndex(IndexExpr index, Env env, Frame frame)
    {
        var operand = ResolveContainer(index.Operand, env, frame);
        if (operand is Bottom { IsIncomplete: false } or Bottom { IsBlocked: true } or Bottom { IsLost: true })
            return operand;
        if (operand is Vertex { Kind: CueKind.Bottom, State.Error: { IsIncomplete: false } wrong })
            return wrong;
        if (operand is not Bottom && (!MayHoldFields(operand) || operand is Vertex { Kind: not (CueKind.Struct or CueKind.List) } scalar && scalar.Resolve() is { Base: Constant } or { Base: null, State.Scalar: not null }))
            return NotAContainer(index.Operand, operand, index, "");
        var rawKey = Evaluate(index.Index, env, frame);
        var key = OwnChoice(rawKey, index.Index) ?? OfKind(rawKey, ConcreteOperand(rawKey, index.Index));
        if (key is Bottom { IsLost: true })
            return key;
        if (key is Bottom wrongKey)
            key = wrongKey.OfOperand();
        if (key is Bottom { IsIncomplete: false } or Bottom { IsBlocked: true })
            return key;
        if (operand is Bottom)
            return operand;
        if (operand is not Vertex)
            return NotAContainer(index.Operand, operand, index, $"[{ExprText.Of(index.Index)}]");
        if (key is Bottom)
            return key;
        if (key is DisjunctionValue disjunction)
            return Unresolved(disjunction, index);
        if ((key.Kind & (CueKind.Int | CueKind.String)) is 0 or (CueKind.Int | CueKind.String) || key is Vertex)
            return new Bottom(CueErrorCode.Eval, $"invalid index {ExprText.Of(index.Index)} (invalid type {key.Kind.Text()})", ErrorPositions.Primary(index.Position, [index.Index.Position]));
        if (key is not Constant)
            return new Bottom(CueErrorCode.Incomplete, $"invalid non-ground value {ValueText.Describe(key)} (must be concrete {((key.Kind & CueKind.Int) != 0 ? "int" : "string")})", rawKey is Vertex ? ErrorPositions.OfValue(rawKey) : [index.Index.Position]);
        var vertex = (Vertex)operand;
        if (key is StringConstant text)
        {
            if (vertex.Resolve().Base is ContainerValue { Kind: CueKind.List })
                return new Bottom(CueErrorCode.Eval, $"undefined field: {Label.Regular(text.Value)}", [index.Index.Position]) { IsMissingField = true };
            return Lookup(vertex, Label.Regular(text.Value), index.Index.Position, index.Operand, isLexical: false);
        }

        var number = ((NumberConstant)key).Value;
        if (number.Sign < 0)
            return new Bottom(CueErrorCode.Eval, $"invalid index {number} (index must be non-negative)", ErrorPositions.Primary(index.Position, [index.Index.Position]));
        if (number.TryToInt64(out var position) && position < int.MaxValue)
            return LookupElement(vertex, (int)position, index);
        return new Bottom(CueErrorCode.Eval, $"index out of range [{number}]", [index.Index.Position]);
    }

    private Value LookupElement(Vertex vertex, int position, IndexExpr index)
    {
        vertex = Narrow(Reach(vertex));
        var wasFinal = vertex.Status == VertexStatus.Final;
        if (vertex.State is { Lists.Count: 0, Error: { } waiting } && (wasFinal || !waiting.IsIncomplete || IsUndecided(waiting)))
            return waiting;
        if (vertex.Find(Label.Element(position)) is { ArcType: ArcType.Member } arc)
            return arc;
        if (IsPending(vertex))
            return Blocked;
        if (_final && vertex.Status is VertexStatus.Partial)
        {
            ForceTasks(vertex);
            if (vertex.Find(Label.Element(position)) is { ArcType: ArcType.Member } forced)
                return forced;
        }

        if ((vertex.Base as Bottom ?? vertex.State?.Error) is { } failed && (wasFinal || !failed.IsIncomplete || IsUndecided(failed)))
            return failed;
        if (IsTakenFromLiteral(vertex))
            return TypeValue.Top;
        if ((vertex.Kind & CueKind.List) == 0)
            return new Bottom(CueErrorCode.Eval, $"index out of range [{position}] with length 0", [index.Index.Position]);
        var count = vertex.Arcs.Count(static each => each.Label.Kind == LabelKind.Index);
        var begun = vertex.State?.Tasks.Find(static task => task is { Kind: TaskKind.List, IsDone: false });
        if (begun is { Conjunct.Expr: ListExpr list })
            count = Math.Max(count, list.Elements.Count);
        var mayCome = vertex.IsOpenList || begun is not null || vertex.Kind != CueKind.List;
        return new Bottom(mayCome ? CueErrorCode.Incomplete : CueErrorCode.Eval, $"index out of range [{position}] with length {count}", ErrorPositions.Sort([index.Index.Position])) { IsAwaited = mayCome && IsAwaited(vertex), IsOfItself = mayCome && IsOnlyRunning(vertex) };
    }

    /// <summary>What a selector or index is applied to: a vertex whose fields can be looked up, or another value.</summary>
    private Value ResolveContainer(Expr expr, Env env, Frame frame, Label wanted = default, Position place = default)
    {
        var value = IsReference(expr) ? ResolveReference(expr, env, frame) : EvaluateOperand(expr, env, frame);
        // What a call closes is not closed yet.
        if (value is ClosedValue closed)
            value = closed.Source;
        else if (value is DisjunctionValue { IsRaw: true } raw)
            value = Detach(raw);
        if (value is Bottom failure)
            return Bottom.Lost(failure) ?? failure.OfOperand();
        if (value is not Vertex vertex)
            return ValueText.Default(value);
        vertex = Disjunct(vertex, frame.Vertex).Resolve();
        var isNew = vertex.Status == VertexStatus.Unprocessed;
        vertex = Reach(vertex);
        if (isNew && _asking.Count > 0)
            NoteCopies(vertex);
        if (vertex is { IsOperand: true, Status: not VertexStatus.Final, State: { Disjunctions.Count: 0 } inline })
        {
            // What is wrong with a struct in an expression is wrong with any of its fields.
            if (inline.Tasks.Count > 0 && !_final)
                return Blocked;
            ForceTasks(vertex);
            if (inline.Error is { } wrong)
                return wrong;
            // Whether there is an error is asked of all that is in it.
            if (_isTest && Demand(vertex) is Bottom { IsIncomplete: false } unsuited)
                return unsuited;
        }

        if (ErrorWithin(vertex) is { } within)
            return within;
        if (vertex.Status != VertexStatus.Final && vertex.State is { } state)
        {
            if (state.Disjunctions.Count > 0)
            {
                // What a disjunct asks of the value that it is a choice of may be impossible whatever is chosen.
                if (_final && state is { Error: null, Kinds.Count: > 0 } && (state.Kind & (CueKind.Struct | CueKind.List)) == 0 && ReferenceEquals(vertex, _running?.Origin))
                    return state.Scalar?.Value ?? Bounds.Simplify(this, state);
                // A disjunct may refer to a field beside the disjunction, which it cannot take away.
                if (IsReference(expr))
                    _reference = expr;
                var demanded = Demand(vertex);
                if (demanded is Bottom error)
                    return vertex.Status == VertexStatus.Finalizing && wanted.IsValid && vertex.Find(wanted) is { ArcType: ArcType.Member } ? vertex : error;
            }
            else if (state.Error is { IsIncomplete: false } failed && vertex.Arcs.Count == 0)
            {
                return failed;
            }
        }

        vertex = Narrow(vertex);
        if (vertex.Status != VertexStatus.Final || vertex.Base is ContainerValue)
            return vertex;
        if (vertex.Base is DisjunctionValue choice)
            return choice.DefaultCount == 1 ? choice.Values[0] : Unresolved(choice, place.IsValid ? place : expr.Position);
        return vertex.Arcs.Count == 0 && !(wanted.IsValid && IsUndecided(vertex.Base)) ? vertex.Base! : vertex;
    }

    /// <summary>What is wrong somewhere in a value is wrong with all that is computed from it, once the value is determined.</summary>
    private static Bottom? ErrorWithin(Vertex vertex)
    {
        vertex = vertex.Resolve();
        return vertex.Status == VertexStatus.Final && (vertex.Base as Bottom ?? vertex.ChildError) is { IsIncomplete: false } error ? error : null;
    }

    /// <summary>What a disjunction is while one of its disjuncts is tried, to what is within that disjunct.</summary>
    private static Vertex Disjunct(Vertex vertex, Vertex at)
    {
        if (vertex is not { Status: VertexStatus.Finalizing, State.Disjunctions.Count: > 0 })
            return vertex;
        for (Vertex? each = at; each is not null; each = each.Parent)
        {
            if (ReferenceEquals(each.Origin, vertex))
                return each;
        }

        return vertex;
    }

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
