namespace DataMesh;

/// <summary>What is known of a data product at compile time. One static instance a generated type.</summary>
public sealed class DataProductDescriptor
{
    /// <summary>The definition's name in CUE, <c>#Identity</c>.</summary>
    public required string Definition { get; init; }

    /// <summary>The CUE package the definition is in; empty for a file without package clause.</summary>
    public required string Package { get; init; }

    /// <summary>The CloudEvents <c>type</c> attribute of events that carry this product, <c>people.Identity</c>.</summary>
    public required string EventType { get; init; }

    /// <summary>The CloudEvents <c>source</c> attribute used when the publisher sets none; a URI-reference.</summary>
    public required string EventSource { get; init; }

    /// <summary>The CloudEvents <c>dataschema</c> attribute, an absolute URI, or null when none was declared.</summary>
    public string? DataSchema { get; init; }

    /// <summary>The product's part of an OpenAPI 3.0 document: the JSON object that goes under <c>components.schemas</c>, UTF-8.</summary>
    public required ReadOnlyMemory<byte> OpenApiSchemas { get; init; }

    /// <summary>The complete OpenAPI document of the CUE package, equal to <c>cue export --out openapi</c>, UTF-8.</summary>
    public required ReadOnlyMemory<byte> OpenApiDocument { get; init; }

    /// <summary>
    /// The constant start of a structured-mode event, UTF-8: <c>{"specversion":"1.0","type":"people.Identity",...</c> without a
    /// trailing comma: <c>specversion</c>, <c>type</c>, <c>datacontenttype</c> and, when known, <c>dataschema</c>.
    /// </summary>
    public required ReadOnlyMemory<byte> EnvelopePrefix { get; init; }
}
