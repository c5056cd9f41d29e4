using DataMesh.Cue.Binding;
using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Values;

/// <summary>
/// The order of fields. The labels of a literal follow each other; literals follow each other as they stand in a file,
/// what a reference brings stands where the reference does. Operands of <c>&amp;</c>, the literals behind one reference
/// and files say nothing about each other. The rest is by name: see <see cref="LabelGraph"/>.
/// </summary>
internal sealed class FieldOrder
{
    /// <summary>How often what a vertex refers to may refer on; a chain that is longer is a cycle.</summary>
    private const int MaxChain = 50;

    private readonly List<Vertex> _arcs;
    private readonly DisjunctRole _role;
    private readonly Dictionary<Label, int> _index;
    private readonly LabelGraph _graph;
    private readonly Dictionary<int, int> _ranks = [];

    /// <summary>The loops of which all rounds yield one literal with the same labels.</summary>
    private readonly HashSet<ForClauseExpr> _uniform = [];

    private FieldOrder(List<Vertex> arcs, DisjunctRole role)
    {
        _arcs = arcs;
        _role = role;
        _index = new Dictionary<Label, int>(arcs.Count);
        for (var i = 0; i < arcs.Count; i++)
            _index[arcs[i].Label] = i;
        _graph = new LabelGraph([.. arcs.Select(static arc => arc.Label.Text)]);
    }

    /// <summary>The fields of a value; a default is one of the disjuncts that are left.</summary>
    public static IReadOnlyList<Vertex> Sort(Vertex vertex) => Sort(vertex, false, 0);

    /// <summary>The fields of a value for which its default was chosen, so that there is no other disjunct any more.</summary>
    public static IReadOnlyList<Vertex> SortChosen(Vertex vertex) => Sort(vertex, true, 0);

    private static IReadOnlyList<Vertex> Sort(Vertex vertex, bool isChosen, int chain)
    {
        var arcs = vertex.Arcs;
        if (arcs.Count < 2 || vertex.Order is not { } parts || (parts.Count == 1 && IsInOrder(arcs, parts[0])))
            return arcs;
        if (Shared(vertex, parts) is { } target && chain < MaxChain)
        {
            var sorted = new List<Vertex>(arcs.Count);
            foreach (var arc in Sort(target, isChosen, chain + 1))
            {
                if (vertex.Find(arc.Label) is { } own)
                    sorted.Add(own);
            }

            if (sorted.Count == arcs.Count)
                return sorted;
        }

        return new FieldOrder(arcs, !isChosen && vertex.Role is DisjunctRole.Chosen or DisjunctRole.Default ? DisjunctRole.Choice : vertex.Role).Sort(parts);
    }

    private static bool IsInOrder(List<Vertex> arcs, OrderPart part)
    {
        var i = 0;
        foreach (var (label, _, _) in part.Labels())
        {
            if (i == arcs.Count || arcs[i++].Label != label)
                return false;
        }

        return i == arcs.Count;
    }

    /// <summary>What a vertex consists of, if it is one reference, however often it is written.</summary>
    private static Vertex? Shared(Vertex vertex, List<OrderPart> parts)
    {
        var target = parts[0].Place.Target;
        foreach (var part in parts)
        {
            var (place, _) = part.Place.Nearest();
            if (!ReferenceEquals(place.Target, target) || place.Outer is not null)
                return null;
        }

        var shared = target?.Resolve();

        // Neither disjuncts nor what a definition closes are shared.
        var isOwn = vertex.Origin is not null || (vertex.IsInDefinition && shared?.IsInDefinition == false);
        return isOwn || ReferenceEquals(shared, vertex) ? null : shared;
    }

    private IReadOnlyList<Vertex> Sort(List<OrderPart> parts)
    {
        var items = Place(parts);
        foreach (var file in items.GroupBy(static item => item.Key.File))
            Link(Rounds([.. file.OrderBy(static item => item.Key.Offset)]));
        return [.. _graph.Sort().Select(i => _arcs[i])];
    }

