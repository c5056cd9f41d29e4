using DataMesh.Cue.Binding;
using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Values;

/// <content>Operators and bounds, and what they make of operands that are wrong or not concrete.</content>
internal sealed partial class Evaluator
{
    private static Bottom NotConcrete(Value value, string where, Value raw, Position position) =>
        new(CueErrorCode.Incomplete, $"non-concrete value {ValueText.Describe(value)} {where}", ErrorPositions.Primary(position, ErrorPositions.OfVertex(raw)));

    /// <summary>The value of an operand. A disjunct that computes with the disjunction that it is in leaves no choice made.</summary>
    private Value Operand(Value raw, Expr expr)
    {
        var value = ConcreteOperand(raw, expr);
        if (value is Bottom { IsIncomplete: true } or TypeValue or BoundValue && raw is Vertex { Status: VertexStatus.Finalizing, State: { Disjunctions.Count: > 0, Scalar: null } state })
            NoteNeed(state, (Vertex)raw);
        return value;
    }

    /// <summary>The value of an operand: an atom that a field has to be is enough, whether it fits what else the field has to be or not.</summary>
    private Value ConcreteOperand(Value raw, Expr expr)
    {
        if (Bottom.Lost(raw) is { } lost)
            return lost;
        _isOperand = IsReference(expr);
        var value = Concrete(raw);
        _isOperand = false;
        if (_task is not null && raw is Vertex asked && value is Bottom { Code: CueErrorCode.Cycle })
            _task.AskedInCircle = asked.Resolve();
        return value is not Bottom { Code: CueErrorCode.Cycle } circular ? value : NeedsItselfWithin(raw, expr) ? Bottom.Nothing : circular.OfOperator();
    }

    /// <summary>Whether what is selected from a struct or list that is written in an expression needs itself, and nothing outside.</summary>
    private bool NeedsItselfWithin(Value raw, Expr expr) =>
        _final && expr is SelectorExpr or IndexExpr && !IsReferenceWithin(expr) && raw is Vertex vertex && vertex.Resolve() is { IsInline: true, Circle: null or { IsInline: true } };

    /// <summary>The value of one of two operands: while a disjunct asks for the disjunction that it is in, that is not known to be anything.</summary>
    private Value BinaryOperand(Value raw, Expr expr)
    {
        if (!_final || raw is not Vertex vertex || !IsReference(expr) || ChoiceOf(vertex.Resolve(), expr) is not { } undecided)
            return Operand(raw, expr);
        // By another name it is only a choice that fails.
        if (vertex is { Shared: null, State: { Scalar: null } state })
            NoteNeed(state, vertex);
        return undecided;
    }

    private Value EvaluateUnary(UnaryExpr unary, Env? env, Frame frame)
    {
        var raw = Evaluate(unary.Operand, env, frame);
        var operand = Operand(raw, unary.Operand);
        if (operand is Bottom error && !IsIncompletable(raw, error))
            return operand;
        if (operand is DisjunctionValue disjunction)
            return Unresolved(disjunction, unary);
        var op = Operators.Text(unary.Operator);
        var wanted = unary.Operator == TokenKind.Not ? CueKind.Bool : CueKind.Number;
        var kind = operand is Bottom or Vertex { Kind: CueKind.Bottom } ? CueKind.Struct : operand.Kind;
        if ((kind & wanted) == 0)
            return new Bottom(CueErrorCode.Eval, $"invalid operation {op}{ExprText.Of(unary.Operand)} ({op} {kind.Text()})", [unary.Position]);
        return operand switch
        {
            BoolConstant boolean => BoolConstant.Of(!boolean.Value),
            NumberConstant number => unary.Operator == TokenKind.Add ? number : new NumberConstant(-number.Value, number.Kind),
            _ => new Bottom(CueErrorCode.Incomplete, $"operand {ExprText.Of(unary.Operand)} of '{op}' not concrete (was {operand.Kind.Text()})", [unary.Operand.Position]),
        };
    }

    private Value EvaluateBinary(BinaryExpr binary, Env? env, Frame frame)
    {
        // Chains of operators nest to the left.
        var chain = new List<BinaryExpr>(1);
        Expr first = binary;
        while (first is BinaryExpr { Operator: not TokenKind.And } next && !IsBottomTest(next))
        {
            chain.Add(next);
            first = next.Left;
        }

        var rawLeft = Evaluate(first, env, frame);
        for (var i = chain.Count - 1; i >= 0; i--)
        {
            if (chain[i].IsShortCircuit && Concrete(rawLeft) is BoolConstant decided && decided.Value == (chain[i].Operator == TokenKind.LogicalOr))
            {
                rawLeft = decided;
                continue;
            }

            var left = BinaryOperand(rawLeft, first);
            if (left is Bottom { IsBlocked: true } or Bottom { IsLost: true })
                return left;
            if (left is Bottom { Code: CueErrorCode.Cycle })
            {
                // What else is wrong with an operand hides the circle.
                var circle = _circle;
                var isPassedOn = rawLeft is not Vertex leftmost || leftmost.Resolve().Status == VertexStatus.Final;
                var rawOther = Evaluate(chain[i].Right, env, frame);
                var isKnown = isPassedOn && IsReference(chain[i].Right) && rawOther is not Bottom { IsIncomplete: false } && !(rawOther is Vertex name && Reach(name) is { Status: VertexStatus.Finalizing, Base: ContainerValue } && IsOtherName(name));
                var other = isKnown ? left : Concrete(rawOther);
                _circle = circle;
                if (other is Bottom { IsIncomplete: false } && !(IsReference(chain[i].Right) && rawOther is Vertex))
                    return other;
                rawLeft = other is Bottom { Code: CueErrorCode.Incomplete, IsBlocked: false } ? other : left;
                continue;
            }

            var rawRight = Evaluate(chain[i].Right, env, frame);
            rawLeft = Combine(chain[i], left, BinaryOperand(rawRight, chain[i].Right), rawLeft, rawRight);
            if (rawLeft is Bottom { IsBlocked: true } or Bottom { IsLost: true })
                return rawLeft;
        }

        return rawLeft;
    }

