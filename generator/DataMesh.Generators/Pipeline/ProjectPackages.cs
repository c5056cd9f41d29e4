using DataMesh.Cue.Binding;
using DataMesh.Generators.Products;

namespace DataMesh.Generators.Pipeline;

/// <summary>The imports of one package, already found among the project's files: the compiler itself reads nothing.</summary>
internal sealed class ProjectPackages(EquatableArray<ImportedPackage> imports) : IPackageLoader
{
    public CuePackage? Load(string importPath)
    {
        ImportPath path = ImportPath.Parse(importPath);
        foreach (ImportedPackage import in imports)
            if (string.Equals(import.ImportPath, path.Canonical, StringComparison.Ordinal))
                return new CuePackage(path.Path, import.Name, [.. import.Files.Select(static file => file.Syntax.File)]);
        return null;
    }
}
