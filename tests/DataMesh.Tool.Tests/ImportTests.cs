using DataMesh.Cue.Load;
using DataMesh.Cue.Values;

namespace DataMesh.Tool.Tests;

/// <summary>What is made of packages that others import.</summary>
public sealed class ImportTests
{
    [Theory]
    [InlineData("{either: #Foo}", "imported & {either: other: 1}", "out.either.other: field not allowed")]
    [InlineData("if true {either: #Foo}", "imported & {either: other: 1}", "out.either.other: field not allowed")]
    [InlineData("{either: [...#Foo]}", "imported & {either: [{other: 1}]}", "out.either.0.other: field not allowed")]
    [InlineData("#Foo", "imported & {other: 1}", "out.other: field not allowed")]
    public void What_a_file_embeds_closes_as_where_it_is_imported(string embedded, string value, string error) =>
        Assert.Equal([error], Errors(embedded, value));

    [Theory]
    [InlineData("{either: #Foo}", "imported & {more: 1}")]
    [InlineData("{either: #Foo}", "{imported, either: other: 1}")]
    [InlineData("#Foo", "{imported, other: 1}")]
    public void What_embeds_the_package_extends_it(string embedded, string value) => Assert.Empty(Errors(embedded, value));

    [Fact]
    public void What_is_wrong_with_the_sources_of_an_imported_package_is_told_where_it_is()
    {
        MemorySources sources = new(
        [
            KeyValuePair.Create("/cue.mod/module.cue", "module: \"mod.test\"\nlanguage: version: \"v0.14.0\"\n"),
            KeyValuePair.Create("/in.cue", "package main\n\nimport \"mod.test/b\"\n\nx: b.v\n"),
            KeyValuePair.Create("/b/b.cue", "package b\n\nimport \"mod.test/c\"\n\nv: c.w\n"),
            KeyValuePair.Create("/c/c.cue", "package c\n\nw: p: nope\nq: none\n"),
        ]);
        LoadedInstance loaded = Assert.Single(new InstanceLoader(sources, "/").LoadPackages("."));
        CueInstance instance = new CueContext(new CueOptions { Loader = loaded.Loader }).Build(loaded.Files);
        Assert.Equal(
            ["w.p: reference \"nope\" not found @3:7", "q: reference \"none\" not found @4:4"],
            instance.Errors.Select(static error => $"{error} @{error.Place.Line}:{error.Place.Column}"));
    }

    private static IEnumerable<string> Errors(string embedded, string value)
    {
        MemorySources sources = new(
        [
            KeyValuePair.Create("/cue.mod/module.cue", "module: \"mod.test\"\nlanguage: version: \"v0.14.0\"\n"),
            KeyValuePair.Create("/in.cue", $"package main\n\nimport \"mod.test/imported\"\n\nout: {value}\n"),
            KeyValuePair.Create("/imported/imported.cue", $"package imported\n\n#Foo: foo: _\n\n{embedded}\n"),
        ]);
        LoadedInstance loaded = Assert.Single(new InstanceLoader(sources, "/").LoadPackages("."));
        Assert.Empty(loaded.Errors);
        return new CueContext(new CueOptions { Loader = loaded.Loader }).Build(loaded.Files).Value.Validate().Select(static error => error.ToString());
    }
}
