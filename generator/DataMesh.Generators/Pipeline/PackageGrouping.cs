using System.Collections.Immutable;
using DataMesh.Cue.Syntax;
using DataMesh.Generators.Products;

namespace DataMesh.Generators.Pipeline;

/// <summary>
/// Files to packages, as CUE has it: the files of one folder with the same package clause are one package; a file without a
/// clause is one by itself; imports are looked up below the folder that holds <c>cue.mod/module.cue</c>.
/// </summary>
internal sealed class PackageGrouping
{
    private readonly List<(string Directory, string ModulePath)> _modules = [];
    private readonly SortedDictionary<string, List<SchemaFile>> _packages = new(StringComparer.Ordinal);

    private PackageGrouping(ImmutableArray<SchemaFile> files, CancellationToken cancellation)
    {
        foreach (SchemaFile file in files.OrderBy(static file => file.Path, StringComparer.Ordinal))
        {
            cancellation.ThrowIfCancellationRequested();
            if (file.IsModuleFile)
            {
                if (ModuleFile.PathOf(file) is { } modulePath)
                    _modules.Add((file.Directory.Substring(0, file.Directory.Length - "/cue.mod".Length), modulePath));
                continue;
            }
            string key = file.PackageName is { } name ? Key(file.Directory, name) : file.Path;
            if (!_packages.TryGetValue(key, out List<SchemaFile>? members))
                _packages.Add(key, members = []);
            members.Add(file);
        }
    }

    /// <summary>All packages of the files, in ordinal order, so that each keeps its place while others change.</summary>
    public static ImmutableArray<SchemaPackage> Group(ImmutableArray<SchemaFile> files, CancellationToken cancellation)
    {
        var grouping = new PackageGrouping(files, cancellation);
        var packages = ImmutableArray.CreateBuilder<SchemaPackage>(grouping._packages.Count);
        foreach (List<SchemaFile> members in grouping._packages.Values)
        {
            cancellation.ThrowIfCancellationRequested();
            SchemaFile first = members[0];
            packages.Add(new SchemaPackage(
                first.Directory, first.PackageName, members.ToEquatableArray(), grouping.ImportsOf(members, cancellation)));
        }
        return packages.ToImmutable();
    }

    private static string Key(string directory, string name) => directory + ":" + name;

    /// <summary>Everything that the files import from the project, closed over imports of imports.</summary>
    private EquatableArray<ImportedPackage> ImportsOf(List<SchemaFile> files, CancellationToken cancellation)
    {
        var found = new SortedDictionary<string, ImportedPackage>(StringComparer.Ordinal);
        var pending = new Queue<SchemaFile>(files);
        while (pending.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            SchemaFile file = pending.Dequeue();
            foreach (ImportSpec import in file.Syntax.File.Imports)
            {
                ImportPath path = ImportPath.Parse(import.PathValue);
                if (found.ContainsKey(path.Canonical) || Find(file, path) is not { } members)
                    continue;
                found.Add(path.Canonical, new ImportedPackage(path.Canonical, path.PackageName, members.ToEquatableArray()));
                foreach (SchemaFile member in members)
                    pending.Enqueue(member);
            }
        }
        return found.Values.ToEquatableArray();
    }

    /// <summary>The files of an imported package; null when it is none of the project's.</summary>
    private List<SchemaFile>? Find(SchemaFile importer, ImportPath path)
    {
        // The innermost module around the importing file: modules nest as folders do.
        (string Directory, string ModulePath)? module = null;
        foreach ((string Directory, string ModulePath) candidate in _modules)
            if (IsWithin(importer.Directory, candidate.Directory) && candidate.Directory.Length >= (module?.Directory.Length ?? 0))
                module = candidate;
        if (module is not { } root)
            return null;
        string directory;
        if (string.Equals(path.Path, root.ModulePath, StringComparison.Ordinal))
            directory = root.Directory;
        else if (path.Path.StartsWith(root.ModulePath + "/", StringComparison.Ordinal))
            directory = root.Directory + path.Path.Substring(root.ModulePath.Length);
        else
            return null;
        return _packages.TryGetValue(Key(directory, path.PackageName), out List<SchemaFile>? members) ? members : null;
    }

    private static bool IsWithin(string directory, string root) =>
        directory.StartsWith(root, StringComparison.Ordinal) && (directory.Length == root.Length || directory[root.Length] == '/');
}
