using System.Collections.Immutable;
using DataMesh.Generators.Diagnostics;
using DataMesh.Generators.Products.Building;

namespace DataMesh.Generators.Pipeline;

/// <summary>Finds types of one name, which CUE keeps apart by package or by case and C# does not.</summary>
internal static class TypeCollisions
{
    public static ImmutableArray<DiagnosticInfo> Find(ImmutableArray<PackageCompilation> packages, CancellationToken cancellation)
    {
        var declared = new Dictionary<string, DeclaredType>(StringComparer.Ordinal);
        var diagnostics = ImmutableArray.CreateBuilder<DiagnosticInfo>();
        foreach (PackageCompilation package in packages)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (DeclaredType type in package.Types)
            {
                if (declared.TryGetValue(type.FullName, out DeclaredType? first))
                    diagnostics.Add(DiagnosticCatalogue.CollidingTypes(type.Range, first.Origin, type.Origin, type.FullName));
                else
                    declared.Add(type.FullName, type);
            }
        }
        return diagnostics.ToImmutable();
    }
}
