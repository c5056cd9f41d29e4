using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using DataMesh.CloudEvents;
using DataMesh.Tests;

namespace DataMesh.Runtime.Tests.CloudEvents;

/// <summary>The JSON format cases of the CloudEvents conformance repository, and its golden sample events in code.</summary>
public sealed class ConformanceTests
{
    private static readonly FrozenDictionary<string, CloudEventAttribute> SampleAttributes = new CloudEventAttribute[]
    {
        new("extinteger", CloudEventType.Integer),
        new("extboolean", CloudEventType.Boolean),
        new("extstring", CloudEventType.String),
        new("extbinary", CloudEventType.Binary),
        new("exttimestamp", CloudEventType.Timestamp),
        new("exturi", CloudEventType.Uri),
        new("exturiref", CloudEventType.UriReference),
    }.ToFrozenDictionary(static attribute => attribute.Name);

    private static readonly DateTimeOffset Time = new(2018, 4, 5, 17, 31, 0, TimeSpan.Zero);

    private static readonly FrozenDictionary<string, CloudEvent> Samples = new Dictionary<string, CloudEvent>
    {
        ["minimal"] = Sample("minimal"),
        ["minimalWithTime"] = new("minimalWithTime", "https://cloudevents.io", "io.cloudevents.test") { Time = Time },
        ["minimalWithRelativeSource"] = new("minimalWithRelativeSource", "#fragment", "io.cloudevents.test"),
        ["allCore"] = new("allCore", "https://cloudevents.io", "io.cloudevents.test")
        {
            DataContentType = "text/plain",
            DataSchema = "https://cloudevents.io/dataschema",
            Subject = "tests",
            Time = Time,
        },
        ["simpleTextData"] = new("simpleTextData", "https://cloudevents.io", "io.cloudevents.test")
        {
            DataContentType = "text/plain",
            Data = Texts.Utf8("Simple text"),
        },
        ["allExtensionTypes"] = new("allExtensionTypes", "https://cloudevents.io", "io.cloudevents.test")
        {
            Extensions = ImmutableSortedDictionary.CreateRange(new Dictionary<string, CloudEventValue>
            {
                ["extinteger"] = 10,
                ["extboolean"] = true,
                ["extstring"] = "text",
                ["extbinary"] = CloudEventValue.FromBinary("Ma"u8),
                ["exttimestamp"] = new DateTimeOffset(2023, 3, 31, 15, 12, 0, TimeSpan.Zero),
                ["exturi"] = CloudEventValue.FromUri("https://cloudevents.io"),
                ["exturiref"] = CloudEventValue.FromUriReference("//authority/path"),
            }),
        },
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, string[]> BatchSamples = new Dictionary<string, string[]>
    {
        ["empty"] = [],
        ["minimal"] = ["minimal"],
        ["minimal2"] = ["minimal", "minimal"],
        ["minimalAndAllCore"] = ["minimal", "allCore"],
        ["minimalAndAllExtensionTypes"] = ["minimal", "allExtensionTypes"],
    }.ToFrozenDictionary();

    [Fact]
    public void Valid_events_equal_their_samples()
    {
        ForEach("valid-events.json", "event", (test, json) =>
        {
            Assert.True(CloudEventJson.TryRead(json, out var read, out var result, Known(test)), $"{Id(test)}: {result}");
            AssertEqual(Samples[test.GetProperty("sampleId").GetString()!], read, Id(test));
        });
    }

    [Fact]
    public void Invalid_events_are_refused()
    {
        ForEach("invalid-events.json", "event", (test, json) =>
            Assert.False(CloudEventJson.TryRead(json, out _, out _, Known(test)), Id(test)));
    }

    [Fact]
    public void Valid_batches_equal_their_samples()
    {
        ForEach("valid-batches.json", "batch", (test, json) =>
        {
            Assert.True(CloudEventJson.TryReadBatch(json, out var read, out var result, Known(test)), $"{Id(test)}: {result}");
            var expected = BatchSamples[test.GetProperty("sampleId").GetString()!];
            Assert.Equal(expected.Length, read.Length);
            foreach (var (sample, cloudEvent) in expected.Zip(read))
                AssertEqual(Samples[sample], cloudEvent, Id(test));
        });
    }

    [Fact]
    public void Invalid_batches_are_refused()
    {
        ForEach("invalid-batches.json", "batch", (test, json) =>
            Assert.False(CloudEventJson.TryReadBatch(json, out _, out _, Known(test)), Id(test)));
    }

    [Fact]
    public void Samples_survive_every_mode()
    {
        foreach (var (name, sample) in Samples)
        {
            Assert.True(CloudEventJson.TryRead(Texts.Utf8(Texts.Json(sample)), out var read, out var result, SampleAttributes), result.ToString());
            AssertEqual(sample, read, name + " JSON");
            foreach (var mode in new[] { CloudEventContentMode.Binary, CloudEventContentMode.Structured })
            {
                Assert.True(KafkaBinding.TryDecode(KafkaBinding.Encode(sample, mode), out read, out result, SampleAttributes), result.ToString());
                AssertEqual(sample, read, $"{name} Kafka {mode}");
                var http = HttpBinding.Encode(sample, mode);
                Assert.True(HttpBinding.TryDecode(http.Headers, http.Body, out read, out result, SampleAttributes), result.ToString());
                AssertEqual(sample, read, $"{name} HTTP {mode}");
            }
        }
    }

    internal static void AssertEqual(CloudEvent expected, CloudEvent actual, string what)
    {
        Assert.True(Describe(expected) == Describe(actual), $"{what}\nexpected {Describe(expected)}\nactual   {Describe(actual)}");

        static string Describe(CloudEvent e) => string.Join(" | ",
            e.Id, e.Source, e.Type, e.Subject, e.DataContentType, e.DataSchema, e.Time?.UtcTicks, Texts.Text(e.Data),
            string.Join(", ", e.Extensions.Select(static x => $"{x.Key}:{x.Value.Type}={(x.Value.Type == CloudEventType.Timestamp ? x.Value.AsTimestamp().UtcTicks : x.Value)}")));
    }

    private static CloudEvent Sample(string id) => new(id, "https://cloudevents.io", "io.cloudevents.test");

    private static string Id(JsonElement test) => test.GetProperty("id").GetString()!;

    private static FrozenDictionary<string, CloudEventAttribute>? Known(JsonElement test) =>
        test.TryGetProperty("sampleExtensionAttributes", out var known) && known.GetBoolean() ? SampleAttributes : null;

    private static void ForEach(string file, string member, Action<JsonElement, byte[]> check)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(SharedFolder.Require("conformance/cloudevents/" + file)));
        var tests = document.RootElement.GetProperty("tests");
        Assert.NotEqual(0, tests.GetArrayLength());
        foreach (var test in tests.EnumerateArray())
            check(test, Texts.Utf8(test.GetProperty(member).GetRawText()));
    }
}
