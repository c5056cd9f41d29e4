using static DataMesh.Cue.Tests.Values.Evaluation;

namespace DataMesh.Cue.Tests.Values;

/// <summary>What is told of disjunctions of which no disjunct is left.</summary>
public sealed class EmptyDisjunctionTests
{
    [Fact]
    public void The_errors_of_a_choice_within_a_choice_count()
    {
        Assert.Equal(
            [
                "x.a: 2 errors in empty disjunction:",
                "x.a: conflicting values 1 and bool (mismatched types int and bool)",
                "x.a: conflicting values 1 and string (mismatched types int and string)",
                "x: 4 errors in empty disjunction:",
                "x: conflicting values {a:1} and string (mismatched types struct and string)",
            ],
            Sorted("x: (string | {a: string | bool}) & {a: 1}"));
        Assert.Equal(
            [
                "x: 2 errors in empty disjunction:",
                "x: 4 errors in empty disjunction:",
                "x: conflicting values 1 and bool (mismatched types int and bool)",
                "x: conflicting values 1 and bytes (mismatched types int and bytes)",
                "x: conflicting values 1 and string (mismatched types int and string)",
            ],
            Sorted("n: string | bool\nx: (bytes | n) & 1"));
    }

    [Theory]
    [InlineData("x: ({a: string | bool} | string | bool) & {a: 1}", "x: 5 errors in empty disjunction:")]
    [InlineData("x: (string | {a: string | bool} | bool) & {a: 1}", "x: 2 errors in empty disjunction:")]
    [InlineData("x: ({a: int} | {a: string | bool} | {a: bytes | bool}) & {a: null}", "x.a: conflicting values null and int (mismatched types null and int)")]
    [InlineData("x: ({a: string | bool} | {a: string | bytes}) & {a: 1}", "x: 4 errors in empty disjunction:")]
    [InlineData("x: (string | bool | close({c: int})) & {a: 1, b: 2}", "x: 4 errors in empty disjunction:")]
    public void Of_many_disjuncts_choices_are_told_only_first(string source, string expected) => Assert.Equal(expected, Errors(source)[0]);

    [Fact]
    public void Recursion_is_told_down_to_where_it_fails() =>
        Assert.Equal(
            [
                "x.a.b: 2 errors in empty disjunction:",
                "x.a: 4 errors in empty disjunction:",
                "x: 6 errors in empty disjunction:",
            ],
            Sorted("n: string | {[string]: n}\nx: n & {a: b: 1}").Where(static error => error.EndsWith(':')));

    [Theory]
    [InlineData("x: 1 | 2\nx: 10\nx: 5", "x: 3 errors in empty disjunction:", "x: conflicting values 5 and 10", "x: conflicting values 1 and 10", "x: conflicting values 2 and 10")]
    [InlineData("x: 1 | 10\nx: 10\nx: 5", "x: 2 errors in empty disjunction:", "x: conflicting values 5 and 10", "x: conflicting values 1 and 10")]
    [InlineData("x: 1 | 2\nx: 1\nx: string", "x: conflicting values 1 and string (mismatched types int and string)")]
    public void Several_atoms_do_not_hide_the_disjuncts(string source, params string[] expected) => Assert.Equal(expected, Errors(source));

    [Theory]
    [InlineData("x: string | {a: int}\nx: {a: 1}\nx: {a: 2}", "x.a: conflicting values 2 and 1")]
    [InlineData("x: string | {a: _}\nx: n & {a: b: \"s\"}\nn: {a: b: int}", "x.a.b: conflicting values \"s\" and int (mismatched types string and int)")]
    [InlineData("x: [1] | [2]\nx: [10]\nx: [5]", "x.0: conflicting values 5 and 10")]
    [InlineData("x: {[string]: int}\nx: {a: 1} | {b: 2}\nx: {a: \"1\"}", "x.a: conflicting values \"1\" and int (mismatched types string and int)")]
    [InlineData("x: string | {a: _}\nx: {a: <2}\nx: {a: 3}", "x: 2 errors in empty disjunction:", "x: conflicting values {a:<2} and string (mismatched types struct and string)", "x.a: invalid value 3 (out of bound <2)")]
    public void What_is_written_beside_a_disjunction_and_contradicts_itself_is_told_alone(string source, params string[] expected) =>
        Assert.Equal(expected, Errors(source));

