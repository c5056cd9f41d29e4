using DataMesh.Cue.Binding;
using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Values;

/// <summary>
/// Comprehensions that depend on the fields of what they add to. The fields that their literals name are known from the
/// start; others can no longer come once something relied on the set of fields.
/// </summary>
internal sealed partial class Evaluator
{
    private Yield? _yield;
    private List<Vertex>? _ranged;

    /// <summary>What a comprehension adds, while it does.</summary>
    private sealed class Yield(Vertex vertex, ComprehensionExpr comprehension, List<Vertex> ranged, Yield? outer)
    {
        public Vertex Vertex { get; } = vertex;

        public ComprehensionExpr Comprehension { get; } = comprehension;

        /// <summary>What the clauses relied on the fields of, although more could come.</summary>
        public List<Vertex> Ranged { get; } = ranged;

        public Yield? Outer { get; } = outer;
    }

    /// <summary>Remembers that a loop goes over fields although comprehensions are left that could add some.</summary>
    private void Range(Vertex vertex)
    {
        if (!_final || vertex.Status == VertexStatus.Final)
            return;
        if (IsBusy(vertex))
            vertex.HasFixedFields = true;
        else if (!IsSettledAbove(vertex))
            _ranged?.Add(vertex);
    }

    /// <summary>Refuses a field that a comprehension would add after the set of fields was relied on.</summary>
    private bool IsTooLate(Vertex vertex, Label label, Conjunct conjunct, StructExpr? literal)
    {
        if (_yield is not { } yield || _running is not { } running)
            return false;
        var isFixed = vertex.HasFixedFields || vertex.Origin is { HasFixedFields: true };
        for (var each = yield; each is not null && !isFixed; each = each.Outer)
            isFixed = each.Ranged.Contains(vertex);
        if (!isFixed || (literal is not null && IsNamed(yield, vertex, label)))
            return false;
        var position = literal is null ? conjunct.Expr.Position : conjunct.Info.Way?.Reference ?? literal.Position;
        AddError(running, new Bottom(CueErrorCode.Eval, $"adding field {label} not allowed as field set was already referenced", [position]) { At = vertex });
        return true;
    }

    /// <summary>Whether the literals of the comprehensions that add to a struct name a field.</summary>
    private static bool IsNamed(Yield yield, Vertex vertex, Label label)
    {
        var path = new List<Label>();
        var isNamed = false;
        for (var each = yield; each is not null; each = each.Outer)
        {
            if (!TryFindPath(each.Vertex, vertex, path))
                continue;
            path.Add(label);
            if (!Names(each.Comprehension.Value, path, 0))
                return false;
            isNamed = true;
        }

        return isNamed;
    }

    private static bool TryFindPath(Vertex above, Vertex vertex, List<Label> path)
    {
        path.Clear();
        for (Vertex? each = vertex; each is not null; each = each.Parent)
        {
            if (ReferenceEquals(each.Origin ?? each, above.Origin ?? above))
            {
                path.Reverse();
                return true;
            }

            path.Add(each.Label);
        }

        return false;
    }

    /// <summary>Whether a field is named, not computed.</summary>
    private static bool IsNaming(FieldDecl field) => field.Source is not Field { Label: ParenthesizedExpression };

    /// <summary>Whether a literal names a field, there or in the literals that its fields have.</summary>
    /// <param name="expr">The literal.</param>
    /// <param name="path">The labels that lead to the field.</param>
    /// <param name="depth">How many of these lead to the literal.</param>
    /// <param name="orComputes">Whether a name counts that is computed: it may be the one.</param>
    private static bool Names(Expr expr, List<Label> path, int depth, bool orComputes = false)
    {
        if (expr is ComprehensionExpr comprehension)
            return Names(comprehension.Value, path, depth, orComputes);
        if (expr is not StructExpr literal)
            return false;
        foreach (var declaration in literal.Declarations)
        {
            var value = declaration switch
            {
                FieldDecl field when (orComputes || IsNaming(field)) && field.Label == path[depth] => field.Value,
                DynamicFieldDecl field when orComputes && MayHaveLabel(field.Label, path[depth]) => field.Value,
                _ => null,
            };
            if (value is not null && (depth == path.Count - 1 || Names(value, path, depth + 1, orComputes)))
                return true;
            if (declaration is EmbedDecl embedding && Names(embedding.Value, path, depth, orComputes))
                return true;
        }

        return false;
    }

