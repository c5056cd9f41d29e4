using DataMesh.Cue.Data;
using DataMesh.Cue.Load;
using DataMesh.Cue.Syntax;
using DataMesh.Cue.Values;

namespace DataMesh.Tool.Inputs;

/// <summary>One document of data.</summary>
/// <param name="File">The file that it is from.</param>
/// <param name="Index">Its place in the file.</param>
/// <param name="Count">How many the file has.</param>
/// <param name="Tree">Literals only.</param>
internal sealed record DataDocument(string File, int Index, int Count, ParseResult Tree);

/// <summary>An instance and the documents that are not a part of it.</summary>
internal sealed record EvaluationInput(CueContext Context, CueInstance Instance, IReadOnlyList<DataDocument> Documents);

/// <summary>Reads, tags and builds what a command line names.</summary>
internal sealed class InputSet
{
    private readonly CommandEnvironment _environment;
    private readonly InputSettings _settings;
    private readonly string _folder;
    private readonly TagInjection _tags;
    private readonly Lazy<byte[]> _input;

    public InputSet(CommandEnvironment environment, InputSettings settings, string folder)
    {
        _environment = environment;
        _settings = settings;
        _folder = folder;
        _tags = new TagInjection(settings.Tags, settings.InjectVariables ? SystemVariables.For(folder) : new Dictionary<string, Func<string>>());
        _input = new Lazy<byte[]>(environment.ReadInput);
    }

    /// <summary>The instances that the arguments mean, each with the data that belongs to it.</summary>
    /// <param name="arguments">The inputs; none at all means the package of the working folder.</param>
    /// <param name="keepsData">Whether data is checked one by one instead of becoming a part of the instance.</param>
    public IReadOnlyList<EvaluationInput> Load(InputArguments arguments, bool keepsData)
    {
        if (_settings.Schemas.Count > 0 && _settings.PlacesData)
            throw new CommandException("cannot combine --schema flag with flag \"path\", \"list\", or \"files\"");
        var instances = LoadInstances(arguments);
        var documents = arguments.Data.SelectMany(ReadData).ToList();
        var merges = _settings.PlacesData || (!keepsData && _settings.Merge && _settings.Schemas.Count == 0);
        var merged = merges ? new DataPlacement(_settings).Place(documents) : [];
        List<(LoadedInstance? Instance, IReadOnlyList<ParseResult> Files)> tagged = [.. instances.Select(instance => (instance, _tags.Apply(instance?.Files ?? [])))];
        if (_tags.FindErrors() is { Count: > 0 } errors)
            throw new CommandException(errors);
        return [.. tagged.Select(each => Build(each.Instance, [.. each.Files, .. merged], merges ? [] : documents))];
    }

    /// <summary>The documents of a file.</summary>
    /// <exception cref="CommandException">It cannot be read, or is not what it should be.</exception>
    public IReadOnlyList<DataDocument> ReadData(DataArgument argument)
    {
        var path = argument.Path == "-" ? "-" : SourcePath.Absolute(_folder, argument.Path);
        var bytes = path == "-" ? _input.Value : _environment.Sources.Read(path) ?? throw new CommandException($"stat {path}: no such file or directory");
        var data = DataFile.Read(argument.Format, path, bytes);
        if (data.Error is { } error)
            throw new CommandException([error]);
        return [.. data.Documents.Select((tree, index) => new DataDocument(path, index, data.Documents.Count, tree))];
    }

    private List<LoadedInstance?> LoadInstances(InputArguments arguments)
    {
        InstanceLoader loader = new(_environment.Sources, _folder, _tags.Tags) { StandardInput = arguments.Files.Contains("-") ? _input.Value : null };
        List<LoadedInstance?> instances = [.. arguments.IsEmpty ? loader.LoadPackages("") : arguments.Packages.SelectMany(loader.LoadPackages)];
        var files = arguments.Files.Count > 0 ? loader.LoadFiles(arguments.Files) : null;
        if (instances.Count == 0)
            instances.Add(files);
        else if (files is not null)
            instances[0] = instances[0]!.With(files);
        CommandException.ThrowIfAny([.. instances.OfType<LoadedInstance>().SelectMany(static instance => instance.Errors)]);
        return instances;
    }

    private EvaluationInput Build(LoadedInstance? loaded, IReadOnlyList<ParseResult> files, IReadOnlyList<DataDocument> documents)
    {
        CueContext context = new(new CueOptions { Loader = loaded?.Loader, MaxSteps = _environment.MaxSteps, Cancellation = _environment.Cancellation });
        var instance = context.Build(files);
        if (_settings.Package is { } package && instance.PackageName is { } name && name != package)
            throw new CommandException($"\"package\" flag clashes with existing package name ({package} vs {name})");
        return new EvaluationInput(context, instance, documents);
    }
}
