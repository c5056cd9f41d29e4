namespace DataMesh.Cue.RegularExpressions;

/// <summary>
/// The code points in classes: members of one class are in the same sets of a program, and the same to its assertions.
/// </summary>
internal sealed class RuneAlphabet
{
    /// <summary>Beyond this, finding the classes costs more than it saves.</summary>
    private const long MaxWork = 4_000_000;

    private readonly int[] _starts;
    private readonly int[] _classes;
    private readonly ushort[] _ascii = new ushort[128];

    private RuneAlphabet(int[] starts, int[] classes, int[] representatives)
    {
        _starts = starts;
        _classes = classes;
        Representatives = representatives;
        for (var c = 0; c < _ascii.Length; c++)
            _ascii[c] = (ushort)Lookup(c);
    }

    /// <summary>A member of each class.</summary>
    public int[] Representatives { get; }

    public int ClassCount => Representatives.Length;

    /// <summary>The classes of U+0000 to U+007F.</summary>
    public ReadOnlySpan<ushort> Ascii => _ascii;

    /// <summary>The alphabet of a program, or null if it would be too large to be of use.</summary>
    public static RuneAlphabet? TryCreate(PatternProgram program)
    {
        var sets = new List<RuneSet>(program.Sets);
        if ((program.Boundaries & (Boundary.Word | Boundary.NotWord)) != 0)
            sets.Add(Word());
        if ((program.Boundaries & (Boundary.BeginLine | Boundary.EndLine)) != 0)
            sets.Add(RuneSet.Of('\n'));

        var boundaries = new SortedSet<int> { 0 };
        foreach (var set in sets)
        {
            for (var i = 0; i < set.Bounds.Length; i += 2)
            {
                boundaries.Add(set.Bounds[i]);
                if (set.Bounds[i + 1] < RuneSet.MaxRune)
                    boundaries.Add(set.Bounds[i + 1] + 1);
            }
            if ((long)boundaries.Count * sets.Count > MaxWork)
                return null;
        }

        var starts = boundaries.ToArray();
        var classes = new int[starts.Length];
        var count = 1;
        foreach (var set in sets)
            count = Split(starts, classes, count, set);
        if (count > ushort.MaxValue)
            return null;
        return new RuneAlphabet(starts, classes, FindRepresentatives(starts, classes, count));
    }

    /// <summary>The class of a code point.</summary>
    public int ClassOf(int rune) => rune < 128 ? _ascii[rune] : Lookup(rune);

    /// <summary>First and last code point of each range of the same class, with the class.</summary>
    public IEnumerable<(int First, int Last, int Class)> Ranges()
    {
        for (var i = 0; i < _starts.Length; i++)
            yield return (_starts[i], i + 1 < _starts.Length ? _starts[i + 1] - 1 : RuneSet.MaxRune, _classes[i]);
    }

    private int Lookup(int rune)
    {
        var low = 0;
        var high = _starts.Length - 1;
        while (low < high)
        {
            var middle = (low + high + 1) >>> 1;
            if (_starts[middle] <= rune)
                low = middle;
            else
                high = middle - 1;
        }
        return _classes[low];
    }

    /// <summary>Gives new numbers to the members of each class that are in the set, where others are not.</summary>
    private static int Split(int[] starts, int[] classes, int count, RuneSet set)
    {
        var sizes = new int[count];
        var inside = new int[count];
        var isMember = new bool[starts.Length];
        for (var i = 0; i < starts.Length; i++)
        {
            isMember[i] = set.Contains(starts[i]);
            sizes[classes[i]]++;
            if (isMember[i])
                inside[classes[i]]++;
        }
        var next = count;
        var renamed = new int[count];
        for (var c = 0; c < count; c++)
            renamed[c] = inside[c] > 0 && inside[c] < sizes[c] ? next++ : c;
        for (var i = 0; i < starts.Length; i++)
        {
            if (isMember[i])
                classes[i] = renamed[classes[i]];
        }
        return next;
    }

    private static int[] FindRepresentatives(int[] starts, int[] classes, int count)
    {
        var representatives = new int[count];
        for (var i = starts.Length - 1; i >= 0; i--)
            representatives[classes[i]] = starts[i];
        return representatives;
    }

    private static RuneSet Word()
    {
        var builder = new RuneSet.Builder();
        for (var c = 0; c < 128; c++)
        {
            if (Runes.IsWord(c))
                builder.Add(c, c);
        }
        return builder.ToSet();
    }
}
