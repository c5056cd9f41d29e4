namespace DataMesh.Cue.RegularExpressions;

/// <summary>A set of code points, as sorted ranges that neither overlap nor touch.</summary>
internal sealed class RuneSet : IEquatable<RuneSet>
{
    public const int MaxRune = 0x10FFFF;

    public static readonly RuneSet Empty = new([]);
    public static readonly RuneSet Any = new([0, MaxRune]);
    public static readonly RuneSet AnyExceptNewline = Any.Except('\n');

    private readonly int[] _bounds;

    private RuneSet(int[] bounds) => _bounds = bounds;

    /// <summary>First and last member of each range, in turn.</summary>
    public ReadOnlySpan<int> Bounds => _bounds;

    public bool IsEmpty => _bounds.Length == 0;

    /// <summary>The number of members.</summary>
    public int Count
    {
        get
        {
            var count = 0;
            for (var i = 0; i < _bounds.Length; i += 2)
                count += _bounds[i + 1] - _bounds[i] + 1;
            return count;
        }
    }

    /// <summary>The only member, or -1 if there is none or another.</summary>
    public int Single => _bounds.Length == 2 && _bounds[0] == _bounds[1] ? _bounds[0] : -1;

    public static RuneSet Of(int rune) => new([rune, rune]);

    public static RuneSet OfRange(int first, int last) => new([first, last]);

    public bool Contains(int rune)
    {
        // Invariant: every range before low ends below the rune, every one from high on begins above it.
        var low = 0;
        var high = _bounds.Length / 2;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (rune < _bounds[2 * middle])
                high = middle;
            else if (rune > _bounds[2 * middle + 1])
                low = middle + 1;
            else
                return true;
        }
        return false;
    }

    public RuneSet Negate()
    {
        var bounds = new List<int>(_bounds.Length + 2);
        var next = 0;
        for (var i = 0; i < _bounds.Length; i += 2)
        {
            if (_bounds[i] > next)
            {
                bounds.Add(next);
                bounds.Add(_bounds[i] - 1);
            }
            next = _bounds[i + 1] + 1;
        }
        if (next <= MaxRune)
        {
            bounds.Add(next);
            bounds.Add(MaxRune);
        }
        return new RuneSet([.. bounds]);
    }

    public bool Equals(RuneSet? other) => other is not null && _bounds.AsSpan().SequenceEqual(other._bounds);

    public override bool Equals(object? obj) => Equals(obj as RuneSet);

    public override int GetHashCode()
    {
        var hash = _bounds.Length;
        foreach (var bound in _bounds)
            hash = unchecked(hash * 31 + bound);
        return hash;
    }

    private RuneSet Except(int rune)
    {
        var builder = new Builder();
        builder.Add(rune, rune);
        return builder.ToSet().Negate();
    }

    /// <summary>Collects ranges in any order.</summary>
    public sealed class Builder
    {
        private readonly List<(int First, int Last)> _ranges = [];

        public void Add(int first, int last) => _ranges.Add((first, last));

        public void Add(RuneSet set)
        {
            for (var i = 0; i < set._bounds.Length; i += 2)
                Add(set._bounds[i], set._bounds[i + 1]);
        }

        public RuneSet ToSet()
        {
            _ranges.Sort((x, y) => x.First.CompareTo(y.First));
            var bounds = new List<int>(_ranges.Count * 2);
            foreach (var (first, last) in _ranges)
            {
                if (bounds.Count > 0 && first <= bounds[bounds.Count - 1] + 1)
                {
                    bounds[bounds.Count - 1] = Math.Max(bounds[bounds.Count - 1], last);
                    continue;
                }
                bounds.Add(first);
                bounds.Add(last);
            }
            return new RuneSet([.. bounds]);
        }
    }
}
