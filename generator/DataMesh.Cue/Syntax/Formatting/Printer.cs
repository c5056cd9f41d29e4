namespace DataMesh.Cue.Syntax.Formatting;

/// <summary>Walks a tree and writes its tokens; line breaks of the source are kept where the language allows a choice.</summary>
internal sealed partial class Printer(int indentBlanks = 0)
{
    /// <summary>Multi-line literals that begin on a line that is indented by more stay as they are, as <c>cue fmt</c> has it.</summary>
    private const int MaxReindented = 5;

    private readonly ColumnWriter _writer = new(indentBlanks);
    private readonly string _indent = indentBlanks == 0 ? "\t" : new string(' ', indentBlanks);
    private Gap _pending = Gap.None;
    private int _indentation;
    private bool _isIndented;

    /// <summary>The indentation of the line that is being written.</summary>
    private int _lineIndentation;

    /// <summary>Whether the next line break ends all columns, whoever asks for it.</summary>
    private bool _endsColumns;
    private Inline _inline;
    private int _lineCount;
    private string _lastWritten = "";
    private bool _atLineStart = true;
    private bool _isEmpty = true;

    /// <summary>Whether the last thing written was a comment, which nothing may follow on its line.</summary>
    private bool _afterComment;

    /// <summary>What to put before the next token; the stronger of two stands.</summary>
    private enum Gap
    {
        None,
        Blank,

        /// <summary>The next token begins a column.</summary>
        Column,
        Line,

        /// <summary>A line break that ends all columns.</summary>
        LineEndingColumns,

        /// <summary>An empty line.</summary>
        Section,
    }

    /// <summary>Which fields of a struct stand behind other code, where their values form no column.</summary>
    private enum Inline
    {
        None,
        First,
        All,
    }

    public string ToText()
    {
        if (_isEmpty)
            return "\n";
        _writer.EndLine(endColumns: true);
        return _writer.ToString();
    }

    private void Ask(Gap gap)
    {
        if (gap > _pending)
            _pending = gap;
    }

    private void Write(string text)
    {
        if (_afterComment && _pending < Gap.Line)
            Break(Gap.Line);
        _afterComment = false;
        WriteGap();
        if (_atLineStart)
        {
            for (var i = 0; i < _indentation; i++)
                _writer.EndCell(isIndentation: true);
            _atLineStart = false;
            _lineIndentation = _indentation;
        }

        _writer.Write(text);
        _lastWritten = text;
        _isEmpty = false;
    }

    private void WriteGap()
    {
        var gap = _pending;
        _pending = Gap.None;
        if (_isEmpty)
            return;
        switch (gap)
        {
            case Gap.Blank:
                _writer.Write(" ");
                break;
            case Gap.Column:
                _writer.EndCell();
                break;
            case Gap.Line or Gap.LineEndingColumns:
                _writer.EndLine(gap == Gap.LineEndingColumns || _endsColumns);
                _endsColumns = false;
                _lineCount++;
                _atLineStart = true;
                break;
            case Gap.Section:
                _writer.EndLine(endColumns: true);
                _writer.EndLine(endColumns: true);
                _lineCount += 2;
                _atLineStart = true;
                break;
        }
    }

    /// <summary>A blank where the source has one.</summary>
    private static Gap BlankBefore(Position position) => position.Spacing == Spacing.Blank ? Gap.Blank : Gap.None;

    /// <summary>The line break that the source has before a token; none otherwise.</summary>
    private static Gap BreakBefore(Position position) => position.Spacing switch
    {
        Spacing.Newline => Gap.Line,
        Spacing.NewSection => Gap.Section,
        _ => Gap.None,
    };

    /// <summary>
    /// Puts a token or node where the source has it: behind a gap, or on a new line, which is indented once for the whole of a
    /// value or of what stands in brackets.
    /// </summary>
    private void Separate(Position position, Gap otherwise)
    {
        var gap = BreakBefore(position);
        if (gap == Gap.None)
            Ask(otherwise);
        else
            Break(gap);
    }

    private void Break(Gap gap)
    {
        Ask(gap);
        Indent();
    }

    /// <summary>Begins a value or brackets: what is indented in it is so from its first line break on.</summary>
    private Scope OpenScope(bool isIndented = false)
    {
        var outer = new Scope(_isIndented, _indentation);
        _isIndented = isIndented;
        return outer;
    }

    private void CloseScope(Scope outer)
    {
        _isIndented = outer.IsIndented;
        _indentation = outer.Indentation;
    }

    private readonly struct Scope(bool isIndented, int indentation)
    {
        public bool IsIndented { get; } = isIndented;

        public int Indentation { get; } = indentation;
    }
}
