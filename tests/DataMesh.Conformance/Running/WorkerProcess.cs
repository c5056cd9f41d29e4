using System.Diagnostics;
using System.Text;
using System.Text.Json;
using DataMesh.Conformance.Corpora;

namespace DataMesh.Conformance.Running;

/// <summary>The parent's side of a worker: asks it, and replaces it when it dies or does not answer in time.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly TimeSpan _limit;
    private Process? _process;

    public WorkerProcess(TimeSpan limit) => _limit = limit;

    public async Task<CaseResult> JudgeAsync(string file, int index, string id)
    {
        Process process = _process ??= Start();
        string? answer;
        try
        {
            await process.StandardInput.WriteLineAsync($"{file}\t{index}");
            await process.StandardInput.FlushAsync();
            answer = await process.StandardOutput.ReadLineAsync().WaitAsync(_limit);
        }
        catch (TimeoutException)
        {
            Dispose();
            return Failed(file, id, $"timeout: no answer in {_limit.TotalSeconds} s");
        }
        catch (IOException)
        {
            answer = null;
        }

        if (answer is not null)
            return JsonSerializer.Deserialize<CaseResult>(answer)!;

        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(10));
        int code = process.ExitCode;
        Dispose();
        return Failed(file, id, $"crash: the process ended with code {code}");
    }

    public void Dispose()
    {
        if (_process is not { } process)
            return;
        _process = null;
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    private static CaseResult Failed(string file, string id, string difference) =>
        new(id, [new Verdict(CorpusFile.Heading(file), difference)]);

    private static Process Start()
    {
        string program = Environment.ProcessPath ?? throw new InvalidOperationException("The path of this process is unknown.");
        ProcessStartInfo start = new(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            UseShellExecute = false,
        };
        if (string.Equals(Path.GetFileNameWithoutExtension(program), "dotnet", StringComparison.OrdinalIgnoreCase))
            start.ArgumentList.Add(typeof(WorkerProcess).Assembly.Location);
        start.ArgumentList.Add("worker");
        // A case that allocates without end has to fail alone, not take the machine's memory with it.
        start.Environment["DOTNET_GCHeapHardLimit"] = "0x40000000";
        Process process = Process.Start(start) ?? throw new InvalidOperationException("The worker process did not start.");
        // A stack overflow prints thousands of frames, which would fill the pipe and block the dying process.
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        return process;
    }
}
