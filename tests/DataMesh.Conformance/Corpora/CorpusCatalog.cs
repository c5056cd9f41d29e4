namespace DataMesh.Conformance.Corpora;

/// <summary>Every kind of corpus that this project can judge.</summary>
internal static class CorpusCatalog
{
    private static readonly SelfTestCorpus SelfTest = new();

    /// <summary>Those that folders are searched for, in the order of the report.</summary>
    public static IReadOnlyList<ICorpus> All { get; } =
    [
        new SyntaxCorpus(),
        new EvaluationCorpus("eval"),
        new EvaluationCorpus("evalmulti"),
        new EvaluationCorpus("docs"),
        new EvaluationCorpus("builtins"),
        new RegularExpressionCorpus(),
        new OpenApiCorpus(),
    ];

    /// <summary>The corpus whose file has this name, or null.</summary>
    public static ICorpus? Find(string fileName) =>
        All.Append(SelfTest).FirstOrDefault(corpus => string.Equals(corpus.FileName, fileName, StringComparison.Ordinal));
}
