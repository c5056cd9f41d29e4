namespace DataMesh.Cue.Export;

/// <summary>
/// Collects what a schema says. Constraints share an object until a key would be there twice; then they go to
/// <c>allOf</c>, each group an object of its own.
/// </summary>
/// <param name="inheritedType">The type that the schema around this one states; empty when it states none.</param>
/// <param name="areTypesStated">Whether types are left out because the place for them is further out.</param>
internal sealed class SchemaBuilder(string inheritedType = "", bool areTypesStated = false)
{
    private static readonly string[] Order =
    [
        "description", "type", "$ref", "format", "required", "properties", "enum",
        "minProperties", "maxProperties", "minItems", "items", "maxItems", "minLength", "maxLength",
        "minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum", "default",
        "additionalItems", "additionalProperties", "allOf", "deprecated", "multipleOf", "not", "nullable", "oneOf", "pattern", "uniqueItems",
    ];

    private readonly List<JsonTree> _groups = [];
    private readonly JsonTree _single = new();
    private JsonTree? _current;

    /// <summary>The type of this schema or of the one that it is a part of; empty while there is none.</summary>
    public string Type { get; private set; } = inheritedType;

    /// <summary>What is said of the value further out already.</summary>
    public SchemaGenerator.Outline? Outline { get; init; }

    /// <summary>Fields of all struct literals; the last declaration of a name counts.</summary>
    public JsonTree Properties { get; } = new();

    public bool IsEmpty => _groups.Count == 0 && _single.Count == 0 && Properties.Count == 0;

    /// <summary>States the type, unless the schema around it did; false if it did.</summary>
    public bool SetType(string type)
    {
        if (Type.Length > 0)
            return false;
        Type = type;
        if (!areTypesStated)
            _single.Set("type", type);
        return true;
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

    /// <summary>An outline with what is left to say.</summary>
    public static JsonTree Merge(JsonTree outline, JsonTree rest)
    {
        JsonTree merged = new();
        merged.SetAll(outline);
        merged.SetAll(rest);
        if (outline.Find("properties") is JsonTree properties && rest.Find("properties") is JsonTree more)
        {
            JsonTree all = new();
            all.SetAll(properties);
            foreach (string name in more.Names)
                all.Set(name, properties.Find(name) is JsonTree before ? Merge(before, (JsonTree)more.Find(name)!) : more.Find(name)!);
            merged.Set("properties", all);
        }

        Sort(merged);
        return merged;
    }

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
        Sort(result);
        return result;
    }

    public static void Sort(JsonTree schema) => schema.Sort(Order);
}
