using System.Text;
using DataMesh.Cue.Binding;
using DataMesh.Cue.RegularExpressions;

namespace DataMesh.Cue.Values;

/// <summary>Regular expressions in bounds and comparisons, compiled once an evaluation.</summary>
internal sealed class Regexes
{
    private readonly Dictionary<string, (RegularExpression? Expression, string? Error)> _cache = new(StringComparer.Ordinal);

    /// <summary>A bound for a pattern, or the error in it.</summary>
    public static Value Validate(Evaluator evaluator, BoundExpr bound, Constant pattern)
    {
        // What is no pattern is an error of the values that are to match it.
        if (pattern is not (StringConstant or BytesConstant))
            return new BoundValue(bound.Operator, pattern);
        return Error(evaluator, pattern) is { } error
            ? new Bottom(CueErrorCode.Eval, $"cannot parse regexp: {error}", [bound.Operand.Position])
            : new BoundValue(bound.Operator, pattern);
    }

    /// <summary>What is wrong with a pattern; null when nothing is.</summary>
    public static string? Error(Evaluator evaluator, Constant pattern) => evaluator.Regexes.Get(pattern).Error;

    /// <summary>What is wrong with bytes as a pattern, if they are no text.</summary>
    public static string? InvalidText(Constant pattern)
    {
        if (pattern is not BytesConstant bytes)
            return null;
        var text = Encoding.UTF8.GetString(bytes.Value);
        return Encoding.UTF8.GetBytes(text).SequenceEqual(bytes.Value) ? null : $"error parsing regexp: invalid UTF-8: `{text.Substring(text.IndexOf('\uFFFD'))}`";
    }

    /// <summary>Whether a text or bytes match a pattern.</summary>
    public static bool IsMatch(Evaluator evaluator, Constant pattern, Value value)
    {
        var expression = evaluator.Regexes.Get(pattern).Expression;
        return value switch
        {
            StringConstant text => expression?.IsMatch(text.Value) == true,
            BytesConstant bytes => expression?.IsMatch(bytes.Value.AsSpan()) == true,
            _ => false,
        };
    }

    private (RegularExpression? Expression, string? Error) Get(Constant pattern)
    {
        var text = pattern is StringConstant constant ? constant.Value : pattern is BytesConstant bytes ? Encoding.UTF8.GetString(bytes.Value) : "";
        if (_cache.TryGetValue(text, out var known))
            return known;
        var result = RegularExpression.TryParse(text, out var expression, out var error) ? (expression, (string?)null) : (null, error ?? "invalid");
        _cache.Add(text, result);
        return result;
    }
}
