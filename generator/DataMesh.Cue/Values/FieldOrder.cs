using DataMesh.Cue.Binding;

namespace DataMesh.Cue.Values;

/// <summary>
/// The order of fields: every struct literal orders its own labels, and the whole is a topological order of these
/// in which, where there is a choice, the lesser label goes first.
/// </summary>
internal static class FieldOrder
{
    public static IReadOnlyList<Vertex> Sort(Vertex vertex)
    {
        var arcs = vertex.Arcs;
        if (vertex.Orders is not { Count: > 1 } orders || arcs.Count < 2)
            return arcs;
        var index = new Dictionary<Label, int>(arcs.Count);
        for (var i = 0; i < arcs.Count; i++)
            index[arcs[i].Label] = i;
        var successors = new List<int>[arcs.Count];
        var incoming = new int[arcs.Count];
        foreach (var order in orders)
        {
            var previous = -1;
            foreach (var label in order.Labels)
            {
                if (!index.TryGetValue(label, out var next) || next == previous)
                    continue;
                if (previous >= 0 && !(successors[previous] ??= []).Contains(next))
                {
                    successors[previous].Add(next);
                    incoming[next]++;
                }

                previous = next;
            }
        }

        var ready = new SortedSet<int>(Comparer<int>.Create((a, b) =>
        {
            var byLabel = string.CompareOrdinal(arcs[a].Label.ToString(), arcs[b].Label.ToString());
            return byLabel != 0 ? byLabel : a.CompareTo(b);
        }));
        for (var i = 0; i < arcs.Count; i++)
        {
            if (incoming[i] == 0)
                ready.Add(i);
        }

        var result = new List<Vertex>(arcs.Count);
        var done = new bool[arcs.Count];
        while (result.Count < arcs.Count)
        {
            int next;
            if (ready.Count > 0)
            {
                next = ready.Min;
                ready.Remove(next);
            }
            else
            {
                // A cycle: the structs contradict each other. The field that came first goes first.
                next = Array.IndexOf(done, false);
            }

            if (done[next])
                continue;
            done[next] = true;
            result.Add(arcs[next]);
            foreach (var successor in successors[next] ?? [])
            {
                if (--incoming[successor] == 0 && !done[successor])
                    ready.Add(successor);
            }
        }

        return result;
    }
}