    /// <summary>
    /// Applies an operator. What is wrong for good hides what is not known yet; then come, the left side first, disjunctions,
    /// incomplete errors and values that are not concrete, and structs with something in them that is not concrete.
    /// </summary>
    private Value Combine(BinaryExpr binary, Value left, Value right, Value rawLeft, Value rawRight)
    {
        if (left is Bottom { IsBlocked: true })
            return left;
        if (right is Bottom { IsBlocked: true } or Bottom { IsLost: true })
            return right;
        var where = $"in operand to {Operators.Text(binary.Operator)}";
        Bottom? error = null;
        if (left is Bottom { IsIncomplete: false } || right is Bottom { IsIncomplete: false })
        {
            Add(left as Bottom);
            Add(right as Bottom);
            return error!;
        }

        Add(left is DisjunctionValue leftDisjunction ? Unresolved(leftDisjunction, binary) : null);
        Add(right is DisjunctionValue rightDisjunction ? Unresolved(rightDisjunction, binary) : null);
        Add(left is DisjunctionValue || IsConcrete(left) ? null : left as Bottom ?? NotConcrete(left, where, rawLeft, binary.Position));
        Add(right is DisjunctionValue || IsConcrete(right) ? null : right as Bottom ?? NotConcrete(right, where, rawRight, binary.Position));
        if (error is not null)
            return error;
        return (left is Vertex leftVertex ? OperandError(leftVertex, binary.Operator, "left", left.Kind, binary.Position) : null)
            ?? (right is Vertex rightVertex ? OperandError(rightVertex, binary.Operator, "right", left.Kind, binary.Position) : null)
            ?? Arithmetic.Compute(this, left, right, new Operation(binary, rawLeft, rawRight));

        // What is not known yet hides that it is asked for in a circle.
        void Add(Bottom? other) => error = error is null || (error.Code == CueErrorCode.Cycle && other is { Code: CueErrorCode.Incomplete }) ? other
            : other is null || (other.Code == CueErrorCode.Cycle && error.Code == CueErrorCode.Incomplete) ? error
            : Bottom.Join(error, other);
    }

    /// <summary>An error in a struct or list that an operator is applied to, or what is not concrete in it.</summary>
    private Bottom? OperandError(Vertex vertex, TokenKind op, string side, CueKind leftKind, Position position)
    {
        var resolved = vertex.Resolve();
        if (resolved.Status == VertexStatus.Partial)
            Finalize(resolved);
        // A struct that is being evaluated waits for this very operator.
        if (resolved.Status != VertexStatus.Final && !_final)
            return Blocked;
        var error = CircularPart(resolved) ?? (resolved.Status != VertexStatus.Final ? ErrorAround(resolved) : resolved.Base as Bottom ?? resolved.ChildError ?? FirstIncomplete(resolved));
        if (error is { Code: CueErrorCode.Cycle } && resolved.Circle is { } circle && ReferenceEquals(circle, _running))
            return new Bottom(CueErrorCode.Structural, "structural cycle") { At = circle };
        return error is null ? null : UnfitOperand(error, op, side, leftKind, position);
    }

    private static Bottom UnfitOperand(Bottom error, TokenKind op, string side, CueKind leftKind, Position position) =>
        new(error.Code, $"invalid {side}-hand value to '{Operators.Text(op)}' (type {leftKind.Text()}): {ValueText.ErrorText(error)}", [position]);

    /// <summary>Checks a struct or list, whose fields are determined, against a bound that is one; null when it holds.</summary>
    private Bottom? CheckBound(Vertex vertex, Vertex value, Located check)
    {
        var bound = (BoundValue)check.Value;
        var kind = value.Kind;
        if (FirstIncomplete(value.Resolve()) is { } missing)
            return UnfitOperand(missing, bound.Operator, "left", kind, check.Position);
        return OperandError((Vertex)bound.Operand, bound.Operator, "right", kind, check.Position)
            ?? (Bounds.Check(this, bound, value) ? null : OutOfBound(vertex, value, check));
    }

