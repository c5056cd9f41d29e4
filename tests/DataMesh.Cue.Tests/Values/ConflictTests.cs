using static DataMesh.Cue.Tests.Values.Evaluation;

namespace DataMesh.Cue.Tests.Values;

/// <summary>Conflicts of kinds: which of the two is told first, and which places are told with them.</summary>
public sealed class ConflictTests
{
    [Theory]
    [InlineData("x: r\nx: 1\nr: \"s\"", "1 and \"s\"")]
    [InlineData("x: r\nx: {1}\nr: \"s\"", "1 and \"s\"")]
    [InlineData("x: r\nx: [1]\nr: \"s\"", "[1] and \"s\"")]
    [InlineData("x: r & {if true {1}}\nr: \"s\"", "\"s\" and 1")]
    [InlineData("x: {if true {1}} & r\nr: \"s\"", "1 and \"s\"")]
    [InlineData("x: {if true {1}} & {if true {\"s\"}}", "1 and \"s\"")]
    [InlineData("x: [1]\nx: {\"s\"}", "[1] and \"s\"")]
    public void What_is_written_comes_before_what_is_referred_to_or_yielded(string source, string expected) => Assert.Equal(expected, Conflict(source));

    [Theory]
    [InlineData("x: {1, a: 2}", "1 and {1,a:2}")]
    [InlineData("x: {a: 2, 1}", "{a:2,1} and 1")]
    [InlineData("x: {#a: 2, [1], a: 2}", "[1] and {#a:2,[1],a:2}")]
    [InlineData("x: {1, \"\\(r)\": 2}\nr: \"a\"", "1 and {1,\"\\(r)\":2}")]
    [InlineData("x: {r, a: 2}\nr: 1", "{r,a:2} and 1")]
    public void What_a_literal_embeds_before_its_first_field_comes_before_the_literal(string source, string expected) => Assert.Equal(expected, Conflict(source));

    [Theory]
    [InlineData("x: {let N = 2, n: N} & 1", "{let N#1=2,n:N} and 1")]
    [InlineData("x: {a: {n: N, let N = 2}, let M = 3, m: M} & 1", "{a:{n:N,let N#2=2},let M#1=3,m:M} and 1")]
    [InlineData("x: {let N = A, n: N} & 1\nlet A = 5", "{let N#2=A,n:N} and 1")]
    [InlineData("x: {a: [for v in [2] let W = v {W}]} & 1", "{a:[for _, v in [2] let W = v {W}]} and 1")]
    [InlineData("import \"encoding/yaml\"\nimport s \"strings\"\nx: {a: yaml.Marshal, b: s.ToUpper(\"c\")} & 1", "{a:\"encoding/yaml\".Marshal,b:strings.ToUpper(\"c\")} and 1")]
    [InlineData("x: {c: ([1, 2])[0], d: ({a: 1}).a, e: (b|*c).d, g: [1, 2][0:1]} & 1\nb: d: 1", "{c:[1,2][0],d:{a:1}.a,e:(b|*c).d,g:[1,2][0:1]} and 1")]
    public void Literals_are_told_with_their_clauses_and_packages(string source, string expected) => Assert.Equal(expected, Conflict(source));

    [Theory]
    [InlineData("x: r & \"s\"\nr: s & <10\ns: t & >0\nt: int", "\"s\" and <10")]
    [InlineData("x: r & \"s\"\nr: <10 & t\nt: int", "\"s\" and <10")]
    [InlineData("x: r & \"s\"\nr: t & <10\nt: int", "\"s\" and int")]
    [InlineData("x: number & int & \"s\"", "int and \"s\"")]
    [InlineData("x: int & number & \"s\"", "int and \"s\"")]
    [InlineData("x: >5 & int & {a: 1}", "int and {a:1}")]
    public void What_narrowed_the_kind_last_is_what_conflicts(string source, string expected) => Assert.Equal(expected, Conflict(source));

    [Theory]
    [InlineData(">5 & !=null", ">5")]
    [InlineData("!=null & =~\"a\"", "=~\"a\"")]
    [InlineData("!=3 & !=null", "!=3 & !=null")]
    public void Null_is_excluded_by_other_bounds_already(string bounds, string expected) => Assert.Equal(expected, Show("x: " + bounds));

