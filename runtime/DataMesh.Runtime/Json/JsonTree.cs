using System.Text;
using DataMesh.Validation;

namespace DataMesh.Json;

/// <summary>Reads a document into a tree. Members that occur twice are unified, as CUE unifies fields.</summary>
internal ref struct JsonTree
{
    private readonly Findings _findings;
    private JsonCursor _cursor;

    private JsonTree(ReadOnlySpan<byte> utf8, Findings findings)
    {
        _cursor = new JsonCursor(utf8);
        _findings = findings;
    }

    /// <summary>The document's tree.</summary>
    /// <param name="utf8">The document.</param>
    /// <param name="findings">Takes the conflicts between members that occur twice.</param>
    /// <param name="error">Why there is no tree: the text is not JSON, or beyond a limit.</param>
    public static JsonNode? Parse(ReadOnlySpan<byte> utf8, Findings findings, out ValidationError? error)
    {
        if (utf8.Length > JsonLimits.MaxLength)
        {
            error = JsonErrors.Describe(utf8, 0, JsonErrorKind.TooLong);
            return null;
        }
        var tree = new JsonTree(utf8, findings);
        JsonNode? node = tree.ReadValue(null);
        if (node is not null && tree._cursor.AtEnd())
        {
            error = null;
            return node;
        }
        error = JsonErrors.Describe(utf8, tree._cursor.Position, tree._cursor.Error);
        return null;
    }

    // The recursion is as deep as the document, which the cursor bounds.
    private JsonNode? ReadValue(Place? place)
    {
        switch (_cursor.Peek())
        {
            case JsonKind.Object:
                return ReadObject(place);
            case JsonKind.Array:
                return ReadArray(place);
            case JsonKind.String:
                return _cursor.ReadString(out ReadOnlySpan<byte> text) ? JsonNode.String(Encoding.UTF8.GetString(text)) : null;
            case JsonKind.Number:
                return _cursor.ReadNumber(out JsonNumber number) ? JsonNode.Number(Encoding.ASCII.GetString(number.Text)) : null;
            case JsonKind.Null:
                return _cursor.TryReadNull() ? JsonNode.Null : null;
            default:
                return _cursor.ReadBool(out bool value) ? JsonNode.Bool(value) : null;
        }
    }

    private JsonNode? ReadObject(Place? place)
    {
        var node = JsonNode.Object();
        if (!_cursor.BeginObject())
            return null;
        bool isFirst = true;
        while (_cursor.NextMember(ref isFirst, out ReadOnlySpan<byte> utf8))
        {
            string name = Encoding.UTF8.GetString(utf8).Normalize();
            Place at = Place.Member(place, name);
            if (ReadValue(at) is not { } value)
                return null;
            int earlier = node.IndexOf(name);
            if (earlier < 0)
                node.Add(name, value);
            else
                node.Items[earlier] = Unify(node.Items[earlier], value, at);
        }
        return _cursor.Error == JsonErrorKind.None ? node : null;
    }

    private JsonNode? ReadArray(Place? place)
    {
        var node = JsonNode.Array();
        if (!_cursor.BeginArray())
            return null;
        bool isFirst = true;
        while (_cursor.NextElement(ref isFirst))
        {
            if (ReadValue(Place.Element(place, node.Items.Count)) is not { } value)
                return null;
            node.Items.Add(value);
        }
        return _cursor.Error == JsonErrorKind.None ? node : null;
    }

    private readonly JsonNode Unify(JsonNode earlier, JsonNode later, Place place)
    {
        if (CueText.KindOf(earlier) != CueText.KindOf(later))
        {
            _findings.Add(Finding.TypeConflict(place, earlier, CueText.Value(later), CueText.KindName(later)));
            return earlier;
        }
        switch (earlier.Kind)
        {
            case JsonKind.Object:
                for (int i = 0; i < later.Items.Count; i++)
                {
                    string name = later.Names[i];
                    int at = earlier.IndexOf(name);
                    if (at < 0)
                        earlier.Add(name, later.Items[i]);
                    else
                        earlier.Items[at] = Unify(earlier.Items[at], later.Items[i], Place.Member(place, name));
                }
                break;
            case JsonKind.Array:
                if (earlier.Items.Count != later.Items.Count)
                    _findings.Add(Finding.ListLength(place, earlier.Items.Count, later.Items.Count));
                for (int i = 0; i < Math.Min(earlier.Items.Count, later.Items.Count); i++)
                    earlier.Items[i] = Unify(earlier.Items[i], later.Items[i], Place.Element(place, i));
                break;
            default:
                if (!earlier.ValueEquals(later))
                    _findings.Add(Finding.ValueConflict(place, CueText.Value(later), CueText.Value(earlier)));
                break;
        }
        return earlier;
    }
}
