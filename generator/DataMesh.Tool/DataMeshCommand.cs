using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using DataMesh.Tool.Commands;
using DataMesh.Tool.Output;

namespace DataMesh.Tool;

/// <summary>The command line: its commands, and what is the same for all of them.</summary>
internal static class DataMeshCommand
{
    /// <summary>Deep values take stack; it is reserved, not used up.</summary>
    private const int StackBytes = 256 * 1024 * 1024;

    /// <summary>Runs a command line.</summary>
    /// <returns>0, or 1 where anything is wrong.</returns>
    public static int Run(IReadOnlyList<string> arguments, CommandEnvironment environment)
    {
        var code = 1;
        Thread thread = new(() => code = RunHere(arguments, environment), StackBytes);
        thread.Start();
        thread.Join();
        return code;
    }

    private static int RunHere(IReadOnlyList<string> arguments, CommandEnvironment environment)
    {
        // cue's way to ask for help.
        if (arguments.Count > 0 && arguments[0] == "help")
            arguments = [.. arguments.Skip(1), "--help"];
        var root = Create(environment);
        var parsed = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            var named = parsed.CommandResult.Command == root ? UnknownCommand(arguments) : null;
            return Fail(environment, new CommandException(named ?? parsed.Errors[0].Message));
        }

        using StringWriter output = new(), error = new();
        try
        {
            var code = parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = output, Error = error });
            environment.Write(output.ToString());
            environment.WriteError(error.ToString());
            return code;
        }
        catch (CommandException exception)
        {
            return Fail(environment, exception);
        }
        catch (OperationCanceledException)
        {
            return Fail(environment, new CommandException("interrupted"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Fail(environment, new CommandException(exception.Message));
        }
    }

    private static Command Create(CommandEnvironment environment)
    {
        GlobalOptions global = new();
        Command root = new("datamesh", "CUE on the command line: validates data, evaluates configurations, and formats them.")
        {
            new HelpOption(),
            new VersionOption(),
            VetCommand.Create(environment, global),
            EvaluationCommand.CreateEval(environment, global),
            EvaluationCommand.CreateExport(environment, global),
            EvaluationCommand.CreateDef(environment, global),
            FmtCommand.Create(environment, global),
        };
        global.AddTo(root);
        return root;
    }

    private static string? UnknownCommand(IReadOnlyList<string> arguments) =>
        arguments.FirstOrDefault(static argument => !argument.StartsWith('-')) is { } name ? $"unknown command \"{name}\" for \"datamesh\"" : null;

    private static int Fail(CommandEnvironment environment, CommandException exception)
    {
        new ErrorPrinter(environment).Print(exception.Errors);
        return 1;
    }
}
