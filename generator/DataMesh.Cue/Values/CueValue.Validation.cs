using DataMesh.Cue.Binding;
using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Values;

/// <content>Validation: which errors a value has.</content>
public sealed partial class CueValue
{
    private bool _isFreeOfErrors;

    /// <summary>Every error in the value that data cannot mend.</summary>
    public IReadOnlyList<CueError> Errors => Validate();

    /// <summary>Collects the errors in the value, in the order of its fields.</summary>
    /// <param name="concrete">Whether values that are not concrete are errors (in regular fields).</param>
    /// <param name="final">Whether required fields that are missing are errors, and defaults count.</param>
    public IReadOnlyList<CueError> Validate(bool concrete = false, bool final = false)
    {
        List<Bottom> found = _isFreeOfErrors ? [] : FindErrors(_vertex, _value, _context.Run, concrete: false);
        _isFreeOfErrors = found.Count == 0;
        if (_isFreeOfErrors && (concrete || final))
            found = FindErrors(_vertex, _value, _context.Run, concrete: true);
        return [.. found.Select(CueError.From)];
    }

    /// <summary>Most values have no error: only those that do are walked in the order of their fields, which has its price.</summary>
    /// <param name="vertex">Where to begin.</param>
    /// <param name="value">A value in the place of the vertex's own.</param>
    /// <param name="determine">What evaluates vertices that were not needed so far.</param>
    /// <param name="concrete">Whether what is not concrete is an error.</param>
    internal static List<Bottom> FindErrors(Vertex vertex, Value? value, Action<Vertex> determine, bool concrete)
    {
        var walk = new ErrorWalk(determine, concrete, isOrdered: false);
        walk.Visit(vertex, value, inData: true);
        if (walk.Found.Count == 0)
            return walk.Found;
        walk = new ErrorWalk(determine, concrete, isOrdered: true);
        walk.Visit(vertex, value, inData: true);
        return walk.MostSevere();
    }

    /// <param name="determine">What evaluates vertices that were not needed so far.</param>
    /// <param name="concrete">Whether what is not concrete is an error.</param>
    /// <param name="isOrdered">Whether all errors are wanted in the order of the fields, or only whether there is one.</param>
    private sealed class ErrorWalk(Action<Vertex> determine, bool concrete, bool isOrdered)
    {
        /// <summary>What is nested deeper is refused.</summary>
        private const int MaxDepth = 500;

        private readonly HashSet<(string Path, string Message, Position Position)> _known = [];
        private readonly HashSet<Bottom> _circular = [];
        private readonly HashSet<(Vertex, bool)> _shared = [];
        private readonly List<Position> _references = [];
        private readonly List<Label> _path = [];
        private string? _root;
        private int _depth;

        public List<Bottom> Found { get; } = [];

        /// <summary>What was found, without values that need each other unless that is all that is wrong.</summary>
        public List<Bottom> MostSevere() => _circular.Count == 0 || _circular.Count == Found.Count ? Found : Found.FindAll(error => !_circular.Contains(error));

        public void Visit(Vertex vertex, Value? value, bool inData)
        {
            if (vertex.Status != VertexStatus.Final)
                determine(vertex);
            _root ??= vertex.Path();
            // What is left of disjunctions is one value, whatever refers to them: it is told where it is met first.
            if (OnlyChoice(vertex) is { } choice && !_shared.Add((choice, inData)))
                return;
            var shared = SharedTarget(vertex);
            if ((OnlyTarget(shared ?? vertex) ?? shared) is { } target)
            {
                // A structure that several references share is reported for the first of them.
                if (!_shared.Add((target, inData)))
                    return;
                var last = vertex.Conjuncts[vertex.Conjuncts.Count - 1].Expr;
                _references.Add(vertex.Conjuncts.Count > 1 || IsReferences(last) ? last.Position : default);
                // What is wrong within it is so where it is written.
                VisitOwn(vertex.ChildError is { IsIncomplete: false } && target.ChildError is { IsIncomplete: false } ? target : vertex, value, inData);
                _references.RemoveAt(_references.Count - 1);
                return;
            }

            VisitOwn(vertex, value, inData);
        }

        /// <summary>The only disjunct that is left of a value, or of what that is another name of.</summary>
        private static Vertex? OnlyChoice(Vertex vertex) => (SharedTarget(vertex) ?? vertex) is { Forward: not null } reduced ? reduced.Resolve() : null;

        private static Vertex? SharedTarget(Vertex vertex)
        {
            var target = vertex.Shared;
            while (target?.Shared is { } next)
                target = next;
            return target;
        }

        /// <summary>What several constraints of a vertex refer to, if nothing else is said of it.</summary>
        private static Vertex? OnlyTarget(Vertex vertex) =>
            (vertex.Conjuncts.Count > 1 || (vertex.Conjuncts.Count > 0 && vertex.Conjuncts[0].Expr is BinaryExpr or OpenExpr)) && vertex.State is { OnlyTarget: { } target, Error: null, Incomplete.Count: 0 } && vertex.Conjuncts.TrueForAll(static conjunct => IsReferences(conjunct.Expr)) ? target : null;

