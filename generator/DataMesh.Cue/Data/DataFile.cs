using System.Globalization;
using DataMesh.Cue.Builtins;
using DataMesh.Cue.Builtins.Encodings;
using DataMesh.Cue.Builtins.Encodings.Yaml;
using DataMesh.Cue.Syntax;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Data;

/// <summary>
/// A file of data, read as trees of literals that have the positions of its text. They unify with schemas as CUE does, and
/// whatever stands in them stays data: strings are never expressions, and names are never references.
/// </summary>
public sealed class DataFile
{
    private DataFile(IReadOnlyList<ParseResult> documents, CueError? error)
    {
        Documents = documents;
        Error = error;
    }

    /// <summary>The values, one tree each; none where there is an error.</summary>
    public IReadOnlyList<ParseResult> Documents { get; }

    /// <summary>Why the file cannot be read to its end, in <c>cue</c>'s wording.</summary>
    public CueError? Error { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="format">What it holds.</param>
    /// <param name="fileName">The name that positions and errors give.</param>
    /// <param name="utf8">Its bytes.</param>
    public static DataFile Read(DataFormat format, string fileName, ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length >= 3 && utf8[0] == 0xEF && utf8[1] == 0xBB && utf8[2] == 0xBF)
            utf8 = utf8.Slice(3);
        string text = CodePoints.Utf8.GetString(utf8.ToArray());
        SourceFile source = new(fileName, utf8.ToArray());
        DataSyntax syntax = new(source, text);
        return format switch
        {
            DataFormat.Json => ReadJson(syntax, source, text, isStream: false),
            DataFormat.JsonLines => ReadJson(syntax, source, text, isStream: true),
            DataFormat.Yaml => ReadYaml(syntax, source, text),
            DataFormat.Toml => ReadToml(syntax, text),
            _ => new DataFile([syntax.ToFile(DataNode.String(text))], null),
        };
    }

    private static DataFile ReadJson(DataSyntax syntax, SourceFile source, string text, bool isStream)
    {
        int offset = 0;
        try
        {
            return isStream
                ? new DataFile([.. JsonText.ReadStream(text, out offset).Select(syntax.ToFile)], null)
                : new DataFile([syntax.ToFile(JsonText.Read(text, out offset))], null);
        }
        catch (BuiltinException e) when (e.Offset is { } start)
        {
            return Failed(e.Message, syntax.At(start));
        }
        catch (BuiltinException e)
        {
            // An end that comes too early is reported at what came last.
            Position position = syntax.At(offset == text.Length ? offset - 1 : offset);
            return Failed($"invalid JSON for file {Literals.Quote(source.Name)}: {e.Message}", position);
        }
    }

    private static DataFile ReadYaml(DataSyntax syntax, SourceFile source, string text)
    {
        try
        {
            List<DataNode> nodes = YamlReader.ReadStream(YamlCharacters.Check(text));
            return new DataFile([.. nodes.Count == 0 ? [syntax.ToFile(DataNode.Null())] : nodes.Select(syntax.ToFile)], null);
        }
        catch (YamlException e) when (e.IsOfNumber)
        {
            return Failed(e.Message, syntax.At(e.Offset));
        }
        catch (YamlException e)
        {
            return Failed($"{e.Place(source.Name, text)}: {e.Message}", default);
        }
    }

    private static DataFile ReadToml(DataSyntax syntax, string text)
    {
        try
        {
            return new DataFile([syntax.ToFile(TomlReader.Read(text))], null);
        }
        catch (YamlException e)
        {
            return Failed(e.Message, syntax.At(e.Offset));
        }
    }

    private static DataFile Failed(string message, Position position) =>
        new([], new CueError(CueErrorCode.Load, message, "", position.IsValid ? [position] : []));
}
