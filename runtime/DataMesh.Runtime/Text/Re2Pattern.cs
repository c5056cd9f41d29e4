using DataMesh.Cue.RegularExpressions;

namespace DataMesh.Text;

/// <summary>
/// A regular expression with RE2's syntax and meaning, which are CUE's: not anchored, ASCII classes, time linear in the text
/// whatever the pattern. Unlike .NET's, it has neither backtracking nor a culture.
/// </summary>
public sealed class Re2Pattern
{
    private readonly RegularExpression _expression;

    /// <param name="pattern">The pattern, <c>^[A-Z]</c>.</param>
    /// <exception cref="ArgumentException">It is not an RE2 pattern.</exception>
    public Re2Pattern(string pattern)
    {
        if (!RegularExpression.TryParse(pattern, out RegularExpression? expression, out string? error))
            throw new ArgumentException(error, nameof(pattern));
        _expression = expression!;
    }

    /// <summary>The pattern.</summary>
    public string Pattern => _expression.Pattern;

    /// <summary>True when it matches anywhere in valid UTF-8. Allocates nothing once warm; safe on many threads.</summary>
    public bool IsMatch(ReadOnlySpan<byte> utf8) => _expression.IsMatch(utf8);

    /// <summary>True when it matches anywhere in the text.</summary>
    public bool IsMatch(ReadOnlySpan<char> text) => _expression.IsMatch(text);

    /// <summary>The pattern.</summary>
    public override string ToString() => Pattern;
}
