using System.CommandLine;
using System.CommandLine.Parsing;
using DataMesh.Cue.Load;
using DataMesh.Tool.Inputs;

namespace DataMesh.Tool.Output;

/// <summary>The flags that say what is written, and where.</summary>
internal sealed class OutputOptions
{
    private readonly Option<string?> _format = new("--out") { Description = "Output format: json, yaml, toml, text, binary, cue, openapi, jsonschema; openapi+yaml." };
    private readonly Option<string?> _file = new("--outfile", "-o") { Description = "File name, or - for stdout, with an optional format before it: yaml:out.txt." };
    private readonly Option<bool> _force = new("--force", "-f") { Description = "Overwrite existing files." };

    public void AddTo(Command command)
    {
        command.Add(_format);
        command.Add(_file);
        command.Add(_force);
    }

    public OutputTarget Read(ParseResult result, string defaultFormat, string folder)
    {
        var format = result.GetValue(_format);
        var file = result.GetValue(_file);
        if (file is null)
            return new OutputTarget(OutputFormat.Parse(format ?? defaultFormat), null, false);
        var colon = file.IndexOf(':', StringComparison.Ordinal);
        if (colon > 1)
        {
            format ??= file[..colon];
            file = file[(colon + 1)..];
        }

        format ??= file == "-" ? defaultFormat : InputArguments.FormatOfExtension(file) ?? throw new CommandException($"unknown file extension {Path.GetExtension(file)}");
        return new OutputTarget(OutputFormat.Parse(format), file == "-" ? null : SourcePath.Absolute(folder, file), result.GetValue(_force)) { Name = file };
    }
}

/// <summary>What is written and where.</summary>
/// <param name="Format">The format.</param>
/// <param name="File">The file; null for standard output.</param>
/// <param name="Overwrites">Whether a file that exists is replaced.</param>
internal sealed record OutputTarget(OutputFormat Format, string? File, bool Overwrites)
{
    /// <summary>The file as it was named.</summary>
    public string Name { get; init; } = "";

    public void Write(CommandEnvironment environment, ReadOnlySpan<byte> content)
    {
        if (File is null)
        {
            environment.Output.Write(content);
            return;
        }

        if (!Overwrites && System.IO.File.Exists(File))
            throw new CommandException($"error writing \"{Name}\": file already exists");
        if (!Directory.Exists(Path.GetDirectoryName(File)))
            throw new CommandException($"open {Name}: no such file or directory");
        System.IO.File.WriteAllBytes(File, content);
    }
}

/// <summary>A format and what it is written in.</summary>
/// <param name="Name"><c>json</c>, <c>cue</c>, <c>openapi</c> and so on.</param>
/// <param name="IsYaml">Whether a document of a schema is written as YAML.</param>
internal sealed record OutputFormat(string Name, bool IsYaml)
{
    /// <summary>Whether the format holds concrete data only.</summary>
    public bool IsData => Name is not ("cue" or "openapi" or "jsonschema");

    /// <summary>What stands between two values.</summary>
    public string Separator => Name switch
    {
        "cue" => "// ---\n",
        "yaml" => "---\n",
        _ => "",
    };

    public static OutputFormat Parse(string text)
    {
        var parts = text.Split('+');
        var isYaml = false;
        foreach (var part in parts.Skip(1))
        {
            if (part is not ("yaml" or "json" or "data"))
                throw new CommandException($"unknown filetype {part}");
            isYaml |= part == "yaml";
        }

        return parts[0] switch
        {
            "json" or "jsonl" or "yaml" or "toml" or "text" or "binary" or "cue" or "openapi" or "jsonschema" => new OutputFormat(parts[0], isYaml),
            "go" or "proto" or "textproto" or "pb" => throw new CommandException($"unsupported encoding \"{(parts[0] == "go" ? "code" : parts[0])}\""),
            _ => throw new CommandException($"unknown filetype {parts[0]}"),
        };
    }
}
