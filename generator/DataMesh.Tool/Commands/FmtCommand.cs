using System.CommandLine;
using System.Globalization;
using System.Text;
using DataMesh.Cue.Load;
using DataMesh.Cue.Syntax;
using DataMesh.Cue.Syntax.Formatting;
using DataMesh.Cue.Values;
using DataMesh.Tool.Output;
using Spectre.Console;
using ParseResult = System.CommandLine.ParseResult;

namespace DataMesh.Tool.Commands;

/// <summary><c>fmt</c>: rewrites files in the standard format, or says which would be.</summary>
internal sealed class FmtCommand
{
    private readonly CommandEnvironment _environment;
    private readonly GlobalOptions _global;
    private readonly Argument<string[]> _inputs = new("inputs") { Arity = ArgumentArity.ZeroOrMore, Description = "Packages, patterns such as ./..., CUE files, or - for stdin." };
    private readonly Option<bool> _check = new("--check") { Description = "Exit with non-zero status if any files are not formatted." };
    private readonly Option<bool> _diff = new("--diff", "-d") { Description = "Display diffs instead of rewriting files." };
    private readonly Option<bool> _files = new("--files") { Description = "Treat arguments as paths to files or directories to format recursively." };

    private FmtCommand(CommandEnvironment environment, GlobalOptions global)
    {
        _environment = environment;
        _global = global;
    }

    public static Command Create(CommandEnvironment environment, GlobalOptions global)
    {
        FmtCommand fmt = new(environment, global);
        Command command = new("fmt", "Formats CUE files in place.") { fmt._inputs, fmt._check, fmt._diff, fmt._files };
        command.SetAction(fmt.Run);
        return command;
    }

    private int Run(ParseResult result)
    {
        var folder = _global.WorkingFolder(result, _environment);
        ErrorPrinter printer = new(_environment) { WorkingFolder = folder };
        try
        {
            var inputs = GlobalOptions.Inputs(result, _inputs);
            CueFolders folders = new(new DiskSources(), folder);
            var paths = result.GetValue(_files) ? FindFiles(inputs, folder) : folders.Find(inputs);
            var isClean = true;
            foreach (var path in paths)
                isClean &= Format(path, folder, result);
            return isClean || !result.GetValue(_check) ? 0 : 1;
        }
        catch (CommandException exception)
        {
            printer.Print(exception.Errors);
            return 1;
        }
        catch (LoadException exception)
        {
            printer.Print([exception.Error]);
            return 1;
        }
    }

    /// <summary>Formats a file, or says what would change.</summary>
    /// <returns>Whether it was formatted already.</returns>
    private bool Format(string path, string folder, ParseResult result)
    {
        var bytes = path == "-" ? _environment.ReadInput() : File.ReadAllBytes(path);
        var parsed = CueParser.ParseFile(path, bytes);
        if (parsed.ReportedErrors.Count > 0)
            throw new CommandException([.. parsed.ReportedErrors.Select(static error => new CueError(CueErrorCode.Load, error.Message, "", [error.Position]))]);
        var text = Encoding.UTF8.GetString(bytes);
        var formatted = CueFormatter.Format(_global.Simplifies(result) ? Simplifier.Simplify(parsed.File) : parsed.File);
        bool isFormatted = text == formatted, isCheck = result.GetValue(_check);
        var name = path == "-" ? path : Path.GetRelativePath(folder, path).Replace('\\', '/');
        if (result.GetValue(_diff))
        {
            if (!isFormatted)
                PrintDiff(LineDiff.Unified(name + ".orig", text, name, formatted));
        }
        else if (isCheck)
        {
            if (!isFormatted)
                _environment.Write(name + "\n");
        }
        else if (path == "-")
        {
            _environment.Write(formatted);
        }
        else if (!isFormatted)
        {
            File.WriteAllText(path, formatted);
        }

        return isFormatted;
    }

    private void PrintDiff(string diff)
    {
        if (!_environment.IsTerminal)
        {
            _environment.Write(diff + "\n");
            return;
        }

        using StringWriter writer = new(CultureInfo.InvariantCulture);
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer), Ansi = AnsiSupport.Yes });
        console.Profile.Width = int.MaxValue;
        foreach (var line in diff.Split('\n'))
        {
            var colour = line.Length == 0 ? "default" : line[0] switch { '-' => "red", '+' => "green", '@' => "blue", _ => "default" };
            console.MarkupLine($"[{colour}]{Markup.Escape(line)}[/]");
        }

        _environment.Write(writer.ToString());
    }

    /// <summary>Files as named, and every CUE file below folders but for those that are hidden or a module's own.</summary>
    private static IEnumerable<string> FindFiles(IReadOnlyList<string> arguments, string folder)
    {
        DiskSources sources = new();
        Stack<string> open = new();
        foreach (var argument in arguments.Count > 0 ? arguments : ["."])
        {
            if (argument == "-")
            {
                yield return argument;
                continue;
            }

            var path = SourcePath.Absolute(folder, argument);
            if (File.Exists(path))
            {
                yield return path;
                continue;
            }

            if (!Directory.Exists(path))
                throw new CommandException($"lstat {argument}: no such file or directory");
            open.Push(path);
            while (open.TryPop(out var current))
            {
                foreach (var name in sources.Files(current)!.Where(static name => name.EndsWith(".cue", StringComparison.Ordinal)))
                    yield return current + "/" + name;
                foreach (var name in sources.Folders(current).Where(static name => name[0] is not ('.' or '_') && name != "cue.mod").Reverse())
                    open.Push(current + "/" + name);
            }
        }
    }
}
