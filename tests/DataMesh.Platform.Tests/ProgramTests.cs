using System.Diagnostics;
using System.Text;

namespace DataMesh.Platform.Tests;

/// <summary>The program itself, as <c>run.sh</c> starts it.</summary>
public sealed class ProgramTests : IDisposable
{
    private Process? _program;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("C")]
    [InlineData("tr_TR.UTF-8")]
    [InlineData("sv_SE.UTF-8")]
    [InlineData("fi_FI.UTF-8")]
    public async Task The_session_of_the_README_is_answered_word_for_word(string language)
    {
        var program = Start(language, "--urls", "http://127.0.0.1:0");
        using var client = new HttpClient { BaseAddress = new((await WaitForAsync(program, "Now listening on: "))[^1]) };
        Assert.Equal("ok", await PostAsync("""{"first":"John","Last":"Doe","Age":40}"""));
        Assert.Equal("#Identity.Age: invalid value 140 (out of bound <130)", await PostAsync("""{"first":"John","Last":"Doe","Age":140}"""));
        Assert.StartsWith("{", await client.GetStringAsync("/openapi", Token));
        Assert.Contains("40", (await WaitForAsync(program, "off the channel: "))[^1]);

        // As a container does; the program ends by itself.
        using (var kill = Process.Start("kill", ["-TERM", $"{program.Id}"]))
            await kill.WaitForExitAsync(Token);
        await program.WaitForExitAsync(Token);
        Assert.Equal(0, program.ExitCode);

        async Task<string> PostAsync(string body)
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/x-www-form-urlencoded");
            using var response = await client.PostAsync("/", content, Token);
            return await response.Content.ReadAsStringAsync(Token);
        }
    }

    [Theory]
    [InlineData(0, "--kafka", "--help")]
    [InlineData(1, "--kafka-option", "--kafka-option", "nonsense")]
    [InlineData(1, "--max-body-bytes", "--max-body-bytes", "many")]
    [InlineData(1, "--unheard-of", "--unheard-of")]
    public async Task Options_are_explained_and_checked(int exitCode, string said, params string[] arguments)
    {
        var program = Start("C", arguments);
        var output = program.StandardOutput.ReadToEndAsync(Token);
        var errors = program.StandardError.ReadToEndAsync(Token);
        await program.WaitForExitAsync(Token);
        Assert.Equal(exitCode, program.ExitCode);
        Assert.Contains(said, await output + await errors);
    }

    public void Dispose()
    {
        if (_program is { HasExited: false })
            _program.Kill();
        _program?.Dispose();
    }

    private Process Start(string language, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "StreamingPlatform"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["LANG"] = language, ["LC_ALL"] = language },
        };
        return _program = Process.Start(start)!;
    }

    /// <summary>What is left and right of a text in the next line that has it.</summary>
    private static async Task<string[]> WaitForAsync(Process program, string text)
    {
        while (await program.StandardOutput.ReadLineAsync(Token) is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
                return line.Split(text);
        }
        throw new InvalidOperationException("the program ended: " + await program.StandardError.ReadToEndAsync(Token));
    }
}
