using DataMesh.Cue.Binding;
using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Values;

/// <summary>How the labels of several structs relate.</summary>
internal enum OrderKind : byte
{
    /// <summary>The labels of one literal, one after the other.</summary>
    Labels,

    /// <summary>One part after the other: declarations of the same field, embeddings.</summary>
    Sequence,

    /// <summary>No relation: the operands of <c>&amp;</c>, files.</summary>
    Unrelated,

    /// <summary>A literal: its own labels and its embeddings.</summary>
    Literal,
}

/// <summary>What a vertex knows of the order of its fields, as a tree that follows its conjuncts.</summary>
internal sealed class OrderNode(OrderKind kind, Position position = default)
{
    public OrderKind Kind { get; } = kind;

    public Position Position { get; set; } = position;

    /// <summary>Labels; those of dynamic fields are filled in when they are known.</summary>
    public List<Label>? Labels { get; init; }

    public List<OrderNode> Children { get; } = [];

    /// <summary>Whether a part of a literal is written within it, not referred to.</summary>
    public bool IsWithin { get; init; }

    /// <summary>Whether the part came through a reference: only the order of labels counts in there.</summary>
    public bool IsReferred { get; set; }

    /// <summary>The same tree without labels; conjuncts that are processed again fill it.</summary>
    /// <param name="evaluator">Whose budget the copies count against: copies of copies grow.</param>
    /// <param name="clones">Filled with the copy of each node.</param>
    public OrderNode Clone(Evaluator evaluator, Dictionary<OrderNode, OrderNode> clones)
    {
        evaluator.Step(4);
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        var clone = new OrderNode(Kind, Position) { IsWithin = IsWithin, IsReferred = IsReferred };
        clones[this] = clone;
        foreach (var child in Children)
        {
            if (child.Kind != OrderKind.Labels)
                clone.Children.Add(child.Clone(evaluator, clones));
        }

        return clone;
    }

    public OrderNode Add(OrderKind kind, Position position = default, bool isWithin = false)
    {
        var node = new OrderNode(kind, position) { IsWithin = isWithin };
        Children.Add(node);
        return node;
    }
}

/// <summary>
/// The order of fields: a topological order of what struct literals say about their labels in which, where there
/// is a choice, the lesser label goes first. What contradicts an earlier literal does not count.
/// </summary>
internal static class FieldOrder
{
    public static IReadOnlyList<Vertex> Sort(Vertex vertex)
    {
        var arcs = vertex.Arcs;
        if (arcs.Count < 2 || vertex.Order is not { } order)
            return arcs;
        if (order is { Children.Count: 1 } && order.Children[0] is { Kind: OrderKind.Literal, Children.Count: 1 } && arcs.Count == order.Children[0].Children[0].Labels?.Count)
            return arcs;
        var graph = new Graph(arcs);
        graph.Link(order, false);
        return graph.Sort();
    }

    private sealed class Graph
    {
        private readonly List<Vertex> _arcs;
        private readonly Dictionary<Label, int> _index;
        private readonly List<int>?[] _successors;
        private readonly int[] _incoming;
        private readonly string[] _names;

        public Graph(List<Vertex> arcs)
        {
            _arcs = arcs;
            _index = new Dictionary<Label, int>(arcs.Count);
            _names = new string[arcs.Count];
            for (var i = 0; i < arcs.Count; i++)
            {
                _index[arcs[i].Label] = i;
                _names[i] = arcs[i].Label.Text;
            }

            _successors = new List<int>?[arcs.Count];
            _incoming = new int[arcs.Count];
        }

        /// <summary>Adds the edges of a part; its first and last labels are what neighbours are linked with.</summary>
        public (List<int> First, List<int> Last) Link(OrderNode node, bool isReferred)
        {
            System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
            isReferred |= node.IsReferred;
            switch (node.Kind)
            {
                case OrderKind.Labels:
                    return LinkLabels(node.Labels!);
                case OrderKind.Unrelated or OrderKind.Literal when isReferred || node.Kind == OrderKind.Unrelated:
                    var first = new List<int>();
                    var last = new List<int>();
                    for (var i = node.Children.Count - 1; i >= 0; i--)
                    {
                        var part = node.Children[i].IsReferred ? LinkReferred(node.Children[i]) : Link(node.Children[i], isReferred);
                        first.AddRange(part.First);
                        last.AddRange(part.Last);
                    }

                    return (first, last);
                case OrderKind.Literal:
                    return LinkLiteral(node);
                default:
                    return LinkSequence(node.Children, isReferred);
            }
        }

        /// <summary>What an operand of <c>&amp;</c> refers to: nothing in there is related.</summary>
        private (List<int> First, List<int> Last) LinkReferred(OrderNode node)
        {
            System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
            if (node.Kind == OrderKind.Labels)
                return LinkLabels(node.Labels!);
            var first = new List<int>();
            var last = new List<int>();
            foreach (var child in node.Children)
            {
                var part = LinkReferred(child);
                first.AddRange(part.First);
                last.AddRange(part.Last);
            }

            return (first, last);
        }

