namespace DataMesh.Generators.Pipeline;

/// <summary>The names of the generator's incremental steps, all of them; tests and profilers find steps by these names.</summary>
public static class StepNames
{
    /// <summary>The project's properties that the generator reads.</summary>
    public const string Options = "DataMesh.Options";

    /// <summary>One <c>.cue</c> file: its path, text and metadata.</summary>
    public const string Files = "DataMesh.Files";

    /// <summary>All files regrouped: one value a CUE package, with the packages it imports.</summary>
    public const string Packages = "DataMesh.Packages";

    /// <summary>One compiled package: products and diagnostics.</summary>
    public const string Compilations = "DataMesh.Compilations";

    /// <summary>What is reported of packages that declare the same C# type.</summary>
    public const string Collisions = "DataMesh.Collisions";

    /// <summary>What one generated file is made from; holds no positions.</summary>
    public const string Products = "DataMesh.Products";

    /// <summary>What is reported of a package.</summary>
    public const string Diagnostics = "DataMesh.Diagnostics";

    /// <summary>The namespaces that generated types are in, for the global usings.</summary>
    public const string Namespaces = "DataMesh.Namespaces";
}
