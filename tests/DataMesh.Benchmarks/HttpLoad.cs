using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace DataMesh.Benchmarks;

/// <summary>The platform and the article's server in Go under the same load, on the same broker, one after the other.</summary>
internal static partial class HttpLoad
{
    private const string Ours = "DataMesh platform";

    public static async Task<List<Result>> RunAsync(string servers, string platform, Func<string, Task> createTopic)
    {
        var results = new List<Result>();
        string script = Path.GetTempFileName();
        await File.WriteAllTextAsync(script, """
            wrk.method = "POST"
            wrk.body = '{"first":"John","Last":"Doe","Age":40}'
            wrk.headers["Content-Type"] = "application/json"
            """);
        await createTopic("bench-ours");
        await createTopic("bench-article");
        await createTopic("bench-best");
        await MeasureAsync("Kafka", Ours, 8391, platform, ["--urls", "http://127.0.0.1:8391", "--kafka", servers, "--topic", "bench-ours"]);
        await MeasureAsync("no broker", Ours, 8394, platform, ["--urls", "http://127.0.0.1:8394"]);
        if (GoPeer.Program is { } peer)
        {
            await MeasureAsync("Kafka", "CUE in Go, as in the article", 8392, peer, ["serve", "-kafka", servers, "-topic", "bench-article", "-listen", "127.0.0.1:8392"]);
            await MeasureAsync("Kafka", "CUE in Go, best form", 8393, peer, ["serve", "-kafka", servers, "-topic", "bench-best", "-listen", "127.0.0.1:8393", "-strict"]);
            await MeasureAsync("no broker", "CUE in Go, as in the article", 8395, peer, ["serve", "-channel", "null", "-listen", "127.0.0.1:8395"]);
            await MeasureAsync("no broker", "CUE in Go, best form", 8396, peer, ["serve", "-channel", "null", "-listen", "127.0.0.1:8396", "-strict"]);
        }

        File.Delete(script);
        return results;

        async Task MeasureAsync(string channel, string contender, int port, string program, string[] arguments)
        {
            var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
            // Its own consumer runs and reads every event; writing a line for each would measure the terminal.
            start.Environment["Logging__LogLevel__Default"] = "Warning";
            using Process server = Process.Start(start)!;
            server.OutputDataReceived += static (_, _) => { };
            server.ErrorDataReceived += static (_, _) => { };
            server.BeginOutputReadLine();
            server.BeginErrorReadLine();
            try
            {
                await ListensAsync(port);
                await WrkAsync(port, 16, 3);
                foreach (int connections in (int[])[1, 16])
                {
                    (double rate, string p99) = await WrkAsync(port, connections, 6);
                    results.Add(new Result(
                        $"HTTP POST, {channel}, {connections} connection{(connections == 1 ? "" : "s")}",
                        contender, 1 / rate, Result.PerSecond(rate, "requests"), $"p99 {p99}"));
                }
            }
            finally
            {
                server.Kill();
                await server.WaitForExitAsync();
            }
        }

        async Task<(double Rate, string P99)> WrkAsync(int port, int connections, int seconds)
        {
            using Process wrk = Process.Start(new ProcessStartInfo(
                "wrk", ["-t1", $"-c{connections}", $"-d{seconds}s", "--latency", "-s", script, $"http://127.0.0.1:{port}/"])
            {
                RedirectStandardOutput = true,
            })!;
            string output = await wrk.StandardOutput.ReadToEndAsync();
            await wrk.WaitForExitAsync();
            if (!Rate.IsMatch(output) || output.Contains("Non-2xx", StringComparison.Ordinal) || output.Contains("Socket errors", StringComparison.Ordinal))
                throw new InvalidOperationException("requests failed:\n" + output);
            return (double.Parse(Rate.Match(output).Groups[1].ValueSpan, CultureInfo.InvariantCulture), Percentile99.Match(output).Groups[1].Value);
        }
    }

    [GeneratedRegex(@"Requests/sec:\s+([0-9.]+)")]
    private static partial Regex Rate { get; }

    [GeneratedRegex(@"99%\s+(\S+)")]
    private static partial Regex Percentile99 { get; }

    private static async Task ListensAsync(int port)
    {
        for (long deadline = Environment.TickCount64 + 30_000; ; await Task.Delay(50))
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync("127.0.0.1", port);
                return;
            }
            catch (SocketException) when (Environment.TickCount64 < deadline)
            {
            }
        }
    }
}
