using DataMesh.Cue.Data;

namespace DataMesh.Tool.Inputs;

/// <summary>A file of data among the arguments.</summary>
/// <param name="Format">What it holds.</param>
/// <param name="Path">The file, or <c>-</c>.</param>
internal sealed record DataArgument(DataFormat Format, string Path);

/// <summary>
/// The inputs of a command line, sorted: packages and patterns, CUE files, files of data. A qualifier such as <c>json:</c>
/// says what the files after it are; without one the extension says it.
/// </summary>
internal sealed class InputArguments
{
    private readonly List<string> _packages = [];
    private readonly List<string> _files = [];
    private readonly List<DataArgument> _data = [];

    private InputArguments()
    {
    }

    public IReadOnlyList<string> Packages => _packages;

    public IReadOnlyList<string> Files => _files;

    public IReadOnlyList<DataArgument> Data => _data;

    public bool IsEmpty => _packages.Count + _files.Count + _data.Count == 0;

    public bool HasSchema => _packages.Count + _files.Count > 0;

    /// <summary>The same without the files of data.</summary>
    public InputArguments WithoutData()
    {
        InputArguments rest = new();
        rest._packages.AddRange(_packages);
        rest._files.AddRange(_files);
        return rest;
    }

    public static InputArguments Parse(IEnumerable<string> arguments)
    {
        InputArguments inputs = new();
        string? qualifier = null;
        foreach (var argument in arguments)
        {
            if (argument.EndsWith(':'))
            {
                qualifier = argument[..^1];
                if (qualifier != "cue" && FormatOf(qualifier) is null)
                    throw new CommandException(IsKnownFormat(qualifier) ? $"input of file type {qualifier} is not supported" : $"unknown filetype {qualifier}");
            }
            else
            {
                inputs.Add(argument, qualifier);
            }
        }

        return inputs;
    }

    /// <summary>What a format is called in qualifiers and after <c>--out</c>.</summary>
    public static DataFormat? FormatOf(string name) => name switch
    {
        "json" => DataFormat.Json,
        "jsonl" => DataFormat.JsonLines,
        "yaml" => DataFormat.Yaml,
        "toml" => DataFormat.Toml,
        "text" => DataFormat.Text,
        _ => null,
    };

    /// <summary>What an extension stands for: the name of a format; null when none has it.</summary>
    public static string? FormatOfExtension(string path) => Path.GetExtension(path) switch
    {
        ".cue" => "cue",
        ".json" => "json",
        ".jsonl" or ".ndjson" => "jsonl",
        ".yaml" or ".yml" => "yaml",
        ".toml" => "toml",
        ".txt" => "text",
        ".proto" => "proto",
        ".textproto" => "textproto",
        ".go" => "go",
        _ => null,
    };

    private static bool IsKnownFormat(string name) =>
        name.Split('+')[0] is "jsonschema" or "openapi" or "proto" or "textproto" or "go" or "binary" or "pb" or "json" or "yaml" or "cue";

    private void Add(string argument, string? qualifier)
    {
        var colon = argument.IndexOf(':', StringComparison.Ordinal);
        if (colon > 1 && (FormatOf(argument[..colon]) is not null || argument[..colon] == "cue"))
            throw new CommandException($"cannot combine file type and file name; did you mean \"{argument[..(colon + 1)]} {argument[(colon + 1)..]}\"?");
        var format = argument == "-" ? qualifier ?? "cue" : FormatOfExtension(argument) is { } known ? qualifier ?? known : null;
        if (format is null && qualifier is not null && !argument.StartsWith('.'))
            format = qualifier;
        if (format is null)
            _packages.Add(argument);
        else if (format == "cue")
            _files.Add(argument);
        else if (FormatOf(format) is { } data)
            _data.Add(new(data, argument));
        else
            throw new CommandException($"input of file type {format} is not supported");
    }
}
