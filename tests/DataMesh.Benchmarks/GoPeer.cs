using System.Diagnostics;
using System.Text.Json;

namespace DataMesh.Benchmarks;

/// <summary>Real CUE on the official CloudEvents SDK for Go, where <c>shared/peers</c> has it.</summary>
internal static class GoPeer
{
    public static string? Program { get; } = Find();

    public static IEnumerable<Result> Bench()
    {
        if (Program is null)
            yield break;
        using Process peer = Process.Start(new ProcessStartInfo(Program, ["bench"]) { RedirectStandardOutput = true })!;
        while (peer.StandardOutput.ReadLine() is { } line)
        {
            JsonElement result = JsonElement.Parse(line);
            string name = result.GetProperty("name").GetString()!;
            string task = name.Contains("envelope", StringComparison.Ordinal) ? MessageBenchmarks.Ingest : MessageBenchmarks.Validate;
            string contender = name.Split(':')[0] switch
            {
                "article" => "CUE 0.17.1 in Go, as in the article",
                "best" => "CUE 0.17.1 in Go, best form",
                _ => "Go, hand-written struct",
            };
            double seconds = result.GetProperty("ns").GetDouble() / 1e9;
            yield return new Result(task, contender, seconds, Result.Nanoseconds(seconds), $"{result.GetProperty("bytes").GetInt64():N0} B");
        }

        peer.WaitForExit();
    }

    private static string? Find()
    {
        string? shared = Environment.GetEnvironmentVariable("DATAMESH_SHARED");
        string path = Path.Combine(shared ?? "", "peers", "go-peer", "go-peer");
        return shared is not null && File.Exists(path) ? path : null;
    }
}
