using System.Text;

namespace DataMesh.Json;

/// <summary>A document as a tree: only made when a document is not plainly valid, to say what is wrong with it.</summary>
internal sealed class JsonNode
{
    private Dictionary<string, int>? _index;

    private JsonNode(JsonKind kind, string text)
    {
        Kind = kind;
        Text = text;
    }

    public static JsonNode Null { get; } = new(JsonKind.Null, "null");

    public static JsonNode True { get; } = new(JsonKind.Bool, "true");

    public static JsonNode False { get; } = new(JsonKind.Bool, "false");

    public JsonKind Kind { get; }

    /// <summary>A string unescaped, a number's own text, <c>true</c>, <c>false</c> or <c>null</c>.</summary>
    public string Text { get; }

    /// <summary>The elements of an array, or the values of an object's members.</summary>
    public List<JsonNode> Items { get; } = [];

    /// <summary>The names of an object's members, in the order of <see cref="Items"/>; normalised to NFC, as CUE labels are.</summary>
    public List<string> Names { get; } = [];

    /// <summary>Which case of a union the value was found to be; -1 when it is no union.</summary>
    public int UnionCase { get; init; } = -1;

    /// <summary>True for a number without point and exponent.</summary>
    public bool IsInteger => Kind == JsonKind.Number && !Text.AsSpan().ContainsAny('.', 'e', 'E');

    public static JsonNode String(string text) => new(JsonKind.String, text);

    public static JsonNode Number(string text) => new(JsonKind.Number, text);

    public static JsonNode Bool(bool value) => value ? True : False;

    public static JsonNode Array() => new(JsonKind.Array, "");

    public static JsonNode Object() => new(JsonKind.Object, "");

    /// <summary>The same value, marked as a case of a union.</summary>
    public JsonNode AsUnionCase(int unionCase)
    {
        var marked = new JsonNode(Kind, Text) { UnionCase = unionCase };
        marked.Items.AddRange(Items);
        marked.Names.AddRange(Names);
        return marked;
    }

    /// <summary>The same value without the marks of unions, also inside.</summary>
    public JsonNode WithoutCases()
    {
        if (UnionCase < 0 && Items.Count == 0)
            return this;
        var plain = new JsonNode(Kind, Text);
        plain.Items.AddRange(Items.Select(static item => item.WithoutCases()));
        plain.Names.AddRange(Names);
        return plain;
    }

    /// <summary>Adds a member whose name is not there yet.</summary>
    public void Add(string name, JsonNode value)
    {
        _index?.Add(name, Names.Count);
        Names.Add(name);
        Items.Add(value);
    }

    /// <summary>Where the member stands; -1 when there is none.</summary>
    public int IndexOf(string name)
    {
        const int SmallEnoughToSearch = 8;
        if (Names.Count <= SmallEnoughToSearch)
            return Names.IndexOf(name);
        if (_index is null)
        {
            _index = new Dictionary<string, int>(StringComparer.Ordinal);
            for (int i = 0; i < Names.Count; i++)
                _index.Add(Names[i], i);
        }
        return _index.TryGetValue(name, out int found) ? found : -1;
    }

    /// <summary>True when both are the same value to CUE: <c>1</c> and <c>1.0</c> are not, the order of members is nothing.</summary>
    public bool ValueEquals(JsonNode other)
    {
        if (Kind != other.Kind || Items.Count != other.Items.Count)
            return false;
        switch (Kind)
        {
            case JsonKind.Number:
                return IsInteger == other.IsInteger &&
                    DecimalText.Compare(Encoding.UTF8.GetBytes(Text), Encoding.UTF8.GetBytes(other.Text)) == 0;
            case JsonKind.Array:
                for (int i = 0; i < Items.Count; i++)
                    if (!Items[i].ValueEquals(other.Items[i]))
                        return false;
                return true;
            case JsonKind.Object:
                for (int i = 0; i < Items.Count; i++)
                    if (other.IndexOf(Names[i]) is var at && (at < 0 || !Items[i].ValueEquals(other.Items[at])))
                        return false;
                return true;
            default:
                return Text == other.Text;
        }
    }
}
