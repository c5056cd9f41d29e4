namespace DataMesh.Cue.RegularExpressions;

internal enum Opcode : byte
{
    /// <summary>The end: the text up to here matches.</summary>
    Match,

    /// <summary>A character out of the set with the number <see cref="Instruction.Argument"/>.</summary>
    Rune,

    /// <summary>Go on at both <see cref="Instruction.Next"/> and, with less priority, <see cref="Instruction.Argument"/>.</summary>
    Split,

    /// <summary>Keep the position in the slot <see cref="Instruction.Argument"/>.</summary>
    Save,

    /// <summary>Go on if the <see cref="Boundary"/> in <see cref="Instruction.Argument"/> is here.</summary>
    Assert,
}

/// <summary>What can be true of a place between two characters.</summary>
[Flags]
internal enum Boundary
{
    None = 0,
    BeginLine = 1,
    EndLine = 2,
    BeginText = 4,
    EndText = 8,
    Word = 16,
    NotWord = 32,

    /// <summary>Those that the text before the place decides alone.</summary>
    Behind = BeginLine | BeginText,
    All = BeginLine | EndLine | BeginText | EndText | Word | NotWord,
}

internal struct Instruction
{
    public Opcode Opcode;
    public int Next;
    public int Argument;
}

/// <summary>A pattern as instructions of a nondeterministic automaton.</summary>
internal sealed class PatternProgram
{
    private readonly List<Instruction> _instructions = [];
    private readonly List<RuneSet> _sets = [];
    private readonly Dictionary<RuneSet, int> _setNumbers = [];

    public PatternProgram(PatternNode root, int groupCount)
    {
        SlotCount = 2 * groupCount;
        // Built from the end: every instruction knows what follows it. Group 0 is the whole match.
        var end = Emit(Opcode.Match, 0, 0);
        var body = Compile(root, Emit(Opcode.Save, end, 1));
        Start = Emit(Opcode.Save, body, 0);
        Instructions = [.. _instructions];
        Sets = [.. _sets];
        foreach (var instruction in Instructions)
        {
            if (instruction.Opcode == Opcode.Assert)
                Boundaries |= (Boundary)instruction.Argument;
        }
    }

    public Instruction[] Instructions { get; }

    public RuneSet[] Sets { get; }

    public int Start { get; }

    /// <summary>The slots for positions: two for each group, group 0 included.</summary>
    public int SlotCount { get; }

    /// <summary>All assertions that occur.</summary>
    public Boundary Boundaries { get; }

    /// <summary>What is true between two characters; -1 stands for the beginning or the end of the text.</summary>
    public static Boundary BoundaryBetween(int before, int after)
    {
        var boundary = Boundary.None;
        if (before < 0)
            boundary |= Boundary.BeginText | Boundary.BeginLine;
        else if (before == '\n')
            boundary |= Boundary.BeginLine;
        if (after < 0)
            boundary |= Boundary.EndText | Boundary.EndLine;
        else if (after == '\n')
            boundary |= Boundary.EndLine;
        return boundary | (Runes.IsWord(before) != Runes.IsWord(after) ? Boundary.Word : Boundary.NotWord);
    }

    private int Emit(Opcode opcode, int next, int argument)
    {
        _instructions.Add(new Instruction { Opcode = opcode, Next = next, Argument = argument });
        return _instructions.Count - 1;
    }

    /// <summary>Emits the pattern, what follows it being known, and gives its first instruction. Does not recurse.</summary>
    private int Compile(PatternNode root, int next)
    {
        var frames = new Stack<Frame>();
        frames.Push(new Frame(root, next));
        var entry = next;
        while (frames.Count > 0)
        {
            var frame = frames.Peek();
            // The instruction that the child which was begun last starts with.
            if (frame.Step > 0)
                EndChild(frame, entry);
            if (BeginChild(frame) is { } child)
            {
                frame.Step++;
                frames.Push(child);
                continue;
            }
            entry = frame.Next;
            frames.Pop();
        }
        return entry;
    }

