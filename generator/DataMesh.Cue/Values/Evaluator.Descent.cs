using DataMesh.Cue.Binding;

namespace DataMesh.Cue.Values;

/// <content>Recursion by operands that ends: each one hands on a part of what it was handed itself.</content>
internal sealed partial class Evaluator
{
    /// <summary>How many operands may go down a value, one within the other: each of them doubles the work.</summary>
    private const int MaxDescent = 16;

    /// <summary>
    /// Whether an operand is given a part of what the one around it was given, <c>r: x: (#D &amp; {"p": p.a}).r</c>, and that is
    /// there: such a recursion ends where the value does. What is nothing but the field that is selected goes round at once.
    /// </summary>
    private bool Descends(Vertex operand, Vertex node)
    {
        if (operand is not { IsInline: true, IsDetached: true } || (node.Parent?.Parent is { } around && ReferenceEquals(around.Origin ?? around, operand)))
            return false;
        return operand.Arcs.Exists(arc => arc.Conjuncts.Exists(conjunct => conjunct.Env is { } env && IsPartOf(conjunct.Expr, env, arc.Label)) && HasContent(Reach(arc)));
    }

    private static bool HasContent(Vertex vertex) =>
        (vertex.Base ?? vertex.State?.Scalar?.Value) is Constant || vertex.Arcs.Exists(static arc => arc is { ArcType: ArcType.Member, Label.IsRegular: true });

    /// <summary>Whether an expression selects from a field by its name, or names what a clause goes over it with.</summary>
    private static bool IsPartOf(Expr expr, Env env, Label label, bool isSelected = false)
    {
        while (true)
        {
            switch (expr)
            {
                case SelectorExpr selector:
                    if (isSelected && selector.Label == label && selector.Operand is ScopeRef)
                        return true;
                    expr = selector.Operand;
                    break;
                case IndexExpr index:
                    expr = index.Operand;
                    break;
                case FieldRef field when isSelected && field.Label == label:
                    return true;
                case FieldRef field:
                    return env.Ancestor(field.Up) is { Loop: { } loop, Up: { } around } && loop.Value == field.Label && IsPartOf(loop.Collection, around, label, isSelected: true);
                default:
                    return false;
            }

            isSelected = true;
        }
    }
}
