using DataMesh.Generators.Tests.Harness;

namespace DataMesh.Generators.Tests;

/// <summary>Each diagnostic at its line and column, as <c>dotnet build</c> prints it.</summary>
public sealed class DiagnosticTests
{
    [Fact]
    public void A_right_schema_reports_nothing() => Assert.Empty(Diagnostics(Schemas.Article));

    [Fact]
    public void Every_syntax_error_of_a_file_is_reported()
    {
        string[] diagnostics = Diagnostics("""
            #A: {a: 1 &}
            #B: {b: int}
            #C: {c: [1, 2}
            """);

        Assert.Collection(
            diagnostics,
            static line => Assert.StartsWith("schema.cue(1,12): error DM0001: ", line),
            static line => Assert.StartsWith("schema.cue(3,14): error DM0001: ", line));
    }

    [Fact]
    public void Columns_count_as_editors_do() =>
        // é is two bytes of UTF-8 and one column; 😀 is four bytes and two.
        Assert.Equal(["""schema.cue(1,16): error DM0002: #A."é😀".b: reference "x" not found"""], Diagnostics("""#A: {"é😀": b: x}"""));

    [Fact]
    public void An_unresolved_reference_is_reported() =>
        Assert.Equal(["""schema.cue(2,6): error DM0002: #A.a: reference "#Name" not found"""], Diagnostics("#A: {\n\ta?: #Name\n}\n"));

    [Fact]
    public void Bounds_that_contradict_each_other_are_reported() =>
        Assert.Equal(["schema.cue(1,15): error DM0003: #A.a: incompatible number bounds <5 and >10"], Diagnostics("#A: {a: >10 & <5}\n"));

    [Fact]
    public void The_broken_schema_of_the_article_is_reported_at_its_line()
    {
        string[] diagnostics = Diagnostics(Schemas.Article.Replace("<130", "<\"x\"", StringComparison.Ordinal));

        Assert.Collection(
            diagnostics,
            static line => Assert.StartsWith("schema.cue(1,57): error DM0007: message.Age: conflicting values ", line),
            static line => Assert.StartsWith("schema.cue(9,8): error DM0012: #Identity.Age: conflicting values ", line));
    }

    [Theory]
    [InlineData("#A: {a?: _|_}\n")]
    [InlineData("#A: {a?: error(\"gone\")}\n")]
    [InlineData("#A: {a?: 1 & 2}\n")]
    public void An_optional_field_can_be_forbidden_on_purpose(string schema) => Assert.Empty(Diagnostics(schema));

