using DataMesh.Cue.Binding;

namespace DataMesh.Cue.Values;

/// <content>Pattern constraints: which fields they apply to, and what they add to these.</content>
internal sealed partial class Evaluator
{
    private Bottom? RunPattern(Vertex vertex, EvaluationTask task)
    {
        var declaration = (PatternDecl)task.Declaration!;
        var value = Settle(UnificationValue.Unify(Evaluate(task.Conjunct.Expr, task.Conjunct.Env, new Frame(vertex, task.Conjunct.Info))));
        // A struct is no name, whatever its fields may yet be called; nor is the field that one which is written in the pattern lacks.
        if (value is Bottom { IsIncomplete: true } lacking && (task.Conjunct.Expr is StructExpr || lacking.LosesExpression))
            return null;
        if (value is Bottom error)
            return error;
        var pattern = new PatternConstraint(value, declaration.Value, task.Conjunct.Env!, task.Conjunct.Info, declaration, task.Part);
        (vertex.Patterns ??= []).Add(pattern);
        for (var i = 0; i < vertex.Arcs.Count; i++)
            ApplyPattern(pattern, vertex.Arcs[i]);
        return null;
    }

    /// <summary>Adds what the patterns of a vertex say of a field or element that is new.</summary>
    private void ApplyPatterns(Vertex vertex, Vertex arc)
    {
        for (var i = 0; i < (vertex.Patterns?.Count ?? 0); i++)
            ApplyPattern(vertex.Patterns![i], arc);
    }

    private void ApplyPattern(PatternConstraint pattern, Vertex arc)
    {
        if (arc.Label.Kind == LabelKind.String && pattern.Pattern is BoundValue bound && Regexes.Invalid(this, bound, pattern.Value.Position) is { } invalid)
            AddError(arc.Parent!, invalid);
        if (!MatchesLabel(pattern.Pattern, arc.Label))
            return;
        pattern.Part?.AddMatch(arc.Label, pattern.Source?.Source?.Start ?? default);
        var env = new Env(pattern.Env.Up, pattern.Env.Vertex) { DynamicLabel = arc.Label };
        var info = AppliedTo(arc, pattern.Info);
        // A field that came round is no evidence of structure.
        if (!info.IsCyclic && arc.Conjuncts.Count > 0 && arc.Conjuncts.TrueForAll(static conjunct => conjunct.Info.IsCyclic))
            info = info with { IsCyclic = true };
        AddConjunct(arc, new Conjunct(pattern.Value, env, info, pattern.Field));
    }

    /// <summary>What a pattern or the tail of a list hands down to what it applies to. What no reference brought cannot come again.</summary>
    private static ConjunctInfo AppliedTo(Vertex arc, ConjunctInfo info) =>
        info with { IsPattern = true, IsUnshared = false, Visited = info.Visited is { } visited ? new Visited(null, arc, arc, visited) : null };

    /// <summary>Whether a pattern applies to the name of a field, or to the number of an element.</summary>
    public bool MatchesLabel(Value pattern, Label label) => ValueOf(label) is { } value && Matches(pattern, value);

    /// <summary>Whether a pattern applies to each element of a list, to none (false), or to some of them (null).</summary>
    public static bool? AppliesToElements(Value pattern) => (pattern.Kind & CueKind.Int) == 0 ? false : pattern is TypeValue ? true : null;

    /// <summary>What a label is to patterns and aliases; null for one that is no data.</summary>
    private static Constant? ValueOf(Label label) => label.Kind switch
    {
        LabelKind.String when label.IsValid => new StringConstant(label.Text),
        LabelKind.Index => NumberConstant.Int(label.Index),
        _ => null,
    };

    private bool Matches(Value pattern, Constant label)
    {
        switch (pattern)
        {
            case TypeValue type:
                return (type.Kind & label.Kind) != 0;
            case Constant constant:
                return constant.SameAs(label);
            case BoundValue bound:
                // What cannot be compared with a label is no pattern of any, though it is not equal to one.
                return (bound.Operand is NullConstant || (bound.Operand is Constant && (bound.Operand.Kind & (label.Kind == CueKind.Int ? CueKind.Number : label.Kind)) != 0)) && Bounds.Check(this, bound, label);
            case ValidatorValue validator:
                return Matches(validator, label);
            case ConjunctionValue conjunction:
                foreach (var each in conjunction.Values)
                {
                    if (!Matches(each, label))
                        return false;
                }

                return true;
            case DisjunctionValue disjunction:
                foreach (var each in disjunction.Values)
                {
                    if (Matches(each is Vertex { Base: { } known } ? known : each, label))
                        return true;
                }

                return false;
            default:
                return false;
        }
    }

    private bool Matches(ValidatorValue validator, Constant label)
    {
        // A schema that has the pattern itself says nothing of the name.
        if (_validating.Exists(each => each.Call == validator.Position && each.Call.IsValid && each.Value is Constant other && label.SameAs(other)))
            return false;
        var context = new CallContext(this, validator.Builtin, [label, .. validator.Arguments], new Vertex(null, default) { IsDetached = true }, validator.Position) { IsValidator = true };
        _validating.Add((validator.Position, label, false));
        var result = validator.Builtin.Invoke(context);
        _validating.RemoveAt(_validating.Count - 1);
        return result is BoolConstant { Value: true };
    }
}
