using System.Text;
using DataMesh.Cue.Binding;
using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Values;

/// <content>Expressions that compute: literals, interpolation, slices.</content>
internal sealed partial class Evaluator
{
    /// <summary>The value of an expression: for references the vertex itself, which may not be evaluated yet.</summary>
    public Value Evaluate(Expr expr, Env? env, Frame frame)
    {
        if (!IsReference(expr))
            return EvaluateOperand(expr, env, frame);
        var value = ResolveReference(expr, env!, frame);
        return value is Vertex vertex && ErrorWithin(vertex) is { } error ? error : value;
    }

    /// <summary>The value of a literal that is no struct or list.</summary>
    internal static Value EvaluateConstant(Expr expr)
    {
        switch (expr)
        {
            case NullExpr:
                return NullConstant.Instance;
            case BoolExpr boolean:
                return BoolConstant.Of(boolean.Value);
            case NumberExpr number:
                return (Value)(number.Cache ??= Parse(number));
            case StringExpr text:
                return (Value)(text.Cache ??= new StringConstant(text.Value));
            case BytesExpr bytes:
                return new BytesConstant(bytes.Value);
            default:
                return new Bottom(CueErrorCode.User, "explicit error (_|_ literal) in source", [expr.Position]) { HasNoPath = true };
        }
    }

