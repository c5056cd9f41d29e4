using DataMesh.Cue.Syntax;
using DataMesh.Cue.Values;
using static DataMesh.Cue.Tests.Values.Evaluation;

namespace DataMesh.Cue.Tests.Values;

public sealed class CueValueTests
{
    private const string Article = """
        package people

        message: #Identity & {first: "John", Last: "Doe", Age: 40}

        #Identity: {
        	// first name of the person
        	first: =~"[A-Z].*" @cs(First)
        	// Last name of the person
        	Last: =~"[A-Z].*"
        	// Age of the person
        	Age?: number & <130
        	friend?: #Identity
        	tags: [...string]
        	extra: [=~"^x"]: int
        	size: *"s" | "m"
        	_twice: Age * 2
        }
        """;

    [Fact]
    public void A_definition_tells_all_that_a_generator_needs()
    {
        var instance = new CueContext().Build("identity.cue", Article);
        Assert.Equal("people", instance.PackageName);
        var fields = instance.Value.Lookup("#Identity")!.Fields;
        Assert.Equal(["first", "Last", "Age", "friend", "tags", "extra", "size", "_twice"], fields.Select(static each => each.Name));
        Assert.Equal(CueFieldKind.Optional, fields[2].Kind);
        Assert.Equal(["first name of the person"], fields[0].Documentation);
        Assert.Equal(("cs", "First"), (fields[0].Attributes[0].Name, fields[0].Attributes[0].Body));
        Assert.Equal("identity.cue:7:9", fields[0].Value.Position.ToString());

        var match = Assert.IsType<CueBoundConstraint>(Assert.Single(fields[0].Value.Constraints));
        Assert.Equal((TokenKind.Match, "[A-Z].*"), (match.Operator, match.Operand.AsString()));
        var bound = Assert.IsType<CueBoundConstraint>(Assert.Single(fields[2].Value.Constraints));
        Assert.Equal((TokenKind.Less, "130"), (bound.Operator, bound.Operand.AsNumberText()));
        Assert.Equal(CueKind.Number, fields[2].Value.IncompleteKind);

        Assert.Equal("#Identity", fields[3].Value.Reference!.Path);
        Assert.Equal(CueKind.String, fields[4].Value.ElementType!.IncompleteKind);
        Assert.Equal("=~\"^x\"", Assert.Single(fields[5].Value.Patterns).Pattern.ToString());
        Assert.Equal("s", fields[6].Value.Default!.AsString());
        Assert.Equal("Age * 2", Text(Assert.Single(fields[7].Value.Expressions).Syntax));
    }

    [Theory]
    [InlineData("x: {int, #a!: 1, _b!: 2}", "x: incomplete value int", "x.#a: field is required but not present", "x._b: field is required but not present")]
    [InlineData("x: {1, #a!: 1}", "x.#a: field is required but not present")]
    [InlineData("x: {int | string, #a!: 1}", "x: incomplete value int | string")]
    public void Fields_beside_a_scalar_are_required(string source, params string[] errors) =>
        Assert.Equal(errors, Evaluate(source).Validate(concrete: true, final: true).Select(static each => each.ToString()));

    [Theory]
    [InlineData("#a: int\nx: {for v in {n: #a} {y: v}}", "1:5 2:26")]
    [InlineData("#a: int\nx: {y: [#a][0]}", "1:5 2:8")]
    [InlineData("x: {for v in {n: int} {y: v}}", "1:18")]
    public void Validation_tells_the_reference_that_brought_what_is_not_concrete(string source, string positions) =>
        Assert.Equal(positions, string.Join(" ", Evaluate(source).Validate(concrete: true, final: true).Single(static each => each.Path == "x.y").Positions.Select(static each => $"{each.Line}:{each.Column}")));

    [Fact]
    public void Validation_says_what_is_missing_only_for_data()
    {
        var value = Evaluate("#D: {a: int, b!: string}\nx: #D\n_h: int");
        Assert.Empty(value.Validate());
        Assert.Equal(["x.a: incomplete value int", "x.b: field is required but not present"], value.Validate(concrete: true, final: true).Select(static each => each.ToString()));
    }

    [Theory]
    [InlineData("x: *string | _", "in.cue:1:5")]
    [InlineData("x: _", "")]
    [InlineData("x: y\ny: _", "in.cue:1:4")]
    [InlineData("x: y\ny: {a: int} | {b: int}", "in.cue:1:4")]
    [InlineData("x: and([>=10, <=20])", "")]
    public void What_is_not_concrete_is_placed_where_it_is_written_and_referred_to(string source, string positions)
    {
        var error = Evaluate(source).Validate(concrete: true, final: true)[0];
        Assert.Equal(positions, string.Join(" ", error.Positions));
    }

    [Fact]
    public void Values_can_be_unified_from_outside()
    {
        var context = new CueContext();
        var schema = context.Build("schema.cue", "#D: {a: <5, b?: string}").Value.Lookup("#D")!;
        Assert.Empty(schema.Unify(context.Build("data.cue", "a: 1").Value).Validate(true, true));
        Assert.NotEmpty(schema.Unify(context.Build("data.cue", "a: 7").Value).Validate(true, true));
        Assert.NotEmpty(schema.Unify(context.Build("data.cue", "a: 1, c: 1").Value).Validate(true, true));
    }

    [Fact]
    public void Imported_packages_come_from_the_loader()
    {
        var loader = new SinglePackage();
        var instance = new CueContext(new CueOptions { Loader = loader }).Build("in.cue", "import \"example.com/dep\"\nx: dep.#D & {a: 1}\ny: dep._hidden");
        Assert.Empty(instance.Errors);
        Assert.Equal("{a:1}", instance.Value.Lookup("x")!.ToString());
        Assert.NotNull(instance.Value.Lookup("y")!.Error);
    }

    private static string Text(SyntaxNode node)
    {
        var binary = Assert.IsType<BinaryExpression>(node);
        return ((Identifier)binary.Left).Name + " * " + ((BasicLiteral)binary.Right).Text;
    }

    private sealed class SinglePackage : DataMesh.Cue.Binding.IPackageLoader
    {
        public DataMesh.Cue.Binding.CuePackage? Load(string importPath) =>
            importPath == "example.com/dep"
                ? new DataMesh.Cue.Binding.CuePackage(importPath, "dep", [CueParser.ParseFile("dep.cue", "package dep\n#D: a: int\n_hidden: 1").File])
                : null;
    }
}
