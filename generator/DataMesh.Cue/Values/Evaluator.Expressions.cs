using System.Text;
using DataMesh.Cue.Binding;
using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Values;

/// <summary>Expressions that compute: operators, interpolation, calls.</summary>
internal sealed partial class Evaluator
{
    /// <summary>The value of an expression: for references the vertex itself, which may not be evaluated yet.</summary>
    public Value Evaluate(Expr expr, Env? env, Frame frame) =>
        IsReference(expr) ? ResolveReference(expr, env!, frame) : EvaluateOperand(expr, env, frame);

    private static Value EvaluateConstant(Expr expr)
    {
        switch (expr)
        {
            case NullExpr:
                return NullConstant.Instance;
            case BoolExpr boolean:
                return BoolConstant.Of(boolean.Value);
            case NumberExpr number:
                return (Value)(number.Cache ??= ParseNumber(number));
            case StringExpr text:
                return (Value)(text.Cache ??= new StringConstant(text.Value));
            case BytesExpr bytes:
                return new BytesConstant(bytes.Value);
            default:
                return new Bottom(CueErrorCode.User, "explicit error (_|_ literal) in source", [expr.Position]) { HasNoPath = true };
        }
    }

    private static Value ParseNumber(NumberExpr number) =>
        Numerics.BigDecimal.TryParse(number.Text.AsSpan(), out var value) == Numerics.NumberParseResult.Success
            ? new NumberConstant(value, number.IsInteger ? CueKind.Int : CueKind.Float)
            : new Bottom(CueErrorCode.Eval, $"invalid number {number.Text}", [number.Position]);

    private Value EvaluateOperand(Expr expr, Env? env, Frame frame)
    {
        Step();
        Enter();
        var result = EvaluateCore(expr, env, frame);
        if (expr is BinaryExpr or InterpolationExpr or CallExpr)
            Step(TextSteps(result));
        Leave();
        return result;
    }

    /// <summary>What a new text counts, so that texts made of texts end with the budget before memory does.</summary>
    private static int TextSteps(Value value) => value switch
    {
        StringConstant text => text.Value.Length >> 4,
        BytesConstant bytes => bytes.Value.Length >> 5,
        _ => 0,
    };

    private Value EvaluateCore(Expr expr, Env? env, Frame frame)
    {
        switch (expr)
        {
            case NullExpr or BoolExpr or NumberExpr or StringExpr or BytesExpr or BottomExpr:
                return EvaluateConstant(expr);
            case TopExpr:
                return TypeValue.Top;
            case PredeclaredExpr predeclared:
                return Builtins.Predeclared(predeclared.Name);
            case ValueExpr value:
                return value.Value;
            case ErrorExpr error:
                return new Bottom(error.IsValue ? CueErrorCode.Eval : CueErrorCode.Reference, error.Message, [expr.Position]);
            case BoundExpr bound:
                return EvaluateBound(bound, env, frame);
            case UnaryExpr unary:
                return EvaluateUnary(unary, env, frame);
            case BinaryExpr { Operator: TokenKind.And } or DisjunctionExpr or StructExpr or ListExpr or ComprehensionExpr or CloseExpr:
                return Inline(expr, env, frame);
            case BinaryExpr equality when IsBottomTest(equality):
                return EvaluateBottomTest(equality, env, frame);
            case BinaryExpr binary:
                return EvaluateBinary(binary, env, frame);
            case InterpolationExpr interpolation:
                return EvaluateInterpolation(interpolation, env, frame);
            case CallExpr call:
                return EvaluateCall(call, env!, frame);
            case SliceExpr slice:
                return EvaluateSlice(slice, env, frame);
            case OpenExpr open:
                return EvaluateOpen(open, env, frame);
            case TryExpr attempt:
                return Evaluate(attempt.Operand, env, frame);
            default:
                return IsReference(expr)
                    ? ResolveReference(expr, env!, frame)
                    : new Bottom(CueErrorCode.Eval, "unsupported expression", [expr.Position]);
        }
    }

