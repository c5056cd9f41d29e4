namespace DataMesh.Cue.Export;

/// <summary>
/// Collects what a schema says. Constraints share an object until a key would be there twice; then they go to
/// <c>allOf</c>, each group an object of its own.
/// </summary>
internal sealed class SchemaBuilder(string inheritedType = "")
{
    private static readonly string[] Order =
    [
        "description", "type", "$ref", "format", "required", "properties", "additionalProperties", "enum",
        "minProperties", "maxProperties", "minItems", "items", "maxItems", "uniqueItems", "minLength", "maxLength",
        "minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum", "multipleOf", "default", "pattern", "not",
        "deprecated", "allOf", "additionalItems", "nullable", "oneOf",
    ];

    private readonly List<JsonTree> _groups = [];
    private readonly JsonTree _single = new();
    private JsonTree? _current;

    /// <summary>The type of this schema or of the one that it is a part of; empty while there is none.</summary>
    public string Type { get; private set; } = inheritedType;

    /// <summary>Fields of all struct literals; the last declaration of a name counts.</summary>
    public JsonTree Properties { get; } = new();

    public bool IsEmpty => _groups.Count == 0 && _single.Count == 0 && Properties.Count == 0;

    /// <summary>States the type, unless the schema around it did.</summary>
    public void SetType(string type)
    {
        if (Type.Length > 0)
            return;
        Type = type;
        _single.Set("type", type);
    }

    /// <summary>A constraint that may come up several times.</summary>
    public void Set(string name, object value)
    {
        if (_current is null || _current.Has(name))
            Add(_current = new JsonTree());
        _current.Set(name, value);
    }

    /// <summary>Constraints that belong together, such as a bound and whether it is exclusive.</summary>
    public void SetPair((string Name, object Value) first, (string Name, object Value) second)
    {
        if (_current is null || _current.Has(first.Name) || _current.Has(second.Name))
            Add(_current = new JsonTree());
        _current.Set(first.Name, first.Value);
        _current.Set(second.Name, second.Value);
    }

    /// <summary>Something that a schema has once.</summary>
    public void SetSingle(string name, object value) => _single.Set(name, value);

    /// <summary>A constraint that stands alone, such as a reference or a negation.</summary>
    public void Add(JsonTree group) => _groups.Add(group);

    public JsonTree Finish()
    {
        JsonTree result = new();
        result.SetAll(_single);
        if (Properties.Count > 0)
            result.Set("properties", Properties);
        bool isInline = _groups.Count == 1 && (!_groups[0].Has("$ref") || result.Count == 0 || (result.Count == 1 && result.Has("type")));
        if (isInline)
            result.SetAll(_groups[0]);
        else if (_groups.Count > 0)
            result.Set("allOf", _groups);
        result.Sort(Order);
        return result;
    }
}