    /// <summary>The parts with what they are sorted by.</summary>
    private List<Item> Place(List<OrderPart> parts)
    {
        var items = new List<Item>(parts.Count);
        var known = new Dictionary<int, List<int>>();
        foreach (var (part, (place, depth)) in parts.Select(static part => (Part: part, Nearest: part.Place.Nearest())).OrderBy(static each => each.Nearest.Depth))
        {
            if (!known.TryGetValue(part.ScopeIdentity, out var same))
                known.Add(part.ScopeIdentity, same = []);
            if (same.Find(i => part.IsSame(items[i - 1].Part)) is var found and > 0)
            {
                if (OrderPlace.IsBetter((place, depth), (items[found - 1].Place, items[found - 1].Depth)))
                    items[found - 1] = new Item(part, place, depth, found - 1, _index);
                continue;
            }

            items.Add(new Item(part, place, depth, items.Count, _index));
            same.Add(items.Count);
        }

        var outer = items.Where(static item => !item.Place.IsReferred).GroupBy(static item => item.Place).ToDictionary(static same => same.Key, static same => same.First());
        var keys = new Dictionary<int, Item>();
        foreach (var (label, users) in ByAppearance(items))
        {
            _ranks.Add(label, _ranks.Count);
            foreach (var item in users.OrderBy(item => item.Order(label)))
            {
                Item? embedded = null;
                if (!item.Place.IsReferred)
                    item.SetKey(item.Last[label], false);
                else if (item.Place.Outer is { } place && outer.TryGetValue(place, out var embedding))
                    (embedded = embedding).SetKey(item.Place.Reference, true);
                else
                    continue;
                keys[(embedded ?? item).Part.Identity] = embedded ?? item;
            }
        }

        // All rounds of a loop stand where the last of their labels does.
        foreach (var item in items)
        {
            if (item.Part.Loop is not null && keys.TryGetValue(item.Part.Identity, out var last))
                item.SetKey(last.Key, last.IsKeyReference);
        }

        // The rounds of a loop say nothing about each other if one literal with the same labels is all that it yields.
        foreach (var loop in items.Where(static item => item.Part.Loop is not null && !item.IsKeyReference && !item.Place.IsOperand).GroupBy(static item => item.Part.Loop))
        {
            if (loop.All(item => item.Part.Identity == loop.First().Part.Identity && !item.HasDynamic))
                _uniform.Add(loop.Key!);
        }

        // A literal with nothing but embeddings is beside what it embeds, unless a reference brought it along with that.
        items.RemoveAll(static item => item.Labels.Count == 0 && (!item.IsKeyReference || item.Place.IsReferred));
        foreach (var item in items)
            item.PlaceLet();
        return items;
    }

    /// <summary>The labels in the order in which evaluation comes upon them, with the parts that have them.</summary>
    private static IEnumerable<(int Label, List<Item> Users)> ByAppearance(List<Item> items)
    {
        var users = new Dictionary<int, List<Item>>();
        foreach (var item in items)
        {
            foreach (var label in item.Last.Keys)
            {
                if (!users.TryGetValue(label, out var list))
                    users.Add(label, list = []);
                list.Add(item);
            }
        }

        var appearing = items
            .SelectMany(static item => item.Labels.Select(label => (Label: label, Item: item, item.First[label].Position, item.First[label].Time)))
            .OrderBy(static each => each.Time != LabelTime.Written)
            .ThenBy(static each => each.Item.Depth)
            .ThenBy(static each => each.Time == LabelTime.Written ? 0 : each.Item.Part.Nesting)
            .ThenBy(static each => each.Time != LabelTime.Written || each.Item.Place.IsReferred ? each.Item.Group : 0)
            .ThenBy(static each => each.Position)
            .ToLookup(static each => each.Time == LabelTime.Last, static each => each.Label);
        return appearing[false]
            .Concat(appearing[true].Reverse())
            .Distinct()
            .Select(label => (label, users[label]));
    }

    /// <summary>
    /// What the rounds of a loop yield goes round by round: the first of what stands at each position, then the second.
    /// </summary>
    private List<Item> Rounds(List<Item> items)
    {
        for (var start = 0; start < items.Count;)
        {
            var end = start + 1;
            while (end < items.Count && IsSameLoop(items[start], items[end]))
                end++;
            if (end - start > 1)
            {
                var rounds = Count(items.GetRange(start, end - start));
                items.RemoveRange(start, end - start);
                items.InsertRange(start, rounds);
                end = start + rounds.Count;
            }

            start = end;
        }

        return items;
    }

    private static bool IsSameLoop(Item left, Item right) => left.IsKeyReference || right.IsKeyReference
        ? left.IsKeyReference && right.IsKeyReference && left.Key == right.Key
        : left.Part.Loop is { } loop && ReferenceEquals(loop, right.Part.Loop);

    /// <summary>Puts the labels that each field of a literal has had together again, round by round.</summary>
    private List<Item> Count(List<Item> items)
    {
        var result = new List<Item>();
        var late = new List<Item>();
        foreach (var same in items.GroupBy(static item => item.Part.Identity))
        {
            var first = same.First();
            var isLate = first.IsKeyReference && !first.Place.IsOperand && same.Any(static item => item.HasDynamic);
            if (first.Labels.Count == 0 || (!isLate && (first.IsKeyReference || !same.Skip(1).Any())))
            {
                result.AddRange(same);
                continue;
            }

            var fields = same.SelectMany(static item => item.Occurrences)
                .GroupBy(static each => each.Position, static each => each.Label)
                .OrderBy(static field => field.Key)
                .Select(field => field.OrderBy(label => _ranks[label]).ToList())
                .ToList();
            var rounds = fields.Max(static field => field.Count);
            for (var round = 0; round < rounds; round++)
                (isLate ? late : result).Add(new Item(first, [.. fields.Where(field => field.Count > round).Select(field => field[round]).Distinct()], round) { IsRepeated = !isLate && first.Part.Loop is { } loop && _uniform.Contains(loop) });
        }

        result = [.. result.OrderBy(static item => item.Round)];
        late = [.. late.OrderBy(static item => item.Round)];

        // Computed labels follow what else came through a reference, one after the other.
        for (var i = 0; i < late.Count; i++)
            late[i].Round = i + 1;
        return [.. result, .. late];
    }

