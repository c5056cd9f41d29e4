using DataMesh.Cue.Binding;
using DataMesh.Cue.Export;
using DataMesh.Cue.Values;
using DataMesh.Generators.Diagnostics;

namespace DataMesh.Generators.Products.Building;

/// <summary>The one door from an evaluated CUE package to products: every public definition becomes one.</summary>
/// <param name="model">The package, evaluated.</param>
/// <param name="diagnostics">Takes what is not enforced, and names that collide.</param>
/// <param name="cancellation">Ends the work early.</param>
internal sealed class ProductBuilder(SchemaModel model, ICollection<DiagnosticInfo> diagnostics, CancellationToken cancellation)
{
    public BuiltPackage Build()
    {
        PackageNames names = model.Names;
        var definitions = new List<OpenApiDocument.Definition>();
        var types = new List<DeclaredType>();
        foreach ((Vertex definition, string name) in model.Definitions)
        {
            cancellation.ThrowIfCancellationRequested();
            string type = Namespaces.FullName(names.Namespace, name);
            definitions.Add(new OpenApiDocument.Definition(definition.Label.Text.TrimStart('#'), type, Build(definition, name), ShapeBuilder.DocumentationOf(definition)));
            types.Add(new DeclaredType(
                type,
                names.Package.Length == 0 ? definition.Label.Text : definition.Label.Text + " of package " + names.Package,
                model.Range(ShapeBuilder.LabelPosition(definition))));
        }

        var package = new ProductPackage(names.Package, names.Namespace, names.TypeName, model.OpenApi() ?? OpenApiDocument.Write(definitions));
        var openApi = new OpenApiSchemas(package.OpenApiDocument);
        return new BuiltPackage(package, definitions.Select(definition => Product(definition, package, openApi)).ToEquatableArray(), types.ToEquatableArray());
    }

    private Shape Build(Vertex definition, string typeName)
    {
        IReadOnlyList<SiblingReference> siblings = SiblingReferences.In(model.Files, definition.Label, cancellation);
        foreach (SiblingReference sibling in siblings)
            diagnostics.Add(DiagnosticCatalogue.Unsupported(
                model.Range(sibling.Reference.Position), sibling.Path, "it refers to " + ExprText.Source(sibling.Reference) + " of the same value"));

        // What waits for a sibling was just reported with a better place.
        return new ShapeBuilder(model, definition.Label.Text, reportIncomplete: siblings.Count == 0, diagnostics, cancellation)
            .Definition(definition, typeName);
    }

    private static Product Product(OpenApiDocument.Definition definition, ProductPackage package, OpenApiSchemas openApi) => new(
        "#" + definition.Name,
        package.Package,
        package.Namespace,
        new EventNames(package.Package.Length == 0 ? definition.Name : package.Package + "." + definition.Name, "/" + package.Package),
        openApi.For(definition.Name),
        Namespaces.FullName(package.Namespace, package.TypeName),
        definition.Shape,
        definition.TypeName.Substring(definition.TypeName.LastIndexOf('.') + 1),
        definition.Documentation);
}
