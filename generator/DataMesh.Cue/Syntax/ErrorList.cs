namespace DataMesh.Cue.Syntax;

/// <summary>Collects errors; can keep to what <c>cue</c> reports.</summary>
internal sealed class ErrorList(SourceFile file, bool asReported)
{
    /// <summary>After so many errors <c>cue</c> gives up.</summary>
    private const int ReportedLimit = 10;

    private readonly List<SyntaxError> _errors = [];

    public int Count => _errors.Count;

    /// <summary>Whether so much was wrong that nothing more is to be read.</summary>
    public bool HasGivenUp { get; private set; }

    /// <summary>Ignores everything from here on.</summary>
    public void GiveUp() => HasGivenUp = true;

    /// <summary>Adds an error of the scanner: these are all kept.</summary>
    public void Add(int offset, string message)
    {
        if (!HasGivenUp)
            _errors.Add(new SyntaxError(new Position(file, offset), message));
    }

    /// <summary>Adds an error of the parser: several at one place, or for <c>cue</c> on one line, are consequences of the first.</summary>
    public void AddFromParser(Position position, string message)
    {
        if (HasGivenUp)
            return;
        if (_errors.Count > 0)
        {
            var last = _errors[_errors.Count - 1].Position;
            if (asReported ? last.Line == position.Line : last.Offset == position.Offset)
                return;
        }

        if (asReported && _errors.Count > ReportedLimit)
        {
            HasGivenUp = true;
            return;
        }

        _errors.Add(new SyntaxError(position, message));
    }

    /// <summary>The errors in the order of the source, without repetitions.</summary>
    public IReadOnlyList<SyntaxError> ToSortedList()
    {
        var sorted = new List<SyntaxError>(_errors);
        sorted.Sort(static (a, b) =>
        {
            var byOffset = a.Position.Offset.CompareTo(b.Position.Offset);
            return byOffset != 0 ? byOffset : string.CompareOrdinal(a.Message, b.Message);
        });

        var result = new List<SyntaxError>(sorted.Count);
        foreach (var error in sorted)
        {
            var last = result.Count > 0 ? result[result.Count - 1] : null;
            if (last is null || last.Position != error.Position || !string.Equals(last.Message, error.Message, StringComparison.Ordinal))
                result.Add(error);
        }

        return result;
    }
}
