using System.Globalization;
using DataMesh.Cue.Syntax;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Load;

/// <summary>A module: the folder that has <c>cue.mod</c>, and what <c>cue.mod/module.cue</c> says.</summary>
public sealed class CueModule
{
    /// <summary>What a module file may say, as CUE.</summary>
    private const string Schema = """
        module?: string
        language: version: string
        source?: kind: "self" | "git"
        description?: string
        deps?: [string]: {v!: string, default?: bool, ...}
        custom?: [string]: {...}
        """;

    private static readonly Version NewestLanguage = ParseVersion(CueParser.LanguageVersion)!;

    /// <summary>Module files have had a schema since this version of the language.</summary>
    private static readonly Version OldestLanguage = new(0, 8, 0);

    private CueModule(string root) => Root = root;

    /// <summary>The folder that <c>cue.mod</c> is in.</summary>
    public string Root { get; }

    /// <summary>The module's path without its major version; empty without a module file.</summary>
    public string Path { get; private init; } = "";

    /// <summary>The major version, such as <c>v0</c>.</summary>
    public string MajorVersion { get; private init; } = "v0";

    /// <summary>The module that a folder is in; null when it is in none.</summary>
    /// <param name="sources">Where to look.</param>
    /// <param name="folder">The folder; <c>cue.mod</c> is looked for in it and in what it is in.</param>
    /// <param name="errors">What is wrong with the module file.</param>
    public static CueModule? Find(ISourceTree sources, string folder, out IReadOnlyList<CueError> errors)
    {
        errors = [];
        for (var root = folder; root is not null; root = SourcePath.Parent(root))
        {
            if (!sources.HasFolder(SourcePath.Join(root, "cue.mod")))
                continue;
            var file = SourcePath.Join(root, "cue.mod/module.cue");
            return sources.Read(file) is { } text ? Read(root, CueParser.ParseFile(file, text), out errors) : new CueModule(root);
        }

        return null;
    }

    /// <summary>Whether an import path, without qualifier and version, is of this module; the path within it.</summary>
    internal bool Contains(string importPath, out string folder)
    {
        folder = "";
        if (Path.Length == 0 || !importPath.StartsWith(Path, StringComparison.Ordinal))
            return false;
        if (importPath.Length > Path.Length && importPath[Path.Length] != '/')
            return false;
        folder = importPath[Path.Length..].TrimStart('/');
        return true;
    }

    private static CueModule Read(string root, ParseResult file, out IReadOnlyList<CueError> errors)
    {
        errors = [];
        if (file.ReportedErrors.Count > 0)
        {
            errors = [Error("invalid module file syntax: " + file.ReportedErrors[0].Message, file.ReportedErrors[0].Position)];
            return new CueModule(root);
        }

        if (FindReference(file.File) is { IsValid: true } reference)
        {
            errors = [Error("invalid module file syntax: references not allowed in data mode", reference)];
            return new CueModule(root);
        }

        CueContext context = new();
        var value = context.Build(file).Value;
        if (CheckLanguage(value) is { } problem)
        {
            errors = [Error(problem)];
            return new CueModule(root);
        }

        var schema = context.Build("", "#Module: {\n" + Schema + "\n}").Value.Lookup("#Module")!;
        var found = schema.Unify(value).Validate(concrete: true);
        var path = value.Lookup("module")?.AsString() ?? "";
        var at = path.IndexOf('@');
        var bare = at < 0 ? path : path[..at];
        if (found.Count > 0)
            errors = [.. found.Select(error => new CueError(CueErrorCode.Load, error.Message, WithoutRoot(error.Path), [.. error.Positions.Where(position => position.File == file.File.Source)]))];
        else if (bare.Length == 0)
            errors = [Error($"invalid module file {file.File.Source!.Name}: empty module path")];
        else if (!bare.Split('/')[0].Contains('.'))
            errors = [Error($"invalid module file {file.File.Source!.Name}: module path {Literals.Quote(path)} is not valid: missing dot in first path element")];
        return new CueModule(root) { Path = bare, MajorVersion = at < 0 ? "v0" : path[(at + 1)..] };
    }

    private static string WithoutRoot(string path) => path.StartsWith("#Module.", StringComparison.Ordinal) ? path["#Module.".Length..] : path;

    private static string? CheckLanguage(CueValue module)
    {
        if (module.Lookup("language.version")?.AsString() is not { } text)
            return "no language version declared in module.cue; run 'cue mod fix'";
        if (ParseVersion(text) is not { } version)
            return $"language version {Literals.Quote(text)} in module.cue is not valid semantic version";
        if (version > NewestLanguage)
            return $"language version {Literals.Quote(text)} declared in module.cue is too new for current language version {Literals.Quote(CueParser.LanguageVersion)}";
        return version < OldestLanguage ? $"cannot find schema suitable for reading module file with language version {Literals.Quote(text)}" : null;
    }

    /// <summary>The numbers of <c>v1.2.3</c>; what follows a hyphen or plus does not count here.</summary>
    private static Version? ParseVersion(string text)
    {
        if (!text.StartsWith('v'))
            return null;
        var end = text.IndexOfAny(['-', '+']);
        var parts = (end < 0 ? text[1..] : text[1..end]).Split('.');
        Span<int> numbers = [0, 0, 0];
        if (parts.Length > 3)
            return null;
        for (var i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]))
                return null;
        }

        return new Version(numbers[0], numbers[1], numbers[2]);
    }

    /// <summary>The first name that is used as a value: a module file is data.</summary>
    private static Position FindReference(CueFile file)
    {
        if (file.Package is { } package)
            return package.Name.Start;
        return FindReference(file.Declarations);
    }

    private static Position FindReference(IEnumerable<Declaration> declarations)
    {
        foreach (var declaration in declarations)
        {
            var position = declaration switch
            {
                Field field => FindReference(field.Value),
                Embedding embedding => FindReference(embedding.Expression),
                CommentGroup or AttributeDeclaration => default,
                _ => declaration.Start,
            };
            if (position.IsValid)
                return position;
        }

        return default;
    }

    private static Position FindReference(Expression expression)
    {
        switch (expression)
        {
            case BasicLiteral:
                return default;
            case StructLiteral literal:
                return FindReference(literal.Declarations);
            case ListLiteral list:
                foreach (var element in list.Elements)
                {
                    if (FindReference(element) is { IsValid: true } position)
                        return position;
                }

                return default;
            default:
                return expression.Start;
        }
    }

    private static CueError Error(string message, Position position = default) =>
        new(CueErrorCode.Load, message, "", position.IsValid ? [position] : []);
}