    /// <summary>Whether one of the tasks of a struct or list may add to what is within it.</summary>
    private bool MayBeAddedTo(NodeState above, Vertex vertex, Vertex parent)
    {
        var path = new List<Label>();
        for (var each = vertex; !ReferenceEquals(each, parent); each = each.Parent!)
            path.Add(each.Label);
        path.Reverse();
        foreach (var task in above.Tasks)
        {
            Step();
            if (task.Kind switch
            {
                TaskKind.Comprehension => MayAddTo(task.Conjunct.Expr, path, 0),
                TaskKind.DynamicField => MayHaveLabel(((DynamicFieldDecl)task.Declaration!).Label, path[0]) && (path.Count == 1 || MayAddTo(((DynamicFieldDecl)task.Declaration).Value, path, 1)),
                _ => true,
            })
                return true;
        }

        return false;
    }

    /// <summary>Whether what an expression adds to a struct may add to what is within that.</summary>
    /// <param name="expr">The expression.</param>
    /// <param name="path">The labels that lead there.</param>
    /// <param name="depth">How many of these lead to what the expression is of.</param>
    private static bool MayAddTo(Expr expr, List<Label> path, int depth)
    {
        if (expr is ComprehensionExpr { Fallback: { } fallback } && MayAddTo(fallback, path, depth))
            return true;
        while (expr is ComprehensionExpr comprehension)
            expr = comprehension.Value;
        if (expr is not StructExpr literal)
            return true;
        foreach (var declaration in literal.Declarations)
        {
            switch (declaration)
            {
                case FieldDecl field when field.Label != path[depth]:
                case DynamicFieldDecl dynamic when !MayHaveLabel(dynamic.Label, path[depth]):
                case LetDecl or EllipsisDecl:
                    continue;
                case EmbedDecl embedding:
                    if (MayAddTo(embedding.Value, path, depth))
                        return true;
                    continue;
                case FieldDecl or DynamicFieldDecl:
                    if (depth == path.Count - 1 || MayAddTo((declaration as FieldDecl)?.Value ?? ((DynamicFieldDecl)declaration).Value, path, depth + 1))
                        return true;
                    continue;
                default:
                    return true;
            }
        }

        return false;
    }

    /// <summary>Whether a computed name may be the one of a field, by what is written at its beginning and end.</summary>
    private static bool MayHaveLabel(Expr name, Label label)
    {
        if (label.Kind != LabelKind.String)
            return false;
        string first = Begin(name), last = End(name);
        return label.Text.Length >= Math.Max(first.Length, last.Length) && label.Text.StartsWith(first, StringComparison.Ordinal) && label.Text.EndsWith(last, StringComparison.Ordinal);

        static string Begin(Expr name)
        {
            while (name is BinaryExpr { Operator: TokenKind.Add } sum)
                name = sum.Left;
            return name is StringExpr text ? text.Value : name is InterpolationExpr { IsBytes: false } parts ? parts.Texts[0].Text : "";
        }

        static string End(Expr name)
        {
            while (name is BinaryExpr { Operator: TokenKind.Add } sum)
                name = sum.Right;
            return name is StringExpr text ? text.Value : name is InterpolationExpr { IsBytes: false } parts ? parts.Texts[parts.Texts.Count - 1].Text : "";
        }
    }

