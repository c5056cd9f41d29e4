using DataMesh.Generators.Diagnostics;
using DataMesh.Generators.Products;
using DataMesh.Generators.Products.Building;

namespace DataMesh.Generators.Pipeline;

/// <summary>What became of one package. The parts go separate ways: sources are made from products alone.</summary>
/// <param name="Products">What C# is made from; null when nothing of the package is known.</param>
/// <param name="Types">The C# types of the products, with their places.</param>
/// <param name="Diagnostics">What is reported, by position.</param>
internal sealed record PackageCompilation(
    PackageProducts? Products,
    EquatableArray<DeclaredType> Types,
    EquatableArray<DiagnosticInfo> Diagnostics);
