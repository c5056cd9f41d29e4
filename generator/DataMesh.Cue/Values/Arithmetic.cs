using System.Text;
using DataMesh.Cue.Binding;
using DataMesh.Cue.Numerics;
using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Values;

/// <summary>Binary operators on concrete values (specification: "Operators").</summary>
internal static class Arithmetic
{
    /// <summary>The longest text that multiplication makes, in bytes.</summary>
    public const int MaxRepeatedLength = 1 << 26;

    public static Value Compute(Evaluator evaluator, TokenKind op, Value left, Value right, BinaryExpr source)
    {
        switch (op)
        {
            case TokenKind.Equal or TokenKind.NotEqual:
                return BoolConstant.Of(Equality.AreEqual(evaluator, left, right) == (op == TokenKind.Equal));
            case TokenKind.Less or TokenKind.LessOrEqual or TokenKind.Greater or TokenKind.GreaterOrEqual:
                return Bounds.Compare(left, right) is { } order ? BoolConstant.Of(Bounds.Holds(op, order)) : Invalid(op, left, right, source);
            case TokenKind.LogicalAnd or TokenKind.LogicalOr:
                return Logical(op, left, right, source);
            case TokenKind.Match or TokenKind.NotMatch:
                return Match(evaluator, op, left, right, source);
            case TokenKind.Add or TokenKind.Subtract or TokenKind.Multiply or TokenKind.Divide when left is NumberConstant a && right is NumberConstant b:
                return Numbers(op, a, b, source);
            case TokenKind.Add:
                return Concatenate(left, right, source);
            case TokenKind.Multiply:
                return Repeat(left, right, source);
            default:
                return Invalid(op, left, right, source);
        }
    }

    private static Bottom Invalid(TokenKind op, Value left, Value right, BinaryExpr source) =>
        new(CueErrorCode.Eval, $"invalid operands {ValueText.Describe(left)} and {ValueText.Describe(right)} to '{Operators.Text(op)}' (type {left.Kind.Text()} and {right.Kind.Text()})", ErrorPositions.Sort([source.Left.Position, source.Right.Position]));

    private static Value Logical(TokenKind op, Value left, Value right, BinaryExpr source)
    {
        if (left is not BoolConstant first)
            return NoBool(left, [source.Position]);
        if (first.Value == (op == TokenKind.LogicalOr))
            return first;
        if (right is not BoolConstant second)
            return NoBool(right, ErrorPositions.Primary(source.Position, [source.Right.Position]));
        return second;

        Bottom NoBool(Value value, IReadOnlyList<Position> positions) =>
            new(CueErrorCode.Eval, $"cannot use {ValueText.Describe(value)} (type {value.Kind.Text()}) as type bool in {Operators.Text(op)}", positions);
    }

    private static Value Match(Evaluator evaluator, TokenKind op, Value left, Value right, BinaryExpr source)
    {
        if (left is not StringConstant)
            return new Bottom(CueErrorCode.Eval, $"cannot use {ValueText.Describe(left)} (type {left.Kind.Text()}) as type string in {Operators.Text(op)}", [source.Position]);
        if (right is not (StringConstant or BytesConstant))
            return new Bottom(CueErrorCode.Eval, $"cannot use {ValueText.Describe(right)} (type {right.Kind.Text()}) as type (string|bytes)", ErrorPositions.Primary(source.Position, [source.Right.Position]));

        if (Regexes.Error(evaluator, (Constant)right) is { } error)
            return new Bottom(CueErrorCode.Eval, $"error parsing regexp: {error}", [source.Right.Position]);
        return BoolConstant.Of(Regexes.IsMatch(evaluator, (Constant)right, left) == (op == TokenKind.Match));
    }

    private static Value Numbers(TokenKind op, NumberConstant left, NumberConstant right, BinaryExpr source)
    {
        var kind = left.Kind == CueKind.Int && right.Kind == CueKind.Int ? CueKind.Int : CueKind.Float;
        BigDecimal result;
        DecimalError error;
        if (kind == CueKind.Int && op != TokenKind.Divide && left.Value.TryToBigInteger(out var a) && right.Value.TryToBigInteger(out var b))
        {
            // Integers are exact, whatever their size; the budget for digits keeps products from growing without end.
            if (op == TokenKind.Multiply && left.Value.DigitCount + (long)right.Value.DigitCount > 100_000)
                return new Bottom(CueErrorCode.Eval, "failed arithmetic: overflow", ErrorPositions.Sort([source.Position]));
            return NumberConstant.Int(op == TokenKind.Add ? a + b : op == TokenKind.Subtract ? a - b : a * b);
        }

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

    private static Value Concatenate(Value left, Value right, BinaryExpr source)
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
                return Invalid(TokenKind.Add, left, right, source);
        }

        Bottom TooLong(string kind) => new(CueErrorCode.Eval, $"{kind} is longer than {MaxRepeatedLength} bytes", [source.Position]);
    }

    private static Value Repeat(Value left, Value right, BinaryExpr source)
    {
        if (left is NumberConstant && right is not NumberConstant)
            (left, right) = (right, left);
        if (left is Vertex { Kind: CueKind.List } && right is NumberConstant)
            return new Bottom(CueErrorCode.Eval, "Multiplication of lists is superseded by list.Repeat; see https://cuelang.org/e/v0.11-list-arithmetic", [source.Position]);
        if (left is not (StringConstant or BytesConstant) || right is not NumberConstant { Kind: CueKind.Int } number)
            return Invalid(TokenKind.Multiply, left, right, source);
        var kind = left is StringConstant ? "string" : "bytes";
        if (number.Value.Sign < 0)
            return new Bottom(CueErrorCode.Eval, $"cannot convert negative number to uint64", [source.Position]);
        var length = left is StringConstant text ? text.Value.Length : ((BytesConstant)left).Value.Length;
        if (!number.Value.TryToInt64(out var count) || count * Math.Max(1, length) > MaxRepeatedLength || count > MaxRepeatedLength)
            return new Bottom(CueErrorCode.Eval, $"{kind} multiplication count {number.Value} exceeds limit of {MaxRepeatedLength}", [source.Position]);
        if (left is BytesConstant bytes)
        {
            var result = new byte[bytes.Value.Length * (int)count];
            for (var i = 0; i < count; i++)
                bytes.Value.CopyTo(result, i * bytes.Value.Length);
            return new BytesConstant(result);
        }

        var builder = new StringBuilder();
        for (var i = 0; i < count; i++)
            builder.Append(((StringConstant)left).Value);
        return new StringConstant(builder.ToString());
    }
}
