using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Tests.Syntax;

/// <summary>What the tree of a text is.</summary>
public sealed class SyntaxTreeTests
{
    [Fact]
    public void A_file_has_its_package_imports_and_experiments()
    {
        var file = Parse("@experiment(try, aliasv2)\npackage p\nimport \"a/b:c\"\nimport (\n\tx \"strings\"\n)\n");

        Assert.Equal("p", file.Package!.Name.Name);
        Assert.Equal(["a/b:c", "strings"], file.Imports.Select(import => import.PathValue));
        Assert.Equal("x", file.Imports[1].Name!.Name);
        Assert.True(file.HasExperiment("try"));
        Assert.True(file.HasExperiment("aliasv2"));
        Assert.False(file.HasExperiment("explicitopen"));
    }

    [Theory]
    [InlineData("a: 1", typeof(Identifier), FieldConstraint.None)]
    [InlineData("#a?: 1", typeof(Identifier), FieldConstraint.Optional)]
    [InlineData("_a!: 1", typeof(Identifier), FieldConstraint.Required)]
    [InlineData("if!: 1", typeof(Identifier), FieldConstraint.Required)]
    [InlineData("\"a b\"?: 1", typeof(BasicLiteral), FieldConstraint.Optional)]
    [InlineData("null: 1", typeof(BasicLiteral), FieldConstraint.None)]
    [InlineData("\"\\(a)\": 1", typeof(Interpolation), FieldConstraint.None)]
    [InlineData("[string]: 1", typeof(PatternLabel), FieldConstraint.None)]
    [InlineData("(a)!: 1", typeof(ParenthesizedExpression), FieldConstraint.Required)]
    [InlineData("a\n: 1", typeof(Identifier), FieldConstraint.None)]
    public void Labels_have_their_form(string source, Type label, FieldConstraint constraint)
    {
        var field = Assert.IsType<Field>(Assert.Single(Parse(source).Declarations));

        Assert.IsType(label, field.Label);
        Assert.Equal(constraint, field.Constraint);
        Assert.Equal("1", Assert.IsType<BasicLiteral>(field.Value).Text);
    }

    [Fact]
    public void A_chain_of_labels_is_nested_structs()
    {
        var outer = Assert.IsType<Field>(Assert.Single(Parse("a: b?: 1 @x(y)").Declarations));

        var chain = Assert.IsType<StructLiteral>(outer.Value);
        var inner = Assert.IsType<Field>(Assert.Single(chain.Declarations));
        Assert.False(chain.HasBraces);
        Assert.Empty(outer.Attributes);
        Assert.Equal(FieldConstraint.Optional, inner.Constraint);
        Assert.Equal(("x", "y"), (inner.Attributes[0].Name, inner.Attributes[0].Body));
    }

    [Fact]
    public void Aliases_are_found_in_every_position()
    {
        var fields = Parse("A=a: 1\nb: B={c: 1}\n[C=string]: 1\nD=[string]: 1\n").Declarations.Cast<Field>().ToList();

        Assert.Equal("A", fields[0].Alias!.Name.Name);
        Assert.Equal("B", Assert.IsType<AliasExpression>(fields[1].Value).Name.Name);
        Assert.Equal("C", Assert.IsType<AliasExpression>(Assert.IsType<PatternLabel>(fields[2].Label).Pattern).Name.Name);
        Assert.Equal("D", fields[3].Alias!.Name.Name);

        var postfix = Parse("@experiment(aliasv2)\n[string]~(K,V): 1\na~X?: 2\n").Declarations.OfType<Field>().ToList();
        Assert.Equal(("K", "V"), (postfix[0].PostfixAlias!.LabelName!.Name, postfix[0].PostfixAlias!.FieldName!.Name));
        Assert.Equal("X", postfix[1].PostfixAlias!.FieldName!.Name);
        Assert.Equal(FieldConstraint.Optional, postfix[1].Constraint);
    }

