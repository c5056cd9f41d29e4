using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using DataMesh.Json;

namespace DataMesh.CloudEvents;

/// <summary>
/// Collects the attributes that a format or binding finds, in whatever order, and says everything that is wrong with them.
/// </summary>
/// <param name="known">Extension attributes known besides the documented ones.</param>
/// <param name="pointer">Where the event stands, as a JSON Pointer: empty, or <c>/3</c> in a batch.</param>
internal sealed class CloudEventBuilder(FrozenDictionary<string, CloudEventAttribute> known, string pointer = "")
{
    private readonly ImmutableArray<ValidationError>.Builder _errors = ImmutableArray.CreateBuilder<ValidationError>();
    private Core _seen;
    private string? _id;
    private string? _source;
    private string? _type;
    private string? _subject;
    private string? _dataSchema;
    private string? _dataContentType;
    private DateTimeOffset? _time;
    private ImmutableSortedDictionary<string, CloudEventValue>.Builder? _extensions;

    [Flags]
    private enum Core
    {
        None = 0,
        SpecVersion = 1,
        Id = 2,
        Source = 4,
        Type = 8,
        Subject = 16,
        DataSchema = 32,
        DataContentType = 64,
        Time = 128,
    }

    /// <summary>The payload; see <see cref="CloudEvent.Data"/>.</summary>
    public ReadOnlyMemory<byte>? Data { get; set; }

    /// <summary>The content type found so far; valid when it is not null.</summary>
    public string? DataContentType => _dataContentType;

    /// <summary>True when an error was found.</summary>
    public bool HasErrors => _errors.Count > 0;

    /// <summary>Takes an attribute. A core attribute is always text; an extension has the type that the format gave it.</summary>
    public void Set(string name, CloudEventValue value)
    {
        switch (name)
        {
            case "specversion":
                if (IsFirst(Core.SpecVersion, name) && value != CloudEventContext.SpecVersion)
                    Fail(name, $"unsupported version, must be {CloudEventContext.SpecVersion}");
                break;
            case "id": _id = Text(Core.Id, name, value, CloudEventType.String) ?? _id; break;
            case "source": _source = Text(Core.Source, name, value, CloudEventType.UriReference) ?? _source; break;
            case "type": _type = Text(Core.Type, name, value, CloudEventType.String) ?? _type; break;
            case "subject": _subject = Text(Core.Subject, name, value, CloudEventType.String) ?? _subject; break;
            case "dataschema": _dataSchema = Text(Core.DataSchema, name, value, CloudEventType.Uri) ?? _dataSchema; break;
            case "datacontenttype": SetDataContentType(value); break;
            case "time":
                if (Text(Core.Time, name, value, CloudEventType.Timestamp) is { } time && Rfc3339.TryParse(time, out var parsed))
                    _time = parsed;
                break;
            default: SetExtension(name, value); break;
        }
    }

    /// <summary>Takes an attribute as text, as headers carry it.</summary>
    public void SetText(string name, string text)
    {
        if (CloudEventValue.TryParse(CloudEventType.String, text, out var value))
            Set(name, value);
        else
            Fail(name, "has characters that an attribute cannot have");
    }

    /// <summary>There is data and no content type was given: it is JSON.</summary>
    public void ImplyJson()
    {
        if ((_seen & Core.DataContentType) == 0)
            _dataContentType = "application/json";
    }

    /// <summary>Notes an error.</summary>
    /// <param name="name">The attribute, or <c>data</c>; empty for the event as a whole.</param>
    /// <param name="message">What is wrong, without the value.</param>
    public void Fail(string name, string message) =>
        _errors.Add(new(CloudEvent.ErrorCode, name, name.Length == 0 ? pointer : $"{pointer}/{JsonPointer.Escape(name)}", message));

    /// <summary>The event, or every error.</summary>
    public bool TryBuild([NotNullWhen(true)] out CloudEvent? cloudEvent, out ValidationResult result)
    {
        RequireSeen(Core.SpecVersion, "specversion");
        RequireSeen(Core.Id, "id");
        RequireSeen(Core.Source, "source");
        RequireSeen(Core.Type, "type");
        result = ValidationResult.From(_errors.ToImmutable());
        cloudEvent = !result.IsValid ? null : new(_id!, _source!, _type!)
        {
            Subject = _subject,
            DataSchema = _dataSchema,
            DataContentType = _dataContentType,
            Time = _time,
            Extensions = _extensions?.ToImmutable() ?? CloudEventContext.NoExtensions,
            Data = Data,
        };
        return cloudEvent is not null;
    }

    private void SetDataContentType(CloudEventValue value)
    {
        if (Text(Core.DataContentType, "datacontenttype", value, CloudEventType.String) is not { } text)
            return;
        if (MediaType.IsValid(text))
            _dataContentType = text;
        else
            Fail("datacontenttype", "not a media type (RFC 2046)");
    }

    private void SetExtension(string name, CloudEventValue value)
    {
        if (!CloudEventAttribute.IsExtensionName(name))
        {
            Fail(name, "not an attribute name: lower-case letters and digits only");
            return;
        }
        if ((known.TryGetValue(name, out var attribute) || CloudEventAttribute.Documented.TryGetValue(name, out attribute))
            && !attribute.TryConvert(value, out value))
        {
            Fail(name, $"not a valid {attribute.Type} for this attribute");
            return;
        }
        _extensions ??= CloudEventContext.NoExtensions.ToBuilder();
        if (!_extensions.TryAdd(name, value))
            Fail(name, "stands more than once");
    }

    /// <summary>The text of a core attribute when it is what it must be; null with an error noted otherwise.</summary>
    private string? Text(Core attribute, string name, CloudEventValue value, CloudEventType type)
    {
        if (!IsFirst(attribute, name))
            return null;
        if (value.Type != CloudEventType.String)
        {
            Fail(name, "must be a string");
            return null;
        }
        var text = value.ToString();
        if (text.Length == 0)
        {
            Fail(name, "must not be empty");
            return null;
        }
        if (type == CloudEventType.String || CloudEventValue.TryParse(type, text, out _))
            return text;
        Fail(name, type switch
        {
            CloudEventType.Timestamp => "not an RFC 3339 timestamp",
            CloudEventType.Uri => "not an absolute URI",
            _ => "not a URI-reference",
        });
        return null;
    }

    private bool IsFirst(Core attribute, string name)
    {
        if ((_seen & attribute) != 0)
        {
            Fail(name, "stands more than once");
            return false;
        }
        _seen |= attribute;
        return true;
    }

    private void RequireSeen(Core attribute, string name)
    {
        if ((_seen & attribute) == 0)
            Fail(name, "required attribute is missing");
    }
}
