using DataMesh.Cue.Binding;
using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Values;

/// <content>What is told of disjunctions of which no disjunct is left, or none can be chosen.</content>
internal sealed partial class Evaluator
{
    private Bottom EmptyDisjunction(Vertex vertex, List<Bottom> errors)
    {
        var distinct = new List<Bottom>();
        var known = new HashSet<Bottom>(SameError.Instance);
        var custom = errors.Exists(IsCustom);
        foreach (var error in Told(custom ? errors.FindAll(IsCustom) : errors))
        {
            foreach (var part in error.Flatten())
            {
                if ((!custom || IsCustom(part)) && known.Add(part))
                    distinct.Add(part.IsDisjunction ? part.Alone() : part);
            }
        }

        // What an incomplete disjunct lacks may come yet.
        var isIncomplete = errors.Exists(static error => error.IsIncomplete);
        var code = isIncomplete ? CueErrorCode.Incomplete : CueErrorCode.Eval;
        var replaced = custom ? PositionsOfReplaced(errors) : [];
        if (distinct.Count == 1)
        {
            var only = distinct[0];
            return errors.Count == 1 ? errors[0] : !custom && only.IsIncomplete == isIncomplete ? only
                : new Bottom(code, only.Text, only.Positions.Count == 0 ? replaced : ErrorPositions.Primary(only.Positions[0], ErrorPositions.Sort([.. replaced, .. only.Positions.Skip(1)]))) { At = only.At ?? vertex, HasNoPlace = only.HasNoPlace };
        }

        // Where every choice needs the value that is to be chosen, that is all there is to tell.
        if (distinct.TrueForAll(static error => error.Code == CueErrorCode.Cycle))
            return distinct.Aggregate(Bottom.Join);
        var place = vertex.State!.AskedBy;
        var message = FormattableString.Invariant($"{distinct.Count} errors in empty disjunction:");
        var beside = isIncomplete ? ErrorBeside(vertex) : null;
        if (beside is not null)
            distinct.RemoveAll(error => beside.Flatten().Contains(error, SameError.Instance));
        var none = new Bottom(code, message, ErrorPositions.Primary(place, replaced)) { At = vertex, HasNoPlace = !place.IsValid, Errors = distinct, IsDisjunction = true };
        return beside is null ? none : Bottom.Combine(beside, none);
    }

    /// <summary>What a constraint beside the disjunctions lacks, whatever is chosen: that is told first.</summary>
    private Bottom? ErrorBeside(Vertex vertex)
    {
        if (vertex.State!.AsksItself || !vertex.State.Tasks.Exists(static task => task is { Kind: TaskKind.Expression, IsRunning: false }))
            return null;
        ForceTasks(vertex);
        return vertex.State.Error is { Code: CueErrorCode.Incomplete } error ? error : null;
    }

    /// <summary>Whether the source gives the error as its own.</summary>
    private static bool IsCustom(Bottom error) => error.Code == CueErrorCode.User && !error.HasNoPath;

    /// <summary>What is wrong with a disjunction without a default on which another one depends that has to be known to choose.</summary>
    private static Bottom NoChoice(Vertex vertex, Needing needing, bool isOne)
    {
        var what = $"{(isOne ? "ambiguous default elimination by referencing" : "cycle across unresolved disjunction referenced by")} {needing.By.Path()}";
        var conjuncts = ErrorPositions.Sort(PlacesOf(needing));
        if (!isOne)
            return new Bottom(CueErrorCode.Cycle, what, conjuncts) { At = vertex };
        var bound = needing.Bound;
        var isOrder = bound is { Operator: not TokenKind.NotEqual };
        var cycle = new Bottom(CueErrorCode.Cycle, what, ErrorPositions.Primary(needing.Reference, isOrder && needing.By.State!.Disjunctions.Count == 1 ? ErrorPositions.Sort([.. conjuncts, bound!.Position]) : conjuncts)) { At = vertex };
        return bound is null || isOrder ? cycle
            : Bottom.Join(new Bottom(CueErrorCode.Incomplete, $"invalid left-hand value to '!=' (type _|_): {vertex.Path()}: {what}", [bound.Position]) { At = vertex }, cycle).WithCode(CueErrorCode.Cycle);
    }

