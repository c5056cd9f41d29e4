namespace DataMesh.Tool.Tests;

/// <summary>Modules on disk: what imports find, and what is said when they do not. The expected texts are the real <c>cue</c>'s.</summary>
public sealed class ModuleTests
{
    private const string Module = """
        -- cue.mod/module.cue --
        module: "ex.com/m@v0"
        language: version: "v0.9.0"
        -- cue.mod/pkg/ext.org/p/p.cue --
        package p

        v: "pkg"
        -- cue.mod/gen/ext.org/g/g.cue --
        package g

        v: "gen"
        -- cue.mod/usr/ext.org/g/g.cue --
        package g

        u: "usr"
        -- root.cue --
        package root

        import (
        	"ex.com/m/a"
        	b "ex.com/m/a/b:bb"
        	"ext.org/p"
        	"ext.org/g"
        )

        x:  a.v
        y:  b.v
        z:  p.v
        gg: g
        -- a/a.cue --
        package a

        v: 1
        -- a/more.cue --
        package a

        w: v + 1
        -- a/b/b.cue --
        package bb

        v: 2
        -- c/x_test.cue --
        package c

        v: 1
        -- cond/x.cue --
        @if(yes)

        package cond

        v: 1
        -- two/d.cue --
        package two

        v: 2
        -- two/e.cue --
        package three

        v: 3
        -- nopkg/x.cue --
        v: 1
        -- broken/b.cue --
        package broken

        v: [
        -- self/s.cue --
        package self

        import "ex.com/m/self"

        v: self.v
        -- outer/o.cue --
        package outer

        import "ex.com/m/inner"

        v: inner.v
        -- inner/i.cue --
        package inner

        import "ex.com/m/nowhere"

        v: nowhere.v
        -- wrong/w.cue --
        package wrong

        v: 1 & 2
        -- _hidden/h.cue --
        package h

        v: 1
        """;

    public static TheoryData<string> Imports =>
    [
        "ex.com/m/a", "ex.com/m/a@v0", "ex.com/m/a@v1", "ex.com/m/a:zz", "ex.com/m/a/b", "ex.com/m/a/b:bb", "ex.com/m/c", "ex.com/m/cond", "ex.com/m/two",
        "ex.com/m/two:three", "ex.com/m/nopkg", "ex.com/m/broken", "ex.com/m/self", "ex.com/m/outer", "ex.com/m/nowhere", "ex.com/mm", "other.org/x", "ext.org/p",
        "ext.org/g", "strngs", "foo/bar", "./a", "ex.com//m", "ex.com/m/wrong",
    ];

    [Theory]
    [MemberData(nameof(Imports))]
    public void An_import_finds_what_cue_finds(string path)
    {
        using Workspace workspace = new(Module);
        workspace.Write("main/main.cue", $"package main\n\nimport x \"{path}\"\n\nv: x.v\n");
        foreach (string[] arguments in (string[][])[["export", "./main"], ["vet", "main/main.cue"]])
            Assert.Equal(workspace.RunOracle("", arguments), workspace.Run(arguments));
    }

    [Theory]
    [InlineData("'ex.com/m/a'")]
    [InlineData("#\"ex.com/m/a\"#")]
    public void An_import_path_is_a_plain_string(string literal)
    {
        using Workspace workspace = new(Module);
        workspace.Write("main/main.cue", $"package main\n\nimport x {literal}\n\nv: x.v\n");
        foreach (string[] arguments in (string[][])[["export", "./main"], ["vet", "main/main.cue"]])
            Assert.Equal(workspace.RunOracle("", arguments), workspace.Run(arguments));
    }

    [Theory]
    [InlineData("eval")]
    [InlineData("eval ./a ./a/b")]
    [InlineData("export ./a ./a/b --out yaml")]
    [InlineData("eval ./a/...")]
    [InlineData("eval ./two")]
    [InlineData("eval ./two:three")]
    [InlineData("eval ./two:four")]
    [InlineData("eval ./nopkg")]
    [InlineData("eval ./cond")]
    [InlineData("eval -t yes ./cond")]
    [InlineData("eval ./_hidden")]
    [InlineData("eval ex.com/m/a")]
    [InlineData("eval ex.com/m/a:zz")]
    [InlineData("eval ext.org/p")]
    [InlineData("eval other.org/p")]
    [InlineData("eval ./nowhere/...")]
    [InlineData("vet ./a/... ./wrong")]
    [InlineData("-C a eval")]
    [InlineData("-C a eval .. ./b")]
    [InlineData("-C a/b vet ../../wrong")]
    public void An_argument_means_the_packages_that_it_means_to_cue(string line)
    {
        using Workspace workspace = new(Module);
        var arguments = line.Split(' ');
        Assert.Equal(workspace.RunOracle("", arguments), workspace.Run(arguments));
    }

    [Theory]
    [InlineData("module: \"ex.com/m\"\nlanguage: version: \"v0.9.0\"\n")]
    [InlineData("module: \"ex.com/m@v1\"\nlanguage: version: \"v0.9.0\"\n")]
    [InlineData("module: \"ex.com/m@v0\"\n")]
    [InlineData("module: \"ex.com/m@v0\"\nlanguage: version: \"v0.99.0\"\n")]
    [InlineData("module: \"ex.com/m@v0\"\nlanguage: version: \"0.8\"\n")]
    [InlineData("module: \"ex.com/m@v0\"\nlanguage: version: \"v0.4.0\"\n")]
    [InlineData("module: [\n")]
    [InlineData("")]
    [InlineData("language: version: \"v0.9.0\"\n")]
    [InlineData("module: \"m\"\nlanguage: version: \"v0.9.0\"\n")]
    [InlineData("module: \"ex.com/m@v0\"\nlanguage: version: \"v0.9.0\"\nfoo: 1\n")]
    [InlineData("package q\nmodule: \"ex.com/m@v0\"\nlanguage: version: \"v0.9.0\"\n")]
    [InlineData("x: \"ex.com/m@v0\"\nmodule: x\nlanguage: version: \"v0.9.0\"\n")]
    [InlineData("module: \"ex.com/m@v0\"\nlanguage: version: \"v0.9.0\"\ndeps: \"x.org/y@v0\": v: \"v0.1.0\"\n")]
    public void A_module_file_is_checked(string text)
    {
        using Workspace workspace = new(Module);
        workspace.Write("cue.mod/module.cue", text);
        Assert.Equal(workspace.RunOracle("", "eval", "."), workspace.Run("eval", "."));
    }

    [Fact]
    public void Without_a_module_there_are_no_imports()
    {
        using Workspace workspace = new("-- a.cue --\npackage a\n\nimport \"ex.com/m/sub\"\n\nx: sub.y\n-- sub/s.cue --\npackage sub\n\ny: 1\n");
        Assert.Equal(new Outcome(1, "", "import failed: imports are unavailable because there is no cue.mod/module.cue file:\n    ./a.cue:3:8\n"), workspace.Run("eval", "."));
        Assert.Equal(new Outcome(0, "y: 1\n", ""), workspace.Run("eval", "./sub"));
    }

    [Fact]
    public void A_package_is_all_its_files_up_to_the_root_of_the_module()
    {
        using Workspace workspace = new(Module);
        workspace.Write("a/b/a.cue", "package a\n\ndeep: w\n");
        Assert.Equal(new Outcome(0, "{\n    \"deep\": 2,\n    \"v\": 1,\n    \"w\": 2\n}\n", ""), workspace.Run("export", "./a/b:a"));
    }
}
