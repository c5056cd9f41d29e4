using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Binding;

/// <summary>A package of CUE sources that an import refers to.</summary>
public sealed class CuePackage(string importPath, string name, IReadOnlyList<CueFile> files)
{
    /// <summary>The path that it is imported by, without the name of the package.</summary>
    public string ImportPath { get; } = importPath;

    /// <summary>The name of its package clause.</summary>
    public string Name { get; } = name;

    /// <summary>Its parsed files, in the order of their names.</summary>
    public IReadOnlyList<CueFile> Files { get; } = files;
}

/// <summary>
/// Finds imported packages. It holds all input and output, so that the compiler needs none; packages of the standard
/// library are not asked for.
/// </summary>
public interface IPackageLoader
{
    /// <summary>The package for an import path as written (with <c>:name</c> where given); null when there is none.</summary>
    CuePackage? Load(string importPath);
}

/// <summary>What the binder has to know about the packages that are built in.</summary>
internal interface IBuiltinCatalog
{
    /// <summary>The paths of the standard packages.</summary>
    IEnumerable<string> Packages { get; }

    /// <summary>Whether a standard package exists, such as <c>strings</c> or <c>encoding/json</c>.</summary>
    bool HasPackage(string path);

    /// <summary>Whether a predeclared identifier exists: a type or a function, without underscores.</summary>
    bool HasPredeclared(string name);

    /// <summary>Whether a predeclared identifier is a type.</summary>
    bool IsType(string name);
}
