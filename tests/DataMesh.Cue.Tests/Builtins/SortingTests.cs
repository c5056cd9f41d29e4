using static DataMesh.Cue.Tests.Values.Evaluation;

namespace DataMesh.Cue.Tests.Builtins;

/// <summary>Sorting by a struct that computes which of two elements is less.</summary>
public sealed class SortingTests
{
    [Fact]
    public void The_comparers_of_the_package_are_written_in_its_source() => Assert.Equal(
        [
            "x: error in call to list.Sort: 2 errors in empty disjunction: @2:4 list:20:13",
            "x: error in call to list.Sort: conflicting values {a:1} and number (mismatched types struct and number) @2:4 2:15 list:15:14 list:17:9 list:19:9",
            "x: error in call to list.Sort: conflicting values {a:1} and string (mismatched types struct and string) @2:4 2:15 list:15:14 list:17:18 list:19:9",
        ],
        Located("import \"list\"\nx: list.Sort([{a: 1}, 2], list.Descending)"));

    [Theory]
    [InlineData("{list.Ascending, x: 1, y: \"a\"}", "x.less: invalid operands 1 and \"a\" to '<' (type int and string) @list:13:9 2:24 2:30")]
    [InlineData("list.Comparer & {less: 1}", "x.less: conflicting values 1 and bool (mismatched types int and bool) @2:4 2:27 list:6:9")]
    [InlineData("list.Sort([{a: 1}, {b: 2}], {T: number, x: T, y: T, less: x < y})", "x: error in call to list.Sort: conflicting values {a:1} and number (mismatched types struct and number) @2:4 2:15 2:36 2:53", "x: error in call to list.Sort: conflicting values {b:2} and number (mismatched types struct and number) @2:4 2:23 2:36 2:47")]
    [InlineData("list.Sort([null, 2], list.Ascending)", "x: error in call to list.Sort: invalid operands 2 and null to '<' (type int and null) @2:4 2:15 2:21 list:13:9")]
    public void Errors_tell_all_that_is_wrong_with_the_elements(string source, params string[] expected) => Assert.Equal(expected, Located("import \"list\"\nx: " + source));

    [Theory]
    [InlineData("list.Sort([{a: 1}, {b: 2}], list.Comparer)", """[{"a":1},{"b":2}]""")]
    [InlineData("list.Sort([3, 2], {x: 1 | 2, y: 1 | 2, less: x < y})", "[2,3]")]
    [InlineData("list.Sort([3, \"2\"], {x: _, y: _, less: \"\\(x)\" < \"\\(y)\"})", """["2",3]""")]
    [InlineData("list.IsSorted([1, int], list.Ascending)", "false")]
    [InlineData("list.IsSorted([1, {a: 2}], list.Ascending)", "false")]
    public void What_is_not_needed_to_compare_is_not_determined(string source, string expected) => Assert.Equal($$"""{"x":{{expected}}}""", Json("import \"list\"\nx: " + source));
}