    /// <summary>An expression that is a vertex of its own.</summary>
    private static Vertex Inline(Expr expr, Env? env, Frame frame)
    {
        var vertex = new Vertex(frame.Vertex, default) { IsDetached = true, IsInline = true };
        vertex.Conjuncts.Add(new Conjunct(expr, env, frame.Info.WithScope(null)));
        return vertex;
    }

    private Value EvaluateOpen(OpenExpr open, Env? env, Frame frame)
    {
        var value = Evaluate(open.Operand, env, frame);
        return value;
    }

    /// <summary>A value with its vertex evaluated; errors as bottom. Disjunctions stay.</summary>
    public Value Settle(Value value)
    {
        if (value is ClosedValue closed)
            value = Detach(closed);
        if (value is not Vertex vertex)
            return value;
        var result = Demand(vertex);
        return result is ContainerValue ? vertex.Resolve() : result;
    }

    /// <summary>A closed struct as a vertex of its own.</summary>
    private static Vertex Detach(ClosedValue closed)
    {
        var vertex = new Vertex(closed.Source.Parent, default) { IsDetached = true };
        vertex.Conjuncts.Add(new Conjunct(new ValueExpr(closed, null), null, ConjunctInfo.Root));
        return vertex;
    }

    /// <summary>A value with defaults taken and vertices of atoms as atoms; containers as their vertex.</summary>
    public Value Concrete(Value value)
    {
        while (true)
        {
            value = Settle(value);
            if (value is not DisjunctionValue disjunction)
                return value;
            if (disjunction.DefaultCount != 1)
                return disjunction;
            value = disjunction.Values[0];
        }
    }

    private static Bottom NotConcrete(Value value, string where, Value raw, Position position) =>
        new(CueErrorCode.Incomplete, $"non-concrete value {ValueText.Describe(value)} {where}", ErrorPositions.Primary(position, ErrorPositions.OfValue(raw)));

    private Value EvaluateUnary(UnaryExpr unary, Env? env, Frame frame)
    {
        var operand = Concrete(Evaluate(unary.Operand, env, frame));
        if (operand is Bottom)
            return operand;
        if (operand is DisjunctionValue disjunction)
            return Unresolved(disjunction, unary);
        var op = Operators.Text(unary.Operator);
        var wanted = unary.Operator == TokenKind.Not ? CueKind.Bool : CueKind.Number;
        if ((operand.Kind & wanted) == 0)
            return new Bottom(CueErrorCode.Eval, $"invalid operation {op}{ValueText.Source(unary.Operand)} ({op} {operand.Kind.Text()})", [unary.Position]);
        return operand switch
        {
            BoolConstant boolean => BoolConstant.Of(!boolean.Value),
            NumberConstant number => unary.Operator == TokenKind.Add ? number : new NumberConstant(-number.Value, number.Kind),
            _ => new Bottom(CueErrorCode.Incomplete, $"operand {ValueText.Source(unary.Operand)} of '{op}' not concrete (was {operand.Kind.Text()})", [unary.Operand.Position]),
        };
    }

    private static bool IsBottomTest(BinaryExpr binary) =>
        binary.Operator is TokenKind.Equal or TokenKind.NotEqual && (binary.Left is BottomExpr || binary.Right is BottomExpr);

    /// <summary><c>x == _|_</c>: whether there is an error.</summary>
    private Value EvaluateBottomTest(BinaryExpr equality, Env? env, Frame frame)
    {
        var operand = equality.Left is BottomExpr ? equality.Right : equality.Left;
        var isEqual = equality.Operator == TokenKind.Equal;
        if (operand is BottomExpr)
            return BoolConstant.Of(isEqual);
        var value = Evaluate(operand, env, frame);
        var settled = Settle(value);
        if (settled is Bottom { IsBlocked: true } blocked)
            return blocked;
        if (settled is Bottom { IsIncomplete: true } incomplete && !_final)
            return incomplete;
        var isBottom = settled is Bottom || (value is Vertex vertex && HasError(vertex));
        return BoolConstant.Of(isBottom == isEqual);
    }

