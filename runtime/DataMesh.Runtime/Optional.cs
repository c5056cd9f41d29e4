namespace DataMesh;

/// <summary>
/// A member that may be absent, where null is a value of its own: absent, null and a value are three states.
/// </summary>
/// <typeparam name="T">The member's type, nullable.</typeparam>
public readonly record struct Optional<T>
{
    /// <summary>A member that is there.</summary>
    public Optional(T value)
    {
        HasValue = true;
        Value = value;
    }

    /// <summary>The member that is not there; also the default.</summary>
    public static Optional<T> Absent => default;

    /// <summary>True when the member is there, be it null.</summary>
    public bool HasValue { get; }

    /// <summary>The member's value; the type's default when it is not there.</summary>
    public T Value { get; }

    /// <summary>A member that is there.</summary>
    public static implicit operator Optional<T>(T value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => HasValue ? Value?.ToString() ?? "null" : "absent";
}
