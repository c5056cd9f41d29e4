using DataMesh.Cue.RegularExpressions;

namespace DataMesh.Cue.Tests.RegularExpressions;

/// <summary>RE2 patterns in the words of ECMA-262.</summary>
public sealed class EcmaScriptPatternTests
{
    [Theory]
    [InlineData("^[A-Z]{3}$")]
    [InlineData("^(?:a|b)+?\\.[\\w.-]*$")]
    [InlineData("é+\\d{2,}")]
    public void Keeps_what_means_the_same(string pattern) => Assert.Equal(pattern, EcmaScriptPattern.Translate(pattern));

    [Theory]
    [InlineData("a.b", "a[^\\n]b")]
    [InlineData("(?s)a.b", "a[\\s\\S]b")]
    [InlineData("\\s+", "[\\t\\n\\u000C\\r ]+")]
    [InlineData("\\Aab\\z", "^ab$")]
    [InlineData("(?m)^a$", "(?<![^\\n])a(?![^\\n])")]
    [InlineData("(?i)k", "[Kk\u212A]")]
    [InlineData("\\Qa.b\\E", "a\\.b")]
    [InlineData("[[:alpha:]]+", "[A-Za-z]+")]
    [InlineData("\\p{Lu}", "\\p{Lu}")]
    [InlineData("(?P<x>a)", "(a)")]
    [InlineData("a{", "a\\{")]
    [InlineData("^*a", "(?:^)*a")]
    [InlineData("(?:ab|.)*", "(?:ab|[^\\n])*")]
    [InlineData("[]a]", "[\\]a]")]
    [InlineData("\\x{1F600}.", "\\u{1F600}[^\\n]")]
    public void Translates_what_does_not(string pattern, string expected) => Assert.Equal(expected, EcmaScriptPattern.Translate(pattern));

    [Fact]
    public void Refuses_classes_that_are_too_large() => Assert.Null(EcmaScriptPattern.Translate("[\\pL\\x{20000}5]"));
}
