namespace DataMesh.Generators.Products.Building;

/// <summary>What the names in a package's products are made of; everything that the project file decides.</summary>
/// <param name="Package">The CUE package; empty for a file without package clause.</param>
/// <param name="Namespace">The C# namespace.</param>
/// <param name="TypeName">The class for what the products share.</param>
/// <param name="NamespaceOfImport">The C# namespace of an imported package, by its path as written; null when it is none of the project's.</param>
/// <param name="DisplayName">A file's name as errors show it at run time, by its path.</param>
/// <param name="FirstFile">The path of the file that errors without a place are shown in.</param>
internal sealed record PackageNames(
    string Package,
    string Namespace,
    string TypeName,
    Func<string, string?> NamespaceOfImport,
    Func<string, string> DisplayName,
    string FirstFile);
