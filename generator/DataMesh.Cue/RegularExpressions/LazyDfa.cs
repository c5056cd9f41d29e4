namespace DataMesh.Cue.RegularExpressions;

/// <summary>
/// A deterministic automaton whose states are made when a text first needs them. Answers whether a text matches anywhere.
/// Any number of threads may use it; following known states takes no lock and allocates nothing.
/// </summary>
internal sealed class LazyDfa
{
    /// <summary>The memory for states, in bytes, before they are all forgotten.</summary>
    private const int Budget = 1 << 20;

    /// <summary>How often one text may make the states be forgotten before it is matched without keeping them.</summary>
    private const int MaxRestarts = 3;

    private readonly PatternProgram _program;
    private readonly RuneAlphabet _alphabet;
    private readonly StateStepper _stepper;
    private readonly object _gate = new();
    private readonly Dictionary<StateKey, State> _states = [];
    private readonly bool _needsLines;
    private State _start;
    private int _cost;
    private int _restarts;

    public LazyDfa(PatternProgram program, RuneAlphabet alphabet)
    {
        _program = program;
        _alphabet = alphabet;
        _stepper = new StateStepper(program);
        _needsLines = (program.Boundaries & Boundary.BeginLine) != 0;
        _start = GetState(_stepper.Begin(), -1);
    }

    public bool IsMatch(ReadOnlySpan<byte> utf8)
    {
        var ascii = _alphabet.Ascii;
        var state = Volatile.Read(ref _start);
        var restarts = Volatile.Read(ref _restarts);
        for (var position = 0; position < utf8.Length;)
        {
            if (state.IsFinal)
                return state.IsMatch;
            int symbol = utf8[position];
            if (symbol < 128)
            {
                symbol = ascii[symbol];
                position++;
            }
            else
            {
                symbol = _alphabet.ClassOf(Runes.Next(utf8, ref position));
            }
            var next = Volatile.Read(ref state.Next[symbol]) ?? Follow(state, symbol);
            if (_restarts - restarts > MaxRestarts && !next.IsFinal)
                return IsMatchUncached(next, utf8.Slice(position));
            state = next;
        }
        return state.IsFinal ? state.IsMatch : IsMatchAtEnd(state);
    }

    public bool IsMatch(ReadOnlySpan<char> text)
    {
        var ascii = _alphabet.Ascii;
        var state = Volatile.Read(ref _start);
        var restarts = Volatile.Read(ref _restarts);
        for (var position = 0; position < text.Length;)
        {
            if (state.IsFinal)
                return state.IsMatch;
            int symbol = text[position];
            if (symbol < 128)
            {
                symbol = ascii[symbol];
                position++;
            }
            else
            {
                symbol = _alphabet.ClassOf(Runes.Next(text, ref position));
            }
            var next = Volatile.Read(ref state.Next[symbol]) ?? Follow(state, symbol);
            if (_restarts - restarts > MaxRestarts && !next.IsFinal)
                return IsMatchUncached(next, text.Slice(position));
            state = next;
        }
        return state.IsFinal ? state.IsMatch : IsMatchAtEnd(state);
    }

    /// <summary>All states, or null if there are more than that many. State 0 is the beginning.</summary>
    internal List<State>? TryComplete(int maxStates)
    {
        lock (_gate)
        {
            var states = new List<State> { _start };
            var known = new HashSet<State> { _start };
            for (var i = 0; i < states.Count; i++)
            {
                var state = states[i];
                if (state.IsFinal)
                    continue;
                for (var symbol = 0; symbol < state.Next.Length; symbol++)
                {
                    var next = state.Next[symbol] ?? Follow(state, symbol);
                    if (known.Add(next))
                        states.Add(next);
                    if (states.Count > maxStates)
                        return null;
                }
                IsMatchAtEnd(state);
            }
            return states;
        }
    }

    private State Follow(State state, int symbol)
    {
        lock (_gate)
        {
            var rune = _alphabet.Representatives[symbol];
            var next = GetState(_stepper.Step(state.Alive, state.Before, rune), rune);
            Volatile.Write(ref state.Next[symbol], next);
            return next;
        }
    }