    /// <summary>Adds what the parts of a file say, which are in order.</summary>
    private void Link(List<Item> items)
    {
        var seen = new HashSet<int>();
        List<int> last = [];
        for (var start = 0; start < items.Count;)
        {
            var end = start;
            while (end < items.Count && IsUnordered(items, end))
                end++;
            var isOrdered = end == start;
            if (isOrdered)
                end++;
            var chains = items.GetRange(start, end - start).ConvertAll(item => isOrdered ? item.Labels.FindAll(label => !seen.Contains(label)) : item.Labels);
            chains.RemoveAll(static chain => chain.Count == 0);
            foreach (var chain in chains)
            {
                seen.UnionWith(chain);
                for (var i = 1; i < chain.Count; i++)
                    _graph.AddEdge(chain[i - 1], chain[i]);
            }

            if (chains.Count > 0)
            {
                _graph.AddEdges(last, chains.ConvertAll(static chain => chain[0]));
                last = chains.ConvertAll(static chain => chain[chain.Count - 1]);
            }

            start = end;
        }
    }

    /// <summary>Whether a part is an operand, or one of several that came through one reference.</summary>
    private bool IsUnordered(List<Item> items, int i) =>
        IsOperand(items[i].Place) || items[i].IsRepeated || IsSamePlace(items, i - 1, i) || IsSamePlace(items, i, i + 1);

    private bool IsOperand(OrderPlace place) => place.IsOperand && _role switch
    {
        DisjunctRole.Choice => false,
        DisjunctRole.Only or DisjunctRole.Chosen => !place.IsDisjoined,
        _ => true,
    };

    private static bool IsSamePlace(List<Item> items, int left, int right) =>
        left >= 0 && right < items.Count && items[left].IsKeyReference && items[right].IsKeyReference
        && items[left].Key == items[right].Key && items[left].Round == items[right].Round;

    /// <summary>A part while it is placed: its labels by their index, without those that are not fields here.</summary>
    private sealed class Item
    {
        public Item(OrderPart part, OrderPlace place, int depth, int group, Dictionary<Label, int> index)
        {
            Part = part;
            Place = place;
            Depth = depth;
            Group = group;
            Key = place.Reference;
            IsKeyReference = place.IsReferred;
            foreach (var (label, position, time) in part.Labels())
            {
                if (!index.TryGetValue(label, out var arc))
                    continue;
                Occurrences.Add((arc, position));
                if (!First.ContainsKey(arc))
                {
                    First.Add(arc, (position, time));
                    Labels.Add(arc);
                }

                Last[arc] = position;
            }

            foreach (var (label, position) in part.Matches ?? [])
            {
                if (index.TryGetValue(label, out var arc))
                    Last[arc] = position;
            }
        }

        /// <summary>Labels that another part has.</summary>
        public Item(Item source, List<int> labels, int round)
        {
            Part = source.Part;
            Place = source.Place;
            Depth = source.Depth;
            Group = source.Group;
            Key = source.Key;
            IsKeyReference = source.IsKeyReference;
            Labels = labels;
            Round = round;
        }

        public OrderPart Part { get; }

        public OrderPlace Place { get; }

        /// <summary>The number of references that the part came through.</summary>
        public int Depth { get; }

        public bool HasDynamic => First.Values.Any(static first => first.Time != LabelTime.Written);

        public int Group { get; }

        /// <summary>When a label comes from here to a field that has it from elsewhere: declared first, matched last.</summary>
        public int Order(int label) => !First.TryGetValue(label, out var first) ? 2 : first.Time != LabelTime.Written ? 1 : 0;

        public List<int> Labels { get; } = [];

        /// <summary>The labels as often as they are declared.</summary>
        public List<(int Label, Position Position)> Occurrences { get; } = [];

        public Dictionary<int, (Position Position, LabelTime Time)> First { get; } = [];

        public Dictionary<int, Position> Last { get; } = [];

        public Position Key { get; private set; }

        public bool IsKeyReference { get; private set; }

        /// <summary>In which round of a loop this is.</summary>
        public int Round { get; set; }

        /// <summary>Whether the order of the rounds is not known.</summary>
        public bool IsRepeated { get; set; }

        public void SetKey(Position key, bool isReference)
        {
            Key = key;
            IsKeyReference = isReference;
        }

        /// <summary>Places a literal where its last <c>let</c> clause is, if no label follows.</summary>
        public void PlaceLet()
        {
            if (!IsKeyReference && Part.LastLet() is { IsValid: true } let && First.Values.All(first => first.Position.CompareTo(let) < 0))
                Key = let;
        }
    }
}
