using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace DataMesh.Differential.Judging;

/// <summary>The real <c>cue</c> as a process that answers question after question (JSON Lines).</summary>
internal sealed class Oracle : IDisposable
{
    private readonly Process _process;

    public Oracle(string program)
    {
        ProcessStartInfo start = new(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
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
            yield return await ReadAsync();
        await asking;
    }

    public async Task<Answer> AskAsync(string source)
    {
        await WriteAsync(source);
        await _process.StandardInput.FlushAsync();
        return await ReadAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private Task WriteAsync(string source) =>
        _process.StandardInput.WriteAsync(JsonSerializer.Serialize(new { id = "", files = new[] { new { name = "in.cue", src = source } } }) + "\n");

    private async Task<Answer> ReadAsync()
    {
        string line = await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The oracle ended.");
        using JsonDocument document = JsonDocument.Parse(line);
        return Answer.Read(document.RootElement);
    }
}