    /// <summary>Where what needs a choice is written, and the bound that needs it; beside several choices, what was tried last of the first one.</summary>
    private static IEnumerable<Position> PlacesOf(Needing needing)
    {
        var disjunctions = needing.By.State!.Disjunctions;
        foreach (var conjunct in needing.By.Conjuncts)
        {
            yield return conjunct.Expr.Position;
            for (var expr = conjunct.Expr; disjunctions.Count == 1 && expr is BinaryExpr { Operator: TokenKind.And } both; expr = both.Left)
            {
                if (both.Right is BoundExpr bound && bound.Operand.Position == needing.Reference)
                    yield return bound.Position;
            }
        }

        if (disjunctions.Count > 1)
            yield return disjunctions[0].Disjuncts[disjunctions[0].Disjuncts.Count - 1].Expr.Position;
    }

    /// <summary>
    /// The errors of disjuncts, those between several places first. Of more than two that are disjunctions themselves,
    /// only what comes first is told.
    /// </summary>
    private static List<Bottom> Told(List<Bottom> errors)
    {
        if (errors.Count <= 2)
            return errors;
        List<Bottom> ordered = [.. errors.OrderBy(static error => error.Place.IsValid)];
        return [.. ordered.Where((error, i) => i == 0 || !error.IsDisjunction)];
    }

    /// <summary>The operands of the first of the errors that the source replaces by its own.</summary>
    private static IReadOnlyList<Position> PositionsOfReplaced(List<Bottom> errors)
    {
        var replaced = errors.Find(static error => !IsCustom(error));
        if (replaced is null)
            return [];
        var hasOwnPlace = replaced is { IsIncomplete: true, IsValidation: false };
        return replaced.Operands ?? ErrorPositions.Sort(hasOwnPlace ? replaced.Positions.Skip(1) : replaced.Positions);
    }

    /// <summary>
    /// Whether what a pattern of a disjunct, or its tail, says without a reference is at odds with what is written for a
    /// field: that is found before there is anything to evaluate, and told of the disjunct.
    /// </summary>
    private static bool IsRefusedByPattern(Vertex disjunct, Bottom error)
    {
        if (error is not { Reason: CueErrorReason.Conflict or CueErrorReason.ConflictingConstants, At: { Parent: { } parent } field } || !ReferenceEquals(parent.Resolve(), disjunct.Resolve()))
            return false;
        return field.Conjuncts.TrueForAll(static each => IsWritten(each.Expr)) && !field.Conjuncts.TrueForAll(static each => each.Info.IsPattern)
            && field.Conjuncts.Exists(each => each.Info.IsPattern && (!each.Expr.Position.IsValid || error.Positions.Contains(each.Expr.Position) || each.Expr is PredeclaredExpr { Name: var name } && PredeclaredTypes.IsRange(name)));

        static bool IsWritten(Expr expr) => expr is NullExpr or BoolExpr or NumberExpr or StringExpr or BytesExpr or PredeclaredExpr or StructExpr or ListExpr;
    }

    /// <summary>
    /// Whether what is written beside the disjunctions has fields that cannot be: then nothing is told of the disjuncts.
    /// </summary>
    private bool FailsWhateverIsChosen(Vertex vertex)
    {
        var candidate = new Candidate(vertex, LeavesOf(vertex.State), null);
        if (candidate.Leaves.TrueForAll(static leaf => leaf.Expr is not (StructBodyExpr or ListExpr)))
            return false;
        var tried = Copy(vertex, candidate, null, null, isIntermediate: false);
        Process(tried);
        if (!tried.Arcs.Exists(HasWrittenConflict))
            return false;
        var rest = Copy(vertex, candidate, null, null, isIntermediate: false);
        Finalize(rest);
        vertex.State!.Results = null;
        vertex.Forward = rest;
        vertex.Base = rest.Resolve().Base;
        vertex.ChildError = rest.Resolve().ChildError;
        return true;
    }

    /// <summary>Whether the literals that a field is declared with, or those of its fields, contradict each other.</summary>
    private bool HasWrittenConflict(Vertex arc)
    {
        if (arc.ArcType == ArcType.Optional || arc.Status != VertexStatus.Unprocessed)
            return false;
        Step(VertexSteps);
        Enter();
        arc.Status = VertexStatus.Processing;
        arc.State = new NodeState();
        for (var i = 0; i < arc.Conjuncts.Count; i++)
            ProcessRaw(arc, arc.Conjuncts[i]);
        var isFound = arc.State.Error is { IsIncomplete: false } || arc.Arcs.Exists(HasWrittenConflict);
        Leave();
        return isFound;
    }
}
