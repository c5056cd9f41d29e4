using System.Runtime.InteropServices;
using System.Text;

namespace DataMesh.Tests;

/// <summary>
/// The Kafka cluster that librdkafka simulates inside the process: the real protocol on a loopback port, with as much behind it
/// as a protocol test needs.
/// </summary>
internal sealed partial class MockCluster : IDisposable
{
    private readonly IntPtr _client;
    private readonly IntPtr _cluster;

    // The package has several builds of the library; the client takes the first that this system can load, and so do we.
    static MockCluster() => NativeLibrary.SetDllImportResolver(typeof(MockCluster).Assembly, static (name, assembly, _) =>
    {
        foreach (string build in (string[])[name, "centos8-" + name, "alpine-" + name])
        {
            if (name == Library && NativeLibrary.TryLoad(build, assembly, null, out IntPtr handle))
                return handle;
        }

        return IntPtr.Zero;
    });

    public MockCluster()
    {
        var error = new byte[512];
        _client = NewClient(1, NewConfiguration(), error, error.Length);
        if (_client == IntPtr.Zero)
            throw new InvalidOperationException(Encoding.UTF8.GetString(error).TrimEnd('\0'));
        _cluster = NewCluster(_client, 1);
    }

    public string Servers => Marshal.PtrToStringUTF8(Bootstraps(_cluster))!;

    public void CreateTopic(string topic, int partitions)
    {
        int error = CreateTopic(_cluster, topic, partitions, 1);
        if (error != 0)
            throw new InvalidOperationException($"The mock cluster did not create '{topic}': error {error}.");
    }

    /// <summary>The next request of a kind gets an error for an answer.</summary>
    /// <param name="apiKey">The kind's number in the Kafka protocol.</param>
    /// <param name="error">The error's number in the Kafka protocol.</param>
    public void FailNext(short apiKey, int error) => PushErrors(_cluster, apiKey, 1, [error]);

    public void Dispose()
    {
        DestroyCluster(_cluster);
        DestroyClient(_client);
    }

    private const string Library = "librdkafka";

    [LibraryImport(Library, EntryPoint = "rd_kafka_conf_new")]
    private static partial IntPtr NewConfiguration();

    [LibraryImport(Library, EntryPoint = "rd_kafka_new")]
    private static partial IntPtr NewClient(int type, IntPtr configuration, byte[] error, nint errorSize);

    [LibraryImport(Library, EntryPoint = "rd_kafka_destroy")]
    private static partial void DestroyClient(IntPtr client);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_cluster_new")]
    private static partial IntPtr NewCluster(IntPtr client, int brokers);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_cluster_destroy")]
    private static partial void DestroyCluster(IntPtr cluster);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_cluster_bootstraps")]
    private static partial IntPtr Bootstraps(IntPtr cluster);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_push_request_errors_array")]
    private static partial void PushErrors(IntPtr cluster, short apiKey, nint count, int[] errors);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_topic_create", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int CreateTopic(IntPtr cluster, string topic, int partitions, int replicas);
}
