using DataMesh.Cue.Syntax;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Export;

/// <summary>The order in which the constraints of a scalar are written.</summary>
internal static class WrittenConstraints
{
    /// <summary>
    /// The type, a range of numbers, other bounds in the order in which they came up, then validators. Of an int that is
    /// not negative in a range the type is shown as <c>uint</c>.
    /// </summary>
    public static IEnumerable<Value> Of(ConjunctionValue conjunction, out bool isUnsigned)
    {
        var written = conjunction.Written;
        var lower = Bound(written, TokenKind.GreaterOrEqual, TokenKind.Greater);
        var upper = Bound(written, TokenKind.LessOrEqual, TokenKind.Less);
        var isRange = lower is not null && upper is not null;
        isUnsigned = isRange && conjunction.Kind == CueKind.Int && lower!.Operand is NumberConstant { Value.Sign: >= 0 };
        var type = isUnsigned ? null : conjunction.Values.OfType<TypeValue>().FirstOrDefault();
        var isTypeLast = isRange && conjunction.Kind == CueKind.Float;
        var result = new List<Value>();
        if (type is not null && !isTypeLast)
            result.Add(type);
        if (isRange && !(isUnsigned && lower is { Operator: TokenKind.GreaterOrEqual, Operand: NumberConstant { Value.Sign: 0 } }))
            result.Add(lower!);
        if (isRange)
            result.Add(upper!);
        result.AddRange(written.OfType<BoundValue>().Where(bound => !isRange || (!ReferenceEquals(bound, lower) && !ReferenceEquals(bound, upper))));
        if (type is not null && isTypeLast)
            result.Add(type);
        result.AddRange(written.OfType<ValidatorValue>());
        return result;
    }

    private static BoundValue? Bound(IReadOnlyList<Value> values, TokenKind inclusive, TokenKind exclusive)
    {
        foreach (var value in values)
        {
            if (value is BoundValue { Operand: NumberConstant } bound && (bound.Operator == inclusive || bound.Operator == exclusive))
                return bound;
        }

        return null;
    }
}
