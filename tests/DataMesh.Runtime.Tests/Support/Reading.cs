using System.Buffers;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace DataMesh.Runtime.Tests;

/// <summary>
/// A data product written by hand, as the generator would make it of <c>#Reading: {name: string, value: &lt;130}</c>: the
/// runtime is tested against the contract, whatever the generator does.
/// </summary>
internal sealed record Reading(string Name, int Value) : IDataProduct<Reading>
{
    public static DataProductDescriptor Descriptor { get; } = new()
    {
        Definition = "#Reading",
        Package = "lab",
        EventType = "lab.Reading",
        EventSource = "/lab",
        DataSchema = "https://example.org/lab#Reading",
        OpenApiSchemas = "{}"u8.ToArray(),
        OpenApiDocument = "{}"u8.ToArray(),
        EnvelopePrefix = """{"specversion":"1.0","type":"lab.Reading","datacontenttype":"application/json","dataschema":"https://example.org/lab#Reading" """
            .TrimEnd().Select(static c => (byte)c).ToArray(),
    };

    public static bool TryParse(ReadOnlySpan<byte> utf8, [MaybeNullWhen(false)] out Reading value, out ValidationResult result)
    {
        value = null;
        var errors = ImmutableArray.CreateBuilder<ValidationError>();
        try
        {
            using var document = JsonDocument.Parse(utf8.ToArray());
            value = new(document.RootElement.GetProperty("name").GetString()!, document.RootElement.GetProperty("value").GetInt32());
            result = value.Validate();
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            errors.Add(new(ValidationCodes.Syntax, "#Reading", "", "not a reading"));
            result = ValidationResult.From(errors.ToImmutable());
        }
        if (!result.IsValid)
            value = null;
        return result.IsValid;
    }

    public static ValidationResult Validate(ReadOnlySpan<byte> utf8)
    {
        TryParse(utf8, out _, out var result);
        return result;
    }

    public ValidationResult Validate() => Value < 130
        ? ValidationResult.Valid
        : ValidationResult.From([new(ValidationCodes.OutOfBound, "#Reading.value", "/value", $"invalid value {Value} (out of bound <130)", "<130")]);

    public void WriteTo(IBufferWriter<byte> output) => output.Write(Encoding.UTF8.GetBytes($$"""{"name":"{{Name}}","value":{{Value}}}"""));
}