    [Theory]
    [InlineData("x: c", "c: 2 errors in empty disjunction: @")]
    [InlineData("x: 2 * c", "c: 2 errors in empty disjunction: @1:8")]
    [InlineData("x: len(c)", "c: 2 errors in empty disjunction: @1:8")]
    [InlineData("x: [for y in c {y}]", "c: 2 errors in empty disjunction: @1:14")]
    [InlineData("x: c.y + 1", "c: 2 errors in empty disjunction: @1:4")]
    public void An_operand_that_has_to_be_known_is_where_the_error_is(string operand, string expected) =>
        Assert.Contains(expected, Located(operand + "\nc: (1 | 2) & (3 | 4)"));

    [Theory]
    [InlineData("x: len(c)", "c.y: field not allowed @2:8 3:10")]
    [InlineData("x: c", "c.y: field not allowed @3:10")]
    public void So_it_is_where_disjuncts_do_not_have_a_field(string operand, string expected) =>
        Assert.Contains(expected, Located($"#A: {{x: 1}} | {{z: 1}}\n{operand}\nc: #A & {{y: 1}}"));

    private static string[] Sorted(string source) => [.. Errors(source).Order(StringComparer.Ordinal)];

    [Theory]
    [InlineData("d: {t: _}\na: d\na: {t: number | string, x: t}\na: x: true", "3:8 3:28 4:7", "3:17 3:28 4:7")]
    [InlineData("d: {t: _, x: t}\na: {d, t: number | string, x: t}\na: x: true", "2:4 2:11 2:31 3:7", "2:4 2:20 2:31 3:7")]
    public void A_constraint_that_says_nothing_is_told_of_no_conflict(string source, string number, string text) => Assert.Equal(
        [
            "a.x: 2 errors in empty disjunction: @",
            "a.x: conflicting values true and number (mismatched types bool and number) @" + number,
            "a.x: conflicting values true and string (mismatched types bool and string) @" + text,
        ],
        Located(source));

    [Theory]
    [InlineData("a: {1 | 2, c: 1}", "a: conflicting values {(1|2),c:1} and 1 (mismatched types struct and int)")]
    [InlineData("a: {d, c: 1}\nd: 1 | 2", "a: conflicting values {d,c:1} and 2 (mismatched types struct and int)")]
    [InlineData("a: {int, c: 1}", "a: conflicting values int and {int,c:1} (mismatched types int and struct)")]
    public void A_struct_is_told_before_the_choices_that_it_embeds(string source, string error) => Assert.Contains(error, Errors(source));

    [Theory]
    [InlineData("x: (int | [...int]) & [1, \"a\"]", "x: conflicting values \"a\" and int (mismatched types string and int)")]
    [InlineData("x: ({[string]: 5} | int) & {b: 6}", "x: conflicting values 5 and 6")]
    [InlineData("#P: {[string]: {c: int}}\nx: (#P | int) & {b: 6}", "x: conflicting values 6 and {c:int} (mismatched types int and struct)")]
    [InlineData("x: ([...uint8] | int) & [\"a\"]", "x: conflicting values \"a\" and uint8 (mismatched types string and int)")]
    public void What_a_pattern_refuses_as_it_is_written_is_told_of_the_disjunct(string source, string expected) => Assert.Contains(expected, Errors(source));

    [Theory]
    [InlineData("x: (int | [int]) & [\"a\"]", "x.0: conflicting values \"a\" and int (mismatched types string and int)")]
    [InlineData("x: ({[string]: int, b: int} | int) & {b: \"a\"}", "x.b: conflicting values \"a\" and int (mismatched types string and int)")]
    [InlineData("y: \"a\"\nx: ({[string]: int} | int) & {b: y}", "x.b: conflicting values int and \"a\" (mismatched types int and string)")]
    [InlineData("x: ([...>5] | int) & [1]", "x.0: invalid value 1 (out of bound >5)")]
    [InlineData("x: ([...{b: int}] | int) & [{b: \"a\"}]", "x.0.b: conflicting values \"a\" and int (mismatched types string and int)")]
    public void What_has_to_be_evaluated_is_told_of_the_field(string source, string expected) => Assert.Contains(expected, Errors(source));
}