    [Theory]
    [InlineData("a?: =~\"(\"", "a")]
    [InlineData("a: !~\"(\" | int", "a")]
    [InlineData("a: [...=~\"(\"]", "a.[]")]
    [InlineData("[=~\"(\"]: int", "[=~\"(\"]")]
    public void A_bad_regular_expression_is_reported(string field, string path)
    {
        string line = Assert.Single(Diagnostics($"#A: {{\n\t{field}\n}}\n"));

        Assert.Matches(@"^schema.cue\(2,\d+\): error DM0004: ", line);
        Assert.Contains("#A." + path + ": invalid regexp: error parsing regexp: missing closing ): `(`", line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_between_fields_is_not_enforced_yet() => Assert.Equal(
        ["schema.cue(3,14): error DM0005: #Booking.end is not enforced yet: it refers to start of the same value"],
        Diagnostics("#Booking: {\n\tstart: int\n\tend: int & >start\n}\n"));

    [Theory]
    [InlineData("#A: {x: int, if x > 1 {y: int}}\n", 17)]
    [InlineData("#A: {x: int, y: \"\\(x)\"}\n", 20)]
    [InlineData("#A: {x: int, y: x + 1}\n", 17)]
    [InlineData("#A: {let z = x, x: int, y: z}\n", 14)]
    [InlineData("#A: {x: int, b: {c: x}}\n", 21)]
    [InlineData("#A: {[N=string]: {name: N}}\n", 25)]
    public void Whatever_depends_on_data_is_not_enforced_yet(string schema, int column) =>
        Assert.StartsWith($"schema.cue(1,{column}): error DM0005: ", Assert.Single(Diagnostics(schema)));

    [Fact]
    public void A_pattern_that_applies_to_some_elements_of_an_open_list_is_not_enforced_yet() => Assert.EndsWith(
        "error DM0005: #A.x is not enforced yet: the pattern [>0] beside an open list",
        Assert.Single(Diagnostics("#A: {x: {[>0]: string, [...]}}\n")),
        StringComparison.Ordinal);

    [Fact]
    public void A_definition_that_is_no_data_can_be_left_out() =>
        Assert.Empty(Diagnostics("#Range: {min: int, max: int & >=min} @cs(-)\n#A: {a: int}\n"));

    [Fact]
    public void Member_names_that_collide_are_reported() => Assert.Equal(
        ["schema.cue(3,2): error DM0006: Fields 'user_name' and 'user-name' of #A would both become the member 'UserName'; name one of them with @cs(Name)"],
        Diagnostics("#A: {\n\tuser_name: string\n\t\"user-name\": string\n}\n"));

    [Fact]
    public void A_name_of_its_own_resolves_a_collision() =>
        Assert.Empty(Diagnostics("#A: {\n\tuser_name: string\n\t\"user-name\": string @cs(Legacy)\n}\n"));

    [Theory]
    [InlineData("""{first: "John", Last: "Doe", Age: 140}""", "schema.cue(1,56): error DM0007: message.Age: invalid value 140 (out of bound <130)")]
    [InlineData("""{first: "John", Last: "Doe", x: 1}""", "schema.cue(1,51): error DM0007: message.x: field not allowed")]
    [InlineData("""{first: "John"}""", """schema.cue(1,1): error DM0007: message.Last: incomplete value =~"[A-Z].*" """)]
    public void An_example_that_is_no_instance_is_reported_where_it_stands(string example, string expected) => Assert.Equal(
        [expected.TrimEnd()],
        Diagnostics("message: #Identity & " + example.PadRight(40) + Schemas.Article[Schemas.Article.IndexOf('\n', StringComparison.Ordinal)..]));

    [Fact]
    public void A_definition_that_never_ends_is_reported()
    {
        string line = Assert.Single(Diagnostics("#List: {\n\thead: int\n\ttail: #List\n}\n"));

        Assert.StartsWith("schema.cue(3,", line);
        Assert.EndsWith("error DM0009: #List.tail: structural cycle", line);
    }

    [Fact]
    public void A_recursive_definition_that_can_end_is_right() =>
        Assert.Empty(Diagnostics("#List: {head: int, tail: #List | *null}\n#Tree: {children?: [...#Tree]}\n"));

    [Theory]
    [InlineData("import \"example.com/none\"\n#A: {a: none.#B}\n")]
    [InlineData("import \"nowhere\"\n#A: {a: nowhere.#B}\n")]
    public void An_import_that_is_not_there_is_reported(string schema) =>
        Assert.StartsWith("schema.cue(1,8): error DM0010: ", Assert.Single(Diagnostics(schema)));

    [Theory]
    [InlineData("#A: {a: int} @cs(1st)\n")]
    [InlineData("#A: {a: int @cs(type=string)}\n")]
    [InlineData("#A: {a: int @cs(type=double)}\n")]
    [InlineData("#A: {a: int @cs(x, y)}\n")]
    [InlineData("#A: {a: int @cs(Equals)}\n")]
    public void A_bad_attribute_is_reported(string schema) =>
        Assert.Contains(": error DM0013: ", Assert.Single(Diagnostics(schema)));

    [Fact]
    public void Types_of_one_name_are_reported() => Assert.Equal(
        ["b.cue(1,1): error DM0014: #Name and #name would both become the type 'Example.Name'; name one of them with @cs(Name)"],
        new GeneratorSession(("a.cue", "#Name: {a: int}\n"), ("b.cue", "#name: {b: int}\n")).Run().Diagnostics);

    [Fact]
    public void An_expression_without_a_value_is_reported() =>
        Assert.Equal(["schema.cue(1,9): error DM0015: #A.a: failed arithmetic: division by zero"], Diagnostics("#A: {a: 1 / 0}\n"));

    private static string[] Diagnostics(string schema) => new GeneratorSession(("schema.cue", schema)).Run().Diagnostics;
}
