using System.CommandLine;
using System.Text;
using DataMesh.Cue.Export;
using DataMesh.Cue.Syntax;
using DataMesh.Cue.Values;
using DataMesh.Tool.Inputs;
using DataMesh.Tool.Output;
using ParseResult = System.CommandLine.ParseResult;

namespace DataMesh.Tool.Commands;

/// <summary><c>eval</c>, <c>export</c> and <c>def</c>: they differ in what has to be concrete and in how CUE is printed.</summary>
internal sealed class EvaluationCommand
{
    private readonly CommandEnvironment _environment;
    private readonly GlobalOptions _global;
    private readonly Command _command;
    private readonly Argument<string[]> _inputs = new("inputs") { Arity = ArgumentArity.ZeroOrMore, Description = "Packages, patterns such as ./..., CUE files, files of data, or - for stdin." };
    private readonly InputOptions _input = new();
    private readonly OutputOptions _output = new();
    private readonly Option<string[]> _expression = new("--expression", "-e") { Description = "Evaluate this expression only. May be repeated." };
    private readonly Option<bool> _concrete = new("--concrete", "-c") { Description = "Require the evaluation to be concrete." };
    private readonly Option<bool> _all = new("--all", "-a") { Description = "Show optional and hidden fields." };
    private readonly Option<bool> _attributes = new("--show-attributes", "-A") { Description = "Display field attributes." };
    private readonly Option<bool> _hidden = new("--show-hidden", "-H") { Description = "Display hidden fields." };
    private readonly Option<bool> _optional = new("--show-optional", "-O") { Description = "Display optional fields." };
    private readonly Option<bool> _escape = new("--escape") { Description = "Use HTML escaping." };

    private EvaluationCommand(CommandEnvironment environment, GlobalOptions global, string name, string description)
    {
        _environment = environment;
        _global = global;
        _command = new Command(name, description) { _inputs, _expression };
        _input.AddTo(_command);
        _output.AddTo(_command);
        _command.SetAction(Run);
    }

    private bool IsEval => _command.Name == "eval";

    private bool IsExport => _command.Name == "export";

    private bool IsDef => _command.Name == "def";

    private bool IgnoresErrors(ParseResult result) => IsEval && _global.Ignores(result);

    public static Command CreateEval(CommandEnvironment environment, GlobalOptions global)
    {
        EvaluationCommand command = new(environment, global, "eval", "Evaluates, validates and prints a configuration.");
        command.Add(command._concrete, command._all, command._attributes, command._hidden, command._optional);
        return command._command;
    }

    public static Command CreateExport(CommandEnvironment environment, GlobalOptions global)
    {
        EvaluationCommand command = new(environment, global, "export", "Outputs concrete data, or schemas, in a standard format.");
        command.Add(command._escape);
        return command._command;
    }

    public static Command CreateDef(CommandEnvironment environment, GlobalOptions global)
    {
        EvaluationCommand command = new(environment, global, "def", "Prints consolidated definitions.");
        command.Add(command._attributes);
        return command._command;
    }

    private void Add(params Option[] options)
    {
        foreach (var option in options)
            _command.Add(option);
    }

    private int Run(ParseResult result)
    {
        var folder = _global.WorkingFolder(result, _environment);
        ErrorPrinter printer = new(_environment) { WorkingFolder = folder };
        try
        {
            return Run(result, folder, printer);
        }
        catch (CommandException exception)
        {
            printer.Print(exception.Errors);
            return 1;
        }
    }

