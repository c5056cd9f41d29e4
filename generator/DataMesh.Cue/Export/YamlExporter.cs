using DataMesh.Cue.Binding;
using DataMesh.Cue.Builtins.Encodings;
using DataMesh.Cue.Builtins.Encodings.Yaml;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Export;

/// <summary>A value as YAML, as <c>cue export --out yaml</c> writes it: block style, indented by two.</summary>
public static class YamlExporter
{
    /// <param name="value">A value that is concrete, defaults taken.</param>
    /// <param name="yaml">The YAML text with its final line break, or empty.</param>
    /// <param name="error">Why there is none, at the path of the value that is not concrete or wrong.</param>
    public static bool TryExport(CueValue value, out string yaml, out CueError? error)
    {
        yaml = "";
        // What can be written is decided in one place.
        if (!JsonExporter.TryExport(value, out _, out error))
            return false;
        yaml = YamlWriter.Write(ToData(value));
        return true;
    }

    /// <summary>JSON, such as an OpenAPI document, as YAML.</summary>
    public static string FromJson(string json) => YamlWriter.Write(JsonText.Read(json));

    internal static DataNode ToData(CueValue value) => ToData(value, true);

    /// <param name="value">The value.</param>
    /// <param name="isChosen">Whether this is the root or an element: the default of a field is one of the disjuncts still.</param>
    private static DataNode ToData(CueValue value, bool isChosen)
    {
        value = value.Default ?? value;
        return value.Kind switch
        {
            CueKind.Null => DataNode.Null(),
            CueKind.Bool => DataNode.Bool(value.AsBool() == true),
            CueKind.String => DataNode.String(value.AsString()!),
            CueKind.Bytes => DataNode.Bytes(value.AsBytes()!),
            CueKind.List => DataNode.List([.. value.Elements.Select(static element => ToData(element, true))]),
            CueKind.Struct => DataNode.Map(
            [
                .. (isChosen ? value.ChosenFields : value.Fields)
                    .Where(static field => field.Kind == CueFieldKind.Regular)
                    .Select(static field => new KeyValuePair<DataNode, DataNode>(DataNode.String(field.Name), ToData(field.Value, false))),
            ]),
            _ => DataNode.Number(value.AsNumberConstant()!, value.Vertex.Label.Kind == LabelKind.Index ? WrittenLiteral.Of(value.Vertex) : null),
        };
    }
}
