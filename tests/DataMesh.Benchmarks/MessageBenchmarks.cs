using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using DataMesh.Benchmarks.Contenders;
using DataMesh.CloudEvents;
using NJsonSchema;

namespace DataMesh.Benchmarks;

/// <summary>One message of the article's schema, in process. The categories are the rows of the table, the descriptions its contenders.</summary>
public class MessageBenchmarks
{
    public const string Record = "bytes to validated record";
    public const string Validate = "validate only";
    public const string Ingest = "ingest, validate, envelope";

    public const string Ours = "DataMesh, generated";
    public const string ByHand = "hand-written Utf8JsonReader";
    public const string Reflection = "System.Text.Json, reflection, and checks";
    public const string SourceGenerated = "System.Text.Json, source-generated, and checks";
    public const string JsonSchemaName = "NJsonSchema 10.7.2";

    public static readonly byte[] Message = """{"first":"John","Last":"Doe","Age":40}"""u8.ToArray();

    private readonly JsonSchema _schema = JsonSchema.FromJsonAsync("""
        {
          "type": "object",
          "additionalProperties": false,
          "required": ["first", "Last"],
          "properties": {
            "first": {"type": "string", "pattern": "[A-Z].*"},
            "Last": {"type": "string", "pattern": "[A-Z].*"},
            "Age": {"type": "number", "exclusiveMaximum": 130}
          }
        }
        """).GetAwaiter().GetResult();

    private readonly DataProductCodec _codec = DataProductCodec.For<Identity>();
    private readonly EventPublisher _publisher = new(new NullChannel(), new() { Mode = CloudEventContentMode.Structured });
    private readonly Envelope _envelope = new();

    [Benchmark(Description = Ours), BenchmarkCategory(Record)]
    public Identity OursRecord() => Identity.TryParse(Message, out Identity? value, out _) ? value : throw Unexpected();

    [Benchmark(Description = ByHand), BenchmarkCategory(Record)]
    public object HandWrittenRecord() => HandWritten.Read(Message) ?? throw Unexpected();

    [Benchmark(Description = Reflection), BenchmarkCategory(Record)]
    public object ReflectionRecord() => Checked(Reflected());

    [Benchmark(Description = SourceGenerated), BenchmarkCategory(Record)]
    public object SourceGeneratedRecord() => Checked(Deserialized());

    [Benchmark(Description = JsonSchemaName), BenchmarkCategory(Record)]
    public object SchemaRecord() => ValidBySchema() ? Deserialized() : throw Unexpected();

    [Benchmark(Description = Ours), BenchmarkCategory(Validate)]
    public bool OursValidate() => Identity.Validate(Message).IsValid ? true : throw Unexpected();

    [Benchmark(Description = ByHand), BenchmarkCategory(Validate)]
    public bool HandWrittenValidate() => HandWritten.IsValid(Message) ? true : throw Unexpected();

    [Benchmark(Description = JsonSchemaName), BenchmarkCategory(Validate)]
    public bool SchemaValidate() => ValidBySchema() ? true : throw Unexpected();

    [Benchmark(Description = Ours), BenchmarkCategory(Ingest)]
    public bool OursIngest()
    {
        ValueTask<ValidationResult> task = _publisher.IngestAsync(_codec, Message);
        return task.IsCompletedSuccessfully && task.Result.IsValid ? true : throw Unexpected();
    }

    [Benchmark(Description = ByHand), BenchmarkCategory(Ingest)]
    public int HandWrittenIngest() =>
        _envelope.Write(HandWritten.Read(Message) ?? throw Unexpected(), static (writer, data) => data.WriteTo(writer));

    [Benchmark(Description = Reflection), BenchmarkCategory(Ingest)]
    public int ReflectionIngest() =>
        _envelope.Write(Checked(Reflected()), static (writer, data) => JsonSerializer.Serialize(writer, data, SerializedIdentity.Reflection));

    [Benchmark(Description = SourceGenerated), BenchmarkCategory(Ingest)]
    public int SourceGeneratedIngest() =>
        _envelope.Write(Checked(Deserialized()), static (writer, data) => JsonSerializer.Serialize(writer, data, SerializedIdentityContext.Default.SerializedIdentity));

    [Benchmark(Description = JsonSchemaName), BenchmarkCategory(Ingest)]
    public int SchemaIngest() =>
        ValidBySchema() ? _envelope.Write(Message, static (writer, data) => writer.WriteRawValue(data)) : throw Unexpected();

    private static SerializedIdentity Reflected() => JsonSerializer.Deserialize<SerializedIdentity>(Message, SerializedIdentity.Reflection)!;

    private static SerializedIdentity Deserialized() => JsonSerializer.Deserialize(Message, SerializedIdentityContext.Default.SerializedIdentity)!;

    private static SerializedIdentity Checked(SerializedIdentity identity) => identity.IsValid() ? identity : throw Unexpected();

    private bool ValidBySchema() => _schema.Validate(Encoding.UTF8.GetString(Message)).Count == 0;

    private static InvalidOperationException Unexpected() => new("The message is valid, and was refused.");
}
