using System.Collections.Immutable;
using DataMesh.Differential.Generation;

namespace DataMesh.Differential;

/// <summary>A package of one file, which can be shrunk.</summary>
/// <param name="Head">What stands first as it is, such as the experiments that are turned on.</param>
/// <param name="Imports">What it may use; what it does use is imported.</param>
internal sealed record Package(ImmutableArray<string> Head, ImmutableArray<Import> Imports, Fragment Declarations)
{
    /// <summary>What the package was made of: a difference that is there already is none of this one's.</summary>
    public Package? Origin { get; init; }

    /// <summary>The text of the file.</summary>
    public string Source
    {
        get
        {
            string text = Declarations.ToString();
            return string.Concat(Head.Select(static line => line + "\n"))
                + string.Concat(Imports.Where(import => text.Contains(import.Name + ".", StringComparison.Ordinal)).Select(static import => $"import {import.Spec}\n"))
                + text + "\n";
        }
    }

    /// <summary>A package without anything but declarations.</summary>
    public static Package Of(Fragment declarations) => new([], [], declarations);
}

/// <summary>An import: what is written behind the keyword, and the name that it is used by.</summary>
internal readonly record struct Import(string Spec, string Name)
{
    /// <summary>A package by its own name.</summary>
    public static Import Of(string path) => new($"\"{path}\"", path[(path.LastIndexOf('/') + 1)..]);
}
