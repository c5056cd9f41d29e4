namespace DataMesh.Cue.RegularExpressions;

/// <summary>
/// An automaton over UTF-8 bytes that tells whether a text matches anywhere, small enough to be written out as code.
/// </summary>
/// <remarks>
/// Begin in state 0; for each byte take <c>Transitions[state * ClassCount + ByteClasses[byte]]</c>. Once in <see cref="Accept"/>
/// the text matches, once in <see cref="Reject"/> it does not, whatever follows. At the end of the text <see cref="AcceptsAtEnd"/>
/// of the state decides. The text is well-formed UTF-8; of other text nothing is said.
/// </remarks>
internal sealed class DfaTables
{
    /// <summary>The state of texts that match already.</summary>
    public const int Accept = -1;

    /// <summary>The state of texts that cannot match any more.</summary>
    public const int Reject = -2;

    private DfaTables(byte[] byteClasses, int classCount, int[] transitions, bool[] acceptsAtEnd)
    {
        ByteClasses = byteClasses;
        ClassCount = classCount;
        Transitions = transitions;
        AcceptsAtEnd = acceptsAtEnd;
    }

    /// <summary>For each byte the class of those that lead to the same states everywhere.</summary>
    public byte[] ByteClasses { get; }

    public int ClassCount { get; }

    public int StateCount => AcceptsAtEnd.Length;

    /// <summary>A row of <see cref="ClassCount"/> successors for each state: a state, <see cref="Accept"/> or <see cref="Reject"/>.</summary>
    public int[] Transitions { get; }

    /// <summary>For each state whether a text that ends in it matches.</summary>
    public bool[] AcceptsAtEnd { get; }

    /// <summary>True if the text matches, by the tables.</summary>
    public bool IsMatch(ReadOnlySpan<byte> utf8)
    {
        var state = 0;
        foreach (var b in utf8)
        {
            state = Transitions[state * ClassCount + ByteClasses[b]];
            if (state < 0)
                return state == Accept;
        }
        return AcceptsAtEnd[state];
    }

