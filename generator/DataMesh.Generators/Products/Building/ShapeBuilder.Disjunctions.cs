using DataMesh.Cue.Binding;
using DataMesh.Cue.Values;

namespace DataMesh.Generators.Products.Building;

/// <content>Disjunctions: enums, nullable values, alternatives of one C# type, and unions.</content>
internal sealed partial class ShapeBuilder
{
    private Shape Disjunction(Vertex vertex, List<Alternative> alternatives, string? typeName, Naming naming, string member)
    {
        List<Alternative> present = [.. alternatives.Where(static alternative => alternative.Base is not NullConstant)];
        if (present.Count == alternatives.Count)
            return Present(vertex, present, typeName ?? naming.NestedType(member), naming, member);
        Shape inner = present.Count == 1
            ? Value(present[0].Vertex, naming, member)
            : Present(vertex, present, naming.NestedType(member), naming, member);
        return new NullableShape(Text(vertex), Incomplete(vertex), inner);
    }

    /// <summary>Alternatives without <c>null</c>.</summary>
    private Shape Present(Vertex vertex, List<Alternative> alternatives, string typeName, Naming naming, string member)
    {
        switch (Form.Of(alternatives.Select(static alternative => alternative.Base)))
        {
            case Alternation.Booleans:
                return new ScalarShape(Text(vertex), Incomplete(vertex), Kinds.Bool, [new KindConstraint("bool", Kinds.Bool)], ClrType.Boolean);
            case Alternation.Constants:
                return new EnumShape(Text(vertex), Incomplete(vertex), typeName, EnumMembers(alternatives), DefaultIndex(alternatives));
            case Alternation.Scalars:
                // The type that is asked for is that of the whole, not of the first alternative.
                ClrType? requested = _requested;
                _requested = null;
                EquatableArray<Shape> shapes = alternatives.Select(alternative => Value(alternative.Vertex, naming, member)).ToEquatableArray();
                _requested = requested;
                ScalarShape held = Held(alternatives, shapes);
                // What C# holds is the same whichever alternative the value meets.
                shapes = shapes.Select(shape => shape is ScalarShape scalar ? scalar with { Clr = held.Clr } : shape).ToEquatableArray();
                return new DisjunctionShape(Text(vertex), Incomplete(vertex), shapes, held, DefaultIndex(alternatives));
            default:
                var cases = new List<UnionCase>(alternatives.Count);
                var union = new Naming(typeName);
                foreach (Alternative alternative in alternatives)
                    cases.Add(Case(alternative, union, cases.Count + 1));
                return new UnionShape(Text(vertex), Incomplete(vertex), typeName, cases.ToEquatableArray());
        }
    }

    /// <summary>The one alternative that is marked as the default; -1 without one.</summary>
    private static int DefaultIndex(List<Alternative> alternatives) =>
        alternatives.FindIndex(static alternative => alternative.IsDefault) is var first &&
        first == alternatives.FindLastIndex(static alternative => alternative.IsDefault) ? first : -1;

    /// <summary>What C# holds for alternatives of one basic type, <c>*0 | (number &amp; >=0)</c>: the type that has room for all.</summary>
    private ScalarShape Held(List<Alternative> alternatives, EquatableArray<Shape> shapes)
    {
        Kinds kinds = alternatives.Aggregate(Kinds.None, static (all, alternative) => all | Scalars.KindsOf(alternative.Base!.Kind));
        ClrType? common = shapes.OfType<ScalarShape>().Select(static shape => (ClrType?)shape.Clr).Distinct().Take(2).ToArray() is [{ } only] ? only : null;
        ClrType type = TakeRequestedType(kinds) ?? (kinds == Kinds.Int && common is { } held ? held : Scalars.ClrTypeOf(kinds, null, []));
        if (type == ClrType.Int64 && alternatives.Exists(static alternative => alternative.Base is Constant constant && Scalars.TypeOf(constant) == ClrType.BigInteger))
            type = ClrType.BigInteger;
        string text = (kinds == Kinds.Number ? CueKind.Number : alternatives[0].Base!.Kind).Text();
        return new ScalarShape(text, text, kinds, [new KindConstraint(text, kinds)], type);
    }