    private bool HasError(Vertex vertex)
    {
        vertex = vertex.Resolve();
        if (vertex.Base is ContainerValue && vertex.Status == VertexStatus.Partial)
            Finalize(vertex);
        return vertex.Base is Bottom || vertex.ChildError is { IsIncomplete: false };
    }

    private Value EvaluateBinary(BinaryExpr binary, Env? env, Frame frame)
    {
        // Chains of operators nest to the left.
        var chain = new List<BinaryExpr>();
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

            var rawRight = Evaluate(chain[i].Right, env, frame);
            rawLeft = Combine(chain[i], Concrete(rawLeft), Concrete(rawRight), rawLeft, rawRight);
            if (rawLeft is Bottom { IsBlocked: true })
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
        if (right is Bottom { IsBlocked: true })
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
        return (left is Vertex leftVertex ? OperandError(leftVertex, binary, "left", left.Kind) : null)
            ?? (right is Vertex rightVertex ? OperandError(rightVertex, binary, "right", left.Kind) : null)
            ?? Arithmetic.Compute(this, binary.Operator, left, right, binary);

        void Add(Bottom? other) => error = error is null ? other : other is null ? error : Bottom.Join(error, other);
    }

    /// <summary>An error in a struct or list that an operator is applied to, or what is not concrete in it.</summary>
    private Bottom? OperandError(Vertex vertex, BinaryExpr binary, string side, CueKind leftKind)
    {
        var resolved = vertex.Resolve();
        if (resolved.Status == VertexStatus.Partial)
            Finalize(resolved);
        // A struct that is being evaluated waits for this very operator.
        if (resolved.Status != VertexStatus.Final && !_final)
            return Blocked;
        var error = resolved.Status != VertexStatus.Final ? new Bottom(CueErrorCode.Incomplete, "incomplete value _") { At = resolved }
            : resolved.Base as Bottom ?? resolved.ChildError ?? FirstIncomplete(resolved);
        if (error is null)
            return null;
        var path = error.At?.Path() ?? "";
        return new Bottom(error.Code, $"invalid {side}-hand value to '{Operators.Text(binary.Operator)}' (type {leftKind.Text()}): {(path.Length > 0 ? path + ": " : "")}{error.Message}", [binary.Position]);
    }

    /// <summary>The first regular field or element that has no concrete value, as the error that it is.</summary>
    private Bottom? FirstIncomplete(Vertex vertex)
    {
        Enter();
        Bottom? found = null;
        foreach (var arc in vertex.Arcs)
        {
            if (found is not null || !arc.Label.IsRegular || arc.ArcType is not (ArcType.Member or ArcType.Required))
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
                Vertex inner => inner.Resolve().Status == VertexStatus.Final ? FirstIncomplete(inner.Resolve()) : null,
                Constant or FunctionValue => null,
                _ => new Bottom(CueErrorCode.Incomplete, $"incomplete value {ValueText.Describe(value)}") { At = arc },
            };
        }

