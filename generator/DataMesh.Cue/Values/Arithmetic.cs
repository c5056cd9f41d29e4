using System.Text;
using DataMesh.Cue.Binding;
using DataMesh.Cue.Numerics;
using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Values;

/// <summary>A binary operation, with what its operands are before references in them are followed.</summary>
internal sealed class Operation(BinaryExpr source, Value left, Value right)
{
    public TokenKind Operator => source.Operator;

    public Position Position => source.Position;

    public IEnumerable<Position> LeftPlaces => ErrorPositions.OfOperand(left, source.Left);

    public IEnumerable<Position> RightPlaces => ErrorPositions.OfOperand(right, source.Right);
}

/// <summary>Binary operators on concrete values (specification: "Operators").</summary>
internal static class Arithmetic
{
    /// <summary>The longest text that multiplication makes, in bytes.</summary>
    public const int MaxRepeatedLength = 1 << 26;

    /// <summary>How often multiplication repeats a text at most.</summary>
    private const int MaxRepetitions = 1_000_000;

    public static Value Compute(Evaluator evaluator, Value left, Value right, Operation source)
    {
        var op = source.Operator;
        switch (op)
        {
            case TokenKind.Equal or TokenKind.NotEqual when left is FunctionValue && right is FunctionValue:
                return Invalid(left, right, source);
            case TokenKind.Equal or TokenKind.NotEqual:
                return BoolConstant.Of(Equality.AreEqual(evaluator, left, right) == (op == TokenKind.Equal));
            case TokenKind.Less or TokenKind.LessOrEqual or TokenKind.Greater or TokenKind.GreaterOrEqual:
                return Bounds.Compare(left, right) is { } order ? BoolConstant.Of(Bounds.Holds(op, order)) : Invalid(left, right, source);
            case TokenKind.LogicalAnd or TokenKind.LogicalOr:
                return Logical(op, left, right, source);
            case TokenKind.Match or TokenKind.NotMatch:
                return Match(evaluator, op, left, right, source);
            case TokenKind.Add or TokenKind.Subtract or TokenKind.Multiply or TokenKind.Divide when left is NumberConstant a && right is NumberConstant b:
                evaluator.Step(Steps(a.Value, b.Value));
                return Numbers(op, a, b, source);
            case TokenKind.Subtract:
                return Both(left is NumberConstant ? null : Unsuited(left, "type number in -", source, source.LeftPlaces), right is NumberConstant ? null : Unsuited(right, "type number in -", source, source.RightPlaces))!;
            case TokenKind.Add:
                return Concatenate(left, right, source);
            case TokenKind.Multiply:
                return Repeat(left, right, source);
            default:
                return Invalid(left, right, source);
        }
    }

    private static Bottom Invalid(Value left, Value right, Operation source) =>
        new(CueErrorCode.Eval, $"invalid operands {ValueText.Describe(left)} and {ValueText.Describe(right)} to '{Operators.Text(source.Operator)}' (type {left.Kind.Text()} and {right.Kind.Text()})", At(source, [.. source.LeftPlaces, .. source.RightPlaces]));

    private static Bottom Unsuited(Value value, string type, Operation source, IEnumerable<Position> places) =>
        new(CueErrorCode.Eval, $"cannot use {ValueText.Describe(value)} (type {value.Kind.Text()}) as {type}", At(source, places));

    private static IReadOnlyList<Position> At(Operation source, IEnumerable<Position> places) => ErrorPositions.Primary(source.Position, ErrorPositions.Sort(places));

    private static Bottom? Both(Bottom? left, Bottom? right) => left is null ? right : right is null ? left : Bottom.Join(left, right);

    private static Value Logical(TokenKind op, Value left, Value right, Operation source)
    {
        var type = "type bool in " + Operators.Text(op);
        if (left is BoolConstant first && first.Value == (op == TokenKind.LogicalOr))
            return first;
        var wrongLeft = left is BoolConstant ? null : Unsuited(left, type, source, source.LeftPlaces);
        if (wrongLeft is not null && op == TokenKind.LogicalAnd)
            return wrongLeft;
        return Both(wrongLeft, right is BoolConstant ? null : Unsuited(right, type, source, source.RightPlaces)) ?? right;
    }