    private static EquatableArray<EnumMember> EnumMembers(List<Alternative> alternatives)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var members = new List<EnumMember>(alternatives.Count);
        foreach (Alternative alternative in alternatives)
        {
            Literal literal = Literals.Of((Constant)alternative.Base!);
            string text = literal switch
            {
                StringLiteral @string => @string.Value,
                NumberLiteral number => number.Text,
                BoolLiteral boolean => boolean.Value ? "true" : "false",
                _ => "",
            };
            string name = MemberNames.EnumMember(text);
            string unique = name;
            for (int i = 2; !taken.Add(unique); i++)
                unique = name + "_" + i.ToString(System.Globalization.CultureInfo.InvariantCulture);
            members.Add(new EnumMember(unique, literal));
        }
        return members.ToEquatableArray();
    }

    private UnionCase Case(Alternative alternative, Naming union, int number)
    {
        Shape? reference = Reference(alternative.Vertex);
        string name = reference is ReferenceShape target ? target.Name : CaseName(alternative.Vertex.Resolve(), number);
        string unique = name;
        for (int i = 2; !union.TryTake(unique); i++)
            unique = name + i.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return new UnionCase(unique, reference ?? Value(alternative.Vertex, union, unique), alternative.IsDefault);
    }

    /// <summary>A struct is named after its first constant, which tells it from the others; anything else after its type.</summary>
    private static string CaseName(Vertex value, int number)
    {
        switch (value.Kind)
        {
            case CueKind.Struct:
                foreach (Vertex arc in value.Arcs)
                    if (arc.Label.IsRegular && arc.Resolve().Base is StringConstant { Value.Length: > 0 } discriminator)
                        return MemberNames.EnumMember(discriminator.Value);
                return "Case" + number.ToString(System.Globalization.CultureInfo.InvariantCulture);
            case CueKind.List:
                return "List";
            case CueKind.String:
                return "Text";
            case CueKind.Bytes:
                return "Bytes";
            case CueKind.Bool:
                return "Boolean";
            case CueKind.Int:
                return "Integer";
            case CueKind.Float or CueKind.Number:
                return "Number";
            default:
                return "Case" + number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
    }

    /// <summary>The alternatives that evaluation left, in the schema's order where that is known: the evaluator puts defaults first.</summary>
    private List<Alternative> Alternatives(Vertex vertex, DisjunctionValue disjunction)
    {
        List<Alternative> alternatives =
            [.. disjunction.Values.Select((value, i) => model.AlternativeOf(AsVertex(value, vertex), i < disjunction.DefaultCount))];
        if (disjunction.DefaultCount == 0 || vertex.Resolve().State?.Disjunctions is not [{ Disjuncts: { } declared }])
            return alternatives;
        var ordered = new SortedDictionary<int, Alternative>();
        foreach (Alternative alternative in alternatives)
        {
            int index = IndexOf(declared, alternative);
            if (index < 0 || ordered.ContainsKey(index))
                return alternatives;
            ordered.Add(index, alternative);
        }
        return [.. ordered.Values];
    }

    private static int IndexOf(IReadOnlyList<Conjunct> declared, Alternative alternative)
    {
        string text = ValueText.Describe(alternative.Vertex);
        for (int i = 0; i < declared.Count; i++)
        {
            bool same = declared[i].Expr switch
            {
                StringExpr expression => alternative.Base is StringConstant constant && constant.Value == expression.Value,
                NumberExpr expression => alternative.Base is NumberConstant && text == expression.Text,
                BoolExpr expression => alternative.Base is BoolConstant constant && constant.Value == expression.Value,
                NullExpr => alternative.Base is NullConstant,
                PredeclaredExpr expression => text == expression.Name,
                { } expression => PositionOf(alternative.Vertex) == expression.Position,
            };
            if (same)
                return i;
        }
        return -1;
    }

    /// <summary>An alternative as a vertex, so that it is treated as the value of a field is.</summary>
    private static Vertex AsVertex(Value value, Vertex owner)
    {
        if (value is Vertex vertex)
            return vertex;
        var alternative = new Vertex(owner, owner.Label) { IsDetached = true, Status = VertexStatus.Final, Base = value };
        alternative.Conjuncts.Add(new Conjunct(new ValueExpr(value, null, PositionOf(owner)), null, ConjunctInfo.Root));
        return alternative;
    }
}
