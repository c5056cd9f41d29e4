using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.NetworkInformation;
using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace DataMesh.Tests;

/// <summary>
/// A Kafka cluster for tests: a real one that the script in <c>shared/kafka</c> starts, in a directory and on ports of its own, or
/// the one that <c>DATAMESH_TEST_KAFKA</c> names. Where neither can be had, tests that need one are skipped as "no broker", which
/// is a failure where <c>CI=true</c>; those that need no more than the protocol run on the mock cluster inside the client.
/// </summary>
internal sealed class KafkaBroker : IAsyncDisposable
{
    private static readonly ConcurrentDictionary<KafkaBroker, byte> Running = new();

    private readonly string? _directory;
    private readonly MockCluster? _mock;

    static KafkaBroker() => AppDomain.CurrentDomain.ProcessExit += static (_, _) =>
    {
        foreach (KafkaBroker broker in Running.Keys)
            broker.ScriptAsync("stop").Wait(TimeSpan.FromSeconds(20));
    };

    private KafkaBroker(string servers, string? directory, MockCluster? mock)
    {
        Servers = servers;
        _directory = directory;
        _mock = mock;
    }

    /// <summary><c>bootstrap.servers</c>.</summary>
    public string Servers { get; }

    /// <summary>False for the client's mock cluster.</summary>
    public bool IsReal => _mock is null;

    /// <summary>Where the broker keeps its data; also <c>ca.pem</c> of a secured one.</summary>
    public string Directory => _directory ?? throw new InvalidOperationException("The cluster was not started here.");

    /// <summary>The cluster to share with other tests, without stopping or securing it.</summary>
    public static async Task<KafkaBroker> CommonAsync()
    {
        if (Environment.GetEnvironmentVariable("DATAMESH_TEST_KAFKA") is { Length: > 0 } servers)
            return new KafkaBroker(servers, null, null);
        if (Script is not null && HasJava)
            return await StartAsync();
        return Mock();
    }

    /// <summary>A cluster of the test's own, to stop and to kill.</summary>
    /// <param name="secure">With TLS, SCRAM and access control; see the script's description.</param>
    /// <param name="port">The port to listen on; null for any free one.</param>
    public static async Task<KafkaBroker> StartAsync(bool secure = false, int? port = null)
    {
        RequireScript();
        string root = Environment.GetEnvironmentVariable("DATAMESH_BROKERS") is { Length: > 0 } named ? named : Path.GetTempPath();
        for (int attempt = 1; ; attempt++)
        {
            string directory = Path.Combine(root, "broker-" + Guid.NewGuid().ToString("N"));
            int first = port ?? FreePort();
            var broker = new KafkaBroker($"{(secure ? "localhost" : "127.0.0.1")}:{first}", directory, null);
            Running.TryAdd(broker, 0);
            try
            {
                await broker.ScriptAsync("start", ["--port", first.ToString(CultureInfo.InvariantCulture), .. secure ? ["--secure"] : Array.Empty<string>()]);
                return broker;
            }
            catch (InvalidOperationException) when (port is null && attempt < 3)
            {
                // Somebody else took the port in the meantime.
                await broker.DisposeAsync();
            }
        }
    }

    /// <summary>Skips the test where no real broker can be started; fails it in CI.</summary>
    public static void RequireScript()
    {
        if (Script is null || !HasJava)
            NoBroker(Script is null ? "no broker: there is no shared/kafka beside the repository" : "no broker: there is no java to run it");
    }

    /// <summary>Skips a test that asks more of the cluster than the client's mock does; fails it in CI.</summary>
    public void RequireReal()
    {
        if (!IsReal)
            NoBroker("no broker: the client's mock cluster is not enough for this");
    }

    /// <summary>The first of three neighbouring ports that nothing listens on, below those for outgoing connections.</summary>
    public static int FreePort()
    {
        HashSet<int> taken = [.. IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(e => e.Port)];
        while (true)
        {
            int port = Random.Shared.Next(12000, 30000);
            if (!taken.Contains(port) && !taken.Contains(port + 1) && !taken.Contains(port + 2))
                return port;
        }
    }

    /// <summary>Creates a topic with a name that no other test has, and returns the name.</summary>
    public async Task<string> CreateTopicAsync(int partitions = 1, string prefix = "test-")
    {
        string topic = prefix + Guid.NewGuid().ToString("N");
        await CreateTopicAsync(topic, partitions);
        return topic;
    }

    /// <summary>Creates a topic, over the brokers' own listener where the cluster is secured.</summary>
    public async Task CreateTopicAsync(string topic, int partitions)
    {
        if (_mock is not null)
        {
            _mock.CreateTopic(topic, partitions);
            return;
        }

        if (_directory is not null && File.Exists(Path.Combine(_directory, "secure")))
        {
            await ScriptAsync("topic", [topic, partitions.ToString(CultureInfo.InvariantCulture)]);
            return;
        }

        using IAdminClient admin = Admin();
        await admin.CreateTopicsAsync([new TopicSpecification { Name = topic, NumPartitions = partitions, ReplicationFactor = 1 }]);
    }

    public IAdminClient Admin() => new AdminClientBuilder(new AdminClientConfig { BootstrapServers = Servers }).Build();

    /// <summary>Ends the only node as a crash would.</summary>
    public Task KillAsync() => ScriptAsync("kill", ["1"]);

    /// <summary>Starts the node again on its data, and waits until it is ready.</summary>
    public Task ReviveAsync() => ScriptAsync("revive", ["1"]);

    public async ValueTask DisposeAsync()
    {
        _mock?.Dispose();
        if (_directory is null || !Running.TryRemove(this, out _))
            return;
        await ScriptAsync("stop");
        if (System.IO.Directory.Exists(_directory))
            System.IO.Directory.Delete(_directory, recursive: true);
    }

    private static string? Script { get; } =
        SharedFolder.Path is { } shared && File.Exists(Path.Combine(shared, "kafka", "kafka.sh")) ? Path.Combine(shared, "kafka", "kafka.sh") : null;

    private static bool HasJava { get; } =
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "java")));

    private static void NoBroker(string reason)
    {
        if (string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase))
            Assert.Fail(reason);
        Assert.Skip(reason);
    }

    private static KafkaBroker Mock()
    {
        var mock = new MockCluster();
        return new KafkaBroker(mock.Servers, null, mock);
    }

    private async Task ScriptAsync(string command, params string[] arguments)
    {
        var start = new ProcessStartInfo("bash") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (string[])[Script!, command, Directory, .. arguments])
            start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        await process.WaitForExitAsync(deadline.Token);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"kafka.sh {command} failed: {await errors}{await output}");
    }
}
