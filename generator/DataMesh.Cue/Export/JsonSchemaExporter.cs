using DataMesh.Cue.Values;

namespace DataMesh.Cue.Export;

/// <summary>How a JSON Schema is made.</summary>
public sealed class JsonSchemaOptions
{
    /// <summary>The defaults: what JSON Schema cannot say is an error.</summary>
    public static JsonSchemaOptions Default { get; } = new();

    /// <summary>The schema's <c>$id</c>; none by default.</summary>
    public string? Id { get; init; }

    /// <summary>
    /// Whether a constraint that JSON Schema cannot say is written as a <c>$comment</c> where it belongs, and the schema
    /// accepts more than the CUE value does. By default it is an error.
    /// </summary>
    public bool AnnotateUnsupported { get; init; }
}

/// <summary>
/// A value as a JSON Schema (draft 2020-12) that accepts the JSON documents that the value does. Definitions that it refers
/// to are <c>$defs</c>. JSON Schema compares numbers and not their spelling, so <c>1</c> and <c>1.0</c> are the same there, an
/// <c>int</c>; and where several structs of a disjunction take a document but for fields that it lacks, CUE cannot choose
/// and refuses it, while the schema is content with the one that is complete.
/// </summary>
public static class JsonSchemaExporter
{
    /// <param name="value">A definition, any other value, or a package: then all its definitions are <c>$defs</c>, and its regular fields the document's.</param>
    /// <param name="jsonSchema">The schema as compact JSON, or empty.</param>
    /// <param name="error">What JSON Schema cannot say, at its path, or what is wrong with the value.</param>
    /// <param name="options">The form of the schema.</param>
    public static bool TryExport(CueValue value, out string jsonSchema, out CueError? error, JsonSchemaOptions? options = null)
    {
        jsonSchema = "";
        IReadOnlyList<CueError> errors = value.Validate();
        error = errors.Count > 0 ? errors[0] : null;
        if (error is not null)
            return false;
        try
        {
            jsonSchema = new JsonSchemaGenerator(value, options ?? JsonSchemaOptions.Default).Document().ToString();
            return true;
        }
        catch (SchemaException e)
        {
            error = e.Error;
            return false;
        }
        catch (Exception e) when (e is BudgetExceededException or InsufficientExecutionStackException)
        {
            error = new CueError(CueErrorCode.Budget, "the JSON Schema is too large", value.Path, []);
            return false;
        }
    }
}
