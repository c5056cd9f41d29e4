using DataMesh.Cue.Values;

namespace DataMesh.Cue.Tests.Values;

/// <summary>
/// What an operator, a call or an index makes of operands that are wrong, not concrete, undecided or incomplete: errors that
/// data cannot mend come before those that it can.
/// </summary>
public sealed class OperandTests
{
    private const string Scope = """
        import "strings"
        int_: int
        top: _
        three: 3
        opt: {x?: int}
        missing: opt.x + 1
        either: 1 | 2
        preferred: *1 | 2
        open: {a: int}
        full: {a: 1}

        """;

    [Theory]
    [InlineData("x: c * 2\nc: d & 3\nd: 4", "6")]
    [InlineData("x: c * 2\nc: (1 | 2) & 3", "6")]
    [InlineData("x: \"\\(c)!\"\nc: d\nd: \"a\"\nc: \"b\"", "\"b!\"")]
    [InlineData("x: [1, 2, 3][c]\nc: d & 1\nd: 2", "2")]
    [InlineData("c: d & 3\nx: c * 2\nd: 4", "_|_(Eval: conflicting values 4 and 3)")]
    [InlineData("x: c * 2\nc: 3 & 4", "_|_(Eval: conflicting values 4 and 3)")]
    [InlineData("x: (c): 1\nc: d & \"a\"\nd: \"b\"", "_|_(Eval: conflicting values \"b\" and \"a\")")]
    public void Is_the_atom_that_a_field_has_to_be_before_it_is_found_not_to_fit(string source, string expected) => Assert.Equal(expected, Evaluation.Show(source));

    [Theory]
    [InlineData("x: n.y + 1\nn: c: 1 & 2", "_|_(Incomplete: undefined field: y)")]
    [InlineData("n: c: 1 & 2\nx: n.y + 1", "_|_(Eval: conflicting values 2 and 1)")]
    public void Lacks_a_field_whatever_is_found_wrong_with_others_later(string source, string expected) => Assert.Equal(expected, Evaluation.Show(source));

    [Theory]
    [InlineData("_ + 1", "invalid operand _ ('+' requires concrete value)")]
    [InlineData("1 && int", "invalid operand int ('&&' requires concrete value)")]
    [InlineData(">int", "bound has fixed non-concrete value")]
    [InlineData(">true", "invalid value true (type bool) for bound >")]
    [InlineData(">{a: 1}", "cannot use struct for bound >")]

    [InlineData("int_ + _|_", "explicit error (_|_ literal) in source")]
    [InlineData("_|_ + int_", "explicit error (_|_ literal) in source")]
    [InlineData("1 && 1", "cannot use 1 (type int) as type bool in &&")]
    [InlineData("'a' =~ \"a\"", "cannot use 'a' (type bytes) as type string in =~")]
    [InlineData("\"a\" =~ 1", "cannot use 1 (type int) as type (string|bytes)")]
    [InlineData("!open", "invalid operation !open (! struct)")]
    [InlineData("\"\\(null)\"", "invalid interpolation: cannot use null (type null) as type (bool|string|bytes|number)")]
    [InlineData("three[missing]", "invalid operand three (found int, want list or struct)")]
    [InlineData("missing[_|_]", "explicit error (_|_ literal) in source")]
    [InlineData("[1][top]", "invalid index top (invalid type _)")]
    [InlineData("[1][\"a\"]", "undefined field: a")]
    [InlineData("[1, 2][1:5]", "index 5 out of range")]
    [InlineData("[1, 2][{}:]", "cannot use {} (type struct) as type int in slice index")]
    [InlineData("len(int_)", "cannot use int (type int) as (string|bytes|list|struct) in argument 1 to len")]
    [InlineData("div(int_, \"a\")", "cannot use \"a\" (type string) as int in argument 2 to div")]
    [InlineData("div(1 + \"a\")", "invalid operands 1 and \"a\" to '+' (type int and string)")]
    [InlineData("div(1, 2, 3)", "too many arguments in call to div (have 3, want 2)")]
    [InlineData("close(top)", "error in call to close: struct argument must be concrete")]
    [InlineData("strings.ToUpper(full)", "cannot use {a:1} (type struct) as string in argument 1 to strings.ToUpper")]
    [InlineData("!bool", "invalid operand bool ('!' requires concrete value)")]
    [InlineData("{(full): 1}", "invalid index full (invalid type struct)")]
    [InlineData("{(strings.Split(\"a\", \"\")): 1}", "invalid index strings.Split(\"a\", \"\") (invalid type list)")]
    [InlineData("1 & matchN({}, [1])", "cannot use {} (type struct) as int in argument 2 to matchN")]
    [InlineData("{(null): 1}", "invalid index null (invalid type null)")]
    [InlineData("{if preferred {a: 1}}", "cannot use 1 (type int) as type bool")]
    [InlineData("[for x in preferred {x}]", "cannot range over preferred (found int, want list or struct)")]
    public void Is_an_error_that_data_cannot_mend(string expression, string message) =>
        Assert.Contains(message, Errors(expression, concrete: false));

