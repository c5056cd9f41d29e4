using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Builtins;

/// <summary>Positions in a text that was read as UTF-16. The UTF-8 before one is counted once, and from a mark when offsets come again.</summary>
internal sealed class TextPlaces(SourceFile file, string text)
{
    private const int UnitsPerMark = 1024;

    private readonly List<(int Units, int Bytes)> _marks = [(0, 0)];
    private int _units;
    private int _bytes;

    /// <summary>The place of a UTF-16 offset; one outside of the text is moved to its start or end.</summary>
    public Position At(int offset)
    {
        offset = Math.Min(Math.Max(offset, 0), text.Length);
        if (offset < _units || offset - _units > UnitsPerMark)
            (_units, _bytes) = Mark(offset) is var mark && (offset < _units || mark.Units > _units) ? mark : (_units, _bytes);
        while (_units < offset)
        {
            int codePoint = CodePoints.At(text, _units);
            _bytes += codePoint switch { < 0x80 => 1, < 0x800 => 2, < 0x10000 => 3, _ => 4 };
            _units += CodePoints.Width(codePoint);
            if (_units - _marks[_marks.Count - 1].Units >= UnitsPerMark)
                _marks.Add((_units, _bytes));
        }

        return new(file, _bytes);
    }

    /// <summary>The last mark that is not behind an offset.</summary>
    private (int Units, int Bytes) Mark(int offset)
    {
        int low = 0, high = _marks.Count - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (_marks[middle].Units <= offset)
                low = middle;
            else
                high = middle - 1;
        }

        return _marks[low];
    }
}
