using System.Text;

namespace DataMesh.Cue.Builtins.Encodings;

/// <summary>Writes data as TOML: values of a table first, then its tables under headings of their own.</summary>
internal static class TomlWriter
{
    public static string Write(DataNode node)
    {
        if (node.Kind != DataKind.Map)
            throw new BuiltinException($"toml: cannot encode a {TypeName(node)} as a document root");
        StringBuilder text = new();
        WriteTable(text, node, "", 0);
        return text.ToString();
    }

    private static string TypeName(DataNode node) => node.Kind switch
    {
        DataKind.Number => node.IsFloat ? "float64" : "int64",
        DataKind.Bool => "bool",
        DataKind.String => "string",
        DataKind.List => "[]interface {}",
        _ => "nil",
    };

    private static void WriteTable(StringBuilder text, DataNode table, string path, int depth)
    {
        bool hasValues = false, isFirst = true;
        foreach (KeyValuePair<DataNode, DataNode> member in table.Members.Where(static member => !IsTable(member.Value)))
        {
            hasValues |= member.Value.Kind != DataKind.Null;
            if (member.Value.Kind != DataKind.Null)
                text.Append(Key(member.Key.Text)).Append(" = ").Append(Inline(member.Value)).Append('\n');
        }

        foreach (KeyValuePair<DataNode, DataNode> member in table.Members.Where(static member => IsTable(member.Value)))
        {
            string name = path + Key(member.Key.Text);
            bool isList = member.Value.Kind == DataKind.List;
            foreach (DataNode inner in isList ? member.Value.Elements : [member.Value])
            {
                // A heading follows another one immediately when that has no values.
                bool followsHeading = depth > 0 && isFirst && !hasValues;
                if (text.Length > 0 && !followsHeading)
                    text.Append('\n');
                isFirst = false;
                text.Append(isList ? "[[" : "[").Append(name).Append(isList ? "]]\n" : "]\n");
                WriteTable(text, inner, name + ".", depth + 1);
            }
        }
    }

    private static bool IsTable(DataNode node) =>
        node.Kind == DataKind.Map || (node.Kind == DataKind.List && node.Elements.Count > 0 && node.Elements.All(static element => element.Kind == DataKind.Map));

    private static string Inline(DataNode node) => node.Kind switch
    {
        DataKind.Bool or DataKind.Number => node.Text,
        DataKind.Bytes => Quote(Convert.ToBase64String(node.ByteValue)),
        DataKind.List => "[" + string.Join(", ", node.Elements.Select(Inline)) + "]",
        DataKind.Map => "{" + string.Join(", ", node.Members.Select(static member => Key(member.Key.Text) + " = " + Inline(member.Value))) + "}",
        DataKind.Null => throw new BuiltinException("toml: cannot encode null"),
        _ => Quote(node.Text),
    };

    private static string Key(string key) =>
        key.Length > 0 && key.All(static c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' or '-') ? key : Quote(key);

    private static string Quote(string text) => text.All(static c => c >= ' ' && c != '\'' && c != '\x7F')
        ? "'" + text + "'"
        : EscapedText.Quote(text, static c => c is < ' ' or '\x7F', "X4");
}
