using DataMesh.Generators.Products;

namespace DataMesh.Generators.Emission;

/// <summary>Writes what is constant about a product: its descriptor, its part of the OpenAPI document, the start of its events.</summary>
internal static class DescriptorEmitter
{
    // public static global::DataMesh.DataProductDescriptor Descriptor { get; } = new() { Definition = "#Identity", ... };
    public static void Emit(CodeWriter code, Product product)
    {
        code.Line("/// <inheritdoc/>");
        using (code.Block("public static global::DataMesh.DataProductDescriptor Descriptor { get; } = new()", ";"))
        {
            code.Line($$"""
                Definition = {{CSharp.String(product.Definition)}},
                Package = {{CSharp.String(product.Package)}},
                EventType = {{CSharp.String(product.Event.Type)}},
                EventSource = {{CSharp.String(product.Event.Source)}},
                DataSchema = {{CSharp.StringOrNull(product.Event.DataSchema)}},
                OpenApiSchemas = {{CSharp.Utf8(product.OpenApiSchemas)}}.ToArray(),
                OpenApiDocument = global::{{TypeNames.Namespace(product.PackageType)}}.OpenApiDocument,
                EnvelopePrefix = {{CSharp.Utf8(EnvelopePrefix(product.Event))}}.ToArray(),
                """);
        }
    }

    /// <summary>The attributes of a structured-mode event that are the same for every event of the product.</summary>
    private static string EnvelopePrefix(EventNames names)
    {
        string prefix = $"{{\"specversion\":\"1.0\",\"type\":{CSharp.Json(names.Type)},\"datacontenttype\":\"application/json\"";
        return names.DataSchema is null ? prefix : $"{prefix},\"dataschema\":{CSharp.Json(names.DataSchema)}";
    }
}
