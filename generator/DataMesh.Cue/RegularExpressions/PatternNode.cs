namespace DataMesh.Cue.RegularExpressions;

internal enum PatternKind
{
    Empty,
    Rune,
    BeginLine,
    EndLine,
    BeginText,
    EndText,
    WordBoundary,
    NotWordBoundary,
    Capture,
    Repeat,
    Concatenation,
    Alternation,
}

/// <summary>A part of a parsed pattern, with the measures that its limits are checked by.</summary>
internal sealed class PatternNode
{
    private PatternNode(PatternKind kind, PatternNode[] children)
    {
        Kind = kind;
        Children = children;
        Height = 1;
        Size = 1;
        RepeatProduct = 1;
        foreach (var child in children)
        {
            Height = Math.Max(Height, 1 + child.Height);
            RepeatProduct = Math.Max(RepeatProduct, child.RepeatProduct);
        }
    }

    public PatternKind Kind { get; }

    public PatternNode[] Children { get; }

    /// <summary>The only child of a capture or a repetition.</summary>
    public PatternNode Child => Children[0];

    /// <summary>What a <see cref="PatternKind.Rune"/> matches.</summary>
    public RuneSet Set { get; private init; } = RuneSet.Empty;

    /// <summary>The number of a <see cref="PatternKind.Capture"/>, from 1.</summary>
    public int Group { get; private init; }

    /// <summary>The least number of times of a <see cref="PatternKind.Repeat"/>.</summary>
    public int Minimum { get; private init; }

    /// <summary>The greatest number of times of a <see cref="PatternKind.Repeat"/>, or -1.</summary>
    public int Maximum { get; private init; }

    public bool IsGreedy { get; private init; }

    /// <summary>True if the empty text can match.</summary>
    public bool IsNullable { get; private init; }

    /// <summary>True for a character that was written as itself: a run of them counts as one node.</summary>
    public bool IsLiteral { get; private init; }

    public int Height { get; private init; }

    /// <summary>About the number of instructions that the node compiles to; no more than it says.</summary>
    public long Size { get; private init; }

    /// <summary>The most that the counts of nested repetitions multiply to.</summary>
    public long RepeatProduct { get; private init; }

    public static PatternNode Empty { get; } = new(PatternKind.Empty, []) { IsNullable = true };

    public static PatternNode Assertion(PatternKind kind) => new(kind, []) { IsNullable = true };

    public static PatternNode Rune(RuneSet set, bool isLiteral = false) =>
        new(PatternKind.Rune, []) { Set = set, IsLiteral = isLiteral || set.Single >= 0 };

    public static PatternNode Capture(PatternNode child, int group) =>
        new(PatternKind.Capture, [child]) { Group = group, IsNullable = child.IsNullable, Size = child.Size + 2 };

    public static PatternNode Repeat(PatternNode child, int minimum, int maximum, bool isGreedy, bool isCounted)
    {
        var size = (minimum, maximum, isCounted) switch
        {
            (0, -1, _) => child.Size + 2,
            (_, -1, _) => minimum * child.Size + 1,
            (_, _, false) => child.Size + 1,
            _ => Math.Max(1, maximum * child.Size + (maximum - minimum)),
        };
        return new PatternNode(PatternKind.Repeat, [child])
        {
            Minimum = minimum,
            Maximum = maximum,
            IsGreedy = isGreedy,
            IsNullable = minimum == 0 || child.IsNullable,
            Size = size,
            RepeatProduct = isCounted ? Product(child, minimum, maximum) : child.RepeatProduct,
        };
    }

    public static PatternNode Concatenation(List<PatternNode> nodes)
    {
        if (nodes.Count == 0)
            return Empty;
        if (nodes.Count == 1)
            return nodes[0];
        var flat = Flatten(PatternKind.Concatenation, nodes);
        return new PatternNode(PatternKind.Concatenation, flat)
        {
            IsNullable = Array.TrueForAll(flat, node => node.IsNullable),
            Size = Sum(flat),
            Height = Array.TrueForAll(flat, node => node.IsLiteral) ? 1 : 1 + MaxHeight(flat),
        };
    }

    public static PatternNode Alternation(List<PatternNode> nodes)
    {
        var flat = MergeRunes(Flatten(PatternKind.Alternation, nodes));
        if (flat.Length == 1)
            return flat[0];
        return new PatternNode(PatternKind.Alternation, flat)
        {
            IsNullable = Array.Exists(flat, node => node.IsNullable),
            Size = Sum(flat) + flat.Length - 1,
        };
    }

    private static long Product(PatternNode child, int minimum, int maximum)
    {
        if (maximum == 0)
            return 1;
        return Math.Max(1, maximum < 0 ? minimum : maximum) * child.RepeatProduct;
    }

    private static PatternNode[] Flatten(PatternKind kind, List<PatternNode> nodes)
    {
        var flat = new List<PatternNode>(nodes.Count);
        foreach (var node in nodes)
        {
            if (node.Kind == kind)
                flat.AddRange(node.Children);
            else
                flat.Add(node);
        }
        return [.. flat];
    }

    /// <summary>Neighbouring alternatives of one character each are one class: a|b is [ab].</summary>
    private static PatternNode[] MergeRunes(PatternNode[] nodes)
    {
        var merged = new List<PatternNode>(nodes.Length);
        for (var i = 0; i < nodes.Length;)
        {
            var end = i;
            while (end < nodes.Length && nodes[end].Kind == PatternKind.Rune)
                end++;
            if (end - i < 2)
            {
                merged.Add(nodes[i++]);
                continue;
            }
            var builder = new RuneSet.Builder();
            for (; i < end; i++)
                builder.Add(nodes[i].Set);
            merged.Add(Rune(builder.ToSet()));
        }
        return [.. merged];
    }

    private static long Sum(PatternNode[] nodes)
    {
        var sum = 0L;
        foreach (var node in nodes)
            sum += node.Size;
        return sum;
    }

    private static int MaxHeight(PatternNode[] nodes)
    {
        var height = 0;
        foreach (var node in nodes)
            height = Math.Max(height, node.Height);
        return height;
    }
}