    [Theory]
    [InlineData("x: r & s\nr: 1\ns: \"s\"", "\"s\" and 1")]
    [InlineData("x: r & s\nr: {a: 1}\ns: \"s\"", "\"s\" and {a:1}")]
    [InlineData("x: r & s\nr: 1\ns: {a: 1}", "1 and {a:1}")]
    [InlineData("x: r & s\nr: {a: 1}\ns: [1]", "{a:1} and [1]")]
    [InlineData("x: r & s & t\nr: 1\ns: \"s\"\nt: true", "\"s\" and 1")]
    [InlineData("x: r & s & {_}\nr: 1\ns: \"s\"", "1 and \"s\"")]
    [InlineData("x: {r, s}\nr: 1\ns: \"s\"", "1 and \"s\"")]
    [InlineData("let r = 1\nx: r & s\ns: \"s\"", "1 and \"s\"")]
    public void An_atom_that_ends_the_sharing_of_a_value_comes_before_that(string source, string expected) => Assert.Equal(expected, Conflict(source));

    [Theory]
    [InlineData("x: {1}\nx: \"s\"", "@1:4 1:5 2:4")]
    [InlineData("x: {1}\nx: _\nx: \"s\"", "@1:5 3:4")]
    [InlineData("x: {1}\nx: {_}\nx: \"s\"", "@1:5 2:4 2:5 3:4")]
    public void The_way_that_the_constraint_before_came_is_told(string source, string expected) =>
        Assert.Equal([$"x: conflicting values 1 and \"s\" (mismatched types int and string) {expected}"], Located(source));

    [Theory]
    [InlineData("x: <3\nx: \"s\"\nx: {string}", "@1:4 2:4 3:4 3:5")]
    [InlineData("x: >2\nx: {\"s\"} & _", "@1:4 2:5")]
    public void A_bound_is_compared_when_all_constraints_are_known(string source, string expected) =>
        Assert.EndsWith(expected, Assert.Single(Located(source)), StringComparison.Ordinal);

    [Theory]
    [InlineData("x: {if (true & 1) {}}", "conflicting values true and 1 (mismatched types bool and int) @1:9 1:16")]
    [InlineData("x: {#r}\n#r: b: (1 & #s) + 1\n#s: 2", "conflicting values 2 and 1 @2:9 2:13 3:5")]
    public void Operands_that_conflict_are_told_without_the_way_to_their_expression(string source, string expected) => Assert.Contains(expected, Located(source));

    [Theory]
    [InlineData("x: (1|1) & \"s\"", 1)]
    [InlineData("x: (1|2|1) & \"s\"", 3)]
    [InlineData("x: (>2|>2) & 1", 3)]
    [InlineData("x: (int|r) & \"s\"\nr: int", 1)]
    public void Conflicts_that_read_the_same_are_one(string source, int count) => Assert.Equal(count, Errors(source).Length);

    private static string Conflict(string source)
    {
        var message = Assert.Single(Errors(source));
        Assert.StartsWith("x: conflicting values ", message, StringComparison.Ordinal);
        return message["x: conflicting values ".Length..message.IndexOf(" (mismatched", StringComparison.Ordinal)];
    }

    [Theory]
    [InlineData("({c: h & 1}).c + 1")]
    [InlineData("({c: h & 1}).c == 1")]
    [InlineData("({c: h & 1, d: c + 1}).d")]
    [InlineData("({c: h, [string]: 1}).c + 1")]
    [InlineData("({let l = h, c: l, [!=\"a\"]: 1}).c * 2")]
    [InlineData("{c: 1 & h}.c - 1")]
    public void Of_a_field_within_an_operand_is_the_operators(string expression)
    {
        foreach (var (h, message) in new[] { ("{a: 1}", "conflicting values 1 and {a:1} (mismatched types int and struct)"), ("2", "conflicting values 2 and 1"), ("\"x\"", "conflicting values 1 and \"x\" (mismatched types int and string)") })
            Assert.Equal(["c: " + message], Errors($"h: {h}\nb: {expression}"));
    }

    [Fact]
    public void Of_a_validator_and_a_required_field_is_told_though_the_field_is_missing() =>
        Assert.Equal(
            ["c: cannot combine regular field \"a\" with {a!:int}", "c: cannot use {a!:int} (type struct) as string in argument 1 to strings.MinRunes"],
            Errors("import \"strings\"\nc: {strings.MinRunes(1), a!: int}").Order(StringComparer.Ordinal));
}
