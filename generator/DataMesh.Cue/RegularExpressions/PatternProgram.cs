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

    private int Compile(PatternNode node, int next)
    {
        switch (node.Kind)
        {
            case PatternKind.Empty:
                return next;
            case PatternKind.Rune:
                return Emit(Opcode.Rune, next, SetNumber(node.Set));
            case PatternKind.Capture:
                var close = Emit(Opcode.Save, next, 2 * node.Group + 1);
                return Emit(Opcode.Save, Compile(node.Child, close), 2 * node.Group);
            case PatternKind.Repeat:
                return CompileRepeat(node, next);
            case PatternKind.Concatenation:
                for (var i = node.Children.Length - 1; i >= 0; i--)
                    next = Compile(node.Children[i], next);
                return next;
            case PatternKind.Alternation:
                var entry = Compile(node.Children[node.Children.Length - 1], next);
                for (var i = node.Children.Length - 2; i >= 0; i--)
                    entry = Emit(Opcode.Split, Compile(node.Children[i], next), entry);
                return entry;
            default:
                return Emit(Opcode.Assert, next, (int)BoundaryOf(node.Kind));
        }
    }

    private int CompileRepeat(PatternNode node, int next)
    {
        var copies = node.Minimum;
        if (node.Maximum < 0)
        {
            next = copies == 0 ? CompileStar(node, next) : CompilePlus(node, next);
            copies--;
        }
        else
        {
            // x{2,4} is xx(x(x)?)?: what is left out ends the repetition.
            var end = next;
            for (var i = node.Minimum; i < node.Maximum; i++)
                next = Choose(node.IsGreedy, Compile(node.Child, next), end);
        }
        for (; copies > 0; copies--)
            next = Compile(node.Child, next);
        return next;
    }

    private int CompileStar(PatternNode node, int next)
    {
        // (x+)? where x can be empty: going round with nothing must not come before leaving.
        if (node.Child.IsNullable)
            return Choose(node.IsGreedy, CompilePlus(node, next), next);
        var loop = Choose(node.IsGreedy, 0, next);
        SetBody(loop, node, Compile(node.Child, loop));
        return loop;
    }

    private int CompilePlus(PatternNode node, int next)
    {
        var loop = Choose(node.IsGreedy, 0, next);
        var body = Compile(node.Child, loop);
        SetBody(loop, node, body);
        return body;
    }

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
}
