using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Tests.Syntax;

/// <summary>What is said about text that is no CUE, and where.</summary>
public sealed class SyntaxErrorTests
{
    [Theory]
    [InlineData("a: {", "1:5: expected '}', found 'EOF'")]
    [InlineData("a: [1 2]", "1:7: missing ',' in list literal")]
    [InlineData("a: f(1 2)", "1:8: missing ',' in argument list")]
    [InlineData("a: 1 b: 2", "1:6: missing ',' in struct literal")]
    [InlineData("a b", "1:3: expected label or ':', found 'IDENT' b")]
    [InlineData("_#5: 1", "1:3: expected label or ':', found 'INT' 5")]
    [InlineData("#5: 1", "1:2: expected label or ':', found 'INT' 5")]
    [InlineData("a: \"x", "1:4: string literal not terminated")]
    [InlineData("a: \"\\q\"", "1:6: unknown escape sequence")]
    [InlineData("a: \"\\x41\"", "1:6: hexadecimal escape not allowed in string literal")]
    [InlineData("a: '\\400'", "1:6: escape sequence is invalid Unicode code point")]
    [InlineData("a: \"\"\"\n\tx\n  y\n\t\"\"\"", "1:4: non-matching whitespace for multiline strings")]
    [InlineData("a: \"\"\"x\"\"\"", "1:4: expected newline after multiline quote \"\"\"")]
    [InlineData("a: 01", "1:4: illegal integer number")]
    [InlineData("a: 1__0", "1:6: illegal '_' in number")]
    [InlineData("a: 0x", "1:4: illegal hexadecimal number")]
    [InlineData("a: 1e", "1:6: illegal exponent in number")]
    [InlineData("a: 1 ^ 2", "1:6: illegal character U+005E '^'")]
    [InlineData("é: )", "1:5: expected operand, found ')'")]
    [InlineData("a: (1\n)", "1:6: expected ')', found newline")]
    [InlineData("[a, b]: 1", "1:1: square bracket must have exactly one element")]
    [InlineData("__x: 1", "1:1: identifiers starting with '__' are reserved")]
    [InlineData("package #x", "1:11: invalid package name #x")]
    [InlineData("import \"a b\"", "1:8: invalid import path: \"a b\"")]
    [InlineData("@foo", "1:5: invalid attribute: expected '('")]
    [InlineData("@foo(a])", "1:8: unexpected ']'")]
    [InlineData("if a {} else {}", "1:9: else requires @experiment(try)")]
    [InlineData("a~X: 1", "1:2: postfix alias syntax requires @experiment(aliasv2)")]
    [InlineData("a: b...", "1:5: postfix ... operator requires @experiment(explicitopen)")]
    [InlineData("@experiment(try)\nfor a in b {} else {}", "2:15: use 'otherwise' for comprehensions with multiple clauses or 'for' clauses")]
    [InlineData("X=a: 1\nX=b: 2", "2:1: alias \"X\" redeclared in same scope")]
    [InlineData("x: {X=a: 1, X: 2} & {Y=a: 1, Y: 2} & {Z=a: 1, Z: 2}", "1:16: cannot have both alias and field with name \"X\" in same scope")]
    [InlineData("a: 1 @foo\n(x)", "2:1: invalid attribute: expected '('")]
    [InlineData("a: 1 @foo(1 @bar\n(x))", "2:1: invalid attribute: expected '('")]
    [InlineData("a: 1 @foo//c\n(x)", "1:10: invalid attribute: expected '('")]
    [InlineData("@experiment(aliasv2,,try)\na: 1", "2:1: parsing experiments for version \"v0.17.1\": unknown experiment \"\"")]
    [InlineData("a: x[1::2]", "1:8: expected ']', found ':'")]
    [InlineData("a: \"x\"?\n}", "1:8: expected ':', found newline")]
    [InlineData("let X = 1\nb: {X: 2}", "2:8: cannot have both alias and field with name \"X\" in same scope")]
    public void Names_the_place_and_the_reason(string source, string expected)
    {
        var result = CueParser.ParseFile("x.cue", source);

        Assert.Contains("x.cue:" + expected, result.Errors.Select(error => error.ToString()));
        Assert.Equal("x.cue:" + expected, result.ReportedErrors[0].ToString());
    }

