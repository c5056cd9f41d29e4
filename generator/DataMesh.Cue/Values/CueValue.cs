using DataMesh.Cue.Binding;
using DataMesh.Cue.Numerics;
using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Values;

/// <summary>
/// A value of a tree that was evaluated: a scalar, a struct, a list, a type with its constraints, a disjunction, or an error.
/// </summary>
public sealed partial class CueValue
{
    private readonly CueContext _context;
    private readonly Vertex _vertex;
    private readonly Value? _value;

    internal CueValue(CueContext context, Vertex vertex)
    {
        _context = context;
        _vertex = vertex;
        if (vertex.Status != VertexStatus.Final)
            context.Run(vertex);
    }

    internal CueValue(CueContext context, Vertex owner, Value value)
    {
        _context = context;
        _vertex = value as Vertex ?? owner;
        _value = value is Vertex ? null : value;
        if (value is Vertex { Status: not VertexStatus.Final } vertex)
            context.Run(vertex);
    }

    /// <summary>The vertex with what sharing hides: its own path and conjuncts.</summary>
    internal Vertex Vertex => _vertex;

    /// <summary>The vertex that holds the value.</summary>
    internal Vertex Resolved => _vertex.Resolve();

    /// <summary>The value itself: an atom, a type, a conjunction, a disjunction, a container or bottom.</summary>
    internal Value Base => _value ?? Resolved.Base ?? TypeValue.Top;

    /// <summary>The value when it is a part of what the vertex holds, such as a disjunct; null for the vertex's own.</summary>
    internal Value? Part => _value;

    internal CueContext Context => _context;

    /// <summary>The kind of a concrete value; bottom for errors and for what is not concrete.</summary>
    public CueKind Kind => Base is Constant or ContainerValue or FunctionValue ? Base.Kind : CueKind.Bottom;

    /// <summary>The kinds that the value can still have; bottom for errors.</summary>
    public CueKind IncompleteKind => Base.Kind;

    /// <summary>Whether this is an atom, a struct or a list (its fields need not be concrete).</summary>
    public bool IsConcrete => Kind != CueKind.Bottom;

    /// <summary>Whether anything goes: <c>_</c>.</summary>
    public bool IsTop => Base is TypeValue { Kind: CueKind.Top };

    /// <summary>The error that this value is; null when it is none. Errors below are in <see cref="Errors"/>.</summary>
    public CueError? Error => Base is Bottom bottom ? CueError.From(bottom) : null;

    /// <summary>The first error below the value that is no mere lack of data.</summary>
    public CueError? ChildError => Resolved.ChildError is { IsIncomplete: false } error ? CueError.From(error) : null;

    /// <summary>The path from the root, in CUE's form.</summary>
    public string Path => _vertex.Path();

    /// <summary>The text of a string; null for any other value.</summary>
    public string? AsString() => (Base as StringConstant)?.Value;

    /// <summary>The bytes of a bytes value; null for any other value.</summary>
    public byte[]? AsBytes() => (Base as BytesConstant)?.Value;

    /// <summary>The value of a bool; null for any other value.</summary>
    public bool? AsBool() => (Base as BoolConstant)?.Value;

    /// <summary>Whether this is <c>null</c>.</summary>
    public bool IsNull => Base is NullConstant;

    /// <summary>The exact decimal text of a number, such as <c>1.50</c> or <c>1E+400</c>; null for any other value.</summary>
    public string? AsNumberText() => Base is NumberConstant number ? number.Value.ToString() : null;

    internal BigDecimal? AsNumber() => AsNumberConstant()?.Value;

    internal NumberConstant? AsNumberConstant() => Base as NumberConstant;

    /// <summary>The default of a disjunction that has one; null for any other value. Several defaults are a disjunction.</summary>
    public CueValue? Default
    {
        get
        {
            if (Base is not DisjunctionValue { DefaultCount: > 0 } disjunction)
                return null;
            if (disjunction.DefaultCount == 1)
                return new CueValue(_context, Resolved, disjunction.Values[0]);
            return new CueValue(_context, Resolved, new DisjunctionValue([.. disjunction.Values.Take(disjunction.DefaultCount)], 0));
        }
    }

