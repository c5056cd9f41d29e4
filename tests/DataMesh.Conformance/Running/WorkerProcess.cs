using System.Diagnostics;
using System.Text;
using System.Text.Json;
using DataMesh.Conformance.Corpora;

namespace DataMesh.Conformance.Running;

/// <summary>The parent's side of a worker: asks it, and replaces it when it dies or does not answer in time.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private const int MostWaits = 10;

    private static readonly DateTime _built = LastBuilt();

    private readonly TimeSpan _limit;
    private readonly string _verb;
    private Process? _process;

    /// <param name="limit">When a request is given up.</param>
    /// <param name="verb">What the program is started with.</param>
    public WorkerProcess(TimeSpan limit, string verb = "worker")
    {
        _limit = limit;
        _verb = verb;
    }

    public async Task<CaseResult> JudgeAsync(string file, int index, string id)
    {
        (string? answer, string? failure) = await AskAsync($"{file}\t{index}");
        return answer is null
            ? new(id, [new Verdict(CorpusFile.Heading(file), failure!)])
            : JsonSerializer.Deserialize<CaseResult>(answer)!;
    }

    /// <summary>The answer to a line, or how the process failed to give one.</summary>
    public async Task<(string? Answer, string? Failure)> AskAsync(string request)
    {
        Process process = _process ??= Start(_verb);
        string? answer;
        try
        {
            await process.StandardInput.WriteLineAsync(request);
            await process.StandardInput.FlushAsync();
            answer = await AnswerAsync(process);
        }
        catch (TimeoutException)
        {
            Dispose();
            return (null, $"timeout: no answer in {_limit.TotalSeconds} s");
        }
        catch (IOException)
        {
            answer = null;
        }

        if (answer is not null)
            return (answer, null);

        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(10));
        int code = process.ExitCode;
        Dispose();
        return (null, $"crash: the process ended with code {code}");
    }

    /// <summary>Waits for as long as the process has not worked for longer than the limit: others may keep the machine busy.</summary>
    private async Task<string?> AnswerAsync(Process process)
    {
        TimeSpan start = process.TotalProcessorTime;
        Task<string?> answer = process.StandardOutput.ReadLineAsync();
        for (int i = 1; ; i++)
        {
            try
            {
                return await answer.WaitAsync(_limit);
            }
            catch (TimeoutException) when (i < MostWaits && !process.HasExited && process.TotalProcessorTime - start < _limit)
            {
            }
        }
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

    private static DateTime LastBuilt() => Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll").Max(File.GetLastWriteTimeUtc);

    private static Process Start(string verb)
    {
        // A worker of another build, or of half of one, would judge the rest of the cases, or end at once on each of them.
        if (LastBuilt() != _built)
            throw new InvalidOperationException("The program was built again while it ran.");
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
        start.ArgumentList.Add(verb);
        // A case that allocates without end has to fail alone, not take the machine's memory with it.
        start.Environment["DOTNET_GCHeapHardLimit"] = "0x40000000";
        Process process = Process.Start(start) ?? throw new InvalidOperationException("The worker process did not start.");
        // A stack overflow prints thousands of frames, which would fill the pipe and block the dying process.
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        return process;
    }
}
