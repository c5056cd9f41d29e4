using DataMesh.Cue.Binding;

namespace DataMesh.Cue.Values;

/// <content>The order in which fields have their turn.</content>
internal sealed partial class Evaluator
{
    /// <summary>
    /// Notes the order of declarations if a literal has fields in braces or behind clauses: these come about late, but
    /// have their turn where they are declared.
    /// </summary>
    private static void Declare(Vertex vertex, StructExpr literal)
    {
        var state = vertex.State!;
        if (state.Declared is null)
        {
            if (!literal.HasEmbeddings || !literal.Declarations.Any(static each => Inner(each) is not null))
                return;
            state.Declared = new(vertex.Arcs.Count + literal.Declarations.Count);
            foreach (var arc in vertex.Arcs)
                state.Declared.Add(arc.Label, state.Declared.Count);
        }

        Add(state.Declared, literal);

        static void Add(Dictionary<Label, int> declared, StructExpr literal)
        {
            foreach (var declaration in literal.Declarations)
            {
                if (declaration is FieldDecl field && !declared.ContainsKey(field.Label))
                    declared.Add(field.Label, declared.Count);
                else if (Inner(declaration) is { } inner)
                    Add(declared, inner);
            }
        }

        static StructExpr? Inner(Decl declaration) => (declaration as EmbedDecl)?.Value switch
        {
            StructExpr inner => inner,
            ComprehensionExpr comprehension => comprehension.Value as StructExpr,
            _ => null,
        };
    }

    /// <summary>Puts fields in the order of their declarations.</summary>
    private static void SortDeclared(Vertex vertex)
    {
        if (vertex.State is not { Declared: { } declared })
            return;
        for (var i = 1; i < vertex.Arcs.Count; i++)
        {
            if (PlaceOf(vertex.Arcs[i]) < PlaceOf(vertex.Arcs[i - 1]))
            {
                vertex.SetArcs([.. vertex.Arcs.OrderBy(PlaceOf)]);
                return;
            }
        }

        int PlaceOf(Vertex arc) => declared.TryGetValue(arc.Label, out var place) ? place : int.MaxValue;
    }
}