    [Theory]
    [InlineData("int_ && 1", "non-concrete value int in operand to &&")]
    [InlineData("div(either)", "unresolved disjunction 1 | 2 (type int)")]
    [InlineData("div(missing, 1, 1)", "cannot reference optional field: x")]
    [InlineData("((missing | (1 + \"a\")) + int_)", "cannot reference optional field: x")]
    [InlineData("missing + int_", "non-concrete value int in operand to +")]
    [InlineData("either + open", "unresolved disjunction 1 | 2 (type int)")]
    [InlineData("open + missing", "cannot reference optional field: x")]
    [InlineData("1 < open", "invalid right-hand value to '<' (type int): open.a: incomplete value int")]
    [InlineData("open == {a: 1}", "invalid left-hand value to '==' (type struct): open.a: incomplete value int")]
    [InlineData("!either", "unresolved disjunction 1 | 2 (type int)")]
    [InlineData(">either", "unresolved disjunction 1 | 2 (type int)")]
    [InlineData("=~1", "incomplete value =~1")]
    [InlineData("top[missing]", "top[missing] undefined as top is incomplete (type _)")]
    [InlineData("full[either]", "unresolved disjunction 1 | 2 (type int)")]
    [InlineData("int_.#a", "undefined field: #a")]
    [InlineData("{(later): 1}\nlater: {a: 1}", "key value of dynamic field not yet known")]
    [InlineData("{(close({a: 1})): 1}", "key value of dynamic field not yet known")]
    [InlineData("{b!: 1} + 1", "invalid left-hand value to '+' (type struct): b: field is required but not present")]
    [InlineData("{c: e + 1}", "invalid left-hand value to '+' (type struct): e.c: incomplete value _")]
    [InlineData("either[1:2]", "non-concrete slice subject either")]
    [InlineData("div(\"a\", missing)", "cannot reference optional field: x")]
    [InlineData("div(_, int_)", "incomplete number in argument to div builtin: int")]
    [InlineData("and(top)", "incomplete list: _")]
    [InlineData("strings.Contains(either, 1)", "unresolved disjunction 1 | 2 (type int)")]
    [InlineData("strings.ToUpper(top)", "error in call to strings.ToUpper: non-concrete value _")]
    [InlineData("top()", "cannot call non-concrete value top (type _)")]
    [InlineData("{if either {a: 1}}", "unresolved disjunction 1 | 2 (type int)")]
    [InlineData("error(\"x\") | missing", "x")]
    public void Is_incomplete(string expression, string message)
    {
        Assert.Empty(Errors(expression, concrete: false));
        Assert.Contains(message, Errors(expression, concrete: true));
    }

    [Theory]
    [InlineData("true || 1", "true")]
    [InlineData("false && \"a\"", "false")]
    [InlineData("preferred + 1", "2")]
    [InlineData("'abc'[1:2]", "'b'")]
    [InlineData("{[1]: 2, a: 1}.a", "1")]
    [InlineData("!bool | *true", "true")]
    [InlineData(">int | *1", "1")]
    [InlineData("len(close({a: 1}))", "1")]
    public void Is_a_value(string expression, string value) =>
        Assert.Equal(value, Evaluate(expression).ToString());

    private static CueValue Evaluate(string expression)
    {
        CueInstance instance = new CueContext().Build("in.cue", Scope + "e: " + expression + "\n_used: strings.ToUpper\n");
        return instance.Errors.Count > 0 ? throw new InvalidOperationException(instance.Errors[0].Message) : instance.Value.Lookup("e")!;
    }

    private static List<string> Errors(string expression, bool concrete)
    {
        CueInstance instance = new CueContext().Build("in.cue", Scope + "e: " + expression + "\n_used: strings.ToUpper\n");
        return instance.Errors.Count > 0
            ? [.. instance.Errors.Select(error => error.Message)]
            : [.. instance.Value.Lookup("e")!.Validate(concrete, final: concrete).Select(error => error.Message)];
    }
}
