using DataMesh.Cue.Binding;
using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Values;

/// <summary>The way on which a literal came to a vertex, as far as it matters to the order of its labels.</summary>
internal sealed class OrderPlace
{
    /// <summary>A declaration, or a literal that is embedded.</summary>
    public static readonly OrderPlace Plain = new();

    /// <summary>What a comprehension yields.</summary>
    public static readonly OrderPlace Yield = new() { IsYielded = true };

    /// <summary>Where what is there twice comes the second time: it says nothing of the order.</summary>
    public static readonly OrderPlace Nowhere = new();

    /// <summary>What comprehensions refer to is looked up after all else.</summary>
    private const int YieldDepth = 1000;

    private static readonly OrderPlace _operand = new() { IsOperand = true };
    private static readonly OrderPlace _disjoined = new() { IsOperand = true, IsDisjoined = true };

    /// <summary>Whether this is an operand of <c>&amp;</c>, which has no order.</summary>
    public bool IsOperand { get; private init; }

    /// <summary>Whether this is in a disjunct, where operands are in order, unless it is the default.</summary>
    public bool IsDisjoined { get; private init; }

    /// <summary>Whether a comprehension yields the literal.</summary>
    public bool IsYielded { get; private init; }

    /// <summary>The vertex's own reference that the literal came through; not valid if it came through none.</summary>
    public Position Reference { get; private init; }

    /// <summary>Whether <see cref="Reference"/> is to a field of the vertex itself, so that the last such reference counts.</summary>
    public bool IsInner { get; private init; }

    /// <summary>What <see cref="Reference"/> refers to.</summary>
    public Vertex? Target { get; private init; }

    /// <summary>The number of references that the literal came through.</summary>
    public int Depth { get; private init; }

    /// <summary>The place of the literal that embeds the reference.</summary>
    public OrderPlace? Outer { get; private init; }

    /// <summary>What the last reference refers to, and the place that it stands at.</summary>
    private Vertex? Source { get; init; }

    private OrderPlace? From { get; init; }

    /// <summary>How many places it came from, one after the other.</summary>
    public int Length { get; private init; }

    /// <summary>The shortest of the other references to the same, which were not followed again.</summary>
    private OrderPlace? Other { get; set; }

    /// <summary>Whether the literal came through a reference.</summary>
    public bool IsReferred => Reference.IsValid;

    /// <summary>The place of a declaration, which is that of a reference if one brought it from elsewhere.</summary>
    public static OrderPlace Of(Conjunct conjunct) =>
        conjunct.Info.Way is { } way ? new() { Reference = way.Reference, IsInner = way.IsInner } : Plain;

    /// <summary>The place of an operand of <c>&amp;</c>.</summary>
    public OrderPlace ForOperand() => IsReferred ? this : IsDisjoined ? _disjoined : _operand;

    /// <summary>The place of a disjunct of a disjunction at this place.</summary>
    public OrderPlace ForDisjunct() => IsReferred || IsDisjoined ? this : new() { IsOperand = IsOperand, IsYielded = IsYielded, Outer = Outer, IsDisjoined = true };

    /// <summary>The place of a literal with embeddings, to tell it from others by.</summary>
    public OrderPlace ForLiteral() => IsReferred ? this : new() { IsOperand = IsOperand, IsDisjoined = IsDisjoined, IsYielded = IsYielded };

    /// <summary>The place of what the literal at this place embeds.</summary>
    public OrderPlace ForEmbedding(bool isReference) => IsReferred ? this : isReference ? new() { Outer = this, IsYielded = IsYielded } : IsYielded ? Yield : Plain;

    /// <summary>The place of what a comprehension at this place yields.</summary>
    public OrderPlace ForYield() => IsReferred ? this : Yield;

    /// <summary>The place of what a reference at this place leads back to: where that is written.</summary>
    public OrderPlace ForReturn() => new() { IsOperand = IsOperand, IsDisjoined = IsDisjoined, IsYielded = IsYielded, Outer = Outer };

    /// <summary>The place of what a reference at this place refers to.</summary>
    public OrderPlace ForTarget(Position reference, Vertex target, bool isInner = false) => new()
    {
        IsInner = IsReferred ? IsInner : isInner,
        IsOperand = IsOperand,
        IsDisjoined = IsDisjoined,
        Reference = IsReferred ? Reference : reference,
        Target = IsReferred ? Target : target,
        Depth = (IsYielded && !IsReferred ? YieldDepth : Depth) + 1,
        IsYielded = IsYielded,
        Outer = Outer,
        Source = target,
        From = this,
        Length = Length + 1,
    };

