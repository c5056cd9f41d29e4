using static DataMesh.Cue.Tests.Values.Evaluation;

namespace DataMesh.Cue.Tests.Values;

/// <summary>How often a choice is offered the value that it is a part of.</summary>
public sealed class RecursiveChoiceTests
{
    [Theory]
    [InlineData("x: {b: string | x}", "{b:string}")]
    [InlineData("x: string | {b: x}", "string")]
    [InlineData("x: {b: string | c}\nc: {d: string | x}", "{b:string | {d:string}}")]
    public void A_value_is_no_choice_of_itself(string source, string expected) => Assert.Equal(expected, Show(source));

    [Theory]
    [InlineData("a: {b: string | a}\nx: string | a", "string | {b:string | {b:string | {b:string}}}")]
    [InlineData("a: {b: string | a}\nx: {c: string | a}", "{c:string | {b:string | {b:string | {b:string}}}}")]
    [InlineData("a: {b: string | a}\nx: {b: string | a}", "{b:string | {b:string | {b:string | {b:string}}}}")]
    [InlineData("a: {b: string | a, c: 1}\nx: a & {c: int}", "{b:string | {b:string | {b:string,c:1},c:1},c:1}")]
    [InlineData("a: {b: string | c}\nc: {d: string | a}\nx: int | a", "int | {b:string | {d:string | {b:string | {d:string | {b:string}}}}}")]
    [InlineData("a: {b: null | a, c: null | a}\nx: null | a", "null | {b:null | {b:null | {b:null,c:null},c:null | {b:null,c:null}},c:null | {b:null | {b:null,c:null},c:null | {b:null,c:null}}}")]
    public void A_choice_that_is_referred_to_from_outside_is_offered_twice(string source, string expected) => Assert.Equal(expected, Show(source));

    [Theory]
    [InlineData("a: {b: string | {c: a}}\nx: string | a", "string | {b:string | {c:{b:string}}}")]
    [InlineData("a: string | {b: a}\nx: int | a", "int | string | {b:string}")]
    [InlineData("a: {b: string | a | {c: a}}\nx: string | a", "string | {b:string | {b:string | {b:string} | {c:{b:string}}} | {c:{b:string}}}")]
    public void A_field_of_a_choice_is_what_came_round_once(string source, string expected) => Assert.Equal(expected, Show(source));

    [Theory]
    [InlineData("a: {b: string | a}\nx: a & {b: {}}", "{b:{b:string | {b:string}}}")]
    [InlineData("a: {b: string | a}\nx: a & {b: b: {}}", "{b:{b:{b:string | {b:string}}}}")]
    public void Data_begins_anew(string source, string expected) => Assert.Equal(expected, Show(source));

    [Theory]
    [InlineData("x: string | a\na: {z: 1, b: string | a, if true {c: 1}}", "string | {c:1,z:1,b:string | {z:1,b:string | {c:1,z:1,b:string},c:1}}")]
    public void What_comes_round_is_in_order_where_it_is_written_until_it_ends(string source, string expected) => Assert.Equal(expected, Show(source));

    [Theory]
    [InlineData("x: int | {a: x, a: {}}", "int | {a:{}}")]
    [InlineData("x: {b: 1} | {a: x & {c: 1}}", "{b:1} | {a:{c:1}}")]
    [InlineData("x: {a: {}} & ({b: 1} | {a: x})", "{a:{},b:1} | {a:{a:{}}}")]
    [InlineData("x: {b: 1, {a: x, a: {}} | {c: 1}}", "{b:1,a:{b:1}} | {b:1,c:1}")]
    [InlineData("x: {a: {}} | {[string]: x}\nx: {a: {}} | {[string]: x}", "{a:{}} | {}")]
    public void What_leads_back_from_a_choice_leaves_out_what_there_is_to_choose(string source, string expected) => Assert.Equal(expected, Show(source));
}
