using System.Text;

namespace DataMesh.Cue.Syntax.Formatting;

/// <summary>
/// Lines of cells, aligned in columns: a cell that is ended takes part in the column that it forms with the cells above and
/// below it, the last cell of a line does not. (The "elastic tab stops" of Go's text/tabwriter, which cue prints through.)
/// </summary>
internal sealed class ColumnWriter(int indentBlanks = 0)
{
    private const int TabWidth = 8;
    private const int Padding = 1;

    private readonly StringBuilder _output = new();
    private readonly StringBuilder _cell = new();
    private readonly List<int> _widths = [];
    private List<List<Cell>> _lines = [[]];

    /// <summary>Adds to the current cell. Line breaks in the text do not end it.</summary>
    public void Write(string text) => _cell.Append(text);

    /// <summary>Ends the cell. Columns of indentation are wide even when they are empty.</summary>
    public void EndCell(bool isIndentation = false)
    {
        _lines[_lines.Count - 1].Add(new Cell(_cell.ToString(), isIndentation));
        _cell.Clear();
    }

    /// <summary>Ends the line; columns end with it where asked for, or where the line has only one cell.</summary>
    public void EndLine(bool endColumns)
    {
        EndCell();
        if (endColumns || _lines[_lines.Count - 1].Count == 1)
            Flush();
        else
            _lines.Add([]);
        if (_lines.Count == 1 && _lines[0].Count == 0)
            _output.Append('\n');
    }

    /// <summary>Ends the text.</summary>
    public override string ToString()
    {
        if (_cell.Length > 0 || _lines[_lines.Count - 1].Count > 0)
            EndCell();
        Flush();
        return _output.ToString();
    }

    private void Flush()
    {
        Format(0, _lines.Count);
        _lines = [[]];
    }

    /// <summary>Lays out lines that agree in the columns so far, and finds the next column in each run of them.</summary>
    private void Format(int first, int end)
    {
        var column = _widths.Count;
        for (var line = first; line < end; line++)
        {
            if (column >= _lines[line].Count - 1)
                continue;
            WriteLines(first, line);
            first = line;
            var width = 0;
            var isEmpty = true;
            for (; line < end && column < _lines[line].Count - 1; line++)
            {
                var cell = _lines[line][column];
                width = Math.Max(width, cell.Width + Padding);
                isEmpty &= cell.Width == 0 && !cell.IsIndentation;
            }

            _widths.Add(isEmpty ? 0 : width);
            Format(first, line);
            _widths.RemoveAt(_widths.Count - 1);
            first = line;
            line--;
        }

        WriteLines(first, end);
    }

    private void WriteLines(int first, int end)
    {
        for (var line = first; line < end; line++)
        {
            var isIndentation = true;
            var cells = _lines[line];
            for (var i = 0; i < cells.Count; i++)
            {
                isIndentation &= cells[i].Text.Length == 0;
                _output.Append(cells[i].Text);
                if (i < _widths.Count)
                    Pad(cells[i].Width, _widths[i], isIndentation);
            }

            if (line < _lines.Count - 1)
                _output.Append('\n');
        }
    }

    private void Pad(int textWidth, int width, bool withTabs)
    {
        if (withTabs && indentBlanks > 0)
            _output.Append(' ', (width + indentBlanks - 1) / indentBlanks * indentBlanks);
        else if (withTabs)
            _output.Append('\t', (width + TabWidth - 1) / TabWidth);
        else
            _output.Append(' ', Math.Max(0, width - textWidth));
    }

    private readonly struct Cell
    {
        public Cell(string text, bool isIndentation)
        {
            Text = text;
            IsIndentation = isIndentation;
            foreach (var c in text)
            {
                if (!char.IsLowSurrogate(c))
                    Width++;
            }
        }

        public string Text { get; }

        public bool IsIndentation { get; }

        /// <summary>The number of code points.</summary>
        public int Width { get; }
    }
}
