using System.Text;
using DataMesh.Cue.RegularExpressions;
using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Values;

/// <summary>Regular expressions in bounds and comparisons, compiled once an evaluation.</summary>
internal sealed class Regexes
{
    private readonly Dictionary<string, (RegularExpression? Expression, string? Error)> _cache = new(StringComparer.Ordinal);

    /// <summary>What is wrong with a bound as a pattern, which is told once something is to match it; null when nothing is.</summary>
    public static Bottom? Invalid(Evaluator evaluator, BoundValue bound, Position position) =>
        bound is { Operator: TokenKind.Match or TokenKind.NotMatch, Operand: StringConstant or BytesConstant } && Error(evaluator, (Constant)bound.Operand) is { } error
            ? new Bottom(CueErrorCode.Eval, $"invalid regexp: {error}", [position]) { Reason = CueErrorReason.RegularExpression }
            : null;

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