    private static Value Match(Evaluator evaluator, TokenKind op, Value left, Value right, Operation source)
    {
        var error = Both(
            left is StringConstant ? null : Unsuited(left, "type string in " + Operators.Text(op), source, source.LeftPlaces),
            right is StringConstant or BytesConstant ? null : Unsuited(right, "type (string|bytes)", source, source.RightPlaces));
        if (error is not null)
            return error;
        if ((Regexes.InvalidText((Constant)right) ?? Regexes.Error(evaluator, (Constant)right)) is { } syntax)
            return new Bottom(CueErrorCode.Eval, $"invalid regexp: {syntax}", [source.Position]) { Reason = CueErrorReason.RegularExpression };
        return BoolConstant.Of(Regexes.IsMatch(evaluator, (Constant)right, left) == (op == TokenKind.Match));
    }

    /// <summary>What an operation on two numbers counts: integers have no bound but the budget.</summary>
    public static int Steps(BigDecimal left, BigDecimal right) =>
        (int)(((left.DigitCount + (long)right.DigitCount) >> 7) + (((long)left.DigitCount * right.DigitCount) >> 21));

    private static Value Numbers(TokenKind op, NumberConstant left, NumberConstant right, Operation source)
    {
        var kind = left.Kind == CueKind.Int && right.Kind == CueKind.Int ? CueKind.Int : CueKind.Float;
        BigDecimal result;
        DecimalError error;
        switch (op)
        {
            case TokenKind.Add:
                error = DecimalArithmetic.Add(left.Value, right.Value, out result);
                break;
            case TokenKind.Subtract:
                error = DecimalArithmetic.Subtract(left.Value, right.Value, out result);
                break;
            case TokenKind.Multiply:
                error = DecimalArithmetic.Multiply(left.Value, right.Value, out result);
                break;
            default:
                error = DecimalArithmetic.Divide(left.Value, right.Value, out result);
                kind = CueKind.Float;
                break;
        }

        if (error != default)
            return new Bottom(CueErrorCode.Eval, $"failed arithmetic: {error.Message()}", [source.Position]);
        return new NumberConstant(result, kind);
    }

    private static Value Concatenate(Value left, Value right, Operation source)
    {
        switch (left, right)
        {
            case (StringConstant a, StringConstant b):
                return a.Value.Length + (long)b.Value.Length > MaxRepeatedLength ? TooLong("string") : new StringConstant(a.Value + b.Value);
            case (BytesConstant a, BytesConstant b):
                return a.Value.Length + (long)b.Value.Length > MaxRepeatedLength ? TooLong("bytes") : new BytesConstant([.. a.Value, .. b.Value]);
            case (Vertex { Kind: CueKind.List }, Vertex { Kind: CueKind.List }):
                return new Bottom(CueErrorCode.Eval, "Addition of lists is superseded by list.Concat; see https://cuelang.org/e/v0.11-list-arithmetic", [source.Position]);
            default:
                return Invalid(left, right, source);
        }

        Bottom TooLong(string kind) => new(CueErrorCode.Eval, $"{kind} is longer than {MaxRepeatedLength} bytes", [source.Position]);
    }

    private static Value Repeat(Value left, Value right, Operation source)
    {
        var (text, times) = left is NumberConstant && right is not NumberConstant ? (right, left) : (left, right);
        if (text is Vertex { Kind: CueKind.List } && times is NumberConstant)
            return new Bottom(CueErrorCode.Eval, "Multiplication of lists is superseded by list.Repeat; see https://cuelang.org/e/v0.11-list-arithmetic", [source.Position]);
        if (text is not (StringConstant or BytesConstant) || times is not NumberConstant { Kind: CueKind.Int } number)
            return Invalid(left, right, source);
        var kind = text is StringConstant ? "string" : "bytes";
        if (number.Value.Sign < 0)
            return new Bottom(CueErrorCode.Eval, $"cannot convert negative number to uint64", [source.Position]);
        var length = text is StringConstant characters ? characters.Value.Length : ((BytesConstant)text).Value.Length;
        if (!number.Value.TryToInt64(out var count) || count > MaxRepetitions)
            return new Bottom(CueErrorCode.Eval, $"{kind} multiplication count {number.Value} exceeds limit of {MaxRepetitions}", [source.Position]);
        if (count * length > MaxRepeatedLength)
            throw new BudgetExceededException($"multiplied {kind} is too long");
        if (text is BytesConstant bytes)
        {
            var result = new byte[bytes.Value.Length * (int)count];
            for (var i = 0; i < count; i++)
                bytes.Value.CopyTo(result, i * bytes.Value.Length);
            return new BytesConstant(result);
        }

        var builder = new StringBuilder();
        for (var i = 0; i < count; i++)
            builder.Append(((StringConstant)text).Value);
        return new StringConstant(builder.ToString());
    }
}
