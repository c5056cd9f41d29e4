using System.Globalization;
using System.Text;
using System.Text.Json;
using DataMesh.Generators.Tests.Harness;
using DataMesh.Json;
using DataMesh.Tests;

namespace DataMesh.Generators.Tests.Emission;

/// <summary>
/// Generated code against what <c>cue vet -c</c> said of thousands of documents. A schema that is not supported must be a
/// build error; one that is must give every verdict, at the same places, and write out what CUE fills in.
/// </summary>
public sealed class VetCorpusTests(ITestOutputHelper output)
{
    // Raised whenever more schemas become supported.
    private const int SupportedSchemas = 79;

    [Fact]
    public void Generated_code_says_what_cue_vet_says()
    {
        string file = SharedFolder.Require("conformance/vet/vet.jsonl");
        var differences = new List<string>();
        var unsupported = new List<string>();
        int supported = 0, cases = 0, exactErrors = 0, invalid = 0;
        foreach (string line in File.ReadLines(file))
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement schema = document.RootElement;
            string id = schema.GetProperty("id").GetString()!;
            (string, string)[] files = [.. schema.GetProperty("files").EnumerateArray().Select(static f => (f.GetProperty("name").GetString()!, f.GetProperty("src").GetString()!))];
            GeneratorRun run = new GeneratorSession(files).Run();
            if (run.Diagnostics.FirstOrDefault(static d => d.Contains(": error ", StringComparison.Ordinal)) is { } error)
            {
                unsupported.Add($"{id}: {error}");
                continue;
            }
            supported++;
            if (Compile(run, schema.GetProperty("def").GetString()!, out string failure) is not { } product)
            {
                differences.Add($"{id}: {failure}");
                continue;
            }
            foreach (JsonElement test in schema.GetProperty("cases").EnumerateArray())
            {
                cases++;
                VetCase vet = VetCase.Of(test);
                if (Judge(vet, product) is { } difference)
                    differences.Add($"{id} {vet.Data}: {difference}");
                else if (!vet.IsValid)
                    exactErrors += vet.HasExactErrors(product) ? 1 : 0;
                invalid += vet.IsValid ? 0 : 1;
            }
        }
        output.WriteLine($"{supported} schemas supported, {unsupported.Count} refused; {cases} documents, {differences.Count} differ; all messages equal in {exactErrors} of {invalid} invalid ones");
        foreach (string reason in unsupported)
            output.WriteLine("refused " + reason);
        Assert.True(differences.Count == 0, string.Join('\n', differences));
        Assert.True(supported >= SupportedSchemas, $"only {supported} schemas are supported");
    }

    private static Compiled.IProduct? Compile(GeneratorRun run, string definition, out string failure)
    {
        failure = "";
        try
        {
            return Compiled.FromSources(run.Sources.Values).FindDefinition(definition);
        }
        catch (Exception e)
        {
            failure = e.ToString();
            return null;
        }
    }

    // What the product promises about itself is asserted on the way: a failure is a difference like any other.
    private static string? Judge(VetCase vet, Compiled.IProduct product)
    {
        try
        {
            return vet.Difference(product);
        }
        catch (Exception e)
        {
            return e.ToString();
        }
    }
}

/// <summary>One document of the corpus.</summary>
internal sealed record VetCase(string Data, bool IsValid, (string Path, string Message)[] Errors, string? Out)
{
    public static VetCase Of(JsonElement test) => new(
        test.GetProperty("data").GetString()!,
        test.GetProperty("valid").GetBoolean(),
        [.. test.GetProperty("errors").EnumerateArray().Select(static e => (e.GetProperty("path").GetString()!, e.GetProperty("msg").GetString()!))],
        test.TryGetProperty("out", out JsonElement value) ? value.GetRawText() : null);