    /// <summary>The values of a disjunction, defaults first; empty for any other value.</summary>
    public IReadOnlyList<CueValue> Disjuncts =>
        Base is DisjunctionValue disjunction ? [.. disjunction.Values.Select(each => new CueValue(_context, Resolved, each))] : [];

    /// <summary>Every field, in CUE's order. Values can have definitions next to a scalar or a list, too.</summary>
    public IReadOnlyList<CueField> Fields => FieldsOf(FieldOrder.Sort);

    /// <summary>Every field, in the order that CUE writes as data, for which the default of a struct is chosen first.</summary>
    internal IReadOnlyList<CueField> ChosenFields => FieldsOf(FieldOrder.SortChosen);

    private List<CueField> FieldsOf(Func<Vertex, IReadOnlyList<Vertex>> sort)
    {
        var fields = new List<CueField>();
        if (_value is not null || Base is DisjunctionValue)
            return fields;
        foreach (var arc in sort(Resolved))
        {
            if (arc.Label.Kind is LabelKind.Index or LabelKind.Let || arc.ArcType == ArcType.Pending)
                continue;
            var kind = arc.ArcType == ArcType.Optional ? CueFieldKind.Optional
                : arc.ArcType == ArcType.Required ? CueFieldKind.Required
                : arc.Label.IsHidden ? CueFieldKind.Hidden
                : arc.Label.IsDefinition ? CueFieldKind.Definition
                : CueFieldKind.Regular;
            fields.Add(new CueField(arc.Label.Text, arc.Label.ToString(), kind, arc.Label.IsDefinition, arc.Label.IsHidden, new CueValue(_context, arc)));
        }

        return fields;
    }

    /// <summary>The elements of a list.</summary>
    public IReadOnlyList<CueValue> Elements =>
        _value is null ? [.. Resolved.Arcs.Where(static arc => arc.Label.Kind == LabelKind.Index).Select(arc => new CueValue(_context, arc))] : [];

    /// <summary>For an open list what further elements have to be; null when the list is closed.</summary>
    public CueValue? ElementType
    {
        get
        {
            var list = Resolved;
            if (_value is not null || !list.IsOpenList || list.Base is not ContainerValue { Kind: CueKind.List })
                return null;
            var element = new Vertex(list, default) { IsDetached = true, IsInDefinition = list.IsInDefinition, ArcType = ArcType.Optional };
            foreach (var shape in list.State?.Lists ?? default)
            {
                if (shape is { IsOpen: true, Tail: { } tail })
                    element.Conjuncts.Add(new Conjunct(tail, shape.Env, shape.Info));
            }

            foreach (var pattern in list.Patterns ?? [])
            {
                if (Evaluator.AppliesToElements(pattern.Pattern) == true)
                    element.Conjuncts.Add(new Conjunct(pattern.Value, pattern.Env, pattern.Info));
            }

            return new CueValue(_context, element);
        }
    }

    /// <summary>For an open list the first element that <see cref="ElementType"/> applies to.</summary>
    internal IEnumerable<int> TailStarts => Resolved.State?.Lists.Where(static shape => shape.IsOpen).Select(static shape => shape.Count).Distinct() ?? [];

    /// <summary>The pattern constraints of a struct.</summary>
    public IReadOnlyList<CuePattern> Patterns
    {
        get
        {
            var result = new List<CuePattern>();
            if (_value is not null)
                return result;
            var owner = Resolved;
            var seen = new List<PatternConstraint>();
            foreach (var pattern in owner.Patterns ?? [])
            {
                // Constraints with the same pattern are one.
                if (seen.Exists(other => IsSamePattern(other, pattern)))
                    continue;
                seen.Add(pattern);
                var value = new Vertex(owner, default) { IsDetached = true, IsInDefinition = owner.IsInDefinition, ArcType = ArcType.Optional };
                foreach (var same in owner.Patterns!)
                {
                    if (IsSamePattern(same, pattern))
                        value.Conjuncts.Add(new Conjunct(same.Value, new Env(same.Env.Up, same.Env.Vertex) { LabelPattern = same.Pattern }, same.Info, same.Field));
                }

                result.Add(new CuePattern(new CueValue(_context, owner, pattern.Pattern), new CueValue(_context, value)));
            }

            return result;
        }
    }

