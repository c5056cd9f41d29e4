using System.CommandLine;
using DataMesh.Schemas;
using DataMesh.StreamingPlatform;

Option<string?> schema = new("--schema") { Description = "A CUE file, or the folder of a package, whose definition is served instead of the article's #Identity." };
Option<string?> definition = new("--definition") { Description = "The definition of --schema that is served, where it has several." };

Option<string> urls = new("--urls") { Description = "Where to listen.", DefaultValueFactory = static _ => new PlatformOptions().Urls };
Option<string?> kafka = new("--kafka") { Description = "A Kafka cluster, host:port. Without it events go through an in-process channel." };
Option<string> topic = new("--topic") { Description = "The Kafka topic.", DefaultValueFactory = static _ => new PlatformOptions().Topic };
Option<string[]> client = new("--kafka-option")
{
    Description = "An option of the Kafka client, as librdkafka names it: security.protocol=SSL. May be repeated.",
    Validators =
    {
        static result =>
        {
            foreach (var token in result.Tokens)
            {
                if (token.Value.IndexOf('=') < 1)
                    result.AddError($"--kafka-option: '{token.Value}' is not name=value.");
            }
        },
    },
};
Option<int> acknowledgement = new("--acknowledgement-seconds")
{
    Description = "How long a client waits for the broker's acknowledgement before it is answered 503.",
    DefaultValueFactory = static _ => (int)new PlatformOptions().AcknowledgementTimeout.TotalSeconds,
};
Option<int> maxBody = new("--max-body-bytes")
{
    Description = "The largest document taken.",
    DefaultValueFactory = static _ => new PlatformOptions().MaxBodyBytes,
};

RootCommand command = new("Takes documents of a data product over HTTP and puts them on a channel as CloudEvents.")
{
    schema, definition, urls, kafka, topic, client, acknowledgement, maxBody,
};
command.Validators.Add(result =>
{
    if (result.GetValue(definition) is not null && result.GetValue(schema) is null)
        result.AddError("--definition chooses in a --schema, and there is none.");
});
command.SetAction(async (arguments, cancellationToken) =>
{
    ServedProduct product;
    try
    {
        product = arguments.GetValue(schema) is { } path
            ? ServedProduct.Of(SchemaPackage.Load(path).Product(arguments.GetValue(definition)))
            : ServedProduct.Of<Identity>();
    }
    catch (SchemaException exception)
    {
        Console.Error.WriteLine(exception.Message);
        return 1;
    }

    await PlatformHost.Create(product, ReadOptions(arguments)).RunAsync(cancellationToken);
    return 0;
});

// No limit from here: the host itself ends within its own, after draining the channel.
return await command.Parse(args).InvokeAsync(new() { ProcessTerminationTimeout = null });

PlatformOptions ReadOptions(ParseResult arguments) => new()
{
    Urls = arguments.GetRequiredValue(urls),
    Kafka = arguments.GetValue(kafka),
    Topic = arguments.GetRequiredValue(topic),
    KafkaClient = (arguments.GetValue(client) ?? []).ToDictionary(
        static option => option[..option.IndexOf('=')], static option => option[(option.IndexOf('=') + 1)..]),
    AcknowledgementTimeout = TimeSpan.FromSeconds(arguments.GetValue(acknowledgement)),
    MaxBodyBytes = arguments.GetValue(maxBody),
};
