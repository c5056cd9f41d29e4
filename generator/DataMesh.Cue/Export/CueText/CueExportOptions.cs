namespace DataMesh.Cue.Export;

/// <summary>What of a value is printed, and how.</summary>
public sealed class CueExportOptions
{
    /// <summary>As <c>cue eval</c> prints: evaluated, defaults taken, lists closed, definitions shown; indented by four blanks.</summary>
    public static CueExportOptions Evaluation { get; } = new() { IsEvaluated = true, ShowDefinitions = true, IndentBlanks = 4 };

    /// <summary>As <c>cue eval --all</c> prints: optional and hidden fields too.</summary>
    public static CueExportOptions EvaluationOfAll { get; } = Evaluation.With(showOptional: true, showHidden: true);

    /// <summary>An evaluated value with everything that it can still be: defaults are marked, lists open, optional fields shown.</summary>
    public static CueExportOptions Schema { get; } = new() { IsEvaluated = true, KeepsDefaults = true, ShowDefinitions = true, ShowOptional = true };

    /// <summary>As <c>cue def</c> prints: expressions, defaults, patterns and comments are kept.</summary>
    public static CueExportOptions Definition { get; } = new() { IsBrief = true, ShowDefinitions = true, ShowOptional = true, ShowHidden = true, ShowAttributes = true, ShowComments = true };

    /// <summary>As <c>cue export --out cue</c> prints: data only, with the comments of its fields.</summary>
    public static CueExportOptions Data { get; } = new() { IsEvaluated = true, IsBrief = true, ShowComments = true };

    /// <summary>Whether values are printed rather than the expressions that they are made of.</summary>
    public bool IsEvaluated { get; private init; }

    /// <summary>Whether defaults stay a choice, and lists open.</summary>
    public bool KeepsDefaults { get; private init; }

    /// <summary>Whether a struct with one field is printed without braces.</summary>
    public bool IsBrief { get; private init; }

    /// <summary>Whether definitions are printed.</summary>
    public bool ShowDefinitions { get; private init; }

    /// <summary>Whether optional fields are printed.</summary>
    public bool ShowOptional { get; private init; }

    /// <summary>Whether hidden fields are printed.</summary>
    public bool ShowHidden { get; private init; }

    /// <summary>Whether attributes are printed.</summary>
    public bool ShowAttributes { get; private init; }

    /// <summary>Whether doc comments are printed.</summary>
    public bool ShowComments { get; private init; }

    /// <summary>How many blanks a level is indented by; 0 for a tab.</summary>
    public int IndentBlanks { get; private init; }

    /// <summary>The same with other choices.</summary>
    public CueExportOptions With(bool? showOptional = null, bool? showHidden = null, bool? showAttributes = null) => new()
    {
        IsEvaluated = IsEvaluated,
        KeepsDefaults = KeepsDefaults,
        IsBrief = IsBrief,
        ShowDefinitions = ShowDefinitions,
        ShowOptional = showOptional ?? ShowOptional,
        ShowHidden = showHidden ?? ShowHidden,
        ShowAttributes = showAttributes ?? ShowAttributes,
        ShowComments = ShowComments,
        IndentBlanks = IndentBlanks,
    };
}
