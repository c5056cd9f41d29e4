using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace DataMesh.Benchmarks.Contenders;

/// <summary>A class for System.Text.Json, and the rules as they are usually written beside one.</summary>
internal sealed partial class SerializedIdentity
{
    [JsonPropertyName("first")]
    public required string First { get; init; }

    public required string Last { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? Age { get; init; }

    public static readonly JsonSerializerOptions Reflection = new() { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    [GeneratedRegex("[A-Z].*")]
    private static partial Regex Name { get; }

    public bool IsValid() => Name.IsMatch(First) && Name.IsMatch(Last) && (Age is null || Age < 130);
}

[JsonSourceGenerationOptions(UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(SerializedIdentity))]
internal sealed partial class SerializedIdentityContext : JsonSerializerContext;
