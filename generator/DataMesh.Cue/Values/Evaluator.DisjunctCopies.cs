using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Values;

/// <content>The copy of a vertex in which a disjunct is tried.</content>
internal sealed partial class Evaluator
{
    /// <summary>A vertex like another one without its disjunctions, and with one more conjunct, if one is given. What was evaluated within the first is within the copy.</summary>
    private Vertex Copy(Vertex vertex, Candidate candidate, Conjunct? disjunct, OrderPlace? place, bool isIntermediate)
    {
        var from = candidate.Vertex;
        var copy = new Vertex(vertex.Parent, vertex.Label)
        {
            ArcType = vertex.ArcType,
            IsInDefinition = vertex.IsInDefinition,
            IsDetached = vertex.IsDetached,
            IsInline = vertex.IsInline,
            DefersClosedness = isIntermediate || vertex.DefersClosedness,
            Origin = vertex.Origin ?? vertex,
        };
        Dictionary<Env, Env>? environments = null;
        copy.Places = [];
        foreach (var leaf in candidate.Leaves)
        {
            Step();
            var conjunct = leaf.Conjunct;
            copy.Conjuncts.Add(new Conjunct(conjunct.Expr, Move(conjunct.Env, from, vertex, copy, ref environments), conjunct.Info, conjunct.Field));
            copy.Places.Add(leaf.Place);
        }

        if (disjunct is { } one)
        {
            copy.Places.Add(place!);
            copy.Conjuncts.Add(new Conjunct(one.Expr, Move(one.Env, from, vertex, copy, ref environments), one.Info, one.Field));
        }

        return copy;
    }

    private static Env? Move(Env? env, Vertex from, Vertex origin, Vertex to, ref Dictionary<Env, Env>? moved)
    {
        for (var around = env; around is not null; around = around.Up)
        {
            if (ReferenceEquals(around.Vertex, from) || ReferenceEquals(around.Vertex, origin))
                return Move(env, from, origin, to, moved ??= []);
        }

        return env;
    }

    private static Env? Move(Env? env, Vertex from, Vertex origin, Vertex to, Dictionary<Env, Env> moved)
    {
        if (env is null)
            return null;
        if (moved.TryGetValue(env, out var known))
            return known;
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        var up = Move(env.Up, from, origin, to, moved);
        var isOwn = ReferenceEquals(env.Vertex, from) || ReferenceEquals(env.Vertex, origin);
        var result = isOwn || !ReferenceEquals(up, env.Up) ? new Env(up, isOwn ? to : env.Vertex) { DynamicLabel = env.DynamicLabel, Loop = env.Loop } : env;
        if (!ReferenceEquals(result, env) && !isOwn)
        {
            foreach (var let in env.Lets)
                result.Lets.Add(let.Key, let.Value);
        }

        moved.Add(env, result);
        return result;
    }
}