    [Theory]
    [InlineData("@a@b", "1:5: invalid attribute: expected '('")]
    [InlineData("@a@b(c)", "1:8: invalid attribute: expected '('")]
    [InlineData("@@a(b", "1:6: attribute missing ')'", "1:6: invalid attribute: expected '('")]
    [InlineData("a: 1 @b(@@c(d)e)", "1:15: invalid attribute: expected '('")]
    [InlineData("a: 1 @b(\"x\\(c)y\", d)", "1:12: interpolation not allowed in attribute")]
    [InlineData("a: 1 @b([\"\\(c)\"])", "1:12: interpolation not allowed in attribute", "1:18: attribute missing ')'", "1:18: attribute missing ']'", "1:18: unexpected ')'")]
    [InlineData("a: 1 @b(\"\\(c)\"\nd: 1", "1:11: interpolation not allowed in attribute", "2:5: attribute missing ')'")]
    [InlineData("x: let a = 1", "1:13: expected operand, found 'EOF'")]
    [InlineData("x: let a = 1\ny: 2", "2:2: missing ',' in struct literal")]
    [InlineData("{x: let a = 1}", "1:14: expected operand, found '}'")]
    [InlineData("a: [...b c\n]", "1:10: missing ',' in list literal")]
    [InlineData("[]: \"", "1:5: string literal not terminated")]
    [InlineData("let X = 1\nlet X = 2\nv: }", "2:1: alias \"X\" redeclared in same scope", "3:4: expected operand, found '}'")]
    [InlineData("1e_", "1:3: illegal '_' in number")]
    [InlineData("01K", "1:1: illegal integer number")]
    [InlineData("func, x", "1:7: expected label or ':', found 'IDENT' x")]
    [InlineData("x! func", "1:4: expected label or ':', found 'func'")]
    [InlineData("\"\\(\n1)(", "2:2: string literal not terminated", "2:4: unmatched close list")]
    public void Reports_what_follows_from_an_error_as_cue_does(string source, params string[] expected) =>
        Assert.Equal(expected, CueParser.ParseFile("x.cue", source).ReportedErrors.Select(error => error.ToString()["x.cue:".Length..]));

    [Theory]
    [InlineData("if! : 1")]
    [InlineData("if !\n: 1")]
    [InlineData("1e_5")]
    [InlineData("x: func")]
    [InlineData("func?: 1")]
    [InlineData("a: __b: 1")]
    [InlineData("x: let a = 1, {y: 2}")]
    public void Takes_what_cue_takes_beyond_the_grammar(string source) => Assert.Empty(CueParser.ParseFile("x.cue", source).Errors);

    [Fact]
    public void One_run_finds_the_errors_of_every_line()
    {
        var result = CueParser.ParseFile("x.cue", "a: )\nb: 1\nc: {d: ]}\ne: [1, }\nf: 2 3\ng: \"\\q\"\n");

        Assert.Equal([1, 3, 4, 5, 6], result.Errors.Select(error => error.Position.Line).Distinct());
        Assert.Contains(result.File.Declarations.OfType<Field>(), field => field.Label is Identifier { Name: "b" });
        Assert.Contains(result.File.Declarations.OfType<Field>(), field => field.Label is Identifier { Name: "f" });
    }

    [Fact]
    public void Reported_errors_end_where_cue_gives_up()
    {
        var result = CueParser.ParseFile("x.cue", "a: )\nb: 1\nc: {d: ]}\n");

        Assert.Equal("x.cue:1:4: expected operand, found ')'", Assert.Single(result.ReportedErrors).ToString());
    }

    [Fact]
    public void Reported_errors_are_about_ten_at_most()
    {
        var source = string.Concat(Enumerable.Repeat("a b\n", 50));

        var result = CueParser.ParseFile("x.cue", source);

        Assert.Equal(50, result.Errors.Count);
        Assert.Equal(11, result.ReportedErrors.Count);
    }

    [Theory]
    [InlineData(new byte[] { (byte)'a', (byte)':', (byte)'"', 0xFF, (byte)'"' }, "1:4: illegal UTF-8 encoding")]
    [InlineData(new byte[] { (byte)'a', (byte)':', (byte)'"', 0, (byte)'"' }, "1:4: illegal character NUL")]
    [InlineData(new byte[] { (byte)'a', (byte)':', (byte)'"', 0xED, 0xA0, 0x80, (byte)'"' }, "1:4: illegal UTF-8 encoding")]
    public void Bytes_that_are_no_text_are_errors(byte[] source, string expected)
    {
        var result = CueParser.ParseFile("x.cue", source);

        Assert.Equal("x.cue:" + expected, result.Errors[0].ToString());
    }

    [Fact]
    public void A_byte_order_mark_may_begin_a_file()
    {
        Assert.Empty(CueParser.ParseFile("x.cue", "\uFEFFa: 1").Errors);
        Assert.Equal("illegal byte order mark", CueParser.ParseFile("x.cue", "a: \"\uFEFF\"").Errors[0].Message);
    }
}
