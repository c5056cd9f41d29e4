using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Values;

/// <summary>The classes of errors.</summary>
public enum CueErrorCode : byte
{
    /// <summary>A conflict or another error that more information cannot mend.</summary>
    Eval,

    /// <summary>An error that the source asks for: <c>_|_</c> or <c>error()</c>.</summary>
    User,

    /// <summary>A structural cycle: a value that would contain itself.</summary>
    Structural,

    /// <summary>Not an error yet: more information is needed.</summary>
    Incomplete,

    /// <summary>A cycle of values that need each other; incomplete.</summary>
    Cycle,

    /// <summary>A reference to a name that is not declared.</summary>
    Reference,

    /// <summary>Another error found before evaluation.</summary>
    Build,

    /// <summary>A syntax or import error.</summary>
    Load,

    /// <summary>A budget for steps or depth is used up.</summary>
    Budget,
}

/// <summary>An error as a value.</summary>
internal sealed class Bottom : Value
{
    /// <summary>How many errors of operands are told apart.</summary>
    private const int MaxParts = 100;

    private Vertex? _at;

    public Bottom(CueErrorCode code, MessageText text, IReadOnlyList<Position>? positions = null)
    {
        Code = code;
        Text = text;
        Positions = positions ?? [];
    }

    /// <summary>A copy, of which an initializer changes what differs.</summary>
    private Bottom(Bottom other)
    {
        Code = other.Code;
        Text = other.Text;
        Positions = other.Positions;
        Operands = other.Operands;
        _at = other._at;
        PathText = other.PathText;
        Cause = other.Cause;
        HasNoPath = other.HasNoPath;
        Errors = other.Errors;
        TellsEach = other.TellsEach;
        IsDisjunction = other.IsDisjunction;
        HasNoPlace = other.HasNoPlace;
        IsMissingField = other.IsMissingField;
        Required = other.Required;
        IsValidation = other.IsValidation;
        IsComplete = other.IsComplete;
        IsOfArgument = other.IsOfArgument;
        IsNotAllowed = other.IsNotAllowed;
        IsConflict = other.IsConflict;
        IsUndecided = other.IsUndecided;
        IsIdle = other.IsIdle;
        IsVoid = other.IsVoid;
        LosesExpression = other.LosesExpression;
        IsLost = other.IsLost;
        IsOfSelection = other.IsOfSelection;
        IsAwaited = other.IsAwaited;
        IsOfItself = other.IsOfItself;
        IsChoice = other.IsChoice;
        IsResult = other.IsResult;
        IsComputed = other.IsComputed;
        IsBlocked = other.IsBlocked;
        Reason = other.Reason;
    }

    public CueErrorCode Code { get; private init; }

    /// <summary>The first line, without the path.</summary>
    public string Message => Text.ToString();

    /// <summary>The message, with what it quotes.</summary>
    public MessageText Text { get; }

    /// <summary>The places of every operand involved, sorted.</summary>
    public IReadOnlyList<Position> Positions { get; }

    /// <summary>The places of the operands alone, where the error has a place of its own.</summary>
    public IReadOnlyList<Position>? Operands { get; init; }

    /// <summary>The vertex whose path is reported.</summary>
    public Vertex? At
    {
        get => _at;
        set => _at = HasNoPath ? null : value;
    }

    /// <summary>The path that is reported instead of the vertex's: how a shared structure was reached.</summary>
    public string? PathText { get; init; }

    /// <summary>The path that is reported; empty if there is none.</summary>
    public string Path => PathText ?? At?.Path() ?? "";

    /// <summary>The error that this is one of, if it is what an expression makes of that: the message ends with the other one.</summary>
    public Cause? Cause { get; init; }

    /// <summary>Whether the error is reported without a path: <c>_|_</c> in the source.</summary>
    public bool HasNoPath { get; init; }

    /// <summary>The parts, when this stands for several errors.</summary>
    public IReadOnlyList<Bottom> Errors { get; init; } = [];

    /// <summary>Whether each of the parts is told with what the error is a part of: all that is wrong with an argument.</summary>
    public bool TellsEach { get; init; }

    /// <summary>What the parts have as their cause, printed below the message.</summary>
    public bool IsDisjunction { get; init; }

    /// <summary>Whether the positions are those of what takes part only: the error is at none of them, which matters to its place among others.</summary>
    public bool HasNoPlace { get; init; }

    /// <summary>Where the error is; not valid for one that is between several places.</summary>
    public Position Place => HasNoPlace || Positions.Count == 0 ? default : Positions[0];

    /// <summary>What the error is about; where that is not said, what the properties below amount to.</summary>
    public CueErrorReason Reason
    {
        get => field != CueErrorReason.Other ? field
            : IsMissingField ? CueErrorReason.NotFound
            : IsNotAllowed ? CueErrorReason.NotAllowed
            : IsConflict || IsDisjunction ? CueErrorReason.Conflict
            : IsValidation ? CueErrorReason.OutOfBound
            : CueErrorReason.Other;
        init;
    }

