using DataMesh.Cue.Binding;
using DataMesh.Cue.Values;

namespace DataMesh.Generators.Products.Building;

/// <summary>One of the values that a disjunction takes.</summary>
/// <param name="Vertex">The alternative.</param>
/// <param name="Base">Its value; of a reference, that of the definition.</param>
/// <param name="IsReference">Whether it is a product of its own.</param>
/// <param name="IsDefault">Whether it is marked.</param>
internal readonly record struct Alternative(Vertex Vertex, Value? Base, bool IsReference, bool IsDefault);

/// <content>Disjunctions of definitions.</content>
internal sealed partial class SchemaModel
{
    /// <summary>
    /// The alternatives of a disjunction that refers to products, as written. The evaluator would look into them and, where a
    /// definition is recursive, find that the alternative never ends.
    /// </summary>
    public List<Alternative>? ReferringAlternatives(Vertex vertex)
    {
        if (vertex.Conjuncts.Count != 1 || vertex.Conjuncts[0] is not { Expr: DisjunctionExpr disjunction } conjunct)
            return null;
        var alternatives = new List<Alternative>();
        AddAlternatives(vertex, disjunction, conjunct, alternatives);
        if (!alternatives.Exists(static alternative => alternative.IsReference))
            return null;
        alternatives.RemoveAll(static alternative => alternative.Base is Bottom { IsIncomplete: false });
        return alternatives.Count > 1 ? alternatives : null;
    }

    private void AddAlternatives(Vertex vertex, DisjunctionExpr disjunction, Conjunct conjunct, List<Alternative> alternatives)
    {
        foreach (Disjunct disjunct in disjunction.Disjuncts)
        {
            if (disjunct.Expr is DisjunctionExpr nested)
                AddAlternatives(vertex, nested, conjunct, alternatives);
            else
                alternatives.Add(AlternativeOf(Evaluate(vertex, new Conjunct(disjunct.Expr, conjunct.Env, conjunct.Info)), disjunct.IsDefault));
        }
    }

    /// <summary>An alternative. A definition in which it stands is endless as its value, and fine as a reference.</summary>
    public Alternative AlternativeOf(Vertex value, bool isDefault) => DefinitionOf(value) is { } definition
        ? new Alternative(value, definition.Resolve().Base, IsReference: true, isDefault)
        : new Alternative(value, value.Resolve().Base, IsReference: false, isDefault);

    /// <summary>What the C# type of a definition is.</summary>
    private TargetForm FormOf(Vertex definition)
    {
        if (ReferringAlternatives(definition) is not { } alternatives)
            return Form.Of(definition);
        return alternatives.Exists(static alternative => alternative.Base is NullConstant)
            ? TargetForm.Wrapper
            : Form.Of(Form.Of(alternatives.Select(static alternative => alternative.Base)));
    }
}
