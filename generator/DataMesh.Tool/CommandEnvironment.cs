using System.Text;
using DataMesh.Cue.Export;
using DataMesh.Cue.Load;
using DataMesh.Cue.Values;

namespace DataMesh.Tool;

/// <summary>What a command reads from and writes to: the process, or what a test gives.</summary>
internal sealed class CommandEnvironment
{
    /// <summary>Standard output; bytes, because what is exported can be binary.</summary>
    public required Stream Output { get; init; }

    public required Stream Error { get; init; }

    public required Func<byte[]> ReadInput { get; init; }

    /// <summary>What relative paths start from.</summary>
    public required string WorkingFolder { get; init; }

    /// <summary>Where packages and data are read from.</summary>
    public ISourceTree Sources { get; init; } = new DiskSources();

    /// <summary>
    /// How many steps evaluation may take. A command is ended by whoever started it; the budget only keeps what never ends
    /// from running for ever.
    /// </summary>
    public long MaxSteps { get; init; } = 100_000_000;

    /// <summary>Whether people look at what is printed: colours are for them only.</summary>
    public bool IsTerminal { get; init; }

    public CancellationToken Cancellation { get; init; }

    public static CommandEnvironment OfProcess()
    {
        CancellationTokenSource interrupted = new();
        Console.CancelKeyPress += (_, press) =>
        {
            // The first asks, the second ends.
            press.Cancel = !interrupted.IsCancellationRequested;
            interrupted.Cancel();
        };
        return new()
        {
            Output = Console.OpenStandardOutput(),
            Error = Console.OpenStandardError(),
            ReadInput = ReadStandardInput,
            WorkingFolder = Environment.CurrentDirectory,
            IsTerminal = !Console.IsOutputRedirected && !Console.IsErrorRedirected,
            Cancellation = interrupted.Token,
        };
    }

    public void Write(string text) => Output.Write(Encoding.UTF8.GetBytes(text));

    public void WriteError(string text) => Error.Write(Encoding.UTF8.GetBytes(text));

    private static byte[] ReadStandardInput()
    {
        using var input = Console.OpenStandardInput();
        using MemoryStream bytes = new();
        input.CopyTo(bytes);
        return bytes.ToArray();
    }
}

/// <summary>Ends a command with errors and the exit code 1.</summary>
/// <param name="errors">The errors, in the order in which they are printed.</param>
internal sealed class CommandException(IReadOnlyList<CueError> errors) : Exception(errors[0].Message)
{
    public CommandException(string message)
        : this([new CueError(CueErrorCode.Load, message, "", [])])
    {
    }

    public IReadOnlyList<CueError> Errors { get; } = errors;

    /// <summary>Ends the command if there are errors; they are printed in <c>cue</c>'s order.</summary>
    public static void ThrowIfAny(IReadOnlyList<CueError> errors)
    {
        if (errors.Count > 0)
            throw new CommandException(ErrorText.Sort(errors));
    }
}
