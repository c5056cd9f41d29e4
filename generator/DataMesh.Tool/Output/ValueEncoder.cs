using System.Text;
using DataMesh.Cue.Export;
using DataMesh.Cue.Values;

namespace DataMesh.Tool.Output;

/// <summary>Values in the format that was asked for.</summary>
/// <param name="format">The format.</param>
/// <param name="cue">How CUE is printed.</param>
internal sealed class ValueEncoder(OutputFormat format, CueExportOptions cue)
{
    /// <summary>Whether JSON is safe inside HTML.</summary>
    public bool EscapesHtml { get; init; }

    /// <summary>The package clause of CUE that has none; null for none.</summary>
    public string? Package { get; init; }

    /// <summary>Whether OpenAPI leaves out what it has no words for.</summary>
    public bool OmitsUnsupported { get; init; }

    /// <exception cref="CommandException">The value is nothing that the format can hold.</exception>
    public byte[] Encode(CueValue value, CueInstance? instance)
    {
        var isEncoded = TryEncode(value, instance, out var text, out var error);
        if (!isEncoded)
            throw new CommandException([error!]);
        return format.Name == "binary" && value.AsBytes() is { } bytes ? bytes : Encoding.UTF8.GetBytes(text);
    }

    private bool TryEncode(CueValue value, CueInstance? instance, out string text, out CueError? error)
    {
        switch (format.Name)
        {
            case "json" or "jsonl":
                if (JsonExporter.TryExport(value, out text, out error))
                    text = JsonExporter.Indent(text, EscapesHtml);
                return error is null;
            case "yaml":
                return YamlExporter.TryExport(value, out text, out error);
            case "toml":
                return TomlExporter.TryExport(value, out text, out error);
            case "text" or "binary":
                return TryEncodeText(value, out text, out error);
            case "openapi":
                if (instance is null)
                    throw new CommandException("openapi is written for a package as a whole: it cannot be combined with expressions or schemas");
                if (OpenApiExporter.TryExport(instance, out text, out error, new OpenApiOptions { OmitsUnsupported = OmitsUnsupported }))
                    text = format.IsYaml ? YamlExporter.FromJson(text) : JsonExporter.Indent(text, EscapesHtml);
                else if (error!.Message.StartsWith("openapi: unsupported", StringComparison.Ordinal))
                    error = new CueError(error.Code, error.Message, "", error.Positions);
                return error is null;
            case "jsonschema":
                if (JsonSchemaExporter.TryExport(value, out text, out error))
                    text = format.IsYaml ? YamlExporter.FromJson(text) : JsonExporter.Indent(text, EscapesHtml);
                return error is null;
            default:
                return TryEncodeCue(value, instance, out text, out error);
        }
    }

    private bool TryEncodeCue(CueValue value, CueInstance? instance, out string text, out CueError? error)
    {
        if (instance is null && value.Error is { } missing)
        {
            // An expression that has no value yet; in a package it is shown as it is written.
            (text, error) = ($"_|_ // {missing.Message}\n", null);
            return true;
        }

        var isExported = instance is not null
            ? CueExporter.TryExport(instance, cue, out text, out error)
            : CueExporter.TryExport(value, cue, out text, out error);
        var hasClause = instance?.PackageName is not null && !cue.IsEvaluated;
        if (isExported && Package is not null && !hasClause)
            text = $"package {Package}\n\n{text}";
        return isExported;
    }

    private bool TryEncodeText(CueValue value, out string text, out CueError? error)
    {
        var isBinary = format.Name == "binary";
        var chosen = value.Default ?? value;
        error = null;
        text = chosen.AsString() is { } content ? isBinary ? content : content + "\n" : "";
        if (chosen.AsString() is not null || (isBinary && chosen.AsBytes() is not null))
            return true;
        var kind = chosen.Kind.ToString().ToLowerInvariant();
        error = new CueError(CueErrorCode.Eval, $"cannot use value {chosen} (type {kind}) as {(isBinary ? "(string|bytes)" : "string")}", value.Path, value.Path.Length > 0 ? value.Positions : []);
        return false;
    }
}