    /// <summary>Spells out the steps over code points as steps over bytes; null if that takes more states than allowed.</summary>
    internal static DfaTables? TryCreate(List<LazyDfa.State> states, RuneAlphabet alphabet, int maxStates)
    {
        if (states[0].IsFinal)
            return Constant(states[0].IsMatch);
        var rows = new List<int[]>();
        var numbers = new Dictionary<LazyDfa.State, int>();
        var accepts = new List<bool>();
        foreach (var state in states)
        {
            if (state.IsFinal)
            {
                numbers.Add(state, state.IsMatch ? Accept : Reject);
                continue;
            }
            numbers.Add(state, rows.Count);
            // Continuation bytes are what remains of a character that has been decided by its first bytes.
            var row = NewRow();
            row.AsSpan(0x80, 0x40).Fill(rows.Count);
            rows.Add(row);
            accepts.Add(state.AtEnd > 0);
        }

        // States between the bytes of a character; those with the same way on are one.
        var between = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var state in states)
        {
            if (state.IsFinal)
                continue;
            var root = new ByteNode();
            foreach (var (first, last, symbol) in alphabet.Ranges())
                AddRange(root, first, last, numbers[state.Next[symbol]!]);
            Fill(rows[numbers[state]], root, rows, between);
            if (rows.Count > maxStates)
                return null;
        }
        while (accepts.Count < rows.Count)
            accepts.Add(false);
        return Compress(rows, accepts);
    }

    private static DfaTables Constant(bool isMatch)
    {
        var target = isMatch ? Accept : Reject;
        return new DfaTables(new byte[256], 1, [target], [isMatch]);
    }

    private static int[] NewRow()
    {
        var row = new int[256];
        row.AsSpan().Fill(Reject);
        return row;
    }

    private static void AddRange(ByteNode root, int first, int last, int target)
    {
        ReadOnlySpan<int> limits = [0x7F, 0x7FF, 0xD7FF, 0xDFFF, 0xFFFF, RuneSet.MaxRune];
        foreach (var limit in limits)
        {
            if (first > last)
                return;
            if (first > limit)
                continue;
            var end = Math.Min(last, limit);
            // Surrogates have no encoding.
            if (limit != 0xDFFF)
                AddEncoded(root, first, end, Length(end), target);
            first = end + 1;
        }
    }

    private static int Length(int rune) => rune < 0x80 ? 1 : rune < 0x800 ? 2 : rune < 0x10000 ? 3 : 4;

    private static int EncodedByte(int rune, int length, int index)
    {
        var shift = 6 * (length - 1 - index);
        if (index > 0)
            return 0x80 | ((rune >> shift) & 0x3F);
        return length switch
        {
            1 => rune,
            2 => 0xC0 | (rune >> shift),
            3 => 0xE0 | (rune >> shift),
            _ => 0xF0 | (rune >> shift),
        };
    }

    /// <summary>Adds code points of the same encoded length, in pieces whose last bytes run through all they can.</summary>
    private static void AddEncoded(ByteNode root, int first, int last, int length, int target)
    {
        for (var index = 1; index < length; index++)
        {
            var mask = (1 << (6 * (length - index))) - 1;
            if ((first & ~mask) == (last & ~mask))
                continue;
            if ((first & mask) != 0)
            {
                AddEncoded(root, first, first | mask, length, target);
                AddEncoded(root, (first | mask) + 1, last, length, target);
                return;
            }
            if ((last & mask) != mask)
            {
                AddEncoded(root, first, (last & ~mask) - 1, length, target);
                AddEncoded(root, last & ~mask, last, length, target);
                return;
            }
        }
        var node = root;
        for (var index = 0; index < length - 1; index++)
        {
            var low = EncodedByte(first, length, index);
            var high = EncodedByte(last, length, index);
            // Where the bytes differ, all that follow run from 80 to BF: one node serves them all.
            node = node.Descend(low, high);
        }
        node.Set(EncodedByte(first, length, length - 1), EncodedByte(last, length, length - 1), target);
    }

    private static void Fill(int[] row, ByteNode node, List<int[]> rows, Dictionary<string, int> between)
    {
        foreach (var (low, high, child, target) in node.Edges)
        {
            var next = target;
            if (child is not null && !child.TryGetTarget(out next))
            {
                var inner = NewRow();
                Fill(inner, child, rows, between);
                next = Intern(inner, rows, between);
            }
            for (var b = low; b <= high; b++)
                row[b] = next;
        }
    }

    private static int Intern(int[] row, List<int[]> rows, Dictionary<string, int> between)
    {
        var key = string.Join(",", row);
        if (!between.TryGetValue(key, out var number))
        {
            number = rows.Count;
            rows.Add(row);
            between.Add(key, number);
        }
        return number;
    }

    private static DfaTables Compress(List<int[]> rows, List<bool> accepts)
    {
        var classes = new byte[256];
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        var representatives = new List<int>();
        for (var b = 0; b < 256; b++)
        {
            var key = string.Join(",", rows.Select(row => row[b]));
            if (!columns.TryGetValue(key, out var number))
            {
                number = columns.Count;
                columns.Add(key, number);
                representatives.Add(b);
            }
            classes[b] = (byte)number;
        }
        var transitions = new int[rows.Count * representatives.Count];
        for (var state = 0; state < rows.Count; state++)
        {
            for (var c = 0; c < representatives.Count; c++)
                transitions[state * representatives.Count + c] = rows[state][representatives[c]];
        }
        return new DfaTables(classes, representatives.Count, transitions, [.. accepts]);
    }

    /// <summary>What the bytes of a character lead to, as ranges.</summary>
    private sealed class ByteNode
    {
        public List<(int Low, int High, ByteNode? Child, int Target)> Edges { get; } = [];

        public ByteNode Descend(int low, int high)
        {
            // Ranges come in ascending order: only the last edge can be shared.
            if (Edges.Count > 0 && Edges[Edges.Count - 1] is var last && last.Low == low && last.High == high && last.Child is not null)
                return last.Child;
            var child = new ByteNode();
            Edges.Add((low, high, child, 0));
            return child;
        }

        /// <summary>Where all continuations lead, if they lead to one place.</summary>
        public bool TryGetTarget(out int target)
        {
            target = 0;
            for (var i = 0; i < Edges.Count; i++)
            {
                var next = Edges[i].Target;
                if (Edges[i].Child is { } child && !child.TryGetTarget(out next))
                    return false;
                if (i > 0 && next != target)
                    return false;
                target = next;
            }
            return true;
        }

        public void Set(int low, int high, int target) => Edges.Add((low, high, null, target));
    }
}