    /// <summary>Whether two constraints apply to the same names; those that take too long to compare count as different.</summary>
    private static bool IsSamePattern(PatternConstraint left, PatternConstraint right)
    {
        try
        {
            return Equality.IsIdentical(left.Pattern, right.Pattern);
        }
        catch (BudgetExceededException)
        {
            return false;
        }
    }

    /// <summary>Whether a struct takes fields that it does not declare, or a list more elements.</summary>
    public bool IsOpen
    {
        get
        {
            var vertex = Resolved;
            if (Base is ContainerValue { Kind: CueKind.List })
                return vertex.IsOpenList;
            if (Base.Kind != CueKind.Struct)
                return false;
            return vertex.HasEllipsis || !vertex.IsClosed || (vertex.Patterns?.Exists(static pattern => pattern.Pattern is TypeValue type && (type.Kind & CueKind.String) != 0) ?? false);
        }
    }

    /// <summary>Whether a struct has <c>...</c>.</summary>
    public bool HasEllipsis => Resolved.HasEllipsis;

    /// <summary>Whether a regular field of this name could be added; no, where the budget does not suffice to tell.</summary>
    public bool Allows(string name)
    {
        try
        {
            return _context.Evaluator.Allows(Resolved, Label.Regular(name));
        }
        catch (BudgetExceededException)
        {
            return false;
        }
    }

    /// <summary>
    /// The value at a path in CUE's form, such as <c>#Identity.Age</c>, <c>list.0</c> or <c>a."b c"</c>; null when there is none.
    /// </summary>
    public CueValue? Lookup(string path)
    {
        var value = this;
        foreach (var (name, isQuoted) in PathSyntax.Split(path))
        {
            var next = value.LookupMember(name, isQuoted);
            if (next is null)
                return null;
            value = next;
        }

        return value;
    }

    private CueValue? LookupMember(string name, bool isQuoted)
    {
        foreach (var arc in Resolved.Arcs)
        {
            var matches = arc.Label.Kind == LabelKind.Index
                ? !isQuoted && string.Equals(arc.Label.ToString(), name, StringComparison.Ordinal)
                : string.Equals(arc.Label.Text, name, StringComparison.Ordinal) && (!isQuoted || arc.Label.Kind == LabelKind.String);
            if (matches && arc.ArcType != ArcType.Pending)
                return new CueValue(_context, arc);
        }

        return null;
    }

    /// <summary>The unification with another value of the same context. Unifying with a definition closes the result.</summary>
    public CueValue Unify(CueValue other)
    {
        var result = new Vertex(_vertex.Parent, _vertex.Label) { IsDetached = true };
        foreach (var operand in new[] { this, other })
        {
            var value = operand._value ?? operand._vertex;
            var scope = value is Vertex { IsInDefinition: true } ? new CloseScope(CloseScopeKind.Definition, null) : null;
            result.Conjuncts.Add(new Conjunct(new ValueExpr(value, null), null, ConjunctInfo.Root.WithScope(scope)));
        }

        return new CueValue(_context, result);
    }

    /// <summary>Where the value is written: the positions of its conjuncts.</summary>
    public IReadOnlyList<Position> Positions => ErrorPositions.Sort(_vertex.Conjuncts.Select(static conjunct => conjunct.Field?.Source?.Start ?? conjunct.Expr.Position));

    /// <summary>Where the value is written first; not valid for computed values.</summary>
    public Position Position => _vertex.Conjuncts.Count > 0 ? _vertex.Conjuncts[0].Expr.Source?.Start ?? _vertex.Conjuncts[0].Expr.Position : default;

    /// <inheritdoc/>
    public override string ToString() => ValueText.DescribeOrdered(_value ?? _vertex);
}
