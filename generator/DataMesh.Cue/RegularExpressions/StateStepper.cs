namespace DataMesh.Cue.RegularExpressions;

/// <summary>
/// One step of all threads of a program at once, for the question whether a text matches anywhere: which instructions are
/// alive after a character. Holds its working memory, so one thread at a time.
/// </summary>
/// <remarks>
/// Alive are instructions that take a character and assertions that the next character decides. Assertions that the text
/// before decides are resolved when they are reached.
/// </remarks>
internal sealed class StateStepper(PatternProgram program)
{
    private readonly int[] _marks = new int[program.Instructions.Length];
    private readonly Stack<int> _pending = new();
    private readonly List<int> _reached = [];

    /// <summary>For each set the character that was asked for last, plus one, and in the lowest bit whether it is in.</summary>
    private readonly int[] _answers = new int[program.Sets.Length];
    private int _mark;
    private bool _matched;

    /// <summary>The instructions alive before the first character; null if the empty text matches already.</summary>
    public int[]? Begin()
    {
        Reset();
        Reach(program.Start, Boundary.Behind, Boundary.BeginText | Boundary.BeginLine);
        return Take();
    }

    /// <summary>The instructions alive after a character; null if the text up to it, or to before it, matches.</summary>
    /// <param name="alive">Those alive before it.</param>
    /// <param name="before">The character before, or -1 at the beginning.</param>
    /// <param name="rune">The character.</param>
    public int[]? Step(int[] alive, int before, int rune)
    {
        var ready = Decide(alive, PatternProgram.BoundaryBetween(before, rune));
        if (ready is null)
            return null;
        Reset();
        var behind = rune == '\n' ? Boundary.BeginLine : Boundary.None;
        foreach (var index in ready)
        {
            ref readonly var instruction = ref program.Instructions[index];
            if (IsIn(instruction.Argument, rune))
                Reach(instruction.Next, Boundary.Behind, behind);
        }
        // A match may begin at any place.
        Reach(program.Start, Boundary.Behind, behind);
        return Take();
    }

    /// <summary>True if the text matches when it ends here.</summary>
    public bool IsMatchAtEnd(int[] alive, int before) => Decide(alive, PatternProgram.BoundaryBetween(before, -1)) is null;

    /// <summary>True if one of the instructions waits for what comes next.</summary>
    public bool HasAssertion(int[] alive)
    {
        foreach (var index in alive)
        {
            if (program.Instructions[index].Opcode == Opcode.Assert)
                return true;
        }
        return false;
    }

    /// <summary>The instructions that take a character once the assertions are decided; null if that leads to a match.</summary>
    private int[]? Decide(int[] alive, Boundary boundary)
    {
        if (!HasAssertion(alive))
            return alive;
        Reset();
        foreach (var index in alive)
            Reach(index, Boundary.All, boundary);
        return Take();
    }

    /// <summary>Many instructions ask for the same set: the answer is looked up once.</summary>
    private bool IsIn(int set, int rune)
    {
        var answer = _answers[set];
        // The zeros of the beginning answer for no character.
        if (answer >> 1 != rune + 1)
            _answers[set] = answer = ((rune + 1) << 1) | (program.Sets[set].Contains(rune) ? 1 : 0);
        return (answer & 1) != 0;
    }

    private void Reset()
    {
        _mark++;
        _matched = false;
        _reached.Clear();
    }

    private int[]? Take()
    {
        if (_matched)
            return null;
        var reached = _reached.ToArray();
        Array.Sort(reached);
        return reached;
    }

    private void Reach(int index, Boundary known, Boundary boundary)
    {
        _pending.Push(index);
        while (_pending.Count > 0)
        {
            index = _pending.Pop();
            if (_marks[index] == _mark)
                continue;
            _marks[index] = _mark;
            ref readonly var instruction = ref program.Instructions[index];
            switch (instruction.Opcode)
            {
                case Opcode.Match:
                    _matched = true;
                    break;
                case Opcode.Split:
                    _pending.Push(instruction.Argument);
                    _pending.Push(instruction.Next);
                    break;
                case Opcode.Save:
                    _pending.Push(instruction.Next);
                    break;
                case Opcode.Assert when ((Boundary)instruction.Argument & known) == 0:
                case Opcode.Rune:
                    _reached.Add(index);
                    break;
                case Opcode.Assert when ((Boundary)instruction.Argument & boundary) != 0:
                    _pending.Push(instruction.Next);
                    break;
            }
        }
    }
}
