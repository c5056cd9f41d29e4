using DataMesh.Generators.Diagnostics;
using DataMesh.Generators.Products;

namespace DataMesh.Generators.Pipeline;

/// <summary>What became of one package. The two halves go separate ways: sources are made from products alone.</summary>
/// <param name="Products">What C# is made from; null when nothing of the package is known.</param>
/// <param name="Diagnostics">What is reported, by position.</param>
internal sealed record PackageCompilation(PackageProducts? Products, EquatableArray<DiagnosticInfo> Diagnostics);

/// <summary>The products of one package, without any position.</summary>
/// <param name="Package">What they share.</param>
/// <param name="Products">In the order of the schema.</param>
internal sealed record PackageProducts(ProductPackage Package, EquatableArray<Product> Products);
