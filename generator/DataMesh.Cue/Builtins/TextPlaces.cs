using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Builtins;

/// <summary>Positions in a text that was read as UTF-16. The UTF-8 before one is only counted once when offsets grow.</summary>
internal sealed class TextPlaces(SourceFile file, string text)
{
    private int _units;
    private int _bytes;

    /// <summary>The place of a UTF-16 offset; one outside of the text is moved to its start or end.</summary>
    public Position At(int offset)
    {
        offset = Math.Min(Math.Max(offset, 0), text.Length);
        if (offset < _units)
            (_units, _bytes) = (0, 0);
        for (; _units < offset; _units += CodePoints.Width(CodePoints.At(text, _units)))
            _bytes += CodePoints.At(text, _units) switch { < 0x80 => 1, < 0x800 => 2, < 0x10000 => 3, _ => 4 };
        return new(file, _bytes);
    }
}