    private bool IsMatchAtEnd(State state)
    {
        if (state.AtEnd == 0)
        {
            lock (_gate)
                state.AtEnd = _stepper.IsMatchAtEnd(state.Alive, state.Before) ? 1 : -1;
        }
        return state.AtEnd > 0;
    }

    private State GetState(int[]? alive, int before)
    {
        if (alive is null)
            return State.Matched;
        if (alive.Length == 0 && !_needsLines)
            return State.Failed;
        var key = new StateKey(alive, _stepper.HasAssertion(alive) ? Context(before) : 0);
        if (_states.TryGetValue(key, out var state))
            return state;
        var cost = 128 + 4 * alive.Length + 8 * _alphabet.ClassCount;
        if (_cost + cost > Budget && _states.Count > 0)
        {
            _states.Clear();
            _cost = 0;
            Volatile.Write(ref _restarts, _restarts + 1);
            var begin = _stepper.Begin()!;
            Volatile.Write(ref _start, new State(begin, -1, _alphabet.ClassCount));
        }
        _cost += cost;
        state = new State(alive, before, _alphabet.ClassCount);
        _states.Add(key, state);
        return state;
    }

    /// <summary>What the program's assertions ask about the character before: nothing else tells two states apart.</summary>
    private int Context(int before)
    {
        var boundaries = _program.Boundaries;
        if (before < 0)
            return (boundaries & Boundary.Behind) != 0 ? 1 : 0;
        if (before == '\n')
            return (boundaries & Boundary.BeginLine) != 0 ? 2 : 0;
        return (boundaries & (Boundary.Word | Boundary.NotWord)) != 0 && Runes.IsWord(before) ? 3 : 0;
    }

    private bool IsMatchUncached(State state, ReadOnlySpan<byte> utf8)
    {
        var stepper = new StateStepper(_program);
        var alive = state.Alive;
        var before = state.Before;
        for (var position = 0; position < utf8.Length;)
        {
            var rune = Runes.Next(utf8, ref position);
            if (stepper.Step(alive, before, rune) is not { } next)
                return true;
            alive = next;
            before = rune;
        }
        return stepper.IsMatchAtEnd(alive, before);
    }

    private bool IsMatchUncached(State state, ReadOnlySpan<char> text)
    {
        var stepper = new StateStepper(_program);
        var alive = state.Alive;
        var before = state.Before;
        for (var position = 0; position < text.Length;)
        {
            var rune = Runes.Next(text, ref position);
            if (stepper.Step(alive, before, rune) is not { } next)
                return true;
            alive = next;
            before = rune;
        }
        return stepper.IsMatchAtEnd(alive, before);
    }

    /// <summary>The instructions alive at a place, and where the characters of each class lead.</summary>
    internal sealed class State
    {
        public static readonly State Matched = new([], 0, 0) { IsFinal = true, IsMatch = true, AtEnd = 1 };
        public static readonly State Failed = new([], 0, 0) { IsFinal = true, AtEnd = -1 };

        public readonly int[] Alive;
        public readonly int Before;
        public readonly State?[] Next;

        public State(int[] alive, int before, int classCount)
        {
            Alive = alive;
            Before = before;
            Next = new State?[classCount];
        }

        /// <summary>True if what follows changes nothing.</summary>
        public bool IsFinal { get; private init; }

        public bool IsMatch { get; private init; }

        /// <summary>1 if the text matches when it ends here, -1 if not, 0 while nobody has asked.</summary>
        public int AtEnd { get; set; }
    }

    private readonly struct StateKey(int[] alive, int context) : IEquatable<StateKey>
    {
        private readonly int[] _alive = alive;
        private readonly int _context = context;

        public bool Equals(StateKey other) => _context == other._context && _alive.AsSpan().SequenceEqual(other._alive);

        public override bool Equals(object? obj) => obj is StateKey other && Equals(other);

        public override int GetHashCode()
        {
            var hash = _context;
            foreach (var index in _alive)
                hash = unchecked(hash * 31 + index);
            return hash;
        }
    }
}
