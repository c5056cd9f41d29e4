using System.Text;
using DataMesh.Cue.Builtins.Encodings;

namespace DataMesh.Cue.Export;

/// <summary>The schemas of an OpenAPI document, to be told apart: for each definition its own and those that it refers to.</summary>
public sealed class OpenApiSchemas
{
    private const string ReferencePrefix = "#/components/schemas/";

    private readonly IReadOnlyList<KeyValuePair<DataNode, DataNode>> _schemas;

    /// <param name="document">A document as <see cref="OpenApiExporter"/> gives it: JSON.</param>
    public OpenApiSchemas(string document) =>
        _schemas = Member(Member(JsonText.Read(document), "components"), "schemas")?.Members ?? [];

    /// <summary>
    /// The JSON object for <c>components.schemas</c> with a definition and all that it refers to, in the order of the document;
    /// <c>{}</c> when it has none.
    /// </summary>
    /// <param name="name">The definition's name without <c>#</c>.</param>
    public string For(string name)
    {
        HashSet<string> needed = new(StringComparer.Ordinal);
        Stack<string> open = new([name]);
        while (open.Count > 0)
        {
            string next = open.Pop();
            if (needed.Add(next) && _schemas.FirstOrDefault(each => each.Key.Text == next).Value is { } schema)
                FindReferences(schema, open);
        }

        StringBuilder text = new();
        Append(text, DataNode.Map([.. _schemas.Where(each => needed.Contains(each.Key.Text))]));
        return text.ToString();
    }

    private static DataNode? Member(DataNode? node, string name) => node?.Members.FirstOrDefault(each => each.Key.Text == name).Value;

    // As deep as the document, which the exporter bounds.
    private static void FindReferences(DataNode schema, Stack<string> found)
    {
        foreach (DataNode element in schema.Elements)
            FindReferences(element, found);
        foreach (KeyValuePair<DataNode, DataNode> member in schema.Members)
        {
            if (member is { Key.Text: "$ref", Value: { Kind: DataKind.String, Text: var target } } && target.StartsWith(ReferencePrefix, StringComparison.Ordinal))
                found.Push(target.Substring(ReferencePrefix.Length));
            else
                FindReferences(member.Value, found);
        }
    }

    private static void Append(StringBuilder text, DataNode node)
    {
        switch (node.Kind)
        {
            case DataKind.Map:
                for (int i = 0; i < node.Members.Count; i++)
                {
                    text.Append(i == 0 ? "{" : ",").Append(JsonText.Quote(node.Members[i].Key.Text)).Append(':');
                    Append(text, node.Members[i].Value);
                }

                text.Append(node.Members.Count == 0 ? "{}" : "}");
                break;
            case DataKind.List:
                for (int i = 0; i < node.Elements.Count; i++)
                {
                    text.Append(i == 0 ? "[" : ",");
                    Append(text, node.Elements[i]);
                }

                text.Append(node.Elements.Count == 0 ? "[]" : "]");
                break;
            case DataKind.String:
                text.Append(JsonText.Quote(node.Text));
                break;
            default:
                text.Append(node.Text);
                break;
        }
    }
}
