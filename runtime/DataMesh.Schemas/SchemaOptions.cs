namespace DataMesh.Schemas;

/// <summary>How much work a schema and its documents may take.</summary>
public sealed record SchemaOptions
{
    /// <summary>The steps that evaluating the schema itself may take.</summary>
    public long MaxSchemaSteps { get; init; } = 50_000_000;

    /// <summary>The steps that one document may take. One that takes more is refused with <see cref="ValidationCodes.Limit"/>.</summary>
    public long MaxDocumentSteps { get; init; } = 5_000_000;

    /// <summary>The time that one document may take, whatever else the machine does; refused in the same way.</summary>
    public TimeSpan MaxDocumentTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many documents are evaluated at a time; others wait for their turn.</summary>
    public int MaxConcurrency { get; init; } = Environment.ProcessorCount;
}

/// <summary>A schema cannot be served. The message has every error with file, line and column, as <c>cue</c> prints them.</summary>
public sealed class SchemaException(string message) : Exception(message);
