namespace DataMesh.Tool.Tests;

/// <summary>What a user sees of the commands, where the real <c>cue</c> is not at hand.</summary>
public sealed class CommandTests
{
    private const string Identity = """
        -- identity.cue --
        #Identity: {
        	first: =~"[A-Z].*"
        	Last:  =~"[A-Z].*"
        	Age?:  number & <130
        }
        -- john.json --
        {"first":"John","Last":"Doe","Age":40}
        -- old.json --
        {"first":"John","Last":"Doe","Age":140}
        -- config.cue --
        a: *1 | int
        b: "x"
        """;

    [Fact]
    public void Vet_is_silent_about_what_is_valid()
    {
        using Workspace workspace = new(Identity);
        Assert.Equal(new Outcome(0, "", ""), workspace.Run("vet", "-d", "#Identity", "identity.cue", "john.json"));
    }

    [Fact]
    public void Vet_says_what_is_wrong_with_data_and_where()
    {
        using Workspace workspace = new(Identity);
        var expected = "Age: invalid value 140 (out of bound <130):\n    ./identity.cue:4:18\n    ./old.json:1:36\n";
        Assert.Equal(new Outcome(1, "", expected), workspace.Run("vet", "-d", "#Identity", "identity.cue", "old.json"));
    }

    [Fact]
    public void Data_stays_data()
    {
        using Workspace workspace = new(Identity + "\n-- evil.json --\n{\"first\":\"J\",\"Last\":\"\\\\(1+1)A\"}\n");
        Assert.Equal(new Outcome(0, "{\n    \"first\": \"J\",\n    \"Last\": \"\\\\(1+1)A\"\n}\n", ""), workspace.Run("export", "-d", "#Identity", "identity.cue", "evil.json"));
    }

    [Fact]
    public void What_is_exported_goes_to_a_file_that_is_not_replaced_by_accident()
    {
        using Workspace workspace = new(Identity);
        Assert.Equal(new Outcome(0, "", ""), workspace.Run("export", "config.cue", "-o", "out.yaml"));
        Assert.Equal("a: 1\nb: x\n", workspace.Read("out.yaml"));
        Assert.Equal(new Outcome(1, "", "error writing \"out.yaml\": file already exists\n"), workspace.Run("export", "config.cue", "-o", "out.yaml"));
        Assert.Equal(new Outcome(0, "", ""), workspace.Run("export", "config.cue", "-f", "-o", "json:out.yaml"));
        Assert.Equal("{\n    \"a\": 1,\n    \"b\": \"x\"\n}\n", workspace.Read("out.yaml"));
    }

    [Fact]
    public void A_value_with_errors_is_not_written()
    {
        using Workspace workspace = new("-- a.cue --\na: int\n");
        Assert.Equal(new Outcome(1, "", "a: incomplete value int:\n    ./a.cue:1:4\n"), workspace.Run("export", "a.cue", "-o", "out.json"));
        Assert.False(workspace.Has("out.json"));
    }

    [Fact]
    public void Fmt_rewrites_files_and_says_which_it_would()
    {
        using Workspace workspace = new("-- a.cue --\na:   1\n-- b.cue --\nb: 1\n-- sub/c.cue --\nc:1\n-- _skip/d.cue --\nd:1\n");
        Assert.Equal(new Outcome(1, "a.cue\nsub/c.cue\n", ""), workspace.Run("fmt", "--check", "--files", "."));
        Assert.Equal("a:   1\n", workspace.Read("a.cue"));
        Assert.Equal(new Outcome(0, "", ""), workspace.Run("fmt", "--files", "."));
        Assert.Equal("a: 1\n", workspace.Read("a.cue"));
        Assert.Equal("c: 1\n", workspace.Read("sub/c.cue"));
        Assert.Equal("d:1\n", workspace.Read("_skip/d.cue"));
        Assert.Equal(new Outcome(0, "", ""), workspace.Run("fmt", "--check", "--files", "."));
    }

    [Fact]
    public void Fmt_leaves_every_file_alone_from_a_broken_one_on()
    {
        using Workspace workspace = new("-- a.cue --\na: [\n-- b.cue --\nb:   1\n");
        Assert.Equal(1, workspace.Run("fmt", "a.cue", "b.cue").Code);
        Assert.Equal("b:   1\n", workspace.Read("b.cue"));
    }

    [Theory]
    [InlineData("unknown flag: --nonsense", "eval", "--nonsense")]
    [InlineData("unknown shorthand flag: 'w' in -w", "fmt", "-w", "a.cue")]
    [InlineData("unknown command \"frob\" for \"datamesh\"", "frob")]
    [InlineData("unknown filetype nonsense", "export", "--out", "nonsense", "config.cue")]
    [InlineData("input of file type jsonschema is not supported", "eval", "jsonschema:", "john.json")]
    [InlineData("chdir nowhere: no such file or directory", "-C", "nowhere", "eval")]
    public void What_there_is_not_is_named(string message, params string[] arguments)
    {
        using Workspace workspace = new(Identity);
        Assert.Equal(new Outcome(1, "", message + "\n"), workspace.Run(arguments));
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("help")]
    [InlineData("help", "vet")]
    [InlineData("export", "-h")]
    public void Help_is_no_error(params string[] arguments)
    {
        using Workspace workspace = new(Identity);
        var outcome = workspace.Run(arguments);
        Assert.Equal(0, outcome.Code);
        Assert.Contains("datamesh", outcome.Output);
        Assert.Empty(outcome.Error);
    }

    [Fact]
    public void What_never_ends_is_interrupted()
    {
        using Workspace workspace = new("-- a.cue --\nimport \"list\"\n\nx: [for i in list.Range(0, 100000, 1) for j in list.Range(0, 100000, 1) if i == j {i}]\n");
        using CancellationTokenSource interruption = new();
        interruption.Cancel();
        using MemoryStream output = new(), error = new();
        var code = DataMeshCommand.Run(["eval", "a.cue"], new CommandEnvironment
        {
            Output = output,
            Error = error,
            ReadInput = static () => [],
            WorkingFolder = workspace.Folder,
            Cancellation = interruption.Token,
        });
        Assert.Equal(1, code);
        Assert.Equal("interrupted\n", System.Text.Encoding.UTF8.GetString(error.ToArray()));
    }

    [Fact]
    public void People_at_a_terminal_get_colours()
    {
        using Workspace workspace = new("-- a.cue --\na: 1 & 2\n");
        using MemoryStream output = new(), error = new();
        var code = DataMeshCommand.Run(["vet", "a.cue"], new CommandEnvironment
        {
            Output = output,
            Error = error,
            ReadInput = static () => [],
            WorkingFolder = workspace.Folder,
            IsTerminal = true,
            Cancellation = TestContext.Current.CancellationToken,
        });
        Assert.Equal(1, code);
        var text = System.Text.Encoding.UTF8.GetString(error.ToArray());
        Assert.Contains("\u001b[", text);
        Assert.Contains("conflicting values", text);
    }
}
