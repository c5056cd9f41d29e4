using DataMesh.Cue.Values;

namespace DataMesh.Cue.Builtins;

/// <summary>Every standard package.</summary>
internal static class StandardPackages
{
    public static IReadOnlyList<BuiltinPackage> All { get; } = [];
}