    private static Value Parse(NumberExpr number) =>
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
                return Evaluate(open.Operand, env, frame);
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
        // How operands of & came about is told without the way that led to the expression.
        var info = frame.Info.WithScope(null);
        vertex.Conjuncts.Add(new Conjunct(expr, env, expr is BinaryExpr ? info with { Trace = null } : info));
        return vertex;
    }

    /// <summary>A value with its vertex evaluated; errors as bottom. Disjunctions stay.</summary>
    public Value Settle(Value value)
    {
        if (value is ClosedValue closed)
            return SettleClosed(closed);
        if (value is not Vertex vertex)
            return value;
        var result = Demand(vertex);
        return result is ContainerValue ? vertex.Resolve() : result;
    }

    /// <summary>What is within a struct may close it: what it asks of that is asked once, then of the struct as it is.</summary>
    private Value SettleClosed(ClosedValue closed)
    {
        if (!_settling.Add(closed.Source))
            return Settle(closed.Source);
        var value = Settle(Detach(closed));
        _settling.Remove(closed.Source);
        return value;
    }

    /// <summary>A closed struct as a vertex of its own.</summary>
    private static Vertex Detach(ClosedValue closed)
    {
        var vertex = new Vertex(closed.Source.Parent, closed.Source.Label) { IsDetached = true, IsInline = closed.Source.IsInline };
        vertex.Conjuncts.Add(new Conjunct(new ValueExpr(closed, null), null, ConjunctInfo.Root));
        return vertex;
    }

    private Vertex Detach(DisjunctionValue disjunction)
    {
        var vertex = new Vertex(_running, default) { IsDetached = true };
        vertex.Conjuncts.Add(new Conjunct(new ValueExpr(disjunction, null), null, ConjunctInfo.Root));
        return vertex;
    }

    /// <summary>A value with defaults taken and vertices of atoms as atoms; containers as their vertex.</summary>
    public Value Concrete(Value value)
    {
        while (true)
        {
            value = Settle(value is DisjunctionValue { IsRaw: true } raw ? Detach(raw) : value);
            if (value is not DisjunctionValue disjunction)
                return value;
            if (disjunction.DefaultCount != 1)
                return disjunction;
            value = disjunction.Values[0];
        }
    }

    private Value EvaluateInterpolation(InterpolationExpr interpolation, Env? env, Frame frame)
    {
        using var bytes = new MemoryStream();
        var text = new StringBuilder();
        // What is wrong with any of the parts is told; what just cannot be part of a text only if it is the first.
        Bottom? errors = null;
        for (var i = 0; i < interpolation.Texts.Count; i++)
        {
            Append(interpolation.Texts[i].IsBytes ? null : interpolation.Texts[i].Text, interpolation.Texts[i].IsBytes ? interpolation.Texts[i].Bytes : null);
            if (i == interpolation.Parts.Count)
                break;
            if (text.Length > Arithmetic.MaxRepeatedLength || bytes.Length > Arithmetic.MaxRepeatedLength)
                throw new BudgetExceededException("interpolated text is too long");
            var part = interpolation.Parts[i];
            var raw = Evaluate(part, env, frame);
            var value = OfKind(raw, Operand(raw, part));
            switch (value)
            {
                case Bottom { IsBlocked: true } or Bottom { IsLost: true }:
                    return value;
                case Bottom { IsIncomplete: true, Reason: not CueErrorReason.OutOfBound } when _final && raw is Vertex { IsOperand: true }:
                case not Constant and not Bottom when _task?.Failed is not null && raw is Vertex { IsOperand: true }:
                    break;
                case Bottom error:
                    var wrapped = error.Select(part => new Bottom(error.Code, "invalid interpolation: " + part.Text, ErrorPositions.Primary(interpolation.Position, ErrorPositions.Sort(part.Positions))) { HasNoPath = part.HasNoPath, At = part.At, PathText = part.PathText, Cause = new Cause(part, HasPath: true), IsComputed = part.IsComputed });
                    // What is wrong with several parts alike is told of the last one.
                    var before = errors?.Flatten().Where(known => !wrapped.Flatten().Any(again => ReferenceEquals(again.At, known.At) && again.Text.SameAs(known.Text))).ToList();
                    errors = before is not { Count: > 0 } ? wrapped : Bottom.Join(before.Aggregate(Bottom.Join), wrapped);
                    break;
                case StringConstant constant:
                    Append(constant.Value, null);
                    break;
                case BytesConstant constant:
                    Append(null, constant.Value);
                    break;
                case NumberConstant or BoolConstant:
                    Append(ValueText.Describe(value), null);
                    break;
                case var _ when errors is not null:
                    break;
                case DisjunctionValue disjunction:
                    errors = new Bottom(CueErrorCode.Incomplete, "invalid interpolation: " + Unresolved(disjunction, interpolation).Message, [interpolation.Position]);
                    break;
                default:
                    var isUnsuited = (value.Kind & (CueKind.Bool | CueKind.Number | CueKind.String | CueKind.Bytes)) == 0;
                    var code = isUnsuited ? CueErrorCode.Eval : CueErrorCode.Incomplete;
                    var message = isUnsuited
                        ? $"cannot use {ValueText.Unsuited(value)} (type {value.Kind.Text()}) as type (bool|string|bytes|number)"
                        : $"non-concrete value {ValueText.Describe(value)} (type {value.Kind.Text()})";
                    var isUnplaced = value.Kind == CueKind.Top && raw is Vertex;
                    errors = new Bottom(code, "invalid interpolation: " + message, ErrorPositions.Primary(interpolation.Position, isUnplaced ? [] : ErrorPositions.OfOperand(raw, part))) { Cause = new Cause(new Bottom(code, message), HasPath: true) };
                    break;
            }
        }

        if (errors is not null)
            return errors;

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
        var operand = Bottom.Lost(raw) ?? Concrete(raw);
        var low = Limit(slice.Low, out var lowPlaces);
        var high = Limit(slice.High, out var highPlaces);
        if (Array.Find([operand, low, high], static each => each is Bottom { IsBlocked: true }) is { } blocked)
            return blocked;
        if (Array.Find([operand, low, high], static each => each is Bottom { IsLost: true }) is { } lost)
            return lost;
        if (Array.Find([operand, low, high], static each => each is Bottom { IsIncomplete: false }) is { } error)
            return error;
        if (operand is DisjunctionValue choices)
            return Bottom.Join(Unresolved(choices, slice), new Bottom(CueErrorCode.Incomplete, $"non-concrete slice subject {ExprText.Of(slice.Operand)}", [slice.Position]));
        if (Array.Find([operand, low, high], static each => each is Bottom) is { } incomplete)
            return incomplete;
        var list = operand is Vertex { Kind: CueKind.List } vertex ? vertex.Resolve() : null;
        var elements = list?.Arcs.Where(static arc => arc.Label.Kind == LabelKind.Index).ToList();
        if (elements is null && operand is not BytesConstant)
            return new Bottom(CueErrorCode.Eval, $"cannot slice {ValueText.Describe(operand)} (type {operand.Kind.Text()})", ErrorPositions.Primary(slice.Position, operand.Kind == CueKind.Top ? [] : ErrorPositions.OfOperand(raw, slice.Operand)));

        var length = elements?.Count ?? ((BytesConstant)operand).Value.Length;
        if (!TryReadLimit(slice, low, lowPlaces, 0, out var start, out var failure) || !TryReadLimit(slice, high, highPlaces, length, out var end, out failure))
            return failure!;
        if (start > end)
            return new Bottom(CueErrorCode.Eval, FormattableString.Invariant($"invalid slice index: {start} > {end}"), [slice.Position]);
        if (end > length)
            return new Bottom(CueErrorCode.Eval, FormattableString.Invariant($"index {end} out of range"), [slice.Position]);
        if (elements is null)
            return new BytesConstant([.. ((BytesConstant)operand).Value.Skip((int)start).Take((int)(end - start))]);
        var result = new Vertex(frame.Vertex, default) { IsDetached = true };
        result.Conjuncts.Add(new Conjunct(new ListExpr(null, [.. elements.Skip((int)start).Take((int)(end - start)).Select(each => new ValueExpr(each, null, slice.Position))], false, null), null, ConjunctInfo.Root));
        return result;

        Value? Limit(Expr? expr, out IReadOnlyList<Position> places)
        {
            places = [];
            if (expr is null)
                return null;
            var given = Evaluate(expr, env, frame);
            var value = Bottom.Lost(given) ?? Concrete(given);
            places = ErrorPositions.OfOperand(given, expr);
            return value is DisjunctionValue choice ? Unresolved(choice, slice) : value;
        }
    }

    private static bool TryReadLimit(SliceExpr slice, Value? value, IReadOnlyList<Position> places, int fallback, out long limit, out Bottom? error)
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
            _ when (value.Kind & CueKind.Int) == 0 => new Bottom(CueErrorCode.Eval, $"cannot use {ValueText.Describe(value)} (type {value.Kind.Text()}) as type int in slice index", ErrorPositions.Primary(slice.Position, places)),
            _ => new Bottom(CueErrorCode.Incomplete, $"incomplete int in slice index: {ValueText.Describe(value)}", [slice.Position]),
        };
        return false;
    }
}
