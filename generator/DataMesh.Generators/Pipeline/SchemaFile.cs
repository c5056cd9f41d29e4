using System.Security.Cryptography;
using System.Text;
using DataMesh.Cue.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace DataMesh.Generators.Pipeline;

/// <summary>
/// One <c>.cue</c> file of the project, read and parsed. Two are equal when path, text and metadata are: the tree is a
/// function of these, so it is carried along and not compared.
/// </summary>
internal sealed class SchemaFile : IEquatable<SchemaFile>
{
    public const string Extension = ".cue";

    private SchemaFile(string path, string text, bool isReadable, string? @namespace, ParseResult syntax)
    {
        Path = path;
        Text = text;
        IsReadable = isReadable;
        Namespace = @namespace;
        Syntax = syntax;
        Directory = DirectoryOf(path);
    }

    /// <summary>The path as the compiler has it; diagnostics print it.</summary>
    public string Path { get; }

    /// <summary>The folder of the file, with forward slashes and none at the end.</summary>
    public string Directory { get; }

    public string Text { get; }

    /// <summary>False when the file could not be opened or is not UTF-8; the text is empty then.</summary>
    public bool IsReadable { get; }

    /// <summary>The item's <c>CueNamespace</c>: the C# namespace of the file's package; null when not set.</summary>
    public string? Namespace { get; }

    /// <summary>The tree, and every syntax error.</summary>
    public ParseResult Syntax { get; }

    /// <summary>The name of the package clause; null without one and for <c>package _</c>.</summary>
    public string? PackageName => Syntax.File.Package?.Name.Name is { } name && name != "_" ? name : null;

    /// <summary>True for <c>cue.mod/module.cue</c>, which describes a module and is part of no package.</summary>
    public bool IsModuleFile => Path.Replace('\\', '/').EndsWith("/cue.mod/module.cue", StringComparison.Ordinal);

    public static bool IsSchema(AdditionalText text) => text.Path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase);

    public static SchemaFile Read(AdditionalText file, AnalyzerConfigOptions options, CancellationToken cancellation)
    {
        options.TryGetValue("build_metadata.AdditionalFiles.CueNamespace", out string? @namespace);
        @namespace = string.IsNullOrWhiteSpace(@namespace) ? null : @namespace!.Trim();

        SourceText? source = file.GetText(cancellation);
        bool isReadable = source is not null && IsUnicode(source);
        string text = isReadable ? source!.ToString() : "";
        return new SchemaFile(file.Path, text, isReadable, @namespace, CueParser.ParseFile(file.Path, text));
    }

    public bool Equals(SchemaFile? other) =>
        other is not null && IsReadable == other.IsReadable &&
        string.Equals(Path, other.Path, StringComparison.Ordinal) &&
        string.Equals(Text, other.Text, StringComparison.Ordinal) &&
        string.Equals(Namespace, other.Namespace, StringComparison.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as SchemaFile);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Path) ^ StringComparer.Ordinal.GetHashCode(Text);

    /// <summary>
    /// Whether the text is what the bytes of the file say: the compiler decodes what is not UTF-8 in another way, or with
    /// replacement characters. Only the checksum of a text knows the bytes.
    /// </summary>
    private static bool IsUnicode(SourceText source)
    {
        if (source.Encoding is not (null or { CodePage: 65001 or 1200 or 1201 }))
            return false;
        string text = source.ToString();
        if (text.IndexOf('\uFFFD') < 0 || source.Encoding is not UTF8Encoding utf8)
            return true;
        using HashAlgorithm hash = source.ChecksumAlgorithm == SourceHashAlgorithm.Sha256 ? SHA256.Create() : SHA1.Create();
        byte[] bytes = utf8.GetBytes(text);
        return source.GetChecksum().SequenceEqual(hash.ComputeHash(bytes)) ||
            source.GetChecksum().SequenceEqual(hash.ComputeHash([.. Encoding.UTF8.GetPreamble(), .. bytes]));
    }

    private static string DirectoryOf(string path)
    {
        path = path.Replace('\\', '/');
        int end = path.LastIndexOf('/');
        return end < 0 ? "" : path.Substring(0, end);
    }
}
