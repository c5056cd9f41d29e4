namespace DataMesh.Cue.Builtins.Encodings.Yaml;

/// <summary>The members of a mapping while it is being read. What is merged counts where the mapping itself does not have it.</summary>
internal sealed class YamlMembers
{
    private readonly List<KeyValuePair<DataNode, DataNode>> _members = [];
    private readonly HashSet<string> _merged = new(StringComparer.Ordinal);
    private HashSet<string>? _names;

    public List<KeyValuePair<DataNode, DataNode>> All => _members;

    public void Add(DataNode key, DataNode value)
    {
        if (_merged.Remove(key.Text))
            _members.RemoveAll(member => member.Key.Offset < 0 && member.Key.Text == key.Text);
        _names?.Add(key.Text);
        _members.Add(new(key, value));
    }

    /// <summary>Adds a member of another mapping, unless the name is there.</summary>
    public void Merge(DataNode key, DataNode value)
    {
        _names ??= new(_members.Select(static member => member.Key.Text), StringComparer.Ordinal);
        if (!_names.Add(key.Text))
            return;
        _merged.Add(key.Text);
        _members.Add(new(DataNode.String(key.Text, -1), value));
    }
}
