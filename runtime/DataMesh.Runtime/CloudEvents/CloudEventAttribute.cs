using System.Collections.Frozen;

namespace DataMesh.CloudEvents;

/// <summary>
/// A known extension attribute: its type, which most formats do not carry, and what its values must be. A reader that knows
/// the attribute gives its value that type and refuses the event when it does not fit.
/// </summary>
public sealed class CloudEventAttribute
{
    private readonly Func<CloudEventValue, bool>? _constraint;

    /// <param name="name">Lower-case letters and digits; not a name of the specification itself.</param>
    /// <param name="type">The type of its values.</param>
    /// <param name="constraint">What a value must meet besides its type; null for nothing.</param>
    /// <exception cref="ArgumentException">The name is not that of an extension.</exception>
    public CloudEventAttribute(string name, CloudEventType type, Func<CloudEventValue, bool>? constraint = null)
    {
        if (!IsExtensionName(name))
            throw new ArgumentException($"'{name}' is not an extension attribute's name", nameof(name));
        Name = name;
        Type = type;
        _constraint = constraint;
    }

    /// <summary>The attribute's name.</summary>
    public string Name { get; }

    /// <summary>The type of its values.</summary>
    public CloudEventType Type { get; }

    /// <summary>The extensions that the CloudEvents project documents; every reader knows them.</summary>
    public static FrozenDictionary<string, CloudEventAttribute> Documented { get; } = new CloudEventAttribute[]
    {
        new("partitionkey", CloudEventType.String, NotEmpty),
        new("traceparent", CloudEventType.String, NotEmpty),
        new("tracestate", CloudEventType.String),
        new("dataref", CloudEventType.UriReference),
        new("sequence", CloudEventType.String, NotEmpty),
        new("sampledrate", CloudEventType.Integer, static value => value.AsInteger() > 0),
        new("dataclassification", CloudEventType.String, NotEmpty),
        new("deprecated", CloudEventType.Boolean),
        new("expirytime", CloudEventType.Timestamp),
        new("recordedtime", CloudEventType.Timestamp),
        new("correlationid", CloudEventType.String, NotEmpty),
        new("causationid", CloudEventType.String, NotEmpty),
    }.ToFrozenDictionary(static attribute => attribute.Name, StringComparer.Ordinal);

    /// <summary>True for a name that an extension can have.</summary>
    public static bool IsExtensionName(string name) =>
        AttributeSyntax.IsName(name)
        && name is not ("id" or "source" or "specversion" or "type" or "datacontenttype" or "dataschema" or "subject" or "time");

    /// <summary>Gives a value this attribute's type.</summary>
    internal bool TryConvert(CloudEventValue value, out CloudEventValue converted)
    {
        converted = value;
        return (value.Type == Type || CloudEventValue.TryParse(Type, value.ToString(), out converted))
            && (_constraint is null || _constraint(converted));
    }

    private static bool NotEmpty(CloudEventValue value) => value.ToString().Length > 0;
}
