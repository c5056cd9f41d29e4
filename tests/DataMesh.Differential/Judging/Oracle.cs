using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace DataMesh.Differential.Judging;

/// <summary>The real <c>cue</c> as a process that answers question after question (JSON Lines).</summary>
internal sealed class Oracle : IDisposable
{
    private static readonly UTF8Encoding _encoding = new(encoderShouldEmitUTF8Identifier: false);
    private readonly string _program;
    private readonly bool _wantsText;
    private readonly Process _process;

    /// <param name="program">The program.</param>
    /// <param name="wantsText">Whether the command is asked too, for what it prints of the values.</param>
    public Oracle(string program, bool wantsText)
    {
        (_program, _wantsText) = (program, wantsText);
        ProcessStartInfo start = new(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardInputEncoding = _encoding,
            UseShellExecute = false,
            ArgumentList = { "eval", "-timeout", "3" },
        };
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
    }

    /// <summary>Asks for all packages at once; answers come while they are being asked for.</summary>
    public async IAsyncEnumerable<Answer> AskAsync(IReadOnlyList<string> sources)
    {
        Task asking = Task.Run(async () =>
        {
            foreach (string source in sources)
                await WriteAsync(source);
            await _process.StandardInput.FlushAsync();
        });
        for (int i = 0; i < sources.Count; i++)
            yield return await ReadAsync(sources[i]);
        await asking;
    }

    public async Task<Answer> AskAsync(string source)
    {
        await WriteAsync(source);
        await _process.StandardInput.FlushAsync();
        return await ReadAsync(source);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private Task WriteAsync(string source) =>
        _process.StandardInput.WriteAsync(JsonSerializer.Serialize(new { id = "", files = new[] { new { name = "in.cue", src = source } } }) + "\n");

    private async Task<Answer> ReadAsync(string source)
    {
        string line = await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The oracle ended.");
        using JsonDocument document = JsonDocument.Parse(line);
        Answer answer = Answer.Read(document.RootElement);
        return _wantsText ? answer with { Text = await PrintAsync(source) } : answer;
    }

    /// <summary>What the command prints; null if it prints nothing or has no end.</summary>
    private async Task<string?> PrintAsync(string source)
    {
        using Process command = Process.Start(new ProcessStartInfo(_program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = _encoding,
            StandardInputEncoding = _encoding,
            ArgumentList = { "cue", "eval", "--all", "--ignore", "cue:", "-" },
        })!;
        // The process has no limit of its own.
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(10));
        using CancellationTokenRegistration ending = limit.Token.Register(command.Kill);
        await command.StandardInput.WriteAsync(source);
        command.StandardInput.Close();
        Task<string> errors = command.StandardError.ReadToEndAsync();
        string text = await command.StandardOutput.ReadToEndAsync();
        await errors;
        return text.Length > 0 && !limit.IsCancellationRequested ? text : null;
    }
}
