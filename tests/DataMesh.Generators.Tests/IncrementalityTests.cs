using DataMesh.Generators.Pipeline;
using DataMesh.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace DataMesh.Generators.Tests;

public sealed class IncrementalityTests
{
    private const string People = "package people\n\n#Person: {name: string}\n";

    private const string Orders = "package orders\n\n#Order: {total: number}\n#Line: {quantity: int}\n";

    [Fact]
    public void An_edit_in_CSharp_runs_no_step_again()
    {
        var session = new GeneratorSession(("identity.cue", Schemas.Article));
        session.Run();

        session.AddSource("class Added { }");
        GeneratorRun run = session.Run();

        Assert.All(
            new[] { StepNames.Options, StepNames.Files, StepNames.Packages, StepNames.Compilations, StepNames.Products },
            step => Assert.Equal(IncrementalStepRunReason.Cached, Assert.Single(run.Reasons(step).Distinct())));
        Assert.Equal(IncrementalStepRunReason.Cached, Assert.Single(run.OutputReasons.Distinct()));
    }

    [Theory]
    [InlineData("// A comment above everything.\n", "")]
    [InlineData("", "// A comment below everything.\n")]
    [InlineData("\n\n\n", "")]
    public void A_comment_added_to_a_schema_emits_nothing_again(string before, string after)
    {
        var session = new GeneratorSession(("identity.cue", Schemas.Article));
        IReadOnlyDictionary<string, string> sources = session.Run().Sources;

        session.Set("identity.cue", before + Schemas.Article + after);
        GeneratorRun run = session.Run();

        Assert.Equal(IncrementalStepRunReason.Modified, Assert.Single(run.Reasons(StepNames.Files)));
        Assert.Equal(IncrementalStepRunReason.Cached, Assert.Single(run.OutputReasons.Distinct()));
        Assert.Equal(sources, run.Sources);
    }

    [Fact]
    public void The_comment_that_is_the_title_of_the_document_emits_the_document_alone()
    {
        var session = new GeneratorSession(("identity.cue", Schemas.Article));
        session.Run();

        session.Set("identity.cue", "// What we know of people.\n\n" + Schemas.Article);

        Assert.Equal(["Example.IdentitySchema.g.cs"], session.Run().Emitted);
    }

    [Fact]
    public void Editing_one_package_emits_only_its_products_again()
    {
        var session = new GeneratorSession(("orders/order.cue", Orders), ("people/person.cue", People));
        session.Run();

        session.Set("people/person.cue", People + "#Team: {lead: #Person}\n");
        GeneratorRun run = session.Run();

        Assert.Equal([IncrementalStepRunReason.Cached, IncrementalStepRunReason.Modified], run.Reasons(StepNames.Compilations));
        Assert.Equal(["Example.People.PeopleSchema.g.cs", "Example.People.Team.g.cs"], run.Emitted);
    }

    [Fact]
    public void Editing_one_definition_emits_only_its_product_again()
    {
        var session = new GeneratorSession(("orders/order.cue", Orders));
        session.Run();

        session.Set("orders/order.cue", Orders.Replace("quantity: int", "quantity: int & >0", StringComparison.Ordinal));

        // The package's file holds the OpenAPI document, which is another now.
        Assert.Equal(["Example.Orders.Line.g.cs", "Example.Orders.OrdersSchema.g.cs"], session.Run().Emitted);
    }

    [Fact]
    public void A_package_that_imports_another_follows_its_changes()
    {
        const string Common = "package common\n\n#Name: =~\"^[A-Z]\"\n";
        var session = new GeneratorSession(
            ("cue.mod/module.cue", "module: \"example.com/shop@v0\"\nlanguage: version: \"v0.15.0\"\n"),
            ("common/name.cue", Common),
            ("people/person.cue", "package people\n\nimport \"example.com/shop/common\"\n\n#Person: {name: common.#Name}\n"));
        Assert.Empty(session.Run().Diagnostics);

        session.Set("common/name.cue", Common.Replace("#Name", "#Title", StringComparison.Ordinal));

        Assert.Equal(
            ["people/person.cue(5,24): error DM0002: #Person.name: undefined field: #Name"],
            session.Run().Diagnostics);
    }
}
