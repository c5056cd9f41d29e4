using DataMesh.Cue.Numerics;
using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Values;

/// <summary>Bounds: whether a value keeps them, and what several of them amount to.</summary>
internal static class Bounds
{
    /// <summary>Whether a value satisfies a bound.</summary>
    public static bool Check(Evaluator evaluator, BoundValue bound, Value value)
    {
        if (bound.Operator is TokenKind.Equal or TokenKind.NotEqual)
            return Equality.AreEqual(evaluator, value, bound.Operand) == (bound.Operator == TokenKind.Equal);
        if (bound.Operator is TokenKind.Match or TokenKind.NotMatch)
            return Regexes.IsMatch(evaluator, (Constant)bound.Operand, value) == (bound.Operator == TokenKind.Match);
        return Compare(value, bound.Operand) is { } order && Holds(bound.Operator, order);
    }

    public static bool Holds(TokenKind op, int order) => op switch
    {
        TokenKind.Less => order < 0,
        TokenKind.LessOrEqual => order <= 0,
        TokenKind.Greater => order > 0,
        _ => order >= 0,
    };

    /// <summary>The order of two atoms of an ordered kind; null when they are not comparable.</summary>
    public static int? Compare(Value left, Value right) => (left, right) switch
    {
        (NumberConstant a, NumberConstant b) => a.Value.IsNaN || b.Value.IsNaN ? null : a.Value.CompareTo(b.Value),
        (StringConstant a, StringConstant b) => CompareUtf8(a.Value, b.Value),
        (BytesConstant a, BytesConstant b) => a.Value.AsSpan().SequenceCompareTo(b.Value),
        _ => null,
    };

    /// <summary>The order of the UTF-8 forms; UTF-16 order differs for surrogates.</summary>
    public static int CompareUtf8(string left, string right)
    {
        var count = Math.Min(left.Length, right.Length);
        for (var i = 0; i < count; i++)
        {
            var a = left[i];
            var b = right[i];
            if (a == b)
                continue;
            var aIsHigh = char.IsSurrogate(a);
            return aIsHigh == char.IsSurrogate(b) ? a.CompareTo(b) : aIsHigh ? 1 : -1;
        }

        return left.Length.CompareTo(right.Length);
    }

    /// <summary>Leaves the tightest bounds, and one of validators that are the same; bounds that nothing is between cancel each other.</summary>
    /// <returns>What is left, and what is wrong with the bounds.</returns>
    public static (Items<Located> Kept, IReadOnlyList<Bottom> Conflicts) Reduce(NodeState state)
    {
        if (state.Checks.Count < 2)
            return (state.Checks, []);
        var others = new List<Located>();
        var conflicts = new List<Bottom>();
        Located? lower = null;
        Located? upper = null;
        foreach (var check in state.Checks)
        {
            if (IsUpper(check.Value))
                upper = upper is not null && IsTighter((BoundValue)upper.Value, (BoundValue)check.Value) ? upper : check;
            else if (IsLower(check.Value))
                lower = lower is not null && IsTighter((BoundValue)lower.Value, (BoundValue)check.Value) ? lower : check;
            else if (others.FindIndex(other => IsSame(other.Value, check.Value)) is var same and >= 0)
                others[same] = check;
            else
                others.Add(check);
            if (lower is null || upper is null || Conflict(state, lower, upper, check) is not { } conflict)
                continue;
            conflicts.Add(conflict);
            lower = upper = null;
        }

        return (new([.. state.Checks.Where(check => ReferenceEquals(check, lower) || ReferenceEquals(check, upper) || others.Contains(check))]), conflicts);
    }

    /// <summary>Constraints in the order of messages: a lower and an upper bound, then the others.</summary>
    public static Items<Located> InOrder(Items<Located> checks) =>
        checks.Count < 2 ? checks : new([.. checks.OrderBy(static check => IsLower(check.Value) ? 0 : IsUpper(check.Value) ? 1 : 2)]);

    /// <summary>Whether a text need not be unequal to another one, because a pattern excludes that already.</summary>
    public static bool IsImplied(Evaluator evaluator, Located check, Items<Located> checks) =>
        check.Value is BoundValue { Operator: TokenKind.NotEqual, Operand: StringConstant unequal }
        && checks.Exists(other => other.Value is BoundValue { Operator: TokenKind.Match or TokenKind.NotMatch } pattern && !Check(evaluator, pattern, unequal));

    private static bool IsUpper(Value check) => check is BoundValue { Operator: TokenKind.Less or TokenKind.LessOrEqual };

    private static bool IsLower(Value check) => check is BoundValue { Operator: TokenKind.Greater or TokenKind.GreaterOrEqual };