    /// <summary>Which comprehension that is not done names a field, of all but one.</summary>
    private static EvaluationTask? NamingTask(Vertex vertex, Label label, bool isRunning, bool orComputes = false, EvaluationTask? except = null)
    {
        var path = new List<Label> { label };
        for (Vertex? each = vertex; each is not null; each = each.Parent)
        {
            foreach (var task in each.State?.Tasks ?? default)
            {
                if (task is { Kind: TaskKind.Comprehension, IsDone: false } && !ReferenceEquals(task, except) && (task.IsRunning == isRunning || (isRunning && task.Holder is not null)) && Names(((ComprehensionExpr)task.Conjunct.Expr).Value, path, 0, orComputes))
                    return task;
            }

            if (each.IsDetached)
                break;
            path.Insert(0, each.Label);
        }

        return null;
    }

    /// <summary>
    /// Whether a loop has to wait for what it goes over: it was forced for the sake of another comprehension, which adds to
    /// that by any name.
    /// </summary>
    private bool IsAddedTo(Vertex vertex)
    {
        if (!_mayHold || vertex is { IsDetached: true } or { Parent: null } || NamingTask(vertex.Parent, vertex.Label, isRunning: true, orComputes: true, _comprehension) is not { } adding)
            return false;
        var holder = adding.IsRunning ? adding : adding.Holder;
        // What waits for this one is not waited for.
        if (ReferenceEquals(holder, _comprehension))
            return false;
        _holder = holder;
        return true;
    }

    /// <summary>Whether what was forced only because something beside it is asked for has to wait for a list that is being made.</summary>
    private bool WaitsFor(EvaluationTask list)
    {
        if (!_mayHold || !list.IsRunning)
            return false;
        _holder = list;
        return true;
    }

    /// <summary>The last field of a vertex that comprehensions name which wait for that vertex.</summary>
    private static Label PendingField(Vertex vertex)
    {
        var path = new List<Label>();
        Label found = default;
        var isCircular = false;
        for (Vertex? each = vertex; each is not null; each = each.Parent)
        {
            foreach (var task in each.State?.Tasks ?? default)
            {
                if (task is not { Kind: TaskKind.Comprehension, IsDone: false } || (!task.IsRunning && task.LastError is not { IsBlocked: true }))
                    continue;
                if (LastName(((ComprehensionExpr)task.Conjunct.Expr).Value, path, 0, vertex) is { IsValid: true } named)
                {
                    found = named;
                    isCircular |= task.IsRunning;
                }
            }

            if (each.IsDetached)
                break;
            path.Insert(0, each.Label);
        }

        return isCircular ? found : default;
    }

    private static Label LastName(Expr expr, List<Label> path, int depth, Vertex vertex)
    {
        if (expr is ComprehensionExpr comprehension)
            return LastName(comprehension.Value, path, depth, vertex);
        Label found = default;
        foreach (var declaration in (expr as StructExpr)?.Declarations ?? [])
        {
            var named = declaration switch
            {
                EmbedDecl embedding => LastName(embedding.Value, path, depth, vertex),
                FieldDecl field when depth == path.Count => vertex.Find(field.Label) is null ? field.Label : default,
                FieldDecl field when field.Label == path[depth] => LastName(field.Value, path, depth + 1, vertex),
                _ => default,
            };
            if (named.IsValid)
                found = named;
        }

        return found;
    }

    private static Bottom CyclicReference(CueErrorCode code, Label label, Position position) =>
        new(code, $"cyclic reference to field {label}", [position]) { IsUndecided = code == CueErrorCode.Cycle, IsMissingField = true };

    private static bool IsUndecided(Value? value) => value is Bottom error && error.Flatten().Any(static part => part.IsUndecided);

    /// <summary>Says of a struct that is asked for, while comprehensions which name fields of it wait for the answer, that it is incomplete.</summary>
    private Bottom? Incompletable(Vertex vertex, Position position)
    {
        if (!_final || vertex.State is null || (vertex.State.Kind & CueKind.Struct) == 0 || vertex.Status is VertexStatus.Final or VertexStatus.Unprocessed || PendingField(vertex) is not { IsValid: true } label)
            return null;
        var error = CyclicReference(CueErrorCode.Incomplete, label, position);
        vertex.State.Incompletable = error;
        AddError(vertex, error);
        return error;
    }

