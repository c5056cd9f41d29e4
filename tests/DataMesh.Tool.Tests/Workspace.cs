using System.Diagnostics;
using System.Text;
using DataMesh.Tests;

namespace DataMesh.Tool.Tests;

/// <summary>What a command printed, and its exit code.</summary>
internal sealed record Outcome(int Code, string Output, string Error);

/// <summary>A folder of its own with files in it, in which commands run.</summary>
internal sealed class Workspace : IDisposable
{
    /// <param name="files">Names and texts: <c>-- name --</c> on a line of its own begins a file.</param>
    public Workspace(string files)
    {
        Folder = Directory.CreateTempSubdirectory("datamesh-").FullName;
        string? name = null;
        StringBuilder text = new();
        foreach (var line in files.TrimEnd('\n').Split('\n'))
        {
            if (line.StartsWith("-- ", StringComparison.Ordinal) && line.EndsWith(" --", StringComparison.Ordinal))
            {
                Flush();
                name = line[3..^3];
            }
            else
            {
                text.Append(line).Append('\n');
            }
        }

        Flush();

        void Flush()
        {
            if (name is not null)
                Write(name, text.ToString());
            text.Clear();
        }
    }

    public string Folder { get; }

    public string Read(string name) => File.ReadAllText(Path.Combine(Folder, name));

    public bool Has(string name) => File.Exists(Path.Combine(Folder, name));

    public void Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    /// <summary>Runs a command line, as the process would, in this folder.</summary>
    public Outcome Run(params IReadOnlyList<string> arguments) => RunWith("", arguments);

    /// <summary>As <see cref="Run"/>, with text on standard input.</summary>
    public Outcome RunWith(string input, params IReadOnlyList<string> arguments)
    {
        using MemoryStream output = new(), error = new();
        var code = DataMeshCommand.Run(arguments, new CommandEnvironment
        {
            Output = output,
            Error = error,
            ReadInput = () => Encoding.UTF8.GetBytes(input),
            WorkingFolder = Folder,
            Cancellation = TestContext.Current.CancellationToken,
        });
        return new(code, Encoding.UTF8.GetString(output.ToArray()), Encoding.UTF8.GetString(error.ToArray()));
    }

    /// <summary>Runs the same command line with the real <c>cue</c>; skips the test where that is not at hand.</summary>
    public Outcome RunOracle(string input, params IReadOnlyList<string> arguments)
    {
        var oracle = SharedFolder.Require("tools/oracle/oracle");
        using var process = Process.Start(new ProcessStartInfo(oracle, ["cue", .. arguments])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        process.WaitForExit();
        return new(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
