using System.Text;
using DataMesh.Cue.Export;
using DataMesh.Cue.Values;

namespace DataMesh.Tool.Output;

/// <summary>Values in the format that was asked for.</summary>
/// <param name="format">The format.</param>
/// <param name="cue">How CUE is printed.</param>
/// <param name="escapesHtml">Whether JSON is safe inside HTML.</param>
internal sealed class ValueEncoder(OutputFormat format, CueExportOptions cue, bool escapesHtml)
{
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
                    text = JsonExporter.Indent(text, escapesHtml);
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
                if (OpenApiExporter.TryExport(instance, out text, out error))
                    text = format.IsYaml ? YamlExporter.FromJson(text) : JsonExporter.Indent(text, escapesHtml);
                else if (error!.Message.StartsWith("openapi: unsupported", StringComparison.Ordinal))
                    error = new CueError(error.Code, error.Message, "", error.Positions);
                return error is null;
            case "jsonschema":
                if (JsonSchemaExporter.TryExport(value, out text, out error))
                    text = format.IsYaml ? YamlExporter.FromJson(text) : JsonExporter.Indent(text, escapesHtml);
                return error is null;
            default:
                return instance is not null
                    ? CueExporter.TryExport(instance, cue, out text, out error)
                    : CueExporter.TryExport(value, cue, out text, out error);
        }
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
