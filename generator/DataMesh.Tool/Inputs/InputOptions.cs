using System.CommandLine;
using System.CommandLine.Parsing;

namespace DataMesh.Tool.Inputs;

/// <summary>The flags that say what the inputs are and how data goes together with schemas.</summary>
internal sealed class InputOptions
{
    private readonly Option<string[]> _inject = new("--inject", "-t") { Description = "Set the value of a tagged field: key=value, or a shorthand or condition." };
    private readonly Option<bool> _injectVars = new("--inject-vars", "-T") { Description = "Inject system variables in tags." };
    private readonly Option<bool> _list = new("--list") { Description = "Concatenate multiple objects into a list." };
    private readonly Option<bool> _merge = new("--merge") { Description = "Merge non-CUE files.", DefaultValueFactory = static _ => true };
    private readonly Option<string?> _package = new("--package", "-p") { Description = "Package name for non-CUE files." };
    private readonly Option<string[]> _path = new("--path", "-l") { Description = "CUE expression, or field with a colon, for a single path component that data goes to." };
    private readonly Option<string[]> _schema = new("--schema", "-d") { Description = "Expression to select the schema for data files. vet takes several." };
    private readonly Option<bool> _withContext = new("--with-context") { Description = "Evaluate path components within data, filename, index and recordCount." };

    public void AddTo(Command command)
    {
        command.Add(_inject);
        command.Add(_injectVars);
        command.Add(_list);
        command.Add(_merge);
        command.Add(_package);
        command.Add(_path);
        command.Add(_schema);
        command.Add(_withContext);
    }

    public InputSettings Read(ParseResult result) => new()
    {
        Tags = result.GetValue(_inject) ?? [],
        InjectVariables = result.GetValue(_injectVars),
        AsList = result.GetValue(_list),
        Merge = result.GetValue(_merge),
        Package = result.GetValue(_package),
        Path = result.GetValue(_path) ?? [],
        Schemas = result.GetValue(_schema) ?? [],
        WithContext = result.GetValue(_withContext),
    };
}

/// <summary>What the flags say.</summary>
internal sealed record InputSettings
{
    public IReadOnlyList<string> Tags { get; init; } = [];

    public bool InjectVariables { get; init; }

    public bool AsList { get; init; }

    public bool Merge { get; init; }

    public string? Package { get; init; }

    public IReadOnlyList<string> Path { get; init; } = [];

    public IReadOnlyList<string> Schemas { get; init; } = [];

    public bool WithContext { get; init; }

    public bool PlacesData => AsList || Path.Count > 0;
}
