using DataMesh.Cue.Binding;
using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Values;

/// <content>Expressions that are evaluated within a value.</content>
public sealed partial class CueValue
{
    /// <summary>
    /// Evaluates an expression whose names are the fields of this value; standard packages need no import. A reference gives
    /// the value that it denotes, at its own path.
    /// </summary>
    /// <param name="expression">The expression, as text that was parsed.</param>
    /// <param name="errors">Syntax errors and names that are not found; the errors of the value are its own.</param>
    /// <returns>The value; null when there are errors.</returns>
    public CueValue? Evaluate(ParseExpressionResult expression, out IReadOnlyList<CueError> errors)
    {
        if (expression.Errors.Count > 0)
        {
            errors = [.. expression.Errors.Select(static error => new CueError(CueErrorCode.Load, error.Message, "", [error.Position]))];
            return null;
        }

        var labels = _value is null ? Resolved.Arcs.Where(static arc => arc.ArcType != ArcType.Pending).Select(static arc => arc.Label) : [];
        var bound = Binder.BindExpression(expression.Expression, labels, _context.Registry, out var found);
        errors = [.. found.Select(CueError.From)];
        if (errors.Count > 0)
            return null;
        // A reference is the value that it denotes, as it is for a let clause.
        if (Evaluator.IsReference(bound) && Add(new Vertex(Resolved, Label.Let(""))) is { Shared: { } target })
            return new CueValue(_context, target);
        return new CueValue(_context, Add(new Vertex(null, default)));

        Vertex Add(Vertex result)
        {
            result.IsDetached = true;
            result.Conjuncts.Add(new Conjunct(bound, new Env(null, Resolved), ConjunctInfo.Root));
            _context.Run(result);
            return result;
        }
    }
}
