using DataMesh.Cue.Syntax;
using DataMesh.Cue.Syntax.Formatting;

namespace DataMesh.Cue.Tests.Syntax;

/// <summary>The layout that <c>cue fmt</c> gives.</summary>
public sealed class FormatterTests
{
    [Theory]
    [InlineData(0, "\t")]
    [InlineData(5, "\t\t\t\t\t\t")]
    [InlineData(6, "\t\t\t")]
    public void Moves_a_literal_over_several_lines_unless_it_is_deep(int depth, string indentation)
    {
        string open = string.Concat(Enumerable.Repeat("a: {\n", depth)), close = string.Concat(Enumerable.Repeat("}\n", depth));

        string formatted = CueFormatter.Format(CueParser.ParseFile("a.cue", open + "b: {c: \"\"\"\n\t\t\tx\n\t\t\t\"\"\"}\n" + close).File);

        Assert.Contains("b: {c: \"\"\"\n" + indentation + "x\n", formatted, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a: 1\nfoo: 2\n", "a:   1\nfoo: 2\n")]
    [InlineData("a: 1\n\n\n\nfoo: 2", "a: 1\n\nfoo: 2\n")]
    [InlineData("a: 1\nfoobar: {\nb: 1\n}\nc: 2\n", "a: 1\nfoobar: {\n\tb: 1\n}\nc: 2\n")]
    [InlineData("a: b: 1\nfoo: 2\n", "a: b: 1\nfoo: 2\n")]
    [InlineData("a: 1 // c1\nfoo: 22 // c2\n", "a:   1  // c1\nfoo: 22 // c2\n")]
    [InlineData("a: 1 @foo()\nfoo: 22 @bar() // c\n", "a:   1  @foo()\nfoo: 22 @bar() // c\n")]
    [InlineData("a: [1,2,\n3]\n", "a: [1, 2,\n\t3]\n")]
    [InlineData("a: [\n1,\n2\n]\n", "a: [\n\t1,\n\t2,\n]\n")]
    [InlineData("a: [\n1\n2\n]\n", "a: [\n\t1\n\t2\n]\n")]
    [InlineData("a: [{\nb: 1\n}, {\nc: 2\n}]\n", "a: [{\n\tb: 1\n}, {\n\tc: 2\n}]\n")]
    [InlineData("a: {b: 1, foo: 2}\n", "a: {b: 1, foo: 2}\n")]
    [InlineData("a: {\n}\n", "a: {}\n")]
    [InlineData("a:\n1\n", "a:\n\t1\n")]
    [InlineData("a: 1 |\n2 |\n3\n", "a: 1 |\n\t2 |\n\t3\n")]
    [InlineData("a: 1+2*3\nb: f(1+2*3, a|b)\nc: x[1+2:a*b]\n", "a: 1 + 2*3\nb: f(1+2*3, a | b)\nc: x[1+2 : a*b]\n")]
    [InlineData("a: >=1&<=2\n", "a: >=1 & <=2\n")]
    [InlineData("a: \"\"\"\n x\n   y\n\n z\n \"\"\"\n", "a: \"\"\"\n\tx\n\t  y\n\n\tz\n\t\"\"\"\n")]
    [InlineData("a: .5\nb: 1.\nc: 1E5\n", "a: 0.5\nb: 1.0\nc: 1e5\n")]
    [InlineData("package p\nimport \"a\"\na: 1\n", "package p\n\nimport \"a\"\n\na: 1\n")]
    [InlineData("if a if b {\nc: 1\n}\n", "if a if b {\n\tc: 1\n}\n")]
    [InlineData("#a: 1\n// d\nb: 2\n", "#a: 1\n\n// d\nb: 2\n")]
    [InlineData("a: { // c\nb: 1\n}\n", "a: {// c\n\tb: 1\n}\n")]
    [InlineData("a: 1 // x\n// y\n", "a: 1 // x\n\n// y\n")]
    [InlineData("\"\"\"\n  a\n  \"\"\": 1\n", "\"a\": 1\n")]
    [InlineData("a: x: 1 @foo()\n", "a: {\n\tx: 1 @foo()\n}\n")]
    [InlineData("a: f(\n1 // c\n2\n)\n", "a: f(\n\t1, // c\n\t2,\n\t)\n")]
    [InlineData("", "\n")]
    [InlineData("x: \"\"\"\n\na\n\"\"\"\n", "x: \"\"\"\n\t\n\ta\n\t\"\"\"\n")]
    [InlineData("x: \"\"\"\n\n  a\n  \"\"\"\n", "x: \"\"\"\n\n\ta\n\t\"\"\"\n")]
    public void Lays_text_out(string source, string expected)
    {
        Assert.Equal(expected, CueFormatter.Format(source, out var errors));
        Assert.Empty(errors);
        Assert.Equal(expected, CueFormatter.Format(expected, out _));
    }

    [Fact]
    public void Refuses_what_is_no_cue()
    {
        Assert.Null(CueFormatter.Format("a: ", out var errors));
        Assert.Single(errors);
    }

    [Fact]
    public void Writes_trees_that_were_made_in_memory()
    {
        var inner = new StructLiteral(
        [
            new Field(new Identifier(default, "b"), new BasicLiteral(default, TokenKind.Int, "1")),
            new Field(new BasicLiteral(default, TokenKind.String, "\"c d\""), new ListLiteral(
                [new Identifier(default, "x"), new UnaryExpression(TokenKind.GreaterOrEqual, new BasicLiteral(default, TokenKind.Int, "2"))])),
        ]);
        var file = new CueFile(null, [new Field(new Identifier(default, "a"), inner), new Embedding(new Identifier(default, "e"))]);

        Assert.Equal("a: {\n\tb: 1\n\t\"c d\": [x, >=2]\n}\ne\n", CueFormatter.Format(file));
    }

    [Fact]
    public void What_follows_a_comment_within_an_element_is_indented()
    {
        string formatted = CueFormatter.Format(CueParser.ParseFile("a.cue", "zz: [if a == b // c\n{d}, 1]\n").File);

        Assert.Equal("zz: [if a == b // c\n\t\t{d}, 1]\n", formatted);
    }
}
