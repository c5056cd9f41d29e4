using DataMesh.Generators.Products;

namespace DataMesh.Generators.Emission;

/// <summary>Writes a product's shape as the constants of <c>DataMesh.Validation</c>, and names its constraints for the reader.</summary>
internal sealed class ShapeEmitter
{
    private const string V = TypeNames.Validation;

    private readonly string _definition;
    private readonly Dictionary<Constraint, string> _constraints = [];
    private readonly List<string> _declarations = [];

    public ShapeEmitter(string definition)
    {
        _definition = definition;
    }

    /// <summary>The static field that holds the constraint; equal constraints share one.</summary>
    public string Constraint(Constraint constraint)
    {
        if (_constraints.TryGetValue(constraint, out string? name))
            return name;
        name = "C" + CSharp.Number(_constraints.Count);
        (string type, string arguments) = New(constraint);
        _constraints.Add(constraint, name);
        _declarations.Add($"private static readonly {V}.{type} {name} = new({arguments});");
        return name;
    }

    // private static readonly global::DataMesh.Validation.MatchConstraint C0 = new("=~\"[A-Z].*\"", "[A-Z].*", false);
    // internal static readonly global::DataMesh.Validation.Shape Shape = new global::DataMesh.Validation.StructShape("{...}", ...);
    public void Emit(CodeWriter code, Shape shape)
    {
        string expression = Expression(shape, _definition);
        foreach (string declaration in _declarations)
            code.Line(declaration);
        code.Line();
        code.Line($"internal static readonly {V}.Shape Shape = {expression};");
    }

    /// <summary>The expression that makes a shape.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="path">Where it stands, from the definition on.</param>
    public string Expression(Shape shape, string path) => shape switch
    {
        ScalarShape s => $"new {V}.ScalarShape({Texts(s)}, {Kinds(s.Kinds)}, {V}.ClrType.{s.Clr}{Constraints(s.Constraints, ", ")})",
        ConstantShape c => Constant(c.Text, c.Value),
        EnumShape e => Disjunction(e, e.Members.Select(m => Constant(LiteralText(m.Value), m.Value)), e.DefaultIndex),
        NullableShape n => Disjunction(n, [Constant("null", new NullLiteral()), Expression(n.Inner, path)]),
        StructShape s => Struct(s, path),
        MapShape m => $"new {V}.StructShape({CSharp.String(m.Text)}, false, [], [{Pattern(m.Pattern, path, isRaw: false)}]{Constraints(m.Constraints, ", ")})",
        ListShape l => $"new {V}.ListShape({CSharp.String(l.Text)}, [{string.Join(", ", l.Prefix.Select(p => Expression(p, path)))}], " +
            $"{(l.Rest is null ? "null" : Expression(l.Rest, path))}{Constraints(l.Constraints, ", ")})",
        DisjunctionShape d => Disjunction(d, d.Alternatives.Select(a => Expression(a, path)), d.DefaultIndex),
        UnionShape u => $"new {V}.DisjunctionShape({Texts(u)}, true, {string.Join(", ", u.Cases.Select(c => Alternative(Expression(c.Shape, path), c.IsDefault)))})",
        ReferenceShape r => $"new {V}.ReferenceShape({CSharp.String(r.Text)}, static () => {TypeNames.FullCodec(r.Namespace, r.Name)}.Shape)",
        _ => throw new InvalidOperationException($"no shape for {shape.GetType().Name}"),
    };

    private static string Disjunction(Shape shape, IEnumerable<string> alternatives, int defaultIndex = -1) =>
        $"new {V}.DisjunctionShape({Texts(shape)}, false, {string.Join(", ", alternatives.Select((a, i) => Alternative(a, i == defaultIndex)))})";

    private static string Alternative(string shape, bool isDefault) => $"new({shape}{(isDefault ? ", true" : "")})";

    private static string Constant(string text, Literal value) =>
        $"new {V}.ConstantShape({CSharp.String(text)}, {CSharp.String(Literals.Json(value))})";

    private string Struct(StructShape shape, string path)
    {
        string fields = string.Join(", ", shape.Fields.Select(f => FieldShape(f, path)));
        string patterns = string.Join(", ", shape.Patterns.Select(p => Pattern(p, path, isRaw: true)));
        return $"new {V}.StructShape({CSharp.String(shape.Text)}, {Bool(shape.IsOpen)}, [{fields}], [{patterns}]{Constraints(shape.Constraints, ", ")})";
    }

    private string FieldShape(Field field, string path)
    {
        string own = $"{path}.{field.JsonName}";
        string schema = field.Origin is null ? "null" : CSharp.String(field.Origin + own);
        string @default = field.Default is null ? "null" : CSharp.String(Literals.Json(field.Default));
        return $"new({CSharp.String(field.JsonName)}, {V}.Presence.{field.Presence}, {Expression(field.Shape, own)}, {schema}, {@default})";
    }

    private string Pattern(Pattern pattern, string path, bool isRaw) =>
        $"new {V}.PatternShape([{string.Join(", ", pattern.Key.Select(Constraint))}], {Expression(pattern.Shape, path)}{(isRaw ? ", true" : "")})";

    private string Constraints(EquatableArray<Constraint> constraints, string before) =>
        string.Concat(constraints.Select(c => before + Constraint(c)));

    private static string Texts(Shape shape) => $"{CSharp.String(shape.Text)}, {CSharp.String(shape.Incomplete)}";

    private static (string Type, string Arguments) New(Constraint constraint)
    {
        string text = CSharp.String(constraint.Text), kinds = Kinds(constraint.Kinds);
        return constraint switch
        {
            KindConstraint => ("KindConstraint", $"{text}, {kinds}"),
            BoundConstraint { Operand: NumberLiteral n } b =>
                ("NumberConstraint", $"{text}, {kinds}, {TypeNames.Validation}.BoundOperator.{b.Operator}, {CSharp.Utf8(n.Text)}"),
            BoundConstraint { Operand: StringLiteral s } b =>
                ("StringConstraint", $"{text}, {kinds}, {TypeNames.Validation}.BoundOperator.{b.Operator}, {CSharp.Utf8(s.Value)}"),
            BoundConstraint { Operator: BoundOperator.NotEqual, Operand: NullLiteral or BoolLiteral } b =>
                ("NotEqualConstraint", $"{text}, {kinds}, {CSharp.String(Literals.Json(b.Operand))}"),
            MatchConstraint m => ("MatchConstraint", $"{text}, {CSharp.String(m.Pattern)}, {Bool(m.Negated)}"),
            ValidatorConstraint v => ("ValidatorConstraint",
                $"{text}, {kinds}, {CSharp.String(v.Name)}, {CSharp.String(v.Arguments.Count == 0 ? "" : Literals.Json(v.Arguments[0]))}"),
            ImpossibleConstraint => ("ImpossibleConstraint", text),
            _ => throw new InvalidOperationException($"no code for the constraint {constraint.Text}"),
        };
    }

    private static string LiteralText(Literal literal) => literal is NumberLiteral n ? n.Text : Literals.Json(literal);

    private static string Kinds(Kinds kinds) => $"({V}.ValueKinds){CSharp.Number((long)kinds)}";

    private static string Bool(bool value) => value ? "true" : "false";
}