    /// <summary>Whether the reason is a field that does not exist.</summary>
    public bool IsMissingField { get; init; }

    /// <summary>The required field that is missing: what it would have to be is known.</summary>
    public Vertex? Required { get; init; }

    /// <summary>Whether a validator refuses the value.</summary>
    public bool IsValidation { get; init; }

    /// <summary>Whether a validator has an argument that it can do nothing with: that says nothing of the value.</summary>
    public bool IsOfArgument { get; init; }

    /// <summary>Whether the message of a validator says everything already.</summary>
    public bool IsComplete { get; init; }

    /// <summary>Whether a closed struct does not have the field.</summary>
    public bool IsNotAllowed { get; init; }

    /// <summary>Whether two values of one kind conflict: the choices beside them are tried nonetheless.</summary>
    public bool IsConflict { get; init; }

    /// <summary>Whether a comprehension asks for a field that it names itself: there is no telling whether the field exists.</summary>
    public bool IsUndecided { get; init; }

    /// <summary>Whether a comprehension that adds nothing cannot be evaluated: the fields are all there.</summary>
    public bool IsIdle { get; init; }

    /// <summary>Whether what needs itself was asked for as a field of something, not by its own name.</summary>
    public bool IsOfSelection { get; init; }

    /// <summary>Whether the field is missing in the value that selects it, of which nothing else is said.</summary>
    public bool IsOfItself { get; init; }

    /// <summary>Whether a disjunct that is this is a choice nonetheless.</summary>
    public bool IsChoice { get; init; }

    /// <summary>Whether a disjunct is no choice because it is what is computed from the disjunction.</summary>
    public bool IsResult { get; init; }

    /// <summary>Whether an operator needs the value that it helps to determine.</summary>
    public bool IsComputed { get; init; }

    /// <summary>The same error as that of an operator.</summary>
    public Bottom OfOperator() => IsComputed ? this : new Bottom(this) { IsComputed = true };

    /// <summary>Whether what lacks the field is being determined: the field may come, and until then nothing is known of the value that selects it.</summary>
    public bool IsAwaited { get; init; }

    /// <summary>Whether a call needs what is computed by way of it: as a constraint it says nothing.</summary>
    public bool IsVoid { get; init; }

    /// <summary>Whether an expression says nothing that this is an operand of: a struct that is written in it only may have the field.</summary>
    public bool LosesExpression { get; init; }

    /// <summary>Whether this is an expression that says nothing for such an operand.</summary>
    public bool IsLost { get; private init; }

    /// <summary>What an expression is that has the operand.</summary>
    public static Bottom? Lost(Value operand) =>
        operand is Bottom { LosesExpression: true } ? Nothing : null;

    /// <summary>What an expression is that says nothing.</summary>
    public static Bottom Nothing { get; } = new(CueErrorCode.Incomplete, "incomplete value _") { LosesExpression = true, IsLost = true };

    /// <summary>The task has to wait; never seen outside of the evaluator.</summary>
    public bool IsBlocked { get; init; }

    public override CueKind Kind => CueKind.Bottom;

    /// <summary>Whether more information can mend it.</summary>
    public bool IsIncomplete => Code is CueErrorCode.Incomplete or CueErrorCode.Cycle;

    /// <summary>Says where the error and its parts are found, unless that is known.</summary>
    public void PlaceAt(Vertex vertex)
    {
        At ??= vertex;
        foreach (var part in Errors)
            part.At ??= vertex;
    }

    /// <summary>The same error where the field is not the value itself but was to be looked into.</summary>
    public Bottom OfOperand() => Required is null ? this : new Bottom(this) { Required = null };

    /// <summary>The same error as that of a value which says more than a call.</summary>
    public Bottom OfValue() => IsVoid || LosesExpression ? new Bottom(this) { IsVoid = false, LosesExpression = false } : this;

    /// <summary>The same error at another vertex.</summary>
    public Bottom ToldAt(Vertex vertex) => new(this) { At = vertex };

    /// <summary>The same error as that of a call which a value was given to: what is wrong within it is told from there.</summary>
    /// <param name="value">The value.</param>
    /// <param name="references">Where it is referred to.</param>
    public Bottom Within(Vertex value, IReadOnlyList<Position> references) =>
        new(Code, Text, ErrorPositions.Sort([.. Positions, .. references])) { At = At, PathText = PathFrom(value, ""), IsComplete = true };

    /// <summary>The same error where a call made a value of another one, with the path in that.</summary>
    public Bottom From(Vertex made, string path) => new(this) { PathText = PathFrom(made, path) };

    private string PathFrom(Vertex value, string start)
    {
        var (path, around) = (Path, value.Path());
        var below = around.Length == 0 ? path
            : path.StartsWith(around + ".", StringComparison.Ordinal) ? path.Substring(around.Length + 1)
            : path == around ? "" : null;
        return below is null ? path : start.Length == 0 || below.Length == 0 ? start + below : $"{start}.{below}";
    }

