using System.Globalization;
using System.Text;
using DataMesh.Cue.Builtins.Conversion;

namespace DataMesh.Cue.Builtins.Encodings;

/// <summary>
/// Writes data as TOML: values of a table first, then its tables under headings of their own, both in the order of their
/// names. Floats are binary ones, as TOML has them.
/// </summary>
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
        KeyValuePair<DataNode, DataNode>[] members = Sorted(table);
        foreach (KeyValuePair<DataNode, DataNode> member in members.Where(static member => !IsTable(member.Value)))
        {
            hasValues |= member.Value.Kind != DataKind.Null;
            if (member.Value.Kind != DataKind.Null)
                text.Append(Key(member.Key.Text)).Append(" = ").Append(Inline(member.Value)).Append('\n');
        }

        foreach (KeyValuePair<DataNode, DataNode> member in members.Where(static member => IsTable(member.Value)))
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

    private static KeyValuePair<DataNode, DataNode>[] Sorted(DataNode table) => [.. table.Members.OrderBy(static member => member.Key.Text, Comparer<string>.Create(CodePoints.Compare))];

    private static string Float(string number)
    {
        double value = FloatText.Parse(number)!.Value;
        // A whole number is written with all of its digits.
        return FloatText.Format(value, 'f', Math.Floor(value) == value ? 1 : -1, 64);
    }

    private static bool IsTable(DataNode node) =>
        node.Kind == DataKind.Map || (node.Kind == DataKind.List && node.Elements.Count > 0 && node.Elements.All(static element => element.Kind == DataKind.Map));

    private static string Inline(DataNode node) => node.Kind switch
    {
        DataKind.Bool => node.Text,
        DataKind.Number when node.IsFloat => Float(node.Text),
        // What does not fit into 64 bits is not taken for a number.
        DataKind.Number => long.TryParse(node.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? node.Text : Quote(node.Text),
        DataKind.Bytes => Quote(Convert.ToBase64String(node.ByteValue)),
        DataKind.List => "[" + string.Join(", ", node.Elements.Select(Inline)) + "]",
        DataKind.Map => "{" + string.Join(", ", Sorted(node).Select(static member => Key(member.Key.Text) + " = " + Inline(member.Value))) + "}",
        DataKind.Null => throw new BuiltinException("toml: cannot encode null"),
        _ => Quote(node.Text),
    };

    private static string Key(string key) =>
        key.Length > 0 && key.All(static c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' or '-') ? key : Quote(key);

    private static string Quote(string text) => text.All(static c => c >= ' ' && c != '\'' && c != '\x7F')
        ? "'" + text + "'"
        : EscapedText.Quote(text, static c => c is < ' ' or '\x7F', "X4");
}
