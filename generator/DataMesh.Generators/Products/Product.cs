namespace DataMesh.Generators.Products;

/// <summary>
/// One CUE definition as C# sees it: everything that its generated file needs, and nothing more. Two equal products have
/// equal files, so there are no text positions here.
/// </summary>
/// <param name="Definition">The name in CUE, <c>#Identity</c>.</param>
/// <param name="Package">The CUE package; empty for a file without package clause.</param>
/// <param name="Namespace">The C# namespace; empty for the global one.</param>
/// <param name="Event">How events that carry the product are marked.</param>
/// <param name="OpenApiSchemas">The product's JSON object for <c>components.schemas</c>: itself and what it refers to.</param>
/// <param name="PackageType">Full C# name of the class made from <see cref="ProductPackage"/>, without <c>global::</c>.</param>
/// <param name="Shape">
/// What the definition stands for: <see cref="StructShape"/> gives a record, <see cref="EnumShape"/> an enum,
/// <see cref="UnionShape"/> a closed hierarchy, every other shape a wrapper around one value. Its type name is the product's.
/// </param>
/// <param name="Documentation">The definition's doc comment, lines separated by <c>\n</c>.</param>
internal sealed record Product(
    string Definition,
    string Package,
    string Namespace,
    EventNames Event,
    string OpenApiSchemas,
    string PackageType,
    Shape Shape,
    string Name,
    string? Documentation = null);

/// <summary>The CloudEvents attributes that are constant for a product.</summary>
/// <param name="Type"><c>type</c>: <c>people.Identity</c>.</param>
/// <param name="Source"><c>source</c>, a URI-reference.</param>
/// <param name="DataSchema"><c>dataschema</c>, an absolute URI, or null.</param>
internal sealed record EventNames(string Type, string Source, string? DataSchema = null);

/// <summary>What belongs to a CUE package rather than to one of its products: one generated file a package.</summary>
/// <param name="Package">The CUE package; empty for files without package clause.</param>
/// <param name="Namespace">The C# namespace.</param>
/// <param name="TypeName">The name of the generated class, unique in the namespace.</param>
/// <param name="OpenApiDocument">The text that <c>cue export --out openapi</c> gives.</param>
internal sealed record ProductPackage(string Package, string Namespace, string TypeName, string OpenApiDocument);
