using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace DataMesh.CloudEvents;

/// <summary>
/// The context attributes of an event (CloudEvents 1.0, "Context Attributes"). Setting one to what the specification does
/// not allow throws, so an event that exists is a valid one.
/// </summary>
public abstract class CloudEventContext
{
    /// <summary>The one version of the specification that there is.</summary>
    public const string SpecVersion = "1.0";

    private protected CloudEventContext(string id, string source, string type)
    {
        Id = id;
        Source = source;
        Type = type;
    }

    /// <summary>Identifies the event together with <see cref="Source"/>; a resend keeps it. Not empty.</summary>
    public string Id { get; init => field = Check(value, CloudEventType.String); }

    /// <summary>Where the event happened; a URI-reference, not empty.</summary>
    public string Source { get; init => field = Check(value, CloudEventType.UriReference); }

    /// <summary>What happened, <c>people.Identity</c>. Not empty.</summary>
    public string Type { get; init => field = Check(value, CloudEventType.String); }

    /// <summary>What in the source it is about; null or not empty.</summary>
    public string? Subject { get; init => field = value is null ? null : Check(value, CloudEventType.String); }

    /// <summary>When it happened.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>The schema that the data keeps to; an absolute URI or null.</summary>
    public string? DataSchema { get; init => field = value is null ? null : Check(value, CloudEventType.Uri); }

    /// <summary>Extension attributes by name, in ordinal order.</summary>
    public ImmutableSortedDictionary<string, CloudEventValue> Extensions { get; init => field = CheckNames(value); } = NoExtensions;

    internal static ImmutableSortedDictionary<string, CloudEventValue> NoExtensions { get; } =
        ImmutableSortedDictionary.Create<string, CloudEventValue>(StringComparer.Ordinal);

    private protected static string Check(string value, CloudEventType type, [CallerMemberName] string name = "")
    {
        ArgumentException.ThrowIfNullOrEmpty(value, name);
        return CloudEventValue.TryParse(type, value, out _) ? value : throw new ArgumentException($"not a CloudEvents {type}", name);
    }

    private static ImmutableSortedDictionary<string, CloudEventValue> CheckNames(ImmutableSortedDictionary<string, CloudEventValue> extensions)
    {
        foreach (var name in extensions.Keys)
        {
            if (!CloudEventAttribute.IsExtensionName(name))
                throw new ArgumentException($"'{name}' is not an extension attribute's name", nameof(Extensions));
        }
        return extensions.WithComparers(StringComparer.Ordinal);
    }
}
