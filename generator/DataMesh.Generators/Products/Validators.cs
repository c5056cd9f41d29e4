namespace DataMesh.Generators.Products;

/// <summary>
/// The validators of the standard packages that generated code enforces. A schema that uses another one is a diagnostic:
/// the builder asks here, and every name here is implemented by <c>DataMesh.Validation.Validators</c> in the runtime.
/// </summary>
internal static class Validators
{
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "strings.MinRunes", "strings.MaxRunes",
        "list.MinItems", "list.MaxItems", "list.UniqueItems",
        "struct.MinFields", "struct.MaxFields",
        "math.MultipleOf",
        "time.Time", "time.Duration",
        "uuid.Valid",
    };

    /// <summary>True when generated code enforces the function, <c>strings.MinRunes</c>.</summary>
    public static bool IsSupported(string name) => Names.Contains(name);
}