    /// <summary>What is not concrete in a struct that asks for itself, by what is known of it so far.</summary>
    private Bottom? ErrorAround(Vertex vertex) =>
        FirstIncomplete(vertex) is not { } error ? null
            : error.Code != CueErrorCode.Cycle ? error
            : new Bottom(CueErrorCode.Incomplete, "incomplete value _") { At = _running ?? vertex };

    /// <summary>The first regular field or element that has no concrete value, as the error that it is.</summary>
    private Bottom? FirstIncomplete(Vertex vertex)
    {
        Enter();
        Bottom? found = null;
        for (var i = 0; i < vertex.Arcs.Count; i++)
        {
            var arc = vertex.Arcs[i];
            if (found is not null || arc.ArcType is not (ArcType.Member or ArcType.Required) || !(arc.Label.IsRegular || arc.ArcType == ArcType.Required))
                continue;
            Step();
            if (arc.ArcType == ArcType.Required)
            {
                found = new Bottom(CueErrorCode.Incomplete, "field is required but not present") { At = arc };
                continue;
            }

            var value = Concrete(arc);
            found = value switch
            {
                Bottom error => error,
                Vertex inner => inner.IsFinal || (_running is not null && inner.Resolve().IsAncestorOrSelfOf(_running)) ? FirstIncomplete(inner.Resolve()) : null,
                Constant or FunctionValue => null,
                _ => new Bottom(CueErrorCode.Incomplete, $"incomplete value {ValueText.Describe(value)}") { At = arc },
            };
        }

        Leave();
        return found;
    }

    private static bool IsConcrete(Value value) => value is Constant or FunctionValue { Builtin.CanValidate: false } || (value is Vertex vertex && vertex.Kind is CueKind.Struct or CueKind.List);

    private Value EvaluateBound(BoundExpr bound, Env? env, Frame frame)
    {
        var raw = Evaluate(bound.Operand, env, frame);
        var value = (IsReference(bound.Operand) ? ChosenForBound(raw, bound.Operand) : null) ?? Operand(raw, bound.Operand);
        if (bound.Operator is not (TokenKind.Equal or TokenKind.NotEqual))
            value = OfKind(raw, value);
        var op = Operators.Text(bound.Operator);
        switch (value)
        {
            case Bottom:
                return value;
            case DisjunctionValue when _running is { Origin.State: { NeededBy: not null, Disjunctions.Count: > 1 } }:
                // It was determined for the sake of the one that is being chosen from.
                return Bottom.Nothing;
            case DisjunctionValue disjunction:
                return Unresolved(disjunction, bound);
            case { Kind: CueKind.Bool } or FunctionValue { Builtin.CanValidate: false }:
                return new Bottom(CueErrorCode.Eval, $"invalid value {ValueText.Describe(value)} (type {value.Kind.Text()}) for bound {op}", ErrorPositions.Primary(bound.Operand.Position, ErrorPositions.OfValue(raw)));
            case NullConstant when bound.Operator is not (TokenKind.Equal or TokenKind.NotEqual):
                return new Bottom(CueErrorCode.Eval, $"cannot use null for bound {op}", [bound.Operand.Position]);
            case Constant constant:
                return new BoundValue(bound.Operator, constant);
            case Vertex container when bound.Operator is TokenKind.Equal or TokenKind.NotEqual:
                return new BoundValue(bound.Operator, container);
            case Vertex container:
                return new Bottom(CueErrorCode.Eval, $"cannot use {container.Kind.Text()} for bound {op}", [bound.Operand.Position]);
            case { Kind: CueKind.Struct or CueKind.List } container when bound.Operator != TokenKind.NotEqual:
                return new Bottom(CueErrorCode.Eval, $"cannot use {container.Kind.Text()} for bound {op}", [bound.Operand.Position]);
            default:
                return new Bottom(CueErrorCode.Incomplete, $"non-concrete value {ExprText.Of(bound.Operand)} for bound {op}", [bound.Operand.Position]);
        }
    }

    /// <summary>
    /// What a bound gets that asks for a disjunction of which a disjunct is tried for its sake: what is chosen there. A bound
    /// of another disjunction is determined with the first choice, which then leaves none; beside several, it says nothing.
    /// </summary>
    private Value? ChosenForBound(Value raw, Expr reference)
    {
        if (raw is not Vertex asked || asked.Resolve() is not { State: { Disjunctions.Count: > 0 } state } vertex)
            return null;
        if (Chosen(vertex, reference) is { } own)
            return own;
        if (state is not { Disjunctions.Count: 1 or 2, Tried: { State: { Scalar: { } tried, Error: null } among } } || _running is not { Origin: { } asking })
            return null;
        var isBesideSeveral = asking.State is { Disjunctions.Count: > 1 };
        if (asked.Shared is null && (!isBesideSeveral || state.Disjunctions.Count > 1))
            state.NeededBy ??= new Needing(asking, reference.Position, among.Tasks.Find(static task => task.IsRunning)?.Conjunct.Expr as BoundExpr);
        return isBesideSeveral ? Bottom.Nothing : tried.Value;
    }
}
