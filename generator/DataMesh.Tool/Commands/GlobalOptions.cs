using System.CommandLine;
using System.CommandLine.Parsing;
using DataMesh.Cue.Load;

namespace DataMesh.Tool.Commands;

/// <summary>The flags that every command has.</summary>
internal sealed class GlobalOptions
{
    private readonly Option<bool> _allErrors = new("--all-errors", "-E") { Description = "Print all available errors.", Recursive = true };
    private readonly Option<string?> _folder = new("--chdir", "-C") { Description = "Change the working directory before the command is run.", Recursive = true };
    private readonly Option<bool> _ignore = new("--ignore", "-i") { Description = "Proceed in the presence of errors.", Recursive = true };
    private readonly Option<bool> _simplify = new("--simplify", "-s") { Description = "Simplify output.", Recursive = true };

    public void AddTo(Command root)
    {
        root.Add(_allErrors);
        root.Add(_folder);
        root.Add(_ignore);
        root.Add(_simplify);
    }

    public bool Ignores(ParseResult result) => result.GetValue(_ignore);

    public bool Simplifies(ParseResult result) => result.GetValue(_simplify);

    /// <summary>The working folder: the environment's, or what <c>--chdir</c> says.</summary>
    public string WorkingFolder(ParseResult result, CommandEnvironment environment)
    {
        if (result.GetValue(_folder) is not { } named)
            return environment.WorkingFolder;
        var folder = SourcePath.Absolute(environment.WorkingFolder, named);
        return Directory.Exists(folder) ? folder : throw new CommandException($"chdir {named}: no such file or directory");
    }

    /// <summary>The arguments that are no flags. A flag that there is none of ended up among them.</summary>
    public static string[] Inputs(ParseResult result, Argument<string[]> argument)
    {
        var values = result.GetValue(argument) ?? [];
        var isSeparated = result.Tokens.Any(static token => token.Type == TokenType.DoubleDash);
        foreach (var value in values)
        {
            if (isSeparated || value.Length < 2 || value[0] != '-')
                continue;
            throw new CommandException(value.StartsWith("--", StringComparison.Ordinal)
                ? $"unknown flag: {value.Split('=')[0]}"
                : $"unknown shorthand flag: '{value[1]}' in {value}");
        }

        return values;
    }
}
