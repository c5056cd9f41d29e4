using System.Text;

namespace DataMesh.Cue.Syntax;

/// <summary>The text of one CUE file: its name, its bytes (UTF-8) and where its lines begin.</summary>
public sealed class SourceFile
{
    private readonly byte[] _utf8;
    private int[]? _lineStarts;

    /// <param name="name">The name that positions are reported with.</param>
    /// <param name="utf8">The bytes of the file; invalid UTF-8 is allowed here and reported by the scanner.</param>
    public SourceFile(string name, byte[] utf8)
    {
        Name = name;
        _utf8 = utf8;
    }

    /// <inheritdoc cref="SourceFile(string, byte[])"/>
    public SourceFile(string name, string text)
        : this(name, Encoding.UTF8.GetBytes(text))
    {
    }

    /// <summary>The name that positions are reported with.</summary>
    public string Name { get; }

    /// <summary>The bytes of the file.</summary>
    public ReadOnlySpan<byte> Utf8 => _utf8;

    /// <summary>The length in bytes.</summary>
    public int Length => _utf8.Length;

    internal byte[] Buffer => _utf8;

    /// <summary>The number of lines.</summary>
    public int LineCount => LineStarts.Length;

    private int[] LineStarts => _lineStarts ??= FindLineStarts();

    /// <summary>The text of a range of bytes; invalid sequences become U+FFFD.</summary>
    public string GetText(int start, int length) => Encoding.UTF8.GetString(_utf8, start, length);

    /// <summary>The 1-based line and the 1-based column, counted in bytes, of a byte offset.</summary>
    public (int Line, int Column) GetLineAndColumn(int offset)
    {
        var starts = LineStarts;
        var index = Array.BinarySearch(starts, offset);
        if (index < 0)
            index = ~index - 1;
        return (index + 1, offset - starts[index] + 1);
    }

    /// <summary>The byte offset at which a 1-based line begins.</summary>
    public int GetLineStart(int line) => LineStarts[line - 1];

    /// <inheritdoc/>
    public override string ToString() => Name;

    private int[] FindLineStarts()
    {
        var starts = new List<int> { 0 };
        for (var i = 0; i < _utf8.Length; i++)
        {
            // Like cue, the end of the file is on the line that the last line break ends.
            if (_utf8[i] == '\n' && i + 1 < _utf8.Length)
                starts.Add(i + 1);
        }

        return [.. starts];
    }
}