    [Theory]
    [InlineData("1 + 2 * 3", "(1+(2*3))")]
    [InlineData("1 * 2 + 3", "((1*2)+3)")]
    [InlineData("a | b & c | d", "((a|(b&c))|d)")]
    [InlineData("a || b && c == d", "(a||(b&&(c==d)))")]
    [InlineData("a & b || c", "(a&(b||c))")]
    [InlineData("-1 + !a", "((-1)+(!a))")]
    [InlineData(">=1 & <10", "((>=1)&(<10))")]
    [InlineData("=~\"x\" & !~\"y\"", "((=~\"x\")&(!~\"y\"))")]
    [InlineData("*1 | int", "((*1)|int)")]
    [InlineData("-a.b[1](2)", "(-a.b[1](2))")]
    [InlineData("1 - 2 - 3", "((1-2)-3)")]
    public void Operators_bind_as_the_specification_says(string source, string expected) =>
        Assert.Equal(expected, Bracket(Expression(source)));

    [Fact]
    public void Comprehensions_have_clauses_of_every_kind()
    {
        var source = "@experiment(try)\nfor k, v in a\nif k let x = v try y = x.b? {(k): y} otherwise {z: 1}\n";

        var comprehension = Assert.IsType<ComprehensionDeclaration>(Parse(source).Declarations[1]).Comprehension;

        Assert.Equal(
            [typeof(ForClause), typeof(IfClause), typeof(LetClause), typeof(TryClause)],
            comprehension.Clauses.Select(clause => clause.GetType()));
        Assert.Equal("k", Assert.IsType<ForClause>(comprehension.Clauses[0]).Key!.Name);
        Assert.IsType<PostfixExpression>(Assert.IsType<TryClause>(comprehension.Clauses[3]).Value);
        Assert.Equal("otherwise", comprehension.Fallback!.Keyword);
    }

    [Fact]
    public void Interpolations_alternate_between_text_and_expressions()
    {
        var interpolation = Assert.IsType<Interpolation>(Expression("\"a\\(b + \"c\\(d)\")e\""));

        Assert.Equal(3, interpolation.Elements.Count);
        Assert.True(Literals.TryUnquote(interpolation, out var pieces, out _, out _));
        Assert.Equal(["a", "e"], pieces.Select(piece => piece.Text));
    }

    [Fact]
    public void Positions_count_bytes_from_one()
    {
        var file = Parse("é: 1\nb: \"\\(x)\"\n");

        var fields = file.Declarations.Cast<Field>().ToList();
        Assert.Equal("x.cue:1:5", fields[0].Value.Start.ToString());
        Assert.Equal("x.cue:2:7", Assert.IsType<Interpolation>(fields[1].Value).Elements[1].Start.ToString());
    }

    [Fact]
    public void Comments_document_what_they_stand_above()
    {
        var file = Parse("// free\n\n// doc one\n//   two\na: { // opens\n\t// inner\n\tb: 1 // behind\n\n\t// last\n}\n");

        Assert.IsType<CommentGroup>(file.Declarations[0]);
        var field = Assert.IsType<Field>(file.Declarations[1]);
        Assert.Equal("doc one\n  two", field.GetDocumentation());
        var inner = Assert.IsType<StructLiteral>(field.Value).Declarations;
        Assert.Equal("inner", inner[0].GetDocumentation());
        Assert.Contains(inner[0].Comments, comment => comment.IsTrailing && comment.GetText() == "behind");
        Assert.Equal("last", Assert.IsType<CommentGroup>(inner[1]).GetText());
    }

    [Theory]
    [InlineData("[1, 2]", true)]
    [InlineData("[\n1\n2\n]", false)]
    public void Lists_take_line_breaks_for_commas(string source, bool hasCommas)
    {
        var list = Assert.IsType<ListLiteral>(Expression(source));

        Assert.Equal(2, list.Elements.Count);
        Assert.Equal(hasCommas, list.HasCommas);
    }

    private static CueFile Parse(string source)
    {
        var result = CueParser.ParseFile("x.cue", source);
        Assert.Empty(result.Errors);
        return result.File;
    }

    private static Expression Expression(string source)
    {
        var result = CueParser.ParseExpression("x.cue", source);
        Assert.Empty(result.Errors);
        return result.Expression;
    }

    private static string Bracket(Expression expression) => expression switch
    {
        BinaryExpression binary => $"({Bracket(binary.Left)}{Text(binary.Operator)}{Bracket(binary.Right)})",
        UnaryExpression unary => $"({Text(unary.Operator)}{Bracket(unary.Operand)})",
        _ => DataMesh.Cue.Syntax.Formatting.CueFormatter.Format(expression),
    };

    private static string Text(TokenKind kind) => kind.GetText();
}
