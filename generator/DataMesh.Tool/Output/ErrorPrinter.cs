using System.Globalization;
using System.Text;
using DataMesh.Cue.Load;
using DataMesh.Cue.Syntax;
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
            environment.WriteError(Format(errors));
    }

    private string Format(IEnumerable<CueError> errors)
    {
        StringBuilder text = new();
        foreach (var error in errors)
        {
            var places = Places(error);
            text.Append(error).Append(places.Count > 0 ? ":\n" : "\n");
            foreach (var place in places)
                text.Append("    ").Append(place).Append('\n');
        }

        return text.ToString();
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
            foreach (var place in Places(error))
                console.MarkupLine($"    [dim]{Markup.Escape(place)}[/]");
        }

        environment.WriteError(writer.ToString());
    }

    private List<string> Places(CueError error) => [.. error.Positions.Where(static position => position.IsValid).Select(Show)];

    private string Show(Position position) =>
        FormattableString.Invariant($"{SourcePath.Display(WorkingFolder, position.File!.Name)}:{position.Line}:{position.Column}");
}
