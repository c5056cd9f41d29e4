using System.Text;
using DataMesh.Cue.Builtins.Encodings;

namespace DataMesh.Cue.Export;

/// <summary>A JSON object that keeps the order of its members. Values: objects of this kind, lists, strings, booleans and <see cref="RawJson"/>.</summary>
internal sealed class JsonTree
{
    private readonly List<KeyValuePair<string, object>> _members = [];

    public JsonTree(params IReadOnlyList<(string Name, object Value)> members)
    {
        foreach ((string name, object value) in members)
            Set(name, value);
    }

    public int Count => _members.Count;

    public IEnumerable<string> Names => _members.Select(static member => member.Key);

    public bool Has(string name) => _members.Exists(member => member.Key == name);

    /// <summary>The value of a member; null when there is none.</summary>
    public object? Find(string name) => _members.Find(member => member.Key == name).Value;

    /// <summary>Adds a member, or replaces it where it stands.</summary>
    public void Set(string name, object value)
    {
        int index = _members.FindIndex(member => member.Key == name);
        if (index >= 0)
            _members[index] = new(name, value);
        else
            _members.Add(new(name, value));
    }

    /// <summary>Adds all members of another object.</summary>
    public void SetAll(JsonTree other)
    {
        foreach (KeyValuePair<string, object> member in other._members)
            Set(member.Key, member.Value);
    }

    /// <summary>Puts the members in the order of a list of names; names that are not in it come last.</summary>
    public void Sort(IReadOnlyList<string> order)
    {
        int Rank(string name)
        {
            for (int i = 0; i < order.Count; i++)
            {
                if (order[i] == name)
                    return i;
            }

            return order.Count;
        }

        List<KeyValuePair<string, object>> sorted = [.. _members.OrderBy(member => Rank(member.Key))];
        _members.Clear();
        _members.AddRange(sorted);
    }

    public override string ToString()
    {
        StringBuilder text = new();
        Append(text, this);
        return text.ToString();
    }

    private static void Append(StringBuilder text, object value)
    {
        switch (value)
        {
            case JsonTree tree:
                text.Append('{');
                for (int i = 0; i < tree._members.Count; i++)
                {
                    text.Append(i == 0 ? "" : ",").Append(JsonText.Quote(tree._members[i].Key)).Append(':');
                    Append(text, tree._members[i].Value);
                }

                text.Append('}');
                break;
            case string plain:
                text.Append(JsonText.Quote(plain));
                break;
            case bool truth:
                text.Append(truth ? "true" : "false");
                break;
            case RawJson raw:
                text.Append(raw.Text);
                break;
            case IEnumerable<object> list:
                text.Append('[');
                bool isFirst = true;
                foreach (object element in list)
                {
                    text.Append(isFirst ? "" : ",");
                    isFirst = false;
                    Append(text, element);
                }

                text.Append(']');
                break;
        }
    }
}

/// <summary>A text that is JSON already.</summary>
internal sealed class RawJson(string text)
{
    public string Text { get; } = text;
}
