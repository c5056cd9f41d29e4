using System.Reflection;
using DataMesh.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace DataMesh.Generators.Tests;

public sealed class DiagnosticCatalogueTests
{
    private static readonly DiagnosticDescriptor[] Descriptors = [.. typeof(DiagnosticCatalogue)
        .GetFields(BindingFlags.Static | BindingFlags.Public)
        .Select(static field => field.GetValue(null))
        .OfType<DiagnosticDescriptor>()];

    public static TheoryData<string> Ids => [.. Descriptors.Select(static descriptor => descriptor.Id)];

    [Fact]
    public void Ids_are_unique() => Assert.Equal(Descriptors.Length, Descriptors.DistinctBy(static descriptor => descriptor.Id).Count());

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_id_has_a_title_a_description_and_a_documented_section(string id)
    {
        DiagnosticDescriptor descriptor = Descriptors.Single(descriptor => descriptor.Id == id);

        Assert.NotEmpty(descriptor.Title.ToString());
        Assert.NotEmpty(descriptor.Description.ToString());
        Assert.EndsWith("docs/diagnostics.md#" + id.ToLowerInvariant(), descriptor.HelpLinkUri);
        string section = Section(ReadRepositoryFile("docs", "diagnostics.md"), id);
        Assert.StartsWith("**" + descriptor.Title + ".**", section.Replace("`", "", StringComparison.Ordinal));
    }

    [Fact]
    public void The_document_has_no_section_without_a_diagnostic()
    {
        string[] sections = [.. ReadRepositoryFile("docs", "diagnostics.md").Split('\n')
            .Where(static line => line.StartsWith("## ", StringComparison.Ordinal))
            .Select(static line => line[3..])];

        Assert.Equal(Descriptors.Select(static descriptor => descriptor.Id).Order(StringComparer.Ordinal), sections);
    }

    private static string Section(string document, string id)
    {
        int start = document.IndexOf("## " + id + "\n\n", StringComparison.Ordinal);
        Assert.True(start >= 0, "no section " + id);
        return document[(start + id.Length + 5)..];
    }

    private static string ReadRepositoryFile(params string[] path) => File.ReadAllText(Path.Combine([RepositoryRoot(), .. path]));

    private static string RepositoryRoot()
    {
        string? directory = AppContext.BaseDirectory;
        while (directory is not null && !File.Exists(Path.Combine(directory, "DataMesh.Generators.sln")))
            directory = Path.GetDirectoryName(directory);
        return directory ?? throw new InvalidOperationException("The tests run outside the repository.");
    }
}
