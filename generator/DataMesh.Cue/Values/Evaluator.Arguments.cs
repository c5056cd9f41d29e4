using DataMesh.Cue.Binding;

namespace DataMesh.Cue.Values;

/// <summary>
/// Arguments of calls. A function of a package needs all that is in a struct or list: what is in there cannot be what the
/// call is a part of.
/// </summary>
internal sealed partial class Evaluator
{
    /// <summary>The calls that need all of the arguments which are being determined.</summary>
    private readonly List<Caller> _callers = [];

    private (Vertex Vertex, Caller Caller)? _argument;

    /// <summary>The vertices that have the calls as a constraint whose arguments are being determined.</summary>
    private readonly List<Vertex> _asking = [];

    /// <summary>The structs that arguments needed, with what they are made of: the structs that those arguments' calls are in.</summary>
    private readonly HashSet<(Vertex Asked, Vertex Of)> _circular = [];

    /// <summary>
    /// What a call is that needs a value which is being computed right now, by way of the call: that says nothing then. An
    /// argument that is what the call is a constraint of may be anything as yet.
    /// </summary>
    private Bottom? NeedsCall(Value argument, Frame frame, Builtin builtin, CallExpr call)
    {
        if (!_final || argument is not Vertex asked)
            return null;
        var at = frame.Vertex;
        var vertex = Reach(asked);
        if (!IsBusy(vertex) || vertex.State is not { Scalar: null, Lists.Count: 0, Error: null } || ((builtin.Package.Length == 0 || at.IsOperand) && ContainerKind(vertex) is CueKind.Struct or CueKind.List) || vertex.IsOperand || (ReferenceEquals(vertex.Origin ?? vertex, at.Origin ?? at) && !IsAskedForAlone(at) && !IsReferredTo(frame, call)))
            return null;
        if (IsForced(vertex))
            return FailForced(vertex);
        // What selects a field of the value that the call is may be anything.
        if (vertex.State.Tasks.Exists(static task => task is { IsRunning: true, Conjunct.Expr: SelectorExpr or IndexExpr }))
            return null;
        MeetCircle(vertex);
        return new Bottom(CueErrorCode.Cycle, $"error in call to {builtin.QualifiedName}", [call.Position]) { IsVoid = true };
    }

    /// <summary>Whether a value is being determined because another one asks for it, and there is nothing but the call to say what it is.</summary>
    private static bool IsAskedForAlone(Vertex vertex) =>
        vertex is { Status: VertexStatus.Finalizing, Demands: > 0, Origin: null, State: { Kind: CueKind.Top, Disjunctions.Count: 0 } }
        && vertex.Demands > (vertex.Parent is { Status: VertexStatus.Finalizing } parent ? parent.Demands : 0);

    /// <summary>Whether a value has a call as a constraint from another value that it refers to.</summary>
    private bool IsReferredTo(Frame frame, CallExpr call) =>
        ReferenceEquals(_task?.Conjunct.Expr, call) && frame.Info.Visited is { Reference: not null } visited && ReferenceEquals(visited.At, frame.Vertex.Origin ?? frame.Vertex);

    private Value Argument(Value raw, bool takesDisjunction, Caller? caller)
    {
        var (around, isArgument) = (_argument, _isArgument);
        _isArgument = raw is Vertex;
        _argument = caller is not null && raw is Vertex vertex ? (vertex.Resolve(), caller) : null;
        var value = takesDisjunction ? Settle(raw) : Concrete(raw);
        if (_argument is { } argument && value is Vertex container && container.Resolve() is { Status: VertexStatus.Finalizing } begun && !begun.IsAncestorOrSelfOf(argument.Caller.Vertex))
            FinishArcs(begun, argument.Caller);
        (_argument, _isArgument) = (around, isArgument);
        return value;
    }

    /// <summary>Evaluates an argument; of a call that is a constraint, what is made of the struct that the call is in is noted meanwhile.</summary>
    private Value Ask(Expr argument, Env env, Frame frame, Builtin? constraint)
    {
        var asks = constraint is not null && BeginAsking(argument, frame.Vertex, constraint);
        var value = Evaluate(argument, env, frame);
        if (asks)
            _asking.RemoveAt(_asking.Count - 1);
        return value;
    }

    /// <summary>What clauses go over and names of let clauses are not asked for by the call itself.</summary>
    private bool BeginAsking(Expr argument, Vertex at, Builtin builtin)
    {
        if (argument is LetRef || IsTriedLater(builtin, argument) || (argument is ListExpr list && list.Elements.Any(static element => element is ComprehensionExpr)))
            return false;
        _asking.Add(at);
        return true;
    }

    /// <summary>Notes that the argument of a call needs a struct which is made of the one that the call is in.</summary>
    private void NoteCopies(Vertex asked)
    {
        foreach (var at in _asking)
        {
            Step();
            for (var each = at.Origin ?? at; each.Parent is { IsDetached: false } parent; each = parent.Origin ?? parent)
            {
                if (asked.State?.Targets.ContainsKey(parent) == true)
                    _circular.Add((asked, parent));
            }
        }
    }

