namespace DataMesh.Cue.Syntax;

/// <summary>The white space before a token, as far as it matters to the formatter.</summary>
public enum Spacing : byte
{
    /// <summary>Not known: the node was not read from a source.</summary>
    None,

    /// <summary>The elided form of a token, such as the implied braces of <c>a: b: c</c>.</summary>
    Elided,

    /// <summary>The token follows its predecessor immediately.</summary>
    NoSpace,

    /// <summary>Blanks on the same line.</summary>
    Blank,

    /// <summary>A line break.</summary>
    Newline,

    /// <summary>A line break and at least one empty line.</summary>
    NewSection,
}

/// <summary>A place in a source file. The default value is "no position".</summary>
public readonly struct Position : IEquatable<Position>, IComparable<Position>
{
    private readonly int _offsetPlusOne;

    /// <param name="file">The file.</param>
    /// <param name="offset">The 0-based offset in bytes.</param>
    /// <param name="spacing">The white space before.</param>
    public Position(SourceFile file, int offset, Spacing spacing = Spacing.None)
    {
        File = file;
        _offsetPlusOne = offset + 1;
        Spacing = spacing;
    }

    private Position(SourceFile? file, int offsetPlusOne, Spacing spacing, bool _)
    {
        File = file;
        _offsetPlusOne = offsetPlusOne;
        Spacing = spacing;
    }

    /// <summary>A position that is nowhere in a file but asks the formatter for white space.</summary>
    public static Position Synthetic(Spacing spacing) => new(null, 0, spacing, false);

    /// <summary>The file, or null for a node that was not read from one.</summary>
    public SourceFile? File { get; }

    /// <summary>The white space before.</summary>
    public Spacing Spacing { get; }

    /// <summary>Whether this is a place in a file.</summary>
    public bool IsValid => File is not null;

    /// <summary>The 0-based offset in bytes; -1 when there is no position.</summary>
    public int Offset => _offsetPlusOne - 1;

    /// <summary>The 1-based line; 0 when there is no position.</summary>
    public int Line => File?.GetLineAndColumn(Offset).Line ?? 0;

    /// <summary>The 1-based column, counted in bytes; 0 when there is no position.</summary>
    public int Column => File?.GetLineAndColumn(Offset).Column ?? 0;

    /// <summary>The same place with other white space before it.</summary>
    public Position WithSpacing(Spacing spacing) => new(File, _offsetPlusOne, spacing, false);

    /// <summary>The place a number of bytes further on.</summary>
    public Position Advance(int bytes) => File is null ? this : new(File, _offsetPlusOne + bytes, Spacing, false);

    /// <inheritdoc/>
    public bool Equals(Position other) => ReferenceEquals(File, other.File) && _offsetPlusOne == other._offsetPlusOne;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Position other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _offsetPlusOne;

    /// <summary>Orders by file name, then by offset.</summary>
    public int CompareTo(Position other)
    {
        var byFile = string.CompareOrdinal(File?.Name, other.File?.Name);
        return byFile != 0 ? byFile : _offsetPlusOne.CompareTo(other._offsetPlusOne);
    }

    /// <summary>Equality of place; white space does not count.</summary>
    public static bool operator ==(Position left, Position right) => left.Equals(right);

    /// <summary>Inequality of place; white space does not count.</summary>
    public static bool operator !=(Position left, Position right) => !left.Equals(right);

    /// <summary><c>file:line:column</c>, or <c>-</c>.</summary>
    public override string ToString()
    {
        if (File is null)
            return "-";
        var (line, column) = File.GetLineAndColumn(Offset);
        return FormattableString.Invariant($"{File.Name}:{line}:{column}");
    }
}
