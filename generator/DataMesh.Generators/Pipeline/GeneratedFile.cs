using System.Collections.Immutable;
using DataMesh.Generators.Emission;
using DataMesh.Generators.Products;

namespace DataMesh.Generators.Pipeline;

/// <summary>One file to be generated: what it is made from and the name it is added under.</summary>
/// <param name="HintName">Unique without regard to case; <c>MyApp.People.Identity.g.cs</c>.</param>
/// <param name="Product">What the file holds when it is a product's; null otherwise.</param>
/// <param name="Package">What the file holds when it is a package's; null otherwise.</param>
internal sealed record GeneratedFile(string HintName, Product? Product, ProductPackage? Package)
{
    private const string Extension = ".g.cs";

    /// <summary>The C#.</summary>
    public string Emit() => Product is not null ? ProductEmitter.Emit(Product) : ProductEmitter.Emit(Package!);

    /// <summary>
    /// The files of all packages. Of two types with one name the first is generated; the second was reported, see
    /// <see cref="TypeCollisions"/>.
    /// </summary>
    public static ImmutableArray<GeneratedFile> For(EquatableArray<PackageProducts> packages, CancellationToken cancellation)
    {
        var types = new HashSet<string>(StringComparer.Ordinal);
        var hintNames = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var files = ImmutableArray.CreateBuilder<GeneratedFile>();
        foreach (PackageProducts package in packages)
        {
            cancellation.ThrowIfCancellationRequested();
            if (types.Add(Namespaces.FullName(package.Package.Namespace, package.Package.TypeName)))
                files.Add(new GeneratedFile(HintName(package.Package.Namespace, package.Package.TypeName), null, package.Package));
            foreach (Product product in package.Products)
                if (types.Add(Namespaces.FullName(product.Namespace, product.Name)))
                    files.Add(new GeneratedFile(HintName(product.Namespace, product.Name), product, null));
        }
        return files.ToImmutable();

        string HintName(string @namespace, string type)
        {
            string name = Namespaces.FullName(@namespace, type);
            string unique = name;
            for (int i = 2; !hintNames.Add(unique); i++)
                unique = name + "." + i.ToString(System.Globalization.CultureInfo.InvariantCulture);
            return unique + Extension;
        }
    }
}
