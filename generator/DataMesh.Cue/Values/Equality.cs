using DataMesh.Cue.Binding;

namespace DataMesh.Cue.Values;

/// <summary>Equality: of data, as <c>==</c> has it, and of values as points of the lattice.</summary>
internal static class Equality
{
    private const int MaxDepth = 200;

    /// <summary><c>==</c>: same data; only regular fields count.</summary>
    public static bool AreEqual(Evaluator evaluator, Value left, Value right, int depth = 0)
    {
        left = evaluator.Concrete(left);
        right = evaluator.Concrete(right);
        evaluator.Step();
        if (depth > MaxDepth)
            throw new BudgetExceededException("values nest too deeply to be compared");
        switch (left, right)
        {
            case (NumberConstant a, NumberConstant b):
                return !a.Value.IsNaN && !b.Value.IsNaN && a.Value.CompareTo(b.Value) == 0;
            case (Constant a, Constant b):
                return a.SameAs(b);
            case (Vertex a, Vertex b):
                var first = a.Resolve();
                var second = b.Resolve();
                if (first.Kind != second.Kind)
                    return false;
                var mine = first.Arcs.Where(static arc => arc.Label.IsRegular && arc.ArcType == ArcType.Member).ToList();
                var count = second.Arcs.Count(static arc => arc.Label.IsRegular && arc.ArcType == ArcType.Member);
                if (mine.Count != count)
                    return false;
                foreach (var arc in mine)
                {
                    if (second.Find(arc.Label) is not { ArcType: ArcType.Member } other || !AreEqual(evaluator, arc, other, depth + 1))
                        return false;
                }

                return true;
            default:
                return false;
        }
    }

    /// <summary>
    /// Whether two final values are the same: in data, types and what is closed. Pattern constraints, <c>...</c> in what
    /// is closed and which of several values is a default do not count.
    /// </summary>
    /// <exception cref="BudgetExceededException">The values are too large.</exception>
    public static bool IsIdentical(Value left, Value right) => IsIdentical(left, right, new Work(false), 0);

    /// <summary>Whether two final values are the same, or would be if both of them were open lists.</summary>
    /// <exception cref="BudgetExceededException">The values are too large.</exception>
    public static bool IsIdenticalIfOpen(Value left, Value right) => IsIdentical(left, right, new Work(true), 0);

    private static bool IsIdentical(Value left, Value right, Work work, int depth)
    {
        work.Count();
        if (ReferenceEquals(left, right))
            return true;
        if (depth > MaxDepth)
            return false;
        switch (left, right)
        {
            case (Vertex a, Vertex b):
                return IsIdenticalVertex(a.Resolve(), b.Resolve(), work, depth);
            case (Constant a, Constant b):
                return a.SameAs(b);
            case (TypeValue a, TypeValue b):
                return a.Kind == b.Kind;
            case (BoundValue a, BoundValue b):
                return a.Operator == b.Operator && IsIdentical(a.Operand, b.Operand, work, depth + 1);
            case (ConjunctionValue a, ConjunctionValue b):
                return a.Kind == b.Kind && a.Values.Count == b.Values.Count && a.Values.All(each => b.Values.Any(other => IsIdentical(each, other, work, depth + 1)));
            case (ValidatorValue a, ValidatorValue b):
                return ReferenceEquals(a.Builtin, b.Builtin) && a.Arguments.Count == b.Arguments.Count
                    && a.Arguments.Zip(b.Arguments, (x, y) => IsIdentical(x, y, work, depth + 1)).All(static same => same);
            case (DisjunctionValue a, DisjunctionValue b):
                return a.Values.Count == b.Values.Count
                    && a.Values.Zip(b.Values, (x, y) => IsIdentical(x, y, work, depth + 1)).All(static same => same);
            case (ContainerValue a, ContainerValue b):
                return a.Kind == b.Kind;
            case (Bottom a, Bottom b):
                return a.IsIncomplete == b.IsIncomplete && (!a.IsIncomplete || string.Equals(a.Message, b.Message, StringComparison.Ordinal));
            default:
                return false;
        }
    }

    private static bool IsIdenticalVertex(Vertex left, Vertex right, Work work, int depth)
    {
        if (ReferenceEquals(left, right))
            return true;
        if (left.Base is null || right.Base is null || !IsIdentical(left.Base, right.Base, work, depth + 1) || left.Arcs.Count != right.Arcs.Count)
            return false;
        if (left.IsMeantClosed != right.IsMeantClosed || (left.IsOpenList != right.IsOpenList && !(depth == 0 && work.AreOpenLists)) || !HasSameLets(left, right))
            return false;
        foreach (var arc in left.Arcs)
        {
            if (right.Find(arc.Label) is not { } other || other.ArcType != arc.ArcType)
                return false;
            if (arc.Status == VertexStatus.Final && other.Status == VertexStatus.Final ? !IsIdentical(arc, other, work, depth + 1) : !HasSameConjuncts(arc, other))
                return false;
        }

        return true;
    }

    /// <summary>Whether a literal that a value is made of declares a <c>let</c> clause.</summary>
    public static bool HasLets(Vertex vertex) => vertex.State?.Leaves.Exists(static leaf => leaf.Expr is StructBodyExpr { Literal.Lets.Count: > 0 }) == true;

    /// <summary>A <c>let</c> clause is a member of the struct that declares it: another one is not the same, whatever it is called.</summary>
    private static bool HasSameLets(Vertex left, Vertex right) =>
        HasLets(left) ? HasLets(right) && new HashSet<LetDecl>(Lets(left)).SetEquals(Lets(right)) : !HasLets(right);

    private static IEnumerable<LetDecl> Lets(Vertex vertex) =>
        from leaf in vertex.State!.Leaves
        where leaf.Expr is StructBodyExpr
        from declared in ((StructBodyExpr)leaf.Expr).Literal.Lets
        select declared.Let;

    private static bool HasSameConjuncts(Vertex left, Vertex right)
    {
        if (left.Conjuncts.Count != right.Conjuncts.Count)
            return false;
        for (var i = 0; i < left.Conjuncts.Count; i++)
        {
            if (!ReferenceEquals(left.Conjuncts[i].Expr, right.Conjuncts[i].Expr))
                return false;
        }

        return true;
    }

    /// <summary>Limits one comparison: what is shared within a value is compared once for each of the ways to it.</summary>
    private sealed class Work(bool areOpenLists)
    {
        private const int Limit = 1_000_000;
        private int _count;

        public bool AreOpenLists => areOpenLists;

        public void Count()
        {
            if (++_count > Limit)
                throw new BudgetExceededException("values are too large to be compared");
        }
    }
}
