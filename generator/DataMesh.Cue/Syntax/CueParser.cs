namespace DataMesh.Cue.Syntax;

/// <summary>How to parse.</summary>
public sealed class ParseOptions
{
    /// <summary>The defaults.</summary>
    public static ParseOptions Default { get; } = new();

    /// <summary>Whether comments become part of the tree.</summary>
    public bool Comments { get; init; } = true;

    /// <summary>How deep expressions and structs may nest; beyond it there is a syntax error.</summary>
    public int MaxDepth { get; init; } = 1000;
}

/// <summary>A file and everything wrong with it.</summary>
public sealed class ParseResult
{
    private readonly Func<IReadOnlyList<SyntaxError>> _findReportedErrors;
    private IReadOnlyList<SyntaxError>? _reportedErrors;

    internal ParseResult(CueFile file, IReadOnlyList<SyntaxError> errors, Func<IReadOnlyList<SyntaxError>> findReportedErrors)
    {
        File = file;
        Errors = errors;
        _findReportedErrors = findReportedErrors;
    }

    /// <summary>A tree that was made in memory: there is nothing wrong with it.</summary>
    public static ParseResult FromTree(CueFile file) => new(file, [], static () => []);

    /// <summary>The tree; with errors, as much of it as could be recognised.</summary>
    public CueFile File { get; }

    /// <summary>Every syntax error, in the order of the source.</summary>
    public IReadOnlyList<SyntaxError> Errors { get; }

    /// <summary>
    /// The errors that the <c>cue</c> command reports for the same text: at most one of the grammar a line, about ten in all,
    /// and often none behind the first that it cannot recover from.
    /// </summary>
    public IReadOnlyList<SyntaxError> ReportedErrors => _reportedErrors ??= Errors.Count == 0 ? Errors : _findReportedErrors();
}

/// <summary>An expression and everything wrong with it.</summary>
public sealed class ParseExpressionResult(Expression expression, IReadOnlyList<SyntaxError> errors)
{
    /// <summary>The tree; a <see cref="BadExpression"/> where nothing was recognised.</summary>
    public Expression Expression { get; } = expression;

    /// <summary>Every syntax error, in the order of the source.</summary>
    public IReadOnlyList<SyntaxError> Errors { get; } = errors;
}

/// <summary>Text to tree: the grammar of the CUE specification, with recovery after errors.</summary>
public static class CueParser
{
    /// <summary>The version of the language that is implemented, such as <c>v0.17.1</c>.</summary>
    public const string LanguageVersion = Experiments.LanguageVersion;

    /// <summary>Parses a file.</summary>
    public static ParseResult ParseFile(string fileName, string source, ParseOptions? options = null) =>
        ParseFile(new SourceFile(fileName, source), options);

    /// <summary>Parses the bytes of a file (UTF-8).</summary>
    public static ParseResult ParseFile(string fileName, ReadOnlySpan<byte> source, ParseOptions? options = null) =>
        ParseFile(new SourceFile(fileName, source.ToArray()), options);

    /// <summary>Parses a file.</summary>
    public static ParseResult ParseFile(SourceFile source, ParseOptions? options = null)
    {
        var used = options ?? ParseOptions.Default;
        var (file, errors) = new Parser(source, used, asReported: false).ParseFile();
        return new ParseResult(file, errors, () => new Parser(source, used, asReported: true).ParseFile().Errors);
    }

    /// <summary>Parses one expression.</summary>
    public static ParseExpressionResult ParseExpression(string fileName, string source, ParseOptions? options = null) =>
        new Parser(new SourceFile(fileName, source), options ?? ParseOptions.Default, asReported: false).ParseSingleExpression();
}