    /// <summary>The value that types, bounds and validators amount to.</summary>
    /// <remarks>The order is that of messages: a lower and an upper bound, the others, and the type.</remarks>
    public static Value Simplify(Evaluator evaluator, NodeState state)
    {
        var (kept, conflicts) = Reduce(state);
        if (conflicts.Count > 0)
            return conflicts[0];
        var values = new List<Value>();
        var implied = CueKind.Top;
        foreach (var each in InOrder(kept))
        {
            if (each.Value is BoundValue { Operator: TokenKind.NotEqual, Operand: Constant } unequal && IsExcluded(evaluator, unequal, state))
                continue;
            implied &= each.Value.Kind;
            values.Add(each.Value);
        }

        var kind = state.Kind;
        if (kind != implied || values.Count == 0)
            values.Add(new TypeValue(kind));
        if (values.Count == 1)
            return values[0];

        // What a predeclared type brings is written nowhere, and comes last.
        var written = kept.Where(check => values.Contains(check.Value)).OrderBy(static check => check.Position.IsValid ? 0 : 1).ThenBy(static check => check.Position).Select(static check => check.Value);
        return new ConjunctionValue(kind, values) { Written = [.. written] };
    }

    private static bool IsSame(Value left, Value right) => (left, right) switch
    {
        (BoundValue a, BoundValue b) => a.Operator == b.Operator && a.Operand is Constant x && b.Operand is Constant y && x.SameAs(y),
        (ValidatorValue a, ValidatorValue b) => ReferenceEquals(a.Builtin, b.Builtin) && a.Arguments.Count == b.Arguments.Count
            && a.Arguments.Zip(b.Arguments, Equality.IsIdentical).All(static same => same),
        _ => false,
    };

    private static bool IsTighter(BoundValue candidate, BoundValue current)
    {
        if (Compare(candidate.Operand, current.Operand) is not { } order)
            return false;
        if (order == 0)
            return candidate.Operator != current.Operator && candidate.Operator is TokenKind.Less or TokenKind.Greater;
        return candidate.Operator is TokenKind.Less or TokenKind.LessOrEqual ? order < 0 : order > 0;
    }

    private static bool IsExcluded(Evaluator evaluator, BoundValue unequal, NodeState state)
    {
        foreach (var check in state.Checks)
        {
            if (check.Value is BoundValue { Operator: not (TokenKind.Equal or TokenKind.NotEqual), Operand: Constant } bound && !Check(evaluator, bound, unequal.Operand))
                return true;
        }

        return false;
    }

    /// <summary>The error when nothing is between two bounds, of which one came last.</summary>
    private static Bottom? Conflict(NodeState state, Located lower, Located upper, Located last)
    {
        var low = (BoundValue)lower.Value;
        var high = (BoundValue)upper.Value;
        if (Compare(low.Operand, high.Operand) is not { } order)
            return null;
        var isInteger = (state.Kind & CueKind.Number) == CueKind.Int;
        if (order < 0)
        {
            if (!isInteger)
                return null;
            var first = Integer((NumberConstant)low.Operand, low.Operator == TokenKind.Greater, up: true);
            var end = Integer((NumberConstant)high.Operand, high.Operator == TokenKind.Less, up: false);
            if (first <= end)
                return null;
            return low.Operator == TokenKind.Greater && high.Operator == TokenKind.Less ? Incompatible(low, high) : Incompatible(high, low);
        }

        if (order == 0 && low.Operator == TokenKind.GreaterOrEqual && high.Operator == TokenKind.LessOrEqual)
            return isInteger && low.Operand is NumberConstant { Value.IsInteger: false } ? Incompatible(high, low) : null;
        return Incompatible(high, low);

        Bottom Incompatible(BoundValue first, BoundValue second)
        {
            var kind = isInteger ? "integer" : low.Operand.Kind == CueKind.String ? "string" : low.Operand.Kind == CueKind.Bytes ? "bytes" : "number";
            var other = ReferenceEquals(last, lower) ? upper : lower;
            return new Bottom(CueErrorCode.Eval, $"incompatible {kind} bounds {ValueText.Describe(first)} and {ValueText.Describe(second)}", [last.Position, other.Position]) { Reason = CueErrorReason.Conflict };
        }
    }

    private static System.Numerics.BigInteger Integer(NumberConstant number, bool isStrict, bool up)
    {
        var whole = up ? number.Value.Ceiling() : number.Value.Floor();
        if (isStrict && number.Value.IsInteger)
            whole += up ? 1 : -1;
        return whole;
    }
}
