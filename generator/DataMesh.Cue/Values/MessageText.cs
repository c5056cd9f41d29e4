namespace DataMesh.Cue.Values;

/// <summary>
/// What an error says. The values that it quotes are read when it is told, not when it is found: they are determined then,
/// and one may hold the error itself.
/// </summary>
internal readonly struct MessageText
{
    private readonly string? _text;
    private readonly IReadOnlyList<Quotation>? _quotations;

    private MessageText(string? text, IReadOnlyList<Quotation>? quotations)
    {
        _text = text;
        _quotations = quotations;
    }

    /// <summary>What stands before the first value that is quoted.</summary>
    public string Start => _text ?? "";

    /// <summary>The values that are quoted, each with what stands behind it.</summary>
    public IReadOnlyList<Quotation> Quotations => _quotations ?? [];

    public bool IsEmpty => Start.Length == 0 && Quotations.Count == 0;

    public static implicit operator MessageText(string text) => new(text, null);

    public static MessageText operator +(MessageText left, MessageText right)
    {
        if (left._quotations is not { Count: > 0 } quotations)
            return new(left.Start + right.Start, right._quotations);
        var last = quotations[quotations.Count - 1];
        return new(left._text, [.. quotations.Take(quotations.Count - 1), new Quotation(last.Quoted, last.Behind + right.Start), .. right.Quotations]);
    }

    /// <summary>A value as messages have it: a struct or list as it turns out to be.</summary>
    public static MessageText Quote(Value value) => value is Vertex vertex ? new MessageText("", [new Quotation(vertex, "")]) : ValueText.Describe(value);

    public bool SameAs(MessageText other) =>
        Quotations.Count == 0 && other.Quotations.Count == 0 ? string.Equals(Start, other.Start, StringComparison.Ordinal)
            : string.Equals(ToString(), other.ToString(), StringComparison.Ordinal);

    public override string ToString() => Quotations.Count == 0 ? Start : new ValueWriter(isMessage: true).Write(this);

    /// <summary>A value that is quoted, and what stands behind it.</summary>
    internal readonly struct Quotation(Vertex quoted, string behind)
    {
        public Vertex Quoted { get; } = quoted;

        public string Behind { get; } = behind;
    }
}