    /// <summary>
    /// Whether a call is all that a vertex in such a struct is, and asks for something itself: that has no end. Another
    /// constraint ends it.
    /// </summary>
    private bool IsEndless(Vertex vertex, CallExpr call, Builtin builtin) =>
        _circular.Count > 0 && (vertex.Origin ?? vertex).Conjuncts.TrueForAll(CameRound) && call.Arguments.Any(each => !IsTriedLater(builtin, each) && HasReference(each));

    /// <summary>Whether an argument is a list, as far as that is known before its elements are.</summary>
    private bool IsList(Value argument)
    {
        var reference = _reference;
        var isList = argument is Vertex vertex && ContainerKind(Reach(vertex)) == CueKind.List;
        _reference = reference;
        return isList;
    }

    /// <summary>Whether an argument is a list of schemas, which are asked for when they are tried.</summary>
    private static bool IsTriedLater(Builtin builtin, Expr argument) => builtin is { IsValidatorOnly: true, Package: "" } && argument is ListExpr;

    private bool CameRound(Conjunct conjunct)
    {
        for (var visited = conjunct.Info.Visited; visited is not null; visited = visited.Next)
        {
            Step();
            if (_circular.Contains((visited.At, visited.Vertex)))
                return true;
        }

        return false;
    }

    private static bool HasReference(Expr expr)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        return expr switch
        {
            BinaryExpr binary => HasReference(binary.Left) || HasReference(binary.Right),
            UnaryExpr unary => HasReference(unary.Operand),
            BoundExpr bound => HasReference(bound.Operand),
            CallExpr call => call.Arguments.Any(HasReference),
            InterpolationExpr interpolation => interpolation.Parts.Any(HasReference),
            DisjunctionExpr disjunction => disjunction.Disjuncts.Any(static each => HasReference(each.Expr)),
            ListExpr list => list.Elements.Any(HasReference),
            StructExpr literal => literal.Declarations.Any(static each => each is not FieldDecl field || HasReference(field.Value)),
            _ => IsReference(expr) || expr is ComprehensionExpr or SliceExpr,
        };
    }

    /// <summary>Determines the parts of an argument that is being determined already.</summary>
    private void FinishArcs(Vertex vertex, Caller caller)
    {
        _callers.Add(caller);
        for (var i = 0; i < vertex.Arcs.Count; i++)
        {
            if (vertex.Arcs[i].ArcType == ArcType.Member)
                Finalize(vertex.Arcs[i]);
        }

        _callers.RemoveAt(_callers.Count - 1);
    }

    /// <summary>Whether a vertex is being computed by a call that needs the whole argument in which the vertex is asked for.</summary>
    private bool IsForced(Vertex vertex) => _callers.Exists(each => ReferenceEquals(each.Vertex.Origin ?? each.Vertex, vertex));

    /// <summary>Ends the computation of a value that is needed for itself.</summary>
    private static Bottom FailForced(Vertex vertex)
    {
        var state = vertex.State!;
        state.Cycle ??= new Bottom(CueErrorCode.Structural, "structural cycle") { At = vertex };
        state.HasAcyclicConjunct = false;
        return state.Cycle;
    }

    /// <summary>The call that a vertex which is not determined yet is, or has as a part; null if no argument in which it is named is needed for one.</summary>
    private Caller? CallerWithin(Vertex vertex) => _callers.FindLast(each => vertex.IsAncestorOrSelfOf(each.Vertex));

    /// <summary>The structural cycle below an argument.</summary>
    private static Bottom? EndlessWithin(Value argument)
    {
        if (argument is not Vertex container)
            return null;
        var vertex = container.Resolve();
        if (vertex.Status == VertexStatus.Final)
            return vertex.ChildError is { Code: CueErrorCode.Structural } below ? below : null;
        var child = default(ChildErrors);
        foreach (var arc in vertex.Arcs)
        {
            if (arc.ArcType != ArcType.Optional && arc.Status == VertexStatus.Final)
                child.Add(arc);
        }

        return child.Result is { Code: CueErrorCode.Structural } found ? found : null;
    }

    /// <summary>
    /// What is wrong in a list that a function is given the elements of: it is told of the call, unless the list was known
    /// before that, which is told where it stands.
    /// </summary>
    private static Bottom? WrongElement(Builtin builtin, CallExpr call, List<bool> wereKnown, List<Value> arguments)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            if (builtin.Parameter(i).TakesElements && arguments[i] is Vertex list && list.Resolve() is { ChildError: { IsIncomplete: false } wrong })
                return wereKnown[i] ? wrong : (Bottom)Failed(wrong.InParts(), builtin, call);
        }

        return null;
    }

    /// <summary>A call, and the vertex that it is evaluated for.</summary>
    private sealed class Caller(Vertex vertex, Syntax.Position call)
    {
        public Vertex Vertex { get; } = vertex;

        public Syntax.Position Call { get; } = call;
    }
}
