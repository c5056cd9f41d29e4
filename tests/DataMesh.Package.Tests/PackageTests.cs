namespace DataMesh.Package.Tests;

/// <summary>The packages as a user gets them: packed, restored from a feed, built and run in a project outside the repository.</summary>
public sealed class PackageTests(UserProject project) : IClassFixture<UserProject>
{
    private const string Schema = """
        message: #Identity & { first: "John", Last: "Doe", Age: 40 }

        #Identity: {
        	// first name of the person
        	first: =~"[A-Z].*"
        	// Last name of the person
        	Last: =~"[A-Z].*"
        	// Age of the person
        	Age?: number & <130
        }

        """;

    private const string Program = """"
        var john = new Identity { First = "John", Last = "Doe", Age = 40 };
        Console.WriteLine(john.Validate().IsValid);
        Console.WriteLine((john with { Age = 140 }).Validate());
        if (Identity.TryParse("""{"first":"john","Last":"Doe"}"""u8, out _, out ValidationResult result) == false)
            Console.WriteLine(result);

        """";

    [Fact]
    public async Task One_package_and_a_schema_are_all_that_a_project_needs()
    {
        Start();

        (int built, string output) = await project.BuildAsync();
        Assert.True(built == 0, output);
        (int ran, string lines) = await project.RunAsync();

        Assert.Equal(0, ran);
        Assert.Equal(
            [
                "True",
                "#Identity.Age: invalid value 140 (out of bound <130)",
                "#Identity.first: invalid value \"john\" (out of bound =~\"[A-Z].*\")",
                "",
            ],
            lines.Split('\n'));
    }

    [Fact]
    public async Task A_broken_schema_fails_the_build_at_its_line()
    {
        Start();
        project.Write("identity.cue", Schema.Replace("<130", "<\"x\"", StringComparison.Ordinal));

        (int built, string output) = await project.BuildAsync();

        Assert.NotEqual(0, built);
        Assert.Matches(@"identity\.cue\(9,\d+\): error DM\d{4}: ", output);
    }

    [Fact]
    public async Task Files_that_come_and_go_compile_again()
    {
        Start();
        (int built, string output) = await project.BuildAsync();
        Assert.True(built == 0, output);

        // It looks older than the last build, and counts all the same.
        project.Write("orders/order.cue", "package orders\n\n#Order: {lines: 1 &}\n");
        File.SetLastWriteTimeUtc(Path.Combine(project.Folder, "orders", "order.cue"), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        (built, output) = await project.BuildAsync();
        Assert.NotEqual(0, built);
        Assert.Matches(@"order\.cue\(3,\d+\): error DM0001: ", output);

        File.Delete(Path.Combine(project.Folder, "orders", "order.cue"));
        (built, output) = await project.BuildAsync();
        Assert.True(built == 0, output);
    }

    [Fact]
    public async Task The_switch_turns_schemas_off()
    {
        Start();

        (int built, string output) = await project.BuildAsync("-p:EnableDefaultCueItems=false");

        Assert.NotEqual(0, built);
        Assert.Contains("error CS0246: The type or namespace name 'Identity' could not be found", output);
    }

    private void Start()
    {
        project.Write("identity.cue", Schema);
        project.Write("Program.cs", Program);
    }
}