    /// <summary>The next child to compile, with what follows it; null once <see cref="Frame.Next"/> is the whole node.</summary>
    private Frame? BeginChild(Frame frame)
    {
        var node = frame.Node;
        switch (node.Kind)
        {
            case PatternKind.Empty:
                return null;
            case PatternKind.Rune:
                frame.Next = Emit(Opcode.Rune, frame.Next, SetNumber(node.Set));
                return null;
            case PatternKind.Capture:
                return frame.Step > 0
                    ? null
                    : new Frame(node.Child, Emit(Opcode.Save, frame.Next, 2 * node.Group + 1));
            case PatternKind.Concatenation:
                return frame.Step == node.Children.Length
                    ? null
                    : new Frame(node.Children[node.Children.Length - 1 - frame.Step], frame.Next);
            case PatternKind.Alternation:
                return frame.Step == node.Children.Length
                    ? null
                    : new Frame(node.Children[node.Children.Length - 1 - frame.Step], frame.End);
            case PatternKind.Repeat:
                if (frame.Step == CopyCount(node))
                    return null;
                if (IsLoop(frame.Node, frame.Step))
                    frame.Next = Choose(node.IsGreedy, 0, frame.Next);
                return new Frame(node.Child, frame.Next);
            default:
                frame.Next = Emit(Opcode.Assert, frame.Next, (int)BoundaryOf(node.Kind));
                return null;
        }
    }

    private void EndChild(Frame frame, int entry)
    {
        var node = frame.Node;
        var step = frame.Step - 1;
        frame.Next = node.Kind switch
        {
            PatternKind.Capture => Emit(Opcode.Save, entry, 2 * node.Group),
            PatternKind.Alternation when step > 0 => Emit(Opcode.Split, entry, frame.Next),
            PatternKind.Repeat => EndCopy(frame, step, entry),
            _ => entry,
        };
    }

    /// <summary>
    /// x{2,} is xx+, x{2,4} is xx(x(x)?)?: compiled from the end, first what may be left out or repeated, then what must be.
    /// </summary>
    private int EndCopy(Frame frame, int step, int entry)
    {
        var node = frame.Node;
        if (IsLoop(node, step))
        {
            var loop = frame.Next;
            SetBody(loop, node, entry);
            if (node.Minimum > 0)
                return entry;
            // (x+)? where x can be empty: going round with nothing must not come before leaving.
            return node.Child.IsNullable ? Choose(node.IsGreedy, entry, frame.End) : loop;
        }
        return node.Maximum >= 0 && step < node.Maximum - node.Minimum
            ? Choose(node.IsGreedy, entry, frame.End)
            : entry;
    }

    private static int CopyCount(PatternNode node) => node.Maximum < 0 ? Math.Max(1, node.Minimum) : node.Maximum;

    private static bool IsLoop(PatternNode node, int step) => node.Maximum < 0 && step == 0;

    private int Choose(bool isGreedy, int body, int end) =>
        isGreedy ? Emit(Opcode.Split, body, end) : Emit(Opcode.Split, end, body);

    private void SetBody(int loop, PatternNode node, int body)
    {
        var instruction = _instructions[loop];
        if (node.IsGreedy)
            instruction.Next = body;
        else
            instruction.Argument = body;
        _instructions[loop] = instruction;
    }

    private int SetNumber(RuneSet set)
    {
        if (!_setNumbers.TryGetValue(set, out var number))
        {
            number = _sets.Count;
            _sets.Add(set);
            _setNumbers.Add(set, number);
        }
        return number;
    }

    private static Boundary BoundaryOf(PatternKind kind) => kind switch
    {
        PatternKind.BeginLine => Boundary.BeginLine,
        PatternKind.EndLine => Boundary.EndLine,
        PatternKind.BeginText => Boundary.BeginText,
        PatternKind.EndText => Boundary.EndText,
        PatternKind.WordBoundary => Boundary.Word,
        _ => Boundary.NotWord,
    };

    /// <summary>A node that is being compiled.</summary>
    private sealed class Frame(PatternNode node, int end)
    {
        public PatternNode Node { get; } = node;

        /// <summary>What follows the node.</summary>
        public int End { get; } = end;

        /// <summary>The children begun so far.</summary>
        public int Step { get; set; }

        /// <summary>The first instruction of what is compiled of the node, or what follows it.</summary>
        public int Next { get; set; } = end;
    }
}
