using DataMesh.CloudEvents;
using DataMesh.Cue.Export;
using DataMesh.Cue.Load;
using DataMesh.Cue.Syntax;
using DataMesh.Cue.Values;

namespace DataMesh.Schemas;

/// <summary>A CUE package that was loaded at run time, and the data products that its definitions are.</summary>
public sealed class SchemaPackage
{
    private readonly LoadedInstance _loaded;
    private readonly SchemaOptions _options;
    private readonly CueInstance _instance;
    private readonly byte[] _openApi;
    private readonly OpenApiSchemas _schemas;

    private SchemaPackage(LoadedInstance loaded, SchemaOptions options, CueInstance instance)
    {
        _loaded = loaded;
        _options = options;
        _instance = instance;
        Definitions = [.. instance.Value.Fields.Where(static field => field is { Kind: CueFieldKind.Definition, IsHidden: false }).Select(static field => field.Name)];
        var document = OpenApiText.Document(instance, Definitions);
        _openApi = OpenApiText.Utf8(document);
        _schemas = new OpenApiSchemas(document);
    }

    /// <summary>The names of the definitions at the top of the package, in its order: <c>#Identity</c>.</summary>
    public IReadOnlyList<string> Definitions { get; }

    /// <summary>Loads a package from the disk, with what it imports.</summary>
    /// <param name="path">A <c>.cue</c> file, or a folder with a package: <c>./schemas</c>, <c>./schemas:name</c>.</param>
    /// <param name="options">Budgets; the defaults when null.</param>
    /// <exception cref="SchemaException">There is no such package, or something is wrong in it.</exception>
    public static SchemaPackage Load(string path, SchemaOptions? options = null)
    {
        options ??= new();
        var working = SourcePath.Absolute(Environment.CurrentDirectory, ".");
        var loaded = Find(path, working);
        Check(loaded.Errors, working);
        var instance = NewContext(loaded, options.MaxSchemaSteps).Build(loaded.Files);
        Check(instance.Errors, working);
        Check(instance.Value.Validate(), working);
        return new SchemaPackage(loaded, options, instance);
    }

    /// <summary>The data product of a definition.</summary>
    /// <param name="definition">Its name, with or without <c>#</c>; null where the package has only one.</param>
    /// <exception cref="SchemaException">There is no such definition, or a choice between several.</exception>
    public DataProductCodec Product(string? definition = null)
    {
        var names = string.Join(", ", Definitions);
        if (Definitions.Count == 0)
            throw new SchemaException("the schema has no definition: a data product is a field such as #Identity");
        if (definition is null && Definitions.Count > 1)
            throw new SchemaException($"the schema has several definitions, choose one with --definition: {names}");
        var name = definition is null ? Definitions[0] : definition.StartsWith('#') ? definition : "#" + definition;
        if (!Definitions.Contains(name, StringComparer.Ordinal))
            throw new SchemaException($"the schema has no definition {name}, only {names}");
        return new SchemaCodec(Describe(name), new EvaluatorPool(() => new SchemaEvaluator(_loaded, name, _options), _options.MaxConcurrency));
    }

    internal static CueContext NewContext(LoadedInstance loaded, long maxSteps, CancellationToken cancellation = default) =>
        new(new CueOptions { Loader = loaded.Loader, MaxSteps = maxSteps, Cancellation = cancellation });

    private static LoadedInstance Find(string path, string working)
    {
        // The module is looked for from the schema on, wherever the program was started.
        var colon = path.LastIndexOf(':');
        var hasPackage = colon > 1 && path.IndexOf('/', colon) < 0;
        var (location, package) = hasPackage ? (path[..colon], path[colon..]) : (path, "");
        var full = SourcePath.Absolute(working, location);
        if (Directory.Exists(full))
            return new InstanceLoader(new DiskSources(), full).LoadPackages("." + package)[0];
        var folder = Path.GetDirectoryName(full);
        return new InstanceLoader(new DiskSources(), folder is null || !Directory.Exists(folder) ? working : folder).LoadFiles([full]);
    }

    private static void Check(IReadOnlyList<CueError> errors, string working)
    {
        if (errors.Count > 0)
            throw new SchemaException(ErrorText.Format(ErrorText.Sort(errors), name => SourcePath.Display(working, name)).TrimEnd('\n'));
    }

    private DataProductDescriptor Describe(string definition)
    {
        var package = _instance.PackageName ?? "";
        var type = package.Length == 0 ? definition[1..] : package + "." + definition[1..];
        return new DataProductDescriptor
        {
            Definition = definition,
            Package = package,
            EventType = type,
            EventSource = "/" + package,
            OpenApiSchemas = OpenApiText.Utf8(_schemas.For(definition[1..])),
            OpenApiDocument = _openApi,
            EnvelopePrefix = OpenApiText.Utf8($$"""{"specversion":"1.0","type":{{OpenApiText.Quote(type)}},"datacontenttype":"application/json" """.TrimEnd()),
        };
    }
}
