using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DataMesh.Channels;
using DataMesh.CloudEvents;
using DataMesh.Tests;

namespace DataMesh.Runtime.Tests.CloudEvents;

/// <summary>
/// The gherkin files of the CloudEvents conformance repository, and its YAML events. As much of both languages is read as
/// they use; a step that is not known fails.
/// </summary>
public sealed partial class FeatureFileTests
{
    [Theory]
    [InlineData("http-protocol-binding.feature")]
    [InlineData("kafka-protocol-binding.feature")]
    public void Scenarios_hold(string file)
    {
        var scenarios = Scenarios(File.ReadAllText(SharedFolder.Require("conformance/cloudevents/" + file))).ToList();
        Assert.True(scenarios.Count >= 3);
        foreach (var scenario in scenarios)
            Run(scenario);
    }

    [Fact]
    public void Minimum_events_survive_every_mode()
    {
        var documents = File.ReadAllText(SharedFolder.Require("conformance/cloudevents/v1_minimum.yaml")).Split("---\n");
        Assert.True(documents.Length >= 6);
        foreach (var document in documents)
        {
            var attributes = AttributeLine().Matches(document).ToDictionary(static m => m.Groups[1].Value, static m => m.Groups[2].Value);
            Assert.Equal("1.0", attributes["specversion"]);
            var data = string.Concat(document[(document.IndexOf("Data: |\n", StringComparison.Ordinal) + 8)..]
                .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Trim() + "\n"));
            var sample = new CloudEvent(attributes["id"], attributes["source"], attributes["type"])
            {
                DataContentType = attributes["datacontenttype"],
                Data = Texts.Utf8(data),
            };
            foreach (var mode in new[] { CloudEventContentMode.Binary, CloudEventContentMode.Structured })
            {
                Assert.True(KafkaBinding.TryDecode(KafkaBinding.Encode(sample, mode), out var read, out var result), result.ToString());
                Assert.Equal(data.TrimEnd(), Texts.Text(read.Data).TrimEnd());
                Assert.Equal(sample.DataContentType, read.DataContentType);
                var http = HttpBinding.Encode(sample, mode);
                Assert.True(HttpBinding.TryDecode(http.Headers, http.Body, out read, out result), result.ToString());
                Assert.Equal(data.TrimEnd(), Texts.Text(read.Data).TrimEnd());
                Assert.Equal(sample.Source, read.Source);
            }
        }
    }

    private static void Run(string scenario)
    {
        // Steps are lines that start with a keyword; what follows is their argument.
        var steps = StepKeyword().Split(scenario).Skip(1).Select(static step => step.Trim()).ToList();
        byte[] payload = [];
        List<KeyValuePair<string, string>> headers = [];
        CloudEvent? parsed = null;
        foreach (var step in steps)
        {
            var (title, argument) = step.Split('\n', 2) is [var head, var tail] ? (head.Trim(), tail) : (step, "");
            switch (title)
            {
                case "an HTTP request":
                    var (head2, body) = Document(argument).Split("\n\n", 2) is [var h, var b] ? (h, b) : throw new InvalidDataException(argument);
                    headers.AddRange(head2.Split('\n').Skip(1).Select(static line => line.Split(": ", 2)).Select(static p => KeyValuePair.Create(p[0], p[1])));
                    payload = Texts.Utf8(body);
                    break;
                case "a Kafka message with payload:":
                    payload = Texts.Utf8(Document(argument));
                    break;
                case "Kafka headers:":
                    headers.AddRange(Table(argument));
                    break;
                case "parsed as HTTP request":
                    Assert.True(HttpBinding.TryDecode(headers, payload, out parsed, out var result), result.ToString());
                    break;
                case "parsed as Kafka message":
                    var message = new ChannelMessage(payload, null, [.. headers.Select(static h => new ChannelHeader(h.Key, Texts.Utf8(h.Value)))]);
                    Assert.True(KafkaBinding.TryDecode(message, out parsed, out result), result.ToString());
                    break;
                case "the attributes are:":
                    foreach (var (name, value) in Table(argument))
                        Assert.Equal((name, value), (name, Attribute(parsed!, name)));
                    break;
                case "the data is equal to the following JSON:":
                    Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Document(argument)), JsonNode.Parse(parsed!.Data!.Value.Span)));
                    parsed = null;
                    break;
                default:
                    throw new InvalidDataException("unknown step: " + title);
            }
        }
        Assert.Null(parsed);
    }

    private static string? Attribute(CloudEvent e, string name) => name switch
    {
        "id" => e.Id,
        "specversion" => CloudEventContext.SpecVersion,
        "type" => e.Type,
        "source" => e.Source,
        "time" => CloudEventValue.FromTimestamp(e.Time!.Value).ToString(),
        "datacontenttype" => e.DataContentType,
        _ => throw new InvalidDataException(name),
    };

    private static IEnumerable<string> Scenarios(string feature)
    {
        foreach (var scenario in ScenarioKeyword().Split(feature.ReplaceLineEndings("\n")).Skip(1))
        {
            var parts = scenario.Split("Examples:", 2);
            if (parts.Length == 1)
            {
                yield return scenario;
                continue;
            }
            var rows = parts[1].Split('\n').Select(static line => line.Trim()).Where(static line => line.StartsWith('|'))
                .Select(static line => line.Trim('|').Trim()).ToList();
            foreach (var value in rows.Skip(1))
                yield return parts[0].Replace($"<{rows[0]}>", value, StringComparison.Ordinal);
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Table(string argument) => argument.Split('\n')
        .Select(static line => line.Trim().Trim('|').Split('|', 2)).Where(static cells => cells.Length == 2)
        .Select(static cells => KeyValuePair.Create(cells[0].Trim(), cells[1].Trim())).Skip(1);

    private static string Document(string argument)
    {
        var lines = argument.Split("\"\"\"")[1].Split('\n')[1..^1];
        var indentation = lines[0].Length - lines[0].TrimStart().Length;
        return string.Join('\n', lines.Select(line => line.Length < indentation ? "" : line[indentation..]));
    }

    [GeneratedRegex(@"^\s*Scenario(?: Outline)?:.*$", RegexOptions.Multiline)]
    private static partial Regex ScenarioKeyword();

    [GeneratedRegex(@"^\s*(?:Given|When|Then|And) ", RegexOptions.Multiline)]
    private static partial Regex StepKeyword();

    [GeneratedRegex(@"^  (\w+): (.*)$", RegexOptions.Multiline)]
    private static partial Regex AttributeLine();
}
