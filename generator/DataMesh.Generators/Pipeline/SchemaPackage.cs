using DataMesh.Generators.Products;

namespace DataMesh.Generators.Pipeline;

/// <summary>One CUE package of the project with everything it imports: what one compilation needs, and nothing more.</summary>
/// <param name="Directory">The folder it is in.</param>
/// <param name="Name">The name of the package clause; null for a file without one, which is a package by itself.</param>
/// <param name="Files">Its files, by path.</param>
/// <param name="Imports">The packages of the project that it imports, directly or not, by import path.</param>
internal sealed record SchemaPackage(
    string Directory,
    string? Name,
    EquatableArray<SchemaFile> Files,
    EquatableArray<ImportedPackage> Imports)
{
    /// <summary>The C# namespace that the project file asks for; null when it does not.</summary>
    public string? Namespace => NamespaceOf(Files);

    internal static string? NamespaceOf(EquatableArray<SchemaFile> files)
    {
        foreach (SchemaFile file in files)
            if (file.Namespace is not null)
                return file.Namespace;
        return null;
    }
}

/// <summary>A package of the project as others import it.</summary>
/// <param name="ImportPath">The path in its canonical form, without version and with the package's name: <c>example.com/shop/common:common</c>.</param>
/// <param name="Name">The package's name.</param>
/// <param name="Files">Its files, by path.</param>
internal sealed record ImportedPackage(string ImportPath, string Name, EquatableArray<SchemaFile> Files)
{
    /// <inheritdoc cref="SchemaPackage.Namespace"/>
    public string? Namespace => SchemaPackage.NamespaceOf(Files);
}
