using System.Globalization;
using DataMesh.Cue.Export;
using DataMesh.Cue.Load;
using DataMesh.Cue.Values;
using Spectre.Console;

namespace DataMesh.Tool.Output;

/// <summary>Prints errors on the standard error: with colours on a terminal, and elsewhere byte for byte as <c>cue</c> does.</summary>
internal sealed class ErrorPrinter(CommandEnvironment environment)
{
    /// <summary>What paths are shown from.</summary>
    public string WorkingFolder { get; init; } = environment.WorkingFolder;

    public void Print(IEnumerable<CueError> errors)
    {
        if (environment.IsTerminal)
            PrintColoured(errors);
        else
            environment.WriteError(ErrorText.Format(errors, Show));
    }

    private void PrintColoured(IEnumerable<CueError> errors)
    {
        using StringWriter writer = new(CultureInfo.InvariantCulture);
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer), Ansi = AnsiSupport.Yes });
        console.Profile.Width = int.MaxValue;
        foreach (var error in errors)
        {
            var path = error.Path.Length > 0 ? $"[bold]{Markup.Escape(error.Path)}[/]: " : "";
            console.MarkupLine($"{path}[red]{Markup.Escape(error.Message)}[/]");
            foreach (var place in ErrorText.Places(error, Show))
                console.MarkupLine($"    [dim]{Markup.Escape(place)}[/]");
        }

        environment.WriteError(writer.ToString());
    }

    private string Show(string fileName) => SourcePath.Display(WorkingFolder, fileName);
}