        Leave();
        return found;
    }

    private static bool IsConcrete(Value value) => value is Constant || (value is Vertex vertex && vertex.Kind is CueKind.Struct or CueKind.List);

    private Value EvaluateInterpolation(InterpolationExpr interpolation, Env? env, Frame frame)
    {
        using var bytes = new MemoryStream();
        var text = new StringBuilder();
        for (var i = 0; i < interpolation.Texts.Count; i++)
        {
            Append(interpolation.Texts[i].IsBytes ? null : interpolation.Texts[i].Text, interpolation.Texts[i].IsBytes ? interpolation.Texts[i].Bytes : null);
            if (i == interpolation.Parts.Count)
                break;
            if (text.Length > Arithmetic.MaxRepeatedLength || bytes.Length > Arithmetic.MaxRepeatedLength)
                throw new BudgetExceededException("interpolated text is too long");
            var part = interpolation.Parts[i];
            var raw = Evaluate(part, env, frame);
            var value = Concrete(raw);
            switch (value)
            {
                case Bottom { IsBlocked: true }:
                    return value;
                case Bottom error:
                    return error.Select(part => new Bottom(error.Code, "invalid interpolation: " + part.Message, ErrorPositions.Primary(interpolation.Position, part.Positions)) { At = part.At });
                case StringConstant constant:
                    Append(constant.Value, null);
                    break;
                case BytesConstant constant:
                    Append(null, constant.Value);
                    break;
                case NumberConstant or BoolConstant:
                    Append(ValueText.Describe(value), null);
                    break;
                case DisjunctionValue disjunction:
                    return new Bottom(CueErrorCode.Incomplete, "invalid interpolation: " + Unresolved(disjunction, interpolation).Message, [interpolation.Position]);
                case Vertex container when container.Resolve().ChildError is { } child:
                    return new Bottom(child.Code, "invalid interpolation: " + child.Message, ErrorPositions.Primary(interpolation.Position, child.Positions)) { At = child.At };
                default:
                    var isUnsuited = (value.Kind & (CueKind.Bool | CueKind.Number | CueKind.String | CueKind.Bytes)) == 0;
                    var code = isUnsuited ? CueErrorCode.Eval : CueErrorCode.Incomplete;
                    var message = isUnsuited
                        ? $"invalid interpolation: cannot use {ValueText.Describe(value)} (type {value.Kind.Text()}) as type (bool|string|bytes|number)"
                        : $"invalid interpolation: non-concrete value {ValueText.Describe(value)} (type {value.Kind.Text()})";
                    var isUnplaced = value.Kind == CueKind.Top && raw is Vertex;
                    return new Bottom(code, message, ErrorPositions.Primary(interpolation.Position, isUnplaced ? [] : ErrorPositions.OfOperand(raw, part)));
            }
        }

        if (!interpolation.IsBytes)
            return new StringConstant(text.ToString());
        return new BytesConstant(bytes.ToArray());

        void Append(string? chars, byte[]? raw)
        {
            if (interpolation.IsBytes)
            {
                raw ??= Encoding.UTF8.GetBytes(chars!);
                bytes.Write(raw, 0, raw.Length);
            }
            else
            {
                text.Append(chars ?? Utf8Text.Decode(raw!));
            }
        }
    }

    private Value EvaluateSlice(SliceExpr slice, Env? env, Frame frame)
    {
        var raw = Evaluate(slice.Operand, env, frame);
        var operand = Concrete(raw);
        var low = Limit(slice.Low);
        var high = Limit(slice.High);
        if (Array.Find([operand, low, high], static each => each is Bottom { IsBlocked: true }) is { } blocked)
            return blocked;
        if (Array.Find([operand, low, high], static each => each is Bottom { IsIncomplete: false }) is { } error)
            return error;
        if (operand is DisjunctionValue)
            return new Bottom(CueErrorCode.Incomplete, $"non-concrete slice subject {ValueText.Source(slice.Operand)}", [slice.Position]);
        if (Array.Find([operand, low, high], static each => each is Bottom) is { } incomplete)
            return incomplete;
        var list = operand is Vertex { Kind: CueKind.List } vertex ? vertex.Resolve() : null;
        var elements = list?.Arcs.Where(static arc => arc.Label.Kind == LabelKind.Index).ToList();
        if (elements is null && operand is not BytesConstant)
            return new Bottom(CueErrorCode.Eval, $"cannot slice {ValueText.Describe(operand)} (type {operand.Kind.Text()})", ErrorPositions.Primary(slice.Position, operand.Kind == CueKind.Top ? [] : ErrorPositions.OfOperand(raw, slice.Operand)));

        var length = elements?.Count ?? ((BytesConstant)operand).Value.Length;
        if (!TryReadLimit(slice, low, 0, out var start, out var failure) || !TryReadLimit(slice, high, length, out var end, out failure))
            return failure!;
        if (start > end)
            return new Bottom(CueErrorCode.Eval, FormattableString.Invariant($"invalid slice index: {start} > {end}"), [slice.Position]);
        if (end > length)
            return new Bottom(CueErrorCode.Eval, FormattableString.Invariant($"index {end} out of range"), [slice.Position]);
        if (elements is null)
            return new BytesConstant([.. ((BytesConstant)operand).Value.Skip((int)start).Take((int)(end - start))]);
        var result = new Vertex(frame.Vertex, default) { IsDetached = true };
        result.Conjuncts.Add(new Conjunct(new ListExpr(slice.Source, [.. elements.Skip((int)start).Take((int)(end - start)).Select(each => new ValueExpr(each, null, slice.Position))], false, null), null, ConjunctInfo.Root));
        return result;

        Value? Limit(Expr? expr) => expr is null ? null : Concrete(Evaluate(expr, env, frame)) is DisjunctionValue choice ? Unresolved(choice, slice) : Concrete(Evaluate(expr, env, frame));
    }

    private static bool TryReadLimit(SliceExpr slice, Value? value, int fallback, out long limit, out Bottom? error)
    {
        limit = fallback;
        error = null;
        if (value is null)
            return true;
        if (value is NumberConstant { Kind: CueKind.Int } number && number.Value.Sign >= 0)
        {
            limit = number.Value.TryToInt64(out var known) ? known : long.MaxValue;
            return true;
        }

        error = value switch
        {
            NumberConstant { Kind: CueKind.Int } => new Bottom(CueErrorCode.Eval, "cannot convert negative number to uint64", [slice.Position]),
            _ when (value.Kind & CueKind.Int) == 0 => new Bottom(CueErrorCode.Eval, $"cannot use {ValueText.Describe(value)} (type {value.Kind.Text()}) as type int in slice index", [slice.Position]),
            _ => new Bottom(CueErrorCode.Incomplete, $"incomplete int in slice index: {ValueText.Describe(value)}", [slice.Position]),
        };
        return false;
    }

    private Value EvaluateBound(BoundExpr bound, Env? env, Frame frame)
    {
        var value = Concrete(Evaluate(bound.Operand, env, frame));
        var op = Operators.Text(bound.Operator);
        switch (value)
        {
            case Bottom:
                return value;
            case DisjunctionValue disjunction:
                return Unresolved(disjunction, bound);
            case BoolConstant boolean:
                return new Bottom(CueErrorCode.Eval, $"invalid value {ValueText.Describe(boolean)} (type bool) for bound {op}", [bound.Operand.Position]);
            case NullConstant when bound.Operator is not (TokenKind.Equal or TokenKind.NotEqual):
                return new Bottom(CueErrorCode.Eval, $"cannot use null for bound {op}", [bound.Operand.Position]);
            case Constant constant:
                if (bound.Operator is TokenKind.Match or TokenKind.NotMatch)
                    return Regexes.Validate(this, bound, constant);
                return new BoundValue(bound.Operator, constant);
            case Vertex container when bound.Operator is TokenKind.Equal or TokenKind.NotEqual:
                return new BoundValue(bound.Operator, container);
            case Vertex container:
                return new Bottom(CueErrorCode.Eval, $"cannot use {container.Kind.Text()} for bound {op}", [bound.Operand.Position]);
            default:
                return new Bottom(CueErrorCode.Incomplete, $"non-concrete value {ValueText.Source(bound.Operand)} for bound {op}", [bound.Operand.Position]);
        }
    }
}