        private static bool IsReferences(Binding.Expr expr)
        {
            for (; expr is BinaryExpr { Operator: TokenKind.And } both; expr = both.Left)
            {
                if (!IsReferences(both.Right))
                    return false;
            }

            return expr is TopExpr || (expr is OpenExpr open ? IsReferences(open.Operand) : Evaluator.IsReference(expr));
        }

        private void VisitOwn(Vertex vertex, Value? value, bool inData)
        {
            var resolved = vertex.Resolve();
            var known = value ?? resolved.Base ?? TypeValue.Top;
            if (known is Bottom error)
            {
                Report(vertex, error, inData);
                // What a clause or label still waits for does not hide what is wrong with the fields that are there.
                if (concrete || value is not null || (!error.IsIncomplete && resolved.State is null or { HasKindConflict: true } or { DeclaredKind: CueKind.List }))
                    return;
            }

            if (concrete && inData && known is DisjunctionValue { DefaultCount: 1 } choice)
            {
                if (choice.Values[0] is Vertex chosen)
                    Visit(chosen, null, inData);
                else
                    VisitOwn(vertex, choice.Values[0], inData);
                return;
            }

            if (concrete && inData && known is not (Constant or ContainerValue or FunctionValue))
            {
                Add(new Bottom(CueErrorCode.Incomplete, $"incomplete value {ValueText.DescribeIncomplete(ValueText.Default(known))}", PositionsOf(resolved, known)) { HasNoPlace = true, At = vertex, PathText = CurrentPath() });
                // Fields beside a scalar are required even so.
                if (known is DisjunctionValue)
                    return;
            }

            if (value is not null)
                return;
            if (_depth == MaxDepth)
            {
                Add(new Bottom(CueErrorCode.Budget, "value nests too deeply") { At = vertex, PathText = CurrentPath() });
                return;
            }

            _depth++;
            // What is evaluated on the way can add to the list.
            var arcs = isOrdered ? FieldOrder.Sort(resolved) : resolved.Arcs;
            for (var i = 0; i < arcs.Count && (isOrdered || Found.Count == 0); i++)
            {
                var arc = arcs[i];
                if (arc.ArcType is ArcType.Optional or ArcType.Pending || arc.Label.Kind == LabelKind.Let)
                    continue;
                _path.Add(arc.Label);
                if (arc.ArcType == ArcType.Required)
                {
                    if (arc.Status != VertexStatus.Final)
                        determine(arc);
                    // What counts the fields of a struct asks for each of them.
                    if (resolved.State is { Checks.Count: > 0 } && arc.Resolve().Base is Bottom { IsIncomplete: false } impossible)
                        Report(arc, impossible, inData);
                    else if (concrete && inData)
                        Add(new Bottom(CueErrorCode.Incomplete, "field is required but not present", ErrorPositions.Sort([.. ErrorPositions.OfRequired(arc), .. _references])) { HasNoPlace = true, At = arc, PathText = CurrentPath(), IsMissingField = true, Required = arc });
                    _path.RemoveAt(_path.Count - 1);
                    continue;
                }

                Visit(arc, null, inData && arc.Label.IsRegular);
                _path.RemoveAt(_path.Count - 1);
            }

            _depth--;
        }

        private string CurrentPath()
        {
            var path = string.Join(".", _path);
            return _root is { Length: > 0 } ? path.Length > 0 ? _root + "." + path : _root : path;
        }

        /// <summary>Where a type or bound is written, and the references that brought it here.</summary>
        private IReadOnlyList<Position> PositionsOf(Vertex vertex, Value known)
        {
            if (ErrorPositions.Find(vertex.State, known) is { } located)
                return ErrorPositions.Sort([located.Position, .. _references]);
            // The default of a disjunction is written in the disjunct that is left.
            foreach (var result in vertex.State?.Results ?? [])
            {
                if (result.Mark == DefaultMark.Default && ReferenceEquals(result.Vertex.Resolve().Base, known) && !ReferenceEquals(result.Vertex, vertex))
                    return PositionsOf(result.Vertex.Resolve(), known);
            }

            return ErrorPositions.Sort(_references);
        }

        private void Report(Vertex vertex, Bottom error, bool inData)
        {
            // While some disjunct can still be mended, none of them has to be told.
            if (error.IsIncomplete && (!concrete || !inData))
                return;
            foreach (var part in error.Flatten())
            {
                if (part.IsIncomplete && (!concrete || !inData))
                    continue;
                part.At ??= vertex;
                if (Add(part) && error.Code == CueErrorCode.Cycle)
                    _circular.Add(part);
            }
        }

        private bool Add(Bottom error)
        {
            if (!_known.Add((error.Path, error.Message, error.Place)))
                return false;
            Found.Add(error);
            return true;
        }
    }
}
