using System.Globalization;
using DataMesh.Generators.Tests.Harness;

namespace DataMesh.Generators.Tests;

/// <summary>The machine's language changes no byte of what is generated or reported.</summary>
public sealed class CultureTests
{
    // Names that a Turkish I, a Swedish minus and sorting by language would change.
    private const string Schema = """
        package insights

        #Item: {
        	id:      int & >=-10
        	title:   =~"^[A-Z]"
        	initial: *-1.5 | number
        	ISIN?:   "ii" | "II" | "ız"
        	ångström?: int
        	zeta?:   [...#Item]
        }

        """;

    private const string Broken = "package insights\n\n#Item: {id: int & >=-10 & <=-1000, title: nowhere, \n";

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("sv-SE")]
    [InlineData("fi-FI")]
    public void Sources_and_diagnostics_are_the_same(string culture)
    {
        (IReadOnlyDictionary<string, string> sources, string[] diagnostics) = InCulture("");

        (IReadOnlyDictionary<string, string> otherSources, string[] otherDiagnostics) = InCulture(culture);

        Assert.NotEmpty(sources);
        Assert.Equal(sources, otherSources);
        Assert.NotEmpty(diagnostics);
        Assert.Equal(diagnostics, otherDiagnostics);
    }

    private static (IReadOnlyDictionary<string, string> Sources, string[] Diagnostics) InCulture(string name)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo beforeUI = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(name);
            GeneratorRun valid = new GeneratorSession(("item.cue", Schema)).Run();
            Assert.Empty(valid.Diagnostics);
            return (valid.Sources, new GeneratorSession(("item.cue", Broken)).Run().Diagnostics);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
            CultureInfo.CurrentUICulture = beforeUI;
        }
    }
}
