using System.CommandLine;
using System.CommandLine.Parsing;
using DataMesh.Cue.Export;
using DataMesh.Cue.Values;
using DataMesh.Tool.Inputs;
using DataMesh.Tool.Output;

namespace DataMesh.Tool.Commands;

/// <summary><c>vet</c>: validates packages, or data against their schemas. Silent when all is well.</summary>
internal sealed class VetCommand
{
    private readonly CommandEnvironment _environment;
    private readonly GlobalOptions _global;
    private readonly Argument<string[]> _inputs = new("inputs") { Arity = ArgumentArity.ZeroOrMore, Description = "Packages, patterns such as ./..., CUE files, files of data, or - for stdin." };
    private readonly InputOptions _input = new();
    private readonly Option<bool?> _concrete = new("--concrete", "-c") { Description = "Require the evaluation to be concrete, or -c=false to allow incomplete values." };

    private VetCommand(CommandEnvironment environment, GlobalOptions global)
    {
        _environment = environment;
        _global = global;
    }

    public static Command Create(CommandEnvironment environment, GlobalOptions global)
    {
        VetCommand vet = new(environment, global);
        Command command = new("vet", "Validates CUE packages, and JSON, YAML and TOML against them.") { vet._inputs, vet._concrete };
        vet._input.AddTo(command);
        command.SetAction(vet.Run);
        return command;
    }

    private int Run(ParseResult result)
    {
        var folder = _global.WorkingFolder(result, _environment);
        ErrorPrinter printer = new(_environment) { WorkingFolder = folder };
        try
        {
            Vet(result, folder);
            return 0;
        }
        catch (CommandException exception)
        {
            printer.Print(exception.Errors);
            return 1;
        }
    }

    private void Vet(ParseResult result, string folder)
    {
        var settings = _input.Read(result);
        var arguments = InputArguments.Parse(GlobalOptions.Inputs(result, _inputs));
        if (arguments.Data.Count > 0 && !arguments.HasSchema && settings.Schemas.Count == 0)
            throw new CommandException("data files specified without a schema");
        if (settings.Schemas.Count > 0 && !arguments.HasSchema && !arguments.IsEmpty)
            throw new CommandException("-d/--schema flag specified without a schema");
        bool? concrete = result.GetResult(_concrete) is { Implicit: false } given ? given.GetValueOrDefault<bool?>() ?? true : null;
        InputSet set = new(_environment, settings, folder);
        var checksData = arguments.Data.Count > 0 && !settings.PlacesData;

        // Files are checked one by one, in the order of their names, up to the first that is wrong.
        var inputs = checksData ? set.Load(arguments.WithoutData(), keepsData: true) : set.Load(arguments, keepsData: true);
        var isIncomplete = false;
        foreach (var input in inputs)
        {
            CommandException.ThrowIfAny(input.Instance.Errors);
            // What is concrete has no other errors either.
            IReadOnlyList<CueError> lacking = checksData || concrete == false ? [] : input.Instance.Value.Validate(concrete: true, final: true);
            if (checksData || concrete == false || lacking.Count > 0)
                CommandException.ThrowIfAny(input.Instance.Value.Validate());
            if (checksData)
                VetData(input, set, arguments.Data, settings, concrete != false);
            else if (concrete == true)
                CommandException.ThrowIfAny(lacking);
            isIncomplete |= lacking.Count > 0;
        }

        if (isIncomplete)
            throw new CommandException("some instances are incomplete; use the -c flag to show errors or -c=false to allow incomplete instances");
    }

    private static void VetData(EvaluationInput input, InputSet set, IReadOnlyList<DataArgument> files, InputSettings settings, bool concrete)
    {
        IReadOnlyList<CueValue> schemas = settings.Schemas.Count > 0 ? Schemas.Find(input.Instance.Value, settings.Schemas) : [input.Instance.Value];
        List<CueError> incomplete = [];
        foreach (var file in files.OrderBy(static file => file.Path, StringComparer.Ordinal))
        {
            foreach (var document in set.ReadData(file))
            {
                var data = input.Context.Build(document.Tree);
                var errors = data.Errors.Count > 0 ? data.Errors : schemas.Aggregate(data.Value, static (value, schema) => value.Unify(schema)).Validate(concrete, concrete);
                incomplete.AddRange(ErrorText.Sort(errors));
                if (errors.Any(static error => error.Code != CueErrorCode.Incomplete))
                    throw new CommandException(incomplete);
            }
        }

        if (incomplete.Count > 0)
            throw new CommandException(incomplete);
    }
}