    /// <summary>What differs: the verdict, a place, or the value; null when nothing does.</summary>
    public string? Difference(Compiled.IProduct product)
    {
        ValidationResult result = product.Validate(Data);
        if (IsOnPurpose(result))
            return null;
        if (result.IsValid != IsValid)
            return IsValid ? $"rejected: {result}" : $"accepted, should be {string.Join("; ", Errors)}";
        if (!IsValid)
        {
            string[] expected = [.. Errors.Select(static e => Place(e.Path, e.Message)).Where(static e => e.Length > 0).Distinct().Order(StringComparer.Ordinal)];
            string[] actual = [.. Relative(result, product).Select(static e => Place(e.Path, e.Message)).Where(static e => e.Length > 0).Distinct().Order(StringComparer.Ordinal)];
            return expected.SequenceEqual(actual) ? null : $"expected {string.Join("; ", Errors)} but {result}";
        }
        if (product.RoundTrip(Data) is not { } written)
            return product.Errors(Data).Contains("does not fit in", StringComparison.Ordinal) ? null : "not parsed";
        using JsonDocument one = JsonDocument.Parse(written);
        using JsonDocument other = JsonDocument.Parse(Out!);
        return JsonComparison.AreEqual(one.RootElement, other.RootElement) ? null : $"gives {written}, not {Out}";
    }

    public bool HasExactErrors(Compiled.IProduct product) =>
        Errors.ToHashSet().SetEquals(Relative(product.Validate(Data), product));

    private static IEnumerable<(string Path, string Message)> Relative(ValidationResult result, Compiled.IProduct product) => result.Errors.Select(e =>
        (e.Path.Length == 0 ? "" : e.Path[product.Descriptor.Definition.Length..].TrimStart('.'), e.Message));

    // Messages about text that is no JSON are our own, with line and column; of all others the code must be the same.
    private static string Place(string path, string message) => message switch
    {
        _ when message.StartsWith("invalid JSON", StringComparison.Ordinal) => "syntax",
        _ when message.StartsWith("invalid string", StringComparison.Ordinal) => "syntax",
        _ when message.EndsWith("errors in empty disjunction:", StringComparison.Ordinal) => "",
        "field not allowed" => path + ": not allowed",
        "field is required but not present" => path + ": required",
        _ when message.StartsWith("incomplete value", StringComparison.Ordinal) => path + ": incomplete",
        _ => path + ": conflict",
    };

    // Where we mean to differ: bytes come as base64, and an exponent that decimal arithmetic cannot hold is an error.
    private bool IsOnPurpose(ValidationResult result) => IsValid
        ? result.Errors is [{ Code: ValidationCodes.Limit }] && result.Errors[0].Message.StartsWith("number is out of range", StringComparison.Ordinal)
        : result.IsValid && Errors.All(static e => e.Message.EndsWith("and bytes (mismatched types string and bytes)", StringComparison.Ordinal));
}

/// <summary>JSON as values: numbers by value, members in any order.</summary>
internal static class JsonComparison
{
    public static bool AreEqual(JsonElement one, JsonElement other)
    {
        if (one.ValueKind != other.ValueKind)
            return false;
        return one.ValueKind switch
        {
            JsonValueKind.Number => AreEqualNumbers(one.GetRawText(), other.GetRawText()),
            JsonValueKind.String => one.GetString() == other.GetString() || AreEqualTimes(one.GetString()!, other.GetString()!),
            JsonValueKind.Array => one.GetArrayLength() == other.GetArrayLength() &&
                one.EnumerateArray().Zip(other.EnumerateArray()).All(static pair => AreEqual(pair.First, pair.Second)),
            JsonValueKind.Object => one.EnumerateObject().Count() == other.EnumerateObject().Count() &&
                one.EnumerateObject().All(member => other.TryGetProperty(member.Name, out JsonElement value) && AreEqual(member.Value, value)),
            _ => true,
        };
    }

    // A double is written as the shortest text that reads back, which need not be the document's.
    private static bool AreEqualNumbers(string one, string other) =>
        DecimalText.Compare(Encoding.ASCII.GetBytes(one), Encoding.ASCII.GetBytes(other)) == 0 ||
        (double.Parse(one, CultureInfo.InvariantCulture) is var number && number < 1e-300 && number == double.Parse(other, CultureInfo.InvariantCulture));

    // Times and durations are written in one form, whatever form the document has them in.
    private static bool AreEqualTimes(string one, string other) =>
        (JsonConvert.TryGetTime(Encoding.UTF8.GetBytes(one), out DateTimeOffset time) &&
            JsonConvert.TryGetTime(Encoding.UTF8.GetBytes(other), out DateTimeOffset otherTime) && time.EqualsExact(otherTime)) ||
        (JsonConvert.TryGetDuration(Encoding.UTF8.GetBytes(one), out TimeSpan duration) &&
            JsonConvert.TryGetDuration(Encoding.UTF8.GetBytes(other), out TimeSpan otherDuration) && duration == otherDuration);
}
