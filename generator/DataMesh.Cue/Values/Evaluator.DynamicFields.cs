using DataMesh.Cue.Binding;

namespace DataMesh.Cue.Values;

/// <content>Fields whose labels are computed.</content>
internal sealed partial class Evaluator
{
    /// <summary>What is said of a struct as a label, unless it was determined before it was asked for.</summary>
    private const string KeyNotKnown = "key value of dynamic field not yet known";

    private Bottom? RunDynamicField(Vertex vertex, EvaluationTask task)
    {
        var declaration = (DynamicFieldDecl)task.Declaration!;
        var env = task.Conjunct.Env!;
        var around = _siblings;
        _siblings = (vertex, false);
        var known = vertex.Arcs.Count;
        var raw = Evaluate(task.Conjunct.Expr, env, new Frame(vertex, task.Conjunct.Info));
        var wasFinal = (raw is Vertex { IsFinal: true } || task.Conjunct.Expr is CallExpr && raw is Vertex) && task.LastError is not { Message: KeyNotKnown };
        var value = Concrete(raw);
        var needsSiblings = _siblings.IsNeeded;
        _siblings = around;
        // Before a label is computed from other fields, all other labels are: one that is itself such a field comes to nothing.
        if (task.LastError is null && raw is Vertex field && IsReference(task.Conjunct.Expr) && IsLate(field.Resolve(), vertex, known))
            return null;
        switch (value)
        {
            case Bottom { IsBlocked: true } blocked:
                return blocked;
            case Bottom { IsLost: true }:
                return null;
            case Bottom { IsIncomplete: true } incomplete:
                incomplete.PlaceAt(vertex);
                return Bottom.Join(
                    new Bottom(CueErrorCode.Incomplete, $"key value of dynamic field must be concrete, found _|_({ValueText.ErrorsText(incomplete)})", [task.Conjunct.Expr.Position]),
                    incomplete);
            case Bottom error:
                return error;
            case StringConstant text:
                var label = Label.Regular(text.Value);
                var inner = new Env(env.Up, env.Vertex) { DynamicLabel = label, IsLate = needsSiblings };
                task.Part!.SetDynamic(task.DynamicIndex, label, needsSiblings);
                AddField(vertex, label, declaration.Type, new Conjunct(declaration.Value, inner, task.Conjunct.Info, new FieldDecl(declaration.Source, label, declaration.Type, declaration.Value)), null);
                return null;
            case NumberConstant { Kind: CueKind.Int }:
                return new Bottom(CueErrorCode.Eval, "integer fields not supported", [task.Conjunct.Expr.Position]);
            case Vertex when !wasFinal && (((raw as ClosedValue)?.Source ?? raw) is not Vertex given || Dereference(given).State?.Results is null):
                return new Bottom(CueErrorCode.Incomplete, KeyNotKnown, [task.Conjunct.Expr.Position]);
            case Constant or Vertex:
                return new Bottom(
                    CueErrorCode.Eval,
                    $"invalid index {ExprText.Of(task.Conjunct.Expr)} (invalid type {value.Kind.Text()})",
                    ErrorPositions.Primary(declaration.Value.Position, [task.Conjunct.Expr.Position]));
            case DisjunctionValue disjunction:
                return Unresolved(disjunction, declaration.Value);
            case var _ when needsSiblings && vertex.State!.Tasks.Exists(other => other.IsRunning && !ReferenceEquals(other, task)):
                // What asks for the fields of the struct already waits for this name.
                return new Bottom(CueErrorCode.Incomplete, "key value of dynamic field must be concrete, found _|_(cycle error)", [task.Conjunct.Expr.Position]);
            default:
                return new Bottom(
                    CueErrorCode.Incomplete,
                    $"key value of dynamic field must be concrete, found {ValueText.Describe(value)}",
                    ErrorPositions.Primary(task.Conjunct.Expr.Position, value.Kind == CueKind.Top ? [] : ErrorPositions.OfValue(raw)));
        }
    }

    /// <summary>Whether a field comes about by labels alone that were computed from other fields of the struct.</summary>
    /// <param name="field">The field.</param>
    /// <param name="vertex">The struct.</param>
    /// <param name="known">How many of the fields of the struct come into question: the first ones.</param>
    private static bool IsLate(Vertex field, Vertex vertex, int known) =>
        ReferenceEquals(field.Parent, vertex) && field.Conjuncts.Count > 0 && field.Conjuncts.TrueForAll(static conjunct => conjunct.Env is { IsLate: true })
        && vertex.Arcs.FindIndex(0, Math.Min(known, vertex.Arcs.Count), arc => ReferenceEquals(arc, field)) >= 0;
}
