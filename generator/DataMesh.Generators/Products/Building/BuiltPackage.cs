using DataMesh.Generators.Diagnostics;

namespace DataMesh.Generators.Products.Building;

/// <summary>A package as the builder made it.</summary>
/// <param name="Package">What the products share.</param>
/// <param name="Products">In the order of the schema; no positions.</param>
/// <param name="Types">The C# types of the products, with their places.</param>
internal sealed record BuiltPackage(ProductPackage Package, EquatableArray<Product> Products, EquatableArray<DeclaredType> Types);

/// <summary>A C# type that a package declares, and where: for the one check that needs all packages.</summary>
/// <param name="FullName">With its namespace.</param>
/// <param name="Origin">What it is made from, <c>#Identity of package people</c>.</param>
/// <param name="Range">The definition.</param>
internal sealed record DeclaredType(string FullName, string Origin, FileRange Range);
