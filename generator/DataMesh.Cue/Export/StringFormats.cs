using DataMesh.Cue.Values;

namespace DataMesh.Cue.Export;

/// <summary>What a validator of text is in JSON Schema.</summary>
/// <param name="Name">The nearest <c>format</c>, which validators may or may not check; null when there is none.</param>
/// <param name="Pattern">A regular expression that takes the same texts; null when there is none.</param>
/// <param name="IsExact">Whether there is no more to it than the pattern says.</param>
internal readonly record struct StringFormat(string? Name, string? Pattern, bool IsExact = true);

/// <summary>The validators of the standard packages that have a <c>format</c> or a pattern.</summary>
internal static class StringFormats
{
    private const string Date =
        @"(?:\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2[0-8]))"
        + @"|(?:\d\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)";

    private const string Time = @"(?:[01]?\d|2[0-3]):[0-5]\d:[0-5]\d(?:[.,]\d+)?(?:Z|[+-](?:[01]\d|2[0-4]):(?:[0-5]\d|60))";

    private const string Byte = @"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)";

    private const string Uuid = "[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}";

    public static StringFormat? Of(CueValidatorConstraint validator) => (validator.Package, validator.Name) switch
    {
        ("time", "Time") => new("date-time", $"^{Date}T{Time}$"),
        ("time", "Format") when validator.Arguments is [var layout] && layout.AsString() == "2006-01-02" => new("date", $"^{Date}$"),
        ("uuid", "Valid") => new("uuid", $"^(?:(?:[Uu][Rr][Nn]:[Uu][Uu][Ii][Dd]:)?{Uuid}|\\{{{Uuid}\\}}|[0-9A-Fa-f]{{32}})$"),
        ("net", "IPv4") => new("ipv4", $@"^{Byte}(?:\.{Byte}){{3}}$"),
        ("time", "Duration") => new(null, @"^[+-]?(?:0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$", IsExact: false),
        ("net", "IPv6") => new("ipv6", null, IsExact: false),
        ("net", "FQDN") => new("hostname", null, IsExact: false),
        ("net", "AbsURL") => new("uri", null, IsExact: false),
        ("net", "URL") => new("uri-reference", null, IsExact: false),
        _ => null,
    };
}
