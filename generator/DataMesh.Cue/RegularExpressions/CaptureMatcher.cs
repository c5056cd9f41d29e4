namespace DataMesh.Cue.RegularExpressions;

/// <summary>
/// Finds the leftmost match and its groups: all threads of the program go through the text together, in the order of
/// their priority, so the time is linear in the text.
/// </summary>
internal sealed class CaptureMatcher(PatternProgram program, int slotCount)
{
    /// <summary>How many threads go one character on in one step of the budget.</summary>
    private const int ThreadsPerStep = 64;

    private readonly Stack<(int Index, int Slot, int Position)> _pending = new();
    private readonly int[] _slots = new int[slotCount];
    private Threads _current = new(program.Instructions.Length, slotCount);
    private Threads _next = new(program.Instructions.Length, slotCount);

    /// <summary>
    /// The first match that begins at <paramref name="start"/> or later: the positions where each group begins and ends, -1
    /// for groups that took no part. Null if there is none.
    /// </summary>
    public int[]? Find(string text, int start, Action<int>? step = null)
    {
        var work = 0;
        var span = text.AsSpan();
        int[]? found = null;
        _current.Clear();
        var position = start;
        var previous = position;
        var before = start > 0 ? Runes.Previous(span, ref previous) : -1;
        var following = position;
        var rune = Read(span, ref following);
        while (true)
        {
            if (_current.Count == 0)
            {
                if (found is not null)
                    break;
                if (position > 0 && IsAnchored())
                    break;
            }
            if (found is null)
            {
                _slots.AsSpan().Fill(-1);
                Add(_current, program.Start, position, PatternProgram.BoundaryBetween(before, rune));
            }
            work += _current.Count + 1;
            if (work >= 64 * ThreadsPerStep)
            {
                step?.Invoke(work / ThreadsPerStep);
                work = 0;
            }
            var nextPosition = following;
            var nextRune = Read(span, ref following);
            _next.Clear();
            var boundary = PatternProgram.BoundaryBetween(rune, nextRune);
            for (var i = 0; i < _current.Count; i++)
            {
                ref readonly var instruction = ref program.Instructions[_current.Index(i)];
                if (instruction.Opcode == Opcode.Match)
                {
                    // Threads of lower priority do not matter any more.
                    found = _current.Slots(i).ToArray();
                    break;
                }
                if (rune >= 0 && program.Sets[instruction.Argument].Contains(rune))
                {
                    _current.Slots(i).CopyTo(_slots);
                    Add(_next, instruction.Next, nextPosition, boundary);
                }
            }
            (_current, _next) = (_next, _current);
            if (rune < 0)
                break;
            before = rune;
            rune = nextRune;
            position = nextPosition;
        }
        return found;
    }

    private static int Read(ReadOnlySpan<char> text, ref int position) =>
        position < text.Length ? Runes.Next(text, ref position) : -1;

    private bool IsAnchored()
    {
        var index = program.Start;
        while (program.Instructions[index].Opcode == Opcode.Save)
            index = program.Instructions[index].Next;
        ref readonly var first = ref program.Instructions[index];
        return first.Opcode == Opcode.Assert && first.Argument == (int)Boundary.BeginText;
    }

    /// <summary>Adds what is reachable without a character, in order of priority; the slots are those of the thread.</summary>
    private void Add(Threads threads, int index, int position, Boundary boundary)
    {
        _pending.Push((index, -1, 0));
        while (_pending.Count > 0)
        {
            (index, var slot, var value) = _pending.Pop();
            if (slot >= 0)
            {
                // Everything behind the instruction that set it is done.
                _slots[slot] = value;
                continue;
            }
            if (!threads.TryAdd(index))
                continue;
            ref readonly var instruction = ref program.Instructions[index];
            switch (instruction.Opcode)
            {
                case Opcode.Split:
                    _pending.Push((instruction.Argument, -1, 0));
                    _pending.Push((instruction.Next, -1, 0));
                    break;
                case Opcode.Save:
                    if (instruction.Argument < _slots.Length)
                    {
                        _pending.Push((0, instruction.Argument, _slots[instruction.Argument]));
                        _slots[instruction.Argument] = position;
                    }
                    _pending.Push((instruction.Next, -1, 0));
                    break;
                case Opcode.Assert:
                    if (((Boundary)instruction.Argument & boundary) != 0)
                        _pending.Push((instruction.Next, -1, 0));
                    break;
                default:
                    threads.Keep(index, _slots);
                    break;
            }
        }
    }

    /// <summary>The threads at one place of the text: instructions in order of priority, with their slots.</summary>
    private sealed class Threads(int instructionCount, int slotCount)
    {
        private readonly int[] _seen = new int[instructionCount];
        private int[] _indices = new int[16];
        private int[] _slots = new int[16 * slotCount];
        private int _generation = 1;

        public int Count { get; private set; }

        public int Index(int thread) => _indices[thread];

        public ReadOnlySpan<int> Slots(int thread) => _slots.AsSpan(thread * slotCount, slotCount);

        public void Clear()
        {
            Count = 0;
            _generation++;
        }

        /// <summary>False if the instruction was reached before, with more priority.</summary>
        public bool TryAdd(int index)
        {
            if (_seen[index] == _generation)
                return false;
            _seen[index] = _generation;
            return true;
        }

        public void Keep(int index, int[] slots)
        {
            if (Count == _indices.Length)
            {
                Array.Resize(ref _indices, 2 * Count);
                Array.Resize(ref _slots, 2 * Count * slotCount);
            }
            _indices[Count] = index;
            slots.CopyTo(_slots, Count * slotCount);
            Count++;
        }
    }
}