    /// <summary>Notes another way to what a reference led to.</summary>
    public void AddWay(Vertex target, OrderPlace way)
    {
        for (var place = this; place is not null; place = place.From)
        {
            if (ReferenceEquals(place.Source, target) && (place.Other is not { } known || way.Depth < known.Depth))
                place.Other = way;
        }
    }

    /// <summary>Whether what came by both ways comes by this one.</summary>
    public static bool IsBetter((OrderPlace Place, int Depth) way, (OrderPlace Place, int Depth) known) =>
        way.Depth < known.Depth || (way.Depth == known.Depth && way.Place.IsInner && known.Place.IsInner && way.Place.Reference.CompareTo(known.Place.Reference) > 0);

    /// <summary>The place by the shortest way, with the number of references on it.</summary>
    public (OrderPlace Place, int Depth) Nearest()
    {
        var best = (Place: this, Depth);
        for (var place = this; place is not null; place = place.From)
        {
            if (place.Other is { } way && way.Depth + Depth - place.Depth is var depth && depth < best.Depth)
                best = (way, depth);
        }

        return best;
    }
}

/// <summary>When evaluation comes upon a label.</summary>
internal enum LabelTime : byte
{
    Written,
    Computed,

    /// <summary>Computed from other fields of the vertex, for which what else is to be done is done before: the last comes first.</summary>
    Last,
}

/// <summary>The labels of a literal at a vertex.</summary>
internal sealed class OrderPart(OrderPlace place, StructExpr literal, Env scope, int dynamicLabels)
{
    private readonly (Label Label, bool NeedsSiblings)[]? _dynamic = dynamicLabels > 0 ? new (Label, bool)[dynamicLabels] : null;

    public OrderPlace Place { get; } = place;

    /// <summary>The innermost <c>for</c> clause around the literal.</summary>
    public ForClauseExpr? Loop => scope.Loop;

    /// <summary>How many comprehensions yielded the literal; what is nested deeper waits for all that is not.</summary>
    public int Nesting { get; init; }

    /// <summary>The labels that patterns of the literal match: they count when it is placed.</summary>
    public List<(Label Label, Position Position)>? Matches { get; private set; }

    /// <summary>Adds a label that a pattern matches.</summary>
    public void AddMatch(Label label, Position position) => (Matches ??= []).Add((label, position));

    /// <summary>Adds a label that was computed.</summary>
    /// <param name="index">Which dynamic field of the literal it is of.</param>
    /// <param name="label">The label.</param>
    /// <param name="needsSiblings">Whether it depends on other fields of the vertex, so that all of these come up before.</param>
    public void SetDynamic(int index, Label label, bool needsSiblings) => _dynamic![index] = (label, needsSiblings);

    /// <summary>The labels that are known, as often as they are declared.</summary>
    public IEnumerable<(Label Label, Position Position, LabelTime Time)> Labels()
    {
        var index = 0;
        foreach (var declaration in literal.Declarations)
        {
            if (declaration is FieldDecl field)
                yield return (field.Label, field.Source?.Start ?? default, field.Source is Field { Label: ParenthesizedExpression } ? LabelTime.Computed : LabelTime.Written);
            else if (declaration is DynamicFieldDecl && _dynamic![index++] is { Label.IsValid: true } computed)
                yield return (computed.Label, declaration.Source?.Start ?? default, computed.NeedsSiblings ? LabelTime.Last : LabelTime.Computed);
        }
    }

    /// <summary>The last <c>let</c> clause, which counts as a label when the literal is placed.</summary>
    public Position LastLet()
    {
        var result = default(Position);
        if (literal.Source is StructLiteral { Declarations: var declarations })
        {
            foreach (var declaration in declarations)
            {
                if (declaration is LetDeclaration)
                    result = declaration.Start;
            }
        }

        return result;
    }

    /// <summary>Whether both are the same literal in the same scope, which came to the vertex twice.</summary>
    public bool IsSame(OrderPart other) => ReferenceEquals(literal, other.Literal) && IsSame(scope.Up, other.Scope.Up);

    /// <summary>A number that is the same for parts of the same literal.</summary>
    public int Identity => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(literal);

    /// <summary>A number that is the same for parts that are the same.</summary>
    public int ScopeIdentity
    {
        get
        {
            var result = Identity;
            for (var each = scope.Up; each is not null; each = each.Up)
                result = unchecked((result * 31) + (System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(each.Vertex) ^ each.DynamicLabel.GetHashCode()));
            return result;
        }
    }

    private StructExpr Literal => literal;

    private Env Scope => scope;

    private static bool IsSame(Env? left, Env? right)
    {
        while (!ReferenceEquals(left, right))
        {
            if (left is null || right is null || !ReferenceEquals(left.Vertex, right.Vertex) || left.DynamicLabel != right.DynamicLabel)
                return false;
            left = left.Up;
            right = right.Up;
        }

        return true;
    }
}
