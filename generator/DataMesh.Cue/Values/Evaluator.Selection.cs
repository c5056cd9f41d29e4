using DataMesh.Cue.Binding;
using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Values;

/// <content>Selectors and indices, and what they are applied to.</content>
internal sealed partial class Evaluator
{
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
            return rawKey is Vertex { IsOperand: true } ? LookupNameless((Vertex)operand, index) : key;
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

    /// <summary>What is selected by a struct, list or choice that is written as the index and has no value yet: that names nothing which is there.</summary>
    private Bottom LookupNameless(Vertex vertex, IndexExpr index)
    {
        var isClosed = IsClosedTo(Narrow(Reach(vertex)), Label.Regular("_"));
        return new Bottom(isClosed ? CueErrorCode.Eval : CueErrorCode.Incomplete, "undefined field: _", [index.Index.Position]) { IsMissingField = true };
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
        if (begun is not null && WaitsFor(begun))
            return Blocked;
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
        var isClosed = false;
        if (value is ClosedValue closed)
            (value, isClosed) = (closed.Source, true);
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

        if (!isClosed && ErrorWithin(vertex) is { } within)
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
}
