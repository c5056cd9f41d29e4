namespace DataMesh.Cue.Values;

/// <summary>
/// What comes before what. Labels that have to come before each other form a group that is sorted by name; of the
/// groups that may come next the one with the least name does.
/// </summary>
internal sealed class LabelGraph(IReadOnlyList<string> names)
{
    private readonly List<List<int>> _successors = [.. names.Select(static _ => new List<int>())];

    /// <summary>Says that every one of some labels comes before every one of others.</summary>
    public void AddEdges(List<int> before, List<int> after)
    {
        if (before.Count == 1 || after.Count == 1)
        {
            foreach (var from in before)
            {
                foreach (var to in after)
                    AddEdge(from, to);
            }

            return;
        }

        // A node without a name, so that many before many is not many times many.
        var hub = _successors.Count;
        _successors.Add([]);
        foreach (var from in before)
            AddEdge(from, hub);
        foreach (var to in after)
            AddEdge(hub, to);
    }

    public void AddEdge(int from, int to)
    {
        if (from != to)
            _successors[from].Add(to);
    }

    /// <summary>The labels in order.</summary>
    public List<int> Sort()
    {
        var (group, groups) = Groups();
        var incoming = new int[groups.Count];
        for (var node = 0; node < _successors.Count; node++)
        {
            foreach (var next in _successors[node])
            {
                if (group[next] != group[node])
                    incoming[group[next]]++;
            }
        }

        var ready = new SortedSet<int>(Comparer<int>.Create((left, right) => CompareGroups(groups, left, right)));
        for (var i = 0; i < groups.Count; i++)
        {
            groups[i].Sort(Compare);
            if (incoming[i] == 0)
                ready.Add(i);
        }

        var result = new List<int>(names.Count);
        while (ready.Count > 0)
        {
            var least = ready.Min;
            ready.Remove(least);
            foreach (var node in groups[least])
            {
                if (node < names.Count)
                    result.Add(node);
                foreach (var next in _successors[node])
                {
                    if (group[next] != least && --incoming[group[next]] == 0)
                        ready.Add(group[next]);
                }
            }
        }

        return result;
    }

    /// <summary>Compares by the least name; what has none goes first, for nothing is to come between what it is between.</summary>
    private int CompareGroups(List<List<int>> groups, int left, int right)
    {
        var a = groups[left][0];
        var b = groups[right][0];
        if (a < names.Count && b < names.Count)
            return Compare(a, b);
        return a < names.Count ? 1 : b < names.Count ? -1 : a.CompareTo(b);
    }

    private int Compare(int left, int right)
    {
        if (left >= names.Count || right >= names.Count)
            return left.CompareTo(right);
        var byName = string.CompareOrdinal(names[left], names[right]);
        return byName != 0 ? byName : left.CompareTo(right);
    }

    /// <summary>The strongly connected components (Tarjan's algorithm, with a stack of its own).</summary>
    private (int[] Group, List<List<int>> Groups) Groups()
    {
        var count = _successors.Count;
        var group = new int[count];
        var groups = new List<List<int>>();
        var index = new int[count];
        var low = new int[count];
        var open = new Stack<int>();
        var path = new Stack<(int Node, int Next)>();
        var visited = 0;
        for (var start = 0; start < count; start++)
        {
            if (index[start] != 0)
                continue;
            path.Push((start, 0));
            while (path.Count > 0)
            {
                var (node, next) = path.Pop();
                if (next == 0)
                {
                    index[node] = low[node] = ++visited;
                    open.Push(node);
                }
                else
                {
                    low[node] = Math.Min(low[node], low[_successors[node][next - 1]]);
                }

                while (next < _successors[node].Count && index[_successors[node][next]] != 0)
                {
                    // What belongs to a group already has an infinite low.
                    low[node] = Math.Min(low[node], low[_successors[node][next]]);
                    next++;
                }

                if (next < _successors[node].Count)
                {
                    path.Push((node, next + 1));
                    path.Push((_successors[node][next], 0));
                    continue;
                }

                if (low[node] != index[node])
                    continue;
                var members = new List<int>();
                int member;
                do
                {
                    member = open.Pop();
                    group[member] = groups.Count;
                    low[member] = int.MaxValue;
                    members.Add(member);
                }
                while (member != node);
                groups.Add(members);
            }
        }

        return (group, groups);
    }
}