    private int Run(ParseResult result, string folder, ErrorPrinter printer)
    {
        var settings = _input.Read(result);
        var arguments = InputArguments.Parse(GlobalOptions.Inputs(result, _inputs));
        var target = _output.Read(result, IsExport ? "json" : "cue", folder);
        if (settings.Schemas.Count > 0 && !arguments.HasSchema && !arguments.IsEmpty)
            throw new CommandException("-d/--schema flag specified without a schema");
        ValueEncoder encoder = new(target.Format, CueOptions(result))
        {
            EscapesHtml = result.GetValue(_escape),
            Package = settings.Package,
            OmitsUnsupported = _global.Ignores(result),
        };
        var expressions = (result.GetValue(_expression) ?? []).Select(static text => CueParser.ParseExpression("--expression", text)).ToList();

        using MemoryStream output = new();
        List<CueError> errors = [];
        foreach (var input in new InputSet(_environment, settings, folder).Load(arguments, keepsData: false))
        {
            CommandException.ThrowIfAny(input.Instance.Errors);
            foreach (var root in Roots(input, settings))
            {
                foreach (var (expression, value) in Values(root.Value, expressions))
                {
                    var found = Validate(value, result, target.Format);
                    errors.AddRange(found);
                    if (found.Count > 0 && !IgnoresErrors(result))
                        continue;
                    if (output.Length > 0 && (expressions.Count < 2 || _command.Name != "eval"))
                        output.Write(Encoding.UTF8.GetBytes(target.Format.Separator));
                    if (expression is not null && expressions.Count > 1 && IsEval && target.Format.Name == "cue")
                        output.Write(Encoding.UTF8.GetBytes($"// {Cue.Syntax.Formatting.CueFormatter.Format(expression)}\n"));
                    output.Write(encoder.Encode(value, expression is null ? root.Instance : null));
                }
            }

            if (errors.Count > 0 && !IgnoresErrors(result))
                break;
        }

        if (errors.Count > 0 && !IgnoresErrors(result))
        {
            printer.Print(ErrorText.Sort(errors));
            return 1;
        }

        target.Write(_environment, output.ToArray());
        return 0;
    }

    /// <summary>What is printed of an input: the instance, or each document unified with its schema.</summary>
    private static IEnumerable<(CueValue Value, CueInstance? Instance)> Roots(EvaluationInput input, InputSettings settings)
    {
        if (input.Documents.Count == 0 && settings.Schemas.Count == 0)
            return [(input.Instance.Value, input.Instance)];
        CommandException.ThrowIfAny(input.Instance.Value.Validate());
        var schema = Schemas.Find(input.Instance.Value, settings.Schemas) is [var first, ..] ? first : input.Instance.Value;
        if (input.Documents.Count == 0)
            throw new CommandException("-d/--schema flag requires non-CUE input files");
        return input.Documents.Select(document => (input.Context.Build(document.Tree).Value.Unify(schema), (CueInstance?)null));
    }

    private static IEnumerable<(Expression? Expression, CueValue Value)> Values(CueValue root, IReadOnlyList<ParseExpressionResult> expressions)
    {
        if (expressions.Count == 0)
        {
            yield return (null, root);
            yield break;
        }

        foreach (var expression in expressions)
        {
            var value = root.Evaluate(expression, out var errors);
            CommandException.ThrowIfAny(errors);
            yield return (expression.Expression, value!);
        }
    }

    private IReadOnlyList<CueError> Validate(CueValue value, ParseResult result, OutputFormat format)
    {
        var isConcrete = format.IsData || (IsExport && format.Name == "cue") || (IsEval && result.GetValue(_concrete));
        var errors = value.Validate(concrete: isConcrete, final: isConcrete);
        return IsEval && errors.Count == 0 && value.ChildError is not null ? Missing(value) : errors;
    }

    /// <summary>An error of a required field is none of the value's, but nothing is shown then: which fields are missing is said instead.</summary>
    private static IReadOnlyList<CueError> Missing(CueValue value)
    {
        var errors = value.Validate(concrete: true, final: true);
        List<CueError> required = [.. errors.Where(static error => error.Reason == CueErrorReason.Required)];
        return required.Count > 0 ? required : errors;
    }

    private CueExportOptions CueOptions(ParseResult result)
    {
        if (IsDef)
            return CueExportOptions.Definition;
        if (IsExport)
            return CueExportOptions.Data;
        var all = result.GetValue(_all);
        return CueExportOptions.Evaluation.With(
            showOptional: all || result.GetValue(_optional), showHidden: all || result.GetValue(_hidden), showAttributes: result.GetValue(_attributes));
    }
}

/// <summary>The schemas that <c>--schema</c> selects.</summary>
internal static class Schemas
{
    /// <exception cref="CommandException">An expression is wrong, or what it selects is.</exception>
    public static IReadOnlyList<CueValue> Find(CueValue root, IEnumerable<string> expressions)
    {
        List<CueValue> schemas = [];
        foreach (var text in expressions)
        {
            var schema = root.Evaluate(CueParser.ParseExpression("--schema", text), out var errors);
            if (errors.Count == 0)
                errors = schema!.Validate();
            CommandException.ThrowIfAny(errors);
            schemas.Add(schema!);
        }

        return schemas;
    }
}