    /// <summary>Whether a value is known to be a struct, although it is not known which fields it has.</summary>
    private static bool IsIncompletable(Value raw, Value error) =>
        raw is Vertex { IsOperand: false } vertex && vertex.Resolve() is { State: { IsStruct: true } or { IsEmbeddingStruct: true } } structure && structure.State.Incompletable is { } known && ReferenceEquals(known, error);

    /// <summary>What an operand is of which the kind alone decides: a struct whose clauses lack something is a struct.</summary>
    private static Value OfKind(Value raw, Value value) =>
        value is Bottom && IsIncompletable(raw, value) ? AsFarAsKnown(((Vertex)raw).Resolve(), ContainerValue.Struct) : value;

    /// <summary>A struct or list without what it lacks.</summary>
    private static Vertex AsFarAsKnown(Vertex vertex, ContainerValue kind)
    {
        var known = new Vertex(vertex.Parent, vertex.Label) { IsDetached = true, Status = VertexStatus.Final, Base = kind };
        known.Conjuncts.AddRange(vertex.Conjuncts);
        known.SetArcs(vertex.Arcs);
        return known;
    }

    /// <summary>Notes, for what asks for a struct before it is determined, that clauses of it are all that lacks something.</summary>
    private static void NoteClauses(Vertex vertex)
    {
        if (vertex is { Base: Bottom { IsIncomplete: true } lacking, State: { Incompletable: null, Incomplete.Count: > 0 } state }
            && state.Incomplete.TrueForAll(static task => task is { Kind: TaskKind.Comprehension, Conjunct.Expr: ComprehensionExpr { Value: StructExpr { HasEmbeddings: false } } }))
        {
            state.Incompletable = lacking;
        }
    }

    /// <summary>Whether a comprehension of a struct names a field of it that could not be evaluated for want of an answer whether a field exists.</summary>
    private static bool GaveUp(Vertex vertex, Label label) =>
        vertex.State?.Incomplete.Exists(task => task is { Kind: TaskKind.Comprehension, LastError.IsUndecided: true } && Names(((ComprehensionExpr)task.Conjunct.Expr).Value, [label], 0)) == true;

    /// <summary>Forces the comprehensions further up that name a field.</summary>
    private void ForceNaming(Vertex vertex, Label label)
    {
        for (var above = vertex.Parent; above is not null && NamingTask(vertex, label, isRunning: false) is not null; above = above.Parent)
        {
            if (above.Status is VertexStatus.Partial or VertexStatus.Finalizing && above.State is { Tasks.Count: > 0 })
                ForceTasks(above, mayHold: true);
        }
    }

    /// <summary>
    /// What a field is that is not there, while a comprehension that names it is being evaluated: one that was forced has
    /// to wait for that; if it is the one that asks, there is no answer, unless the field is declared apart from it.
    /// </summary>
    private Bottom? Undecided(Vertex vertex, Label label, bool isUndeclared, Position position)
    {
        // What was forced only because something beside it is asked for can wait, even for a name that is computed.
        var isBeside = _mayHold && _task is { Kind: not TaskKind.Comprehension } && ReferenceEquals(_task, _forced);
        if (NamingTask(vertex, label, isRunning: true, orComputes: isBeside) is not { } naming)
            return isUndeclared && _isTest && GaveUp(vertex, label) ? new Bottom(CueErrorCode.Cycle, $"undefined field: {label}", [position]) { IsUndecided = true, IsMissingField = true } : null;
        var running = naming.IsRunning ? naming : naming.Holder;
        if (_mayHold && (isBeside || !ReferenceEquals(running, _comprehension)))
        {
            _holder = running;
            return Blocked;
        }

        if (!isUndeclared)
            return null;
        MeetCircle(vertex);
        return CyclicReference(CueErrorCode.Cycle, label, position);
    }
}
