namespace DataMesh.Generators.Products;

/// <summary>The products of one package, without any position.</summary>
/// <param name="Package">What they share.</param>
/// <param name="Products">In the order of the schema.</param>
internal sealed record PackageProducts(ProductPackage Package, EquatableArray<Product> Products);
