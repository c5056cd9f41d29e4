using System.Collections.Immutable;

namespace DataMesh;

/// <summary>The verdict on one value: every error, or none.</summary>
public sealed class ValidationResult
{
    /// <summary>The result without errors; shared, so a valid verdict allocates nothing.</summary>
    public static ValidationResult Valid { get; } = new([]);

    private ValidationResult(ImmutableArray<ValidationError> errors) => Errors = errors;

    /// <summary>Every error, in the order of <c>cue vet</c>; empty when the value is valid.</summary>
    public ImmutableArray<ValidationError> Errors { get; }

    /// <summary>True when no constraint is broken.</summary>
    public bool IsValid => Errors.IsEmpty;

    /// <summary>The result for a list of errors; <see cref="Valid"/> when the list is empty.</summary>
    public static ValidationResult From(ImmutableArray<ValidationError> errors) =>
        errors.IsDefaultOrEmpty ? Valid : new ValidationResult(errors);

    /// <exception cref="ValidationException">There is at least one error.</exception>
    public void ThrowIfInvalid()
    {
        if (!IsValid)
            throw new ValidationException(this);
    }

    /// <summary>One line an error, as <c>cue vet</c> words it; empty when valid.</summary>
    public override string ToString() => string.Join('\n', Errors);
}

/// <summary>A value was to be published, or was required to be valid, and is not.</summary>
public sealed class ValidationException(ValidationResult result) : Exception(result.ToString())
{
    /// <summary>The errors.</summary>
    public ValidationResult Result { get; } = result;
}
