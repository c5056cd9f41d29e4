using System.Collections.Immutable;
using DataMesh.Json;

namespace DataMesh.Validation;

/// <summary>What hides what: of the findings about one document only those of the first class that has any are reported.</summary>
internal enum FindingClass
{
    Conflict,
    NotAllowed,
    Incomplete,
}

/// <summary>One thing that is wrong at one place.</summary>
internal sealed record Finding(
    FindingClass Class, string Code, Place? Place, string Message, string? Constraint = null, string? Schema = null)
{
    /// <summary>True for a list of another length.</summary>
    public bool IsListLength { get; init; }

    /// <summary>The findings of a failed disjunction, reported under its head line.</summary>
    public ImmutableArray<Finding> Causes { get; init; } = [];

    /// <summary>
    /// <c>conflicting values "x" and number (mismatched types string and number)</c>. A negative number comes last, as
    /// CUE evaluates it after its operand.
    /// </summary>
    public static Finding TypeConflict(Place? place, JsonNode value, string other, string otherKind, string? constraint = null, string? schema = null)
    {
        string shown = Show(place, value), kind = CueText.KindName(value);
        bool isNegative = value.Kind == JsonKind.Number && value.Text[0] == '-';
        string message = isNegative
            ? $"conflicting values {other} and {shown} (mismatched types {otherKind} and {kind})"
            : $"conflicting values {shown} and {other} (mismatched types {kind} and {otherKind})";
        return new Finding(FindingClass.Conflict, ValidationCodes.Conflict, place, message, constraint, schema);
    }

    /// <summary><c>conflicting values "a" and "b"</c></summary>
    public static Finding ValueConflict(Place? place, string first, string second, string? constraint = null, string? schema = null)
    {
        if (place is { IsPersonalData: true })
            second = CueText.Hidden;
        return new Finding(FindingClass.Conflict, ValidationCodes.Conflict, place, $"conflicting values {first} and {second}", constraint, schema);
    }

    /// <summary><c>incompatible list lengths (1 and 2)</c></summary>
    public static Finding ListLength(Place? place, int one, int other, string? schema = null) =>
        new(FindingClass.Conflict, ValidationCodes.Conflict, place,
            FormattableString.Invariant($"incompatible list lengths ({Math.Min(one, other)} and {Math.Max(one, other)})"), null, schema)
        { IsListLength = true };

    /// <summary><c>incomplete value string</c></summary>
    public static Finding Incomplete(Place? place, string what, string? schema) =>
        new(FindingClass.Incomplete, ValidationCodes.Incomplete, place, "incomplete value " + what, what, schema);

    /// <summary>The value, unless it is personal data.</summary>
    public static string Show(Place? place, JsonNode value) =>
        place is { IsPersonalData: true } ? CueText.Hidden : CueText.Value(value);
}

/// <summary>The findings about a document, or about one alternative of a disjunction.</summary>
internal sealed class Findings
{
    private readonly List<Finding> _all = [];

    public void Add(Finding finding) => _all.Add(finding);

    public void AddRange(IEnumerable<Finding> findings) => _all.AddRange(findings);

    /// <summary>True when something is not just missing: the value can never be valid.</summary>
    public bool HasFailed => _all.Exists(static f => f.Class != FindingClass.Incomplete);

    public bool IsEmpty => _all.Count == 0;

    /// <summary>The findings that are not hidden by others.</summary>
    public ImmutableArray<Finding> Visible
    {
        get
        {
            if (_all.Count == 0)
                return [];
            FindingClass first = _all.Min(static f => f.Class);
            return [.. _all.Where(f => f.Class == first)];
        }
    }

    /// <summary>The errors as users see them.</summary>
    /// <param name="findings">The visible findings.</param>
    /// <param name="definition">What every path starts with, <c>#Identity</c>.</param>
    public static ImmutableArray<ValidationError> ToErrors(ImmutableArray<Finding> findings, string definition)
    {
        var errors = ImmutableArray.CreateBuilder<ValidationError>();
        foreach (Finding finding in findings)
            Append(errors, finding, definition);
        return errors.ToImmutable();
    }

    private static void Append(ImmutableArray<ValidationError>.Builder errors, Finding finding, string definition)
    {
        errors.Add(new ValidationError(
            finding.Code, Place.Path(finding.Place, definition), Place.Pointer(finding.Place), finding.Message, finding.Constraint, finding.Schema));
        foreach (Finding cause in finding.Causes)
            Append(errors, cause, definition);
    }
}