        public List<Vertex> Sort()
        {
            var ready = new SortedSet<int>(Comparer<int>.Create((a, b) =>
            {
                var byName = string.CompareOrdinal(_names[a], _names[b]);
                return byName != 0 ? byName : a.CompareTo(b);
            }));
            for (var i = 0; i < _arcs.Count; i++)
            {
                if (_incoming[i] == 0)
                    ready.Add(i);
            }

            var result = new List<Vertex>(_arcs.Count);
            while (ready.Count > 0)
            {
                var next = ready.Min;
                ready.Remove(next);
                result.Add(_arcs[next]);
                foreach (var successor in _successors[next] ?? [])
                {
                    if (--_incoming[successor] == 0)
                        ready.Add(successor);
                }
            }

            return result;
        }

        private (List<int> First, List<int> Last) LinkLabels(List<Label> labels)
        {
            var first = -1;
            var previous = -1;
            foreach (var label in labels)
            {
                if (!label.IsValid || !_index.TryGetValue(label, out var next))
                    continue;
                if (previous >= 0)
                    AddEdge(previous, next);
                else
                    first = next;
                previous = next;
            }

            return first < 0 ? ([], []) : ([first], [previous]);
        }

        /// <summary>Own labels are in sequence with what is embedded as a literal; embeddings are in sequence with each other.</summary>
        private (List<int> First, List<int> Last) LinkLiteral(OrderNode node)
        {
            var positioned = new List<OrderNode>();
            var embeddings = new List<OrderNode>();
            foreach (var child in node.Children)
            {
                if (child.Kind == OrderKind.Labels || child.IsWithin)
                    positioned.Add(child);
                if (child.Kind != OrderKind.Labels)
                    embeddings.Add(child);
            }

            var ordered = positioned.OrderBy(static each => each.Position.Offset).ToList();
            var parts = new Dictionary<OrderNode, (List<int> First, List<int> Last)>();
            (List<int> First, List<int> Last) Get(OrderNode each)
            {
                if (!parts.TryGetValue(each, out var part))
                    parts.Add(each, part = Link(each, false));
                return part;
            }

            var own = Chain(ordered, Get);
            if (embeddings.Count == 0)
                return own;
            var embedded = Chain(embeddings, Get);
            if (own.First.Count == 0)
                return embedded;
            if (embeddings.TrueForAll(static each => each.IsWithin))
                return own;
            return ([.. own.First, .. embedded.First], [.. own.Last, .. embedded.Last]);
        }

        private (List<int> First, List<int> Last) LinkSequence(List<OrderNode> nodes, bool isReferred)
        {
            var isSorted = true;
            for (var i = 1; i < nodes.Count && isSorted; i++)
                isSorted = !nodes[i].Position.IsValid || !ReferenceEquals(nodes[i].Position.File, nodes[i - 1].Position.File) || nodes[i].Position.Offset >= nodes[i - 1].Position.Offset;
            return Chain(isSorted ? nodes : [.. nodes.OrderBy(static each => each.Position.Offset)], each => Link(each, isReferred));
        }

        private (List<int> First, List<int> Last) Chain(List<OrderNode> nodes, Func<OrderNode, (List<int> First, List<int> Last)> link)
        {
            List<int>? first = null;
            List<int> last = [];
            SourceFile? file = null;
            foreach (var node in nodes)
            {
                // What follows is linked before its own labels are: an earlier literal decides.
                var isLinked = last.Count > 0 && (file is null || node.Position.File is null || ReferenceEquals(file, node.Position.File));
                if (isLinked)
                    LinkBoth(last, Heads(node, 0));
                var part = link(node);
                if (part.First.Count == 0)
                    continue;
                if (isLinked)
                    LinkBoth(last, part.First);
                first ??= part.First;
                last = isLinked || last.Count == 0 ? part.Last : [.. last, .. part.Last];
                file = node.Position.File ?? file;
            }

            return (first ?? [], last);
        }

        private List<int> Heads(OrderNode node, int depth)
        {
            if (node.Kind == OrderKind.Labels)
                return FirstOf(node.Labels!) is { } head ? [head] : [];
            if (depth > 100)
                return [];
            var result = new List<int>();
            foreach (var child in node.Children)
            {
                result.AddRange(Heads(child, depth + 1));
                if (result.Count > 0 && node.Kind is OrderKind.Sequence or OrderKind.Literal)
                    break;
            }

            return result;
        }

        private int? FirstOf(List<Label> labels)
        {
            foreach (var label in labels)
            {
                if (label.IsValid && _index.TryGetValue(label, out var index))
                    return index;
            }

            return null;
        }

        private void LinkBoth(List<int> from, List<int> to)
        {
            if ((long)from.Count * to.Count > 64)
            {
                AddEdge(from[from.Count - 1], to[0]);
                return;
            }

            foreach (var a in from)
            {
                foreach (var b in to)
                    AddEdge(a, b);
            }
        }

        private void AddEdge(int from, int to)
        {
            if (from == to || (_successors[from]?.Contains(to) ?? false))
                return;
            if (_successors[to] is not null && Reaches(to, from))
                return;
            (_successors[from] ??= []).Add(to);
            _incoming[to]++;
        }

        private bool Reaches(int from, int to)
        {
            var stack = new Stack<int>();
            var seen = new HashSet<int>();
            stack.Push(from);
            while (stack.Count > 0)
            {
                var next = stack.Pop();
                if (next == to)
                    return true;
                if (!seen.Add(next))
                    continue;
                foreach (var successor in _successors[next] ?? [])
                    stack.Push(successor);
            }

            return false;
        }
    }
}
