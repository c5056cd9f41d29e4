using System.Text;
using System.Text.RegularExpressions;
using DataMesh.Cue.Binding;

namespace DataMesh.Cue.Values;

/// <summary>Regular expressions in bounds and comparisons.</summary>
internal static class Regexes
{
    private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<Evaluator, Dictionary<string, (Regex? Regex, string? Error)>> s_cache = new();

    /// <summary>A bound for a pattern, or the error in it.</summary>
    public static Value Validate(Evaluator evaluator, BoundExpr bound, Constant pattern)
    {
        if (pattern is not (StringConstant or BytesConstant))
            return new Bottom(CueErrorCode.Eval, $"cannot use {ValueText.Describe(pattern)} (type {pattern.Kind.Text()}) as type (string|bytes)", [bound.Operand.Position]);
        return Error(evaluator, pattern) is { } error
            ? new Bottom(CueErrorCode.Eval, $"cannot parse regexp: error parsing regexp: {error}", [bound.Operand.Position])
            : new BoundValue(bound.Operator, pattern);
    }

    /// <summary>What is wrong with a pattern; null when nothing is.</summary>
    public static string? Error(Evaluator evaluator, Constant pattern) => Get(evaluator, pattern).Error;

    /// <summary>Whether a text or bytes match a pattern.</summary>
    public static bool IsMatch(Evaluator evaluator, Constant pattern, Value value)
    {
        var text = value switch
        {
            StringConstant constant => constant.Value,
            BytesConstant bytes => Encoding.UTF8.GetString(bytes.Value),
            _ => null,
        };
        return text is not null && Get(evaluator, pattern).Regex?.IsMatch(text) == true;
    }

    private static (Regex? Regex, string? Error) Get(Evaluator evaluator, Constant pattern)
    {
        var text = pattern is StringConstant constant ? constant.Value : pattern is BytesConstant bytes ? Encoding.UTF8.GetString(bytes.Value) : "";
        var cache = s_cache.GetOrCreateValue(evaluator);
        if (cache.TryGetValue(text, out var known))
            return known;
        (Regex?, string?) result;
        try
        {
            result = (new Regex(text.Replace("(?P<", "(?<"), RegexOptions.CultureInvariant, TimeSpan.FromSeconds(10)), null);
        }
        catch (ArgumentException exception)
        {
            result = (null, exception.Message);
        }

        cache.Add(text, result);
        return result;
    }
}