    /// <summary>The same error as that of a comprehension that adds nothing.</summary>
    public Bottom AsIdle() => new(this) { Errors = [.. Errors.Select(static error => error.AsIdle())], IsIdle = true };

    /// <summary>The same error, found another time.</summary>
    public Bottom Again() => new(this);

    /// <summary>What the error says itself, without its parts.</summary>
    public Bottom Alone() => Errors.Count == 0 ? this : new Bottom(this) { Errors = [], IsDisjunction = false };

    /// <summary>The same error, of which each part is told of the call that it is an error of.</summary>
    public Bottom InParts() => new(this) { Errors = Errors.Count == 0 ? [] : [.. Flatten().Select(static part => part.Alone())], IsDisjunction = false, IsComplete = false, TellsEach = Errors.Count > 0 };

    /// <summary>Every single error that this stands for.</summary>
    public IEnumerable<Bottom> Flatten()
    {
        if (Errors.Count == 0)
        {
            yield return this;
            yield break;
        }

        if (IsDisjunction)
            yield return this;
        foreach (var error in Errors)
        {
            foreach (var part in error.Flatten())
                yield return part;
        }
    }

    /// <summary>One error for several; the most severe class wins.</summary>
    public static Bottom Combine(Bottom? left, Bottom right)
    {
        if (left is null || ReferenceEquals(left, right))
            return right;
        if (left.IsIncomplete && !right.IsIncomplete)
            return right;
        if (!left.IsIncomplete && right.IsIncomplete)
            return left;
        var parts = new List<Bottom>(left.IsDisjunction ? [left] : left.Flatten());
        var known = parts.Count;
        foreach (var part in right.IsDisjunction ? [right] : right.Flatten())
        {
            // A literal that comes by several ways is one error.
            if (parts.FindIndex(0, known, other => part.Code == CueErrorCode.User ? other.SameAs(part) : ReferenceEquals(other, part)) < 0)
                parts.Add(part);
        }

        return parts.Count == 1 ? parts[0] : new Bottom(left.Code, left.Text, left.Positions) { HasNoPath = left.HasNoPath, At = left.At, Operands = left.Operands, Errors = parts };
    }

    /// <summary>The errors of two operands: both count, unless one of them can be mended and the other one cannot.</summary>
    public static Bottom Join(Bottom left, Bottom right)
    {
        if (left.IsIncomplete != right.IsIncomplete)
            return left.IsIncomplete ? right : left;
        if (Math.Max(left.Errors.Count, right.Errors.Count) >= MaxParts)
            return left.Errors.Count > right.Errors.Count ? left : right;
        List<Bottom> parts = left.IsDisjunction ? [left] : [.. left.Flatten()];
        var count = parts.Count;
        parts.AddRange((right.IsDisjunction ? [right] : right.Flatten()).Where(part => !parts.Contains(part)));
        if (parts.Count == count)
            return left;
        return new Bottom(left.Code, left.Text, left.Positions) { HasNoPath = left.HasNoPath, At = left.At, PathText = left.PathText, IsMissingField = left.IsMissingField, IsBlocked = left.IsBlocked || right.IsBlocked, Errors = parts };
    }

    /// <summary>The error as one that more information cannot mend.</summary>
    public Bottom Settled() => Select(static part => new Bottom(CueErrorCode.Eval, part.Text, part.Positions) { At = part.At, IsMissingField = part.IsMissingField });

    /// <summary>The error with every part exchanged.</summary>
    public Bottom Select(Func<Bottom, Bottom> select)
    {
        if (Errors.Count == 0 || IsDisjunction)
            return select(this);
        var parts = Flatten().Select(select).ToList();
        return new Bottom(parts[0]) { Errors = parts, TellsEach = TellsEach };
    }

    /// <summary>The same error in another class.</summary>
    public Bottom WithCode(CueErrorCode code) => code == Code ? this : new Bottom(this) { Code = code };

    /// <summary>The same error where it does not matter that a closed struct does not have the field.</summary>
    public Bottom AsOwn() => new(this) { IsNotAllowed = false };

    public bool SameAs(Bottom other)
    {
        if (ReferenceEquals(this, other))
            return true;
        if (Code != other.Code || !Text.SameAs(other.Text) || !ReferenceEquals(At, other.At) || !string.Equals(PathText, other.PathText, StringComparison.Ordinal) || Positions.Count != other.Positions.Count)
            return false;
        for (var i = 0; i < Positions.Count; i++)
        {
            if (Positions[i] != other.Positions[i])
                return false;
        }

        return true;
    }
}

/// <summary>What an error is made of.</summary>
/// <param name="Error">The error of an operand.</param>
/// <param name="HasPath">Whether the path is the operand's, and the expression has none.</param>
internal sealed record Cause(Bottom Error, bool HasPath);
