using System.Text;
using DataMesh.Cue.RegularExpressions;

namespace DataMesh.Cue.Tests.RegularExpressions;

public class RegularExpressionTests
{
    [Theory]
    [InlineData("[A-Z].*", "Ada", true)]
    [InlineData("[A-Z].*", "ada", false)]
    [InlineData("^[a-z0-9._%+-]+@[a-z0-9.-]+\\.[a-z]{2,}$", "john.doe@example.com", true)]
    [InlineData("^[a-z0-9._%+-]+@[a-z0-9.-]+\\.[a-z]{2,}$", "john.doe@example", false)]
    [InlineData("a$", "a\n", false)]
    [InlineData("(?m)a$", "a\n", true)]
    [InlineData("(?m)^b", "a\nb", true)]
    [InlineData("^b", "a\nb", false)]
    [InlineData("a.b", "a\nb", false)]
    [InlineData("(?s)a.b", "a\nb", true)]
    [InlineData("^.$", "😀", true)]
    [InlineData("^.$", "e\u0301", false)]
    [InlineData("\\d", "٣", false)]
    [InlineData("\\p{Nd}", "٣", true)]
    [InlineData("\\bfoo\\b", "a foo b", true)]
    [InlineData("\\bfoo\\b", "afoo b", false)]
    [InlineData("\\bé", "é", false)]
    [InlineData("\\Bé", "é", true)]
    [InlineData("(?i)k", "\u212A", true)]
    [InlineData("(?i)ſ", "S", true)]
    [InlineData("(?i)σ", "ς", true)]
    [InlineData("(?i)i", "İ", false)]
    [InlineData("(?i)ı", "I", false)]
    [InlineData("(?i)[^k]", "\u212A", false)]
    [InlineData("(?i)\\p{Lu}", "a", true)]
    [InlineData("(?i)\\w", "ſ", true)]
    [InlineData("^\\p{Greek}+$", "λόγος", true)]
    [InlineData("^\\p{lowercase letter}$", "ß", true)]
    [InlineData("\\P{L}", "x1", true)]
    [InlineData("^[[:alpha:]]+$", "abc", true)]
    [InlineData("^[^[:space:]]+$", "a b", false)]
    [InlineData("^\\Qa.b\\E$", "a.b", true)]
    [InlineData("^\\Qa.b\\E$", "axb", false)]
    [InlineData("^(a|b)*?c{2,3}$", "abbaccc", true)]
    [InlineData("^(a|b)*?c{2,3}$", "abbacccc", false)]
    [InlineData("^(?:|a)*b$", "aaab", true)]
    [InlineData("x{,5}", "x{,5}", true)]
    [InlineData("[^\\x00-\\x{10FFFF}]", "a", false)]
    [InlineData("", "", true)]
    [InlineData("$^", "", true)]
    [InlineData("(?m)$\\n^$", "\n", true)]
    [InlineData("\\z", "abc", true)]
    [InlineData("^abc$", "abc", true)]
    [InlineData("^abc$", "abcd", false)]
    [InlineData("abc$", "xabc", true)]
    [InlineData("日本", "今日本語", true)]
    public void MatchesAsGoDoes(string pattern, string text, bool expected)
    {
        var expression = RegularExpression.Parse(pattern);
        var utf8 = Encoding.UTF8.GetBytes(text);
        Assert.Equal(expected, expression.IsMatch(text));
        Assert.Equal(expected, expression.IsMatch(utf8));
        Assert.Equal(expected, expression.Find(text) is not null);
        if (expression.TryBuildDfa(64) is { } tables)
            Assert.Equal(expected, tables.IsMatch(utf8));
    }

    [Theory]
    [InlineData("a)b", "unexpected ): `a)b`")]
    [InlineData("(a", "missing closing ): `(a`")]
    [InlineData("[a", "missing closing ]: `[a`")]
    [InlineData("x[b-a]", "invalid character class range: `b-a`")]
    [InlineData("\\p{Foo}x", "invalid character class range: `\\p{Foo}`")]
    [InlineData("\\p{Old_Italic}", "invalid character class range: `\\p{Old_Italic}`")]
    [InlineData("[[:foo:]]", "invalid character class range: `[:foo:]`")]
    [InlineData("*", "missing argument to repetition operator: `*`")]
    [InlineData("a|*?", "missing argument to repetition operator: `*?`")]
    [InlineData("a**", "invalid nested repetition operator: `**`")]
    [InlineData("a{2}{3}b", "invalid nested repetition operator: `{2}{3}`")]
    [InlineData("a{1001}", "invalid repeat count: `{1001}`")]
    [InlineData("a{2,1}", "invalid repeat count: `{2,1}`")]
    [InlineData("(a{100}){11}", "invalid repeat count: `{11}`")]
    [InlineData("\\1", "invalid escape sequence: `\\1`")]
    [InlineData("\\x{110000}", "invalid escape sequence: `\\x{110000`")]
    [InlineData("[\\z]", "invalid escape sequence: `\\z`")]
    [InlineData("a\\", "trailing backslash at end of expression: ``")]
    [InlineData("(?=a)", "invalid or unsupported Perl syntax: `(?=`")]
    [InlineData("(?i-)a", "invalid or unsupported Perl syntax: `(?i-)`")]
    [InlineData("(?P<n", "invalid named capture: `(?P<n`")]
    [InlineData("(?<n-m>a)", "invalid named capture: `(?<n-m>`")]
    [InlineData("(?<=a)b", "invalid named capture: `(?<=a)b`")]
    public void RefusesInGosWords(string pattern, string expected)
    {
        var exception = Assert.Throws<RegularExpressionException>(() => RegularExpression.Parse(pattern));
        Assert.Equal("error parsing regexp: " + expected, exception.Message);
    }

    [Fact]
    public void RefusesWhatNestsTooDeeplyOrIsTooLarge()
    {
        var deepest = new string('(', 999) + "a" + new string(')', 999);
        Assert.True(RegularExpression.Parse(deepest).IsMatch("a"));
        var deeper = "(" + deepest + ")";
        Assert.Equal(
            "error parsing regexp: expression nests too deeply: `" + deeper + "`",
            Assert.Throws<RegularExpressionException>(() => RegularExpression.Parse(deeper)).Message);
        var large = "(" + new string('a', 4000) + "){1000}";
        Assert.Equal(
            "error parsing regexp: expression too large: `" + large + "`",
            Assert.Throws<RegularExpressionException>(() => RegularExpression.Parse(large)).Message);
        Assert.Throws<RegularExpressionException>(() => RegularExpression.Parse(new string('(', 200_000)));
    }

    [Fact]
    public void TakesTheDeepestPatternsOnASmallStack()
    {
        var pattern = string.Concat(Enumerable.Repeat("(?:", 998)) + "a" + string.Concat(Enumerable.Repeat(")*", 998));
        var matches = false;
        var thread = new Thread(() => matches = RegularExpression.Parse(pattern).Find("aa") is [0, 2], 256 * 1024);
        thread.Start();
        thread.Join();
        Assert.True(matches);
    }

    [Theory]
    [InlineData("(?:a?){30}a{30}", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", true)]
    [InlineData("^(a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", false)]
    [InlineData("(x+x+)+y", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", false)]
    public void TakesLinearTime(string pattern, string text, bool expected)
    {
        var expression = RegularExpression.Parse(pattern);
        Assert.Equal(expected, expression.IsMatch(text));
        Assert.Equal(expected, expression.Find(text) is not null);
    }

    [Fact]
    public void MatchesWhereTheStatesOutgrowTheirBudget()
    {
        // The automaton has to remember the last 20 characters: a million states, more than are kept.
        var expression = RegularExpression.Parse("a.{20}b$");
        var random = new Random(1);
        var text = new StringBuilder();
        for (var i = 0; i < 30_000; i++)
            text.Append(random.Next(2) == 0 ? 'a' : 'c');
        text.Append('a').Append('c', 20);
        Assert.False(expression.IsMatch(text.ToString()));
        text.Append('b');
        Assert.True(expression.IsMatch(text.ToString()) == (text[text.Length - 22] == 'a'));
        Assert.Equal(expression.IsMatch(text.ToString()), expression.IsMatch(Encoding.UTF8.GetBytes(text.ToString())));
    }

    [Fact]
    public void AllocatesNothingOnceItsStatesAreKnown()
    {
        var expression = RegularExpression.Parse("^[A-Z][\\p{L} '-]*(son)?$");
        var name = Encoding.UTF8.GetBytes("Åsa Björk-Larsson").AsSpan();
        ReadOnlySpan<char> text = "Astrid Björk-Larsson";
        expression.IsMatch(name);
        expression.IsMatch(text);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var first = expression.IsMatch(name);
        var second = expression.IsMatch(text);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.False(first);
        Assert.True(second);
    }

    [Fact]
    public void ServesThreadsThatBuildItsStatesTogether()
    {
        var expression = RegularExpression.Parse("(a|b)*a(a|b){8}c$");
        var texts = new string[64];
        for (var i = 0; i < texts.Length; i++)
            texts[i] = Convert.ToString(i * 2654435761L % 4096 + 4096, 2).Replace('0', 'a').Replace('1', 'b') + "c";
        Parallel.For(0, 2000, i =>
        {
            var text = texts[i % texts.Length];
            var expected = text[text.Length - 10] == 'a';
            Assert.Equal(expected, expression.IsMatch(text));
            Assert.Equal(expected, expression.Find(text) is not null);
        });
    }

    [Fact]
    public void ReadsIllFormedTextAsReplacementCharacters()
    {
        var expression = RegularExpression.Parse("^a\\x{FFFD}b$");
        Assert.True(expression.IsMatch("a\uD800b"));
        Assert.True(expression.IsMatch("a\uDC00b"));
        Assert.True(expression.IsMatch([(byte)'a', 0xFF, (byte)'b']));
        Assert.True(expression.IsMatch([(byte)'a', 0xC3, (byte)'b']));
        Assert.False(expression.IsMatch([(byte)'a', 0xE2, 0x82, (byte)'b']));
        Assert.True(RegularExpression.Parse("^a..b$").IsMatch([(byte)'a', 0xE2, 0x82, (byte)'b']));
        Assert.True(RegularExpression.Parse("^...$").IsMatch([0xED, 0xA0, 0x80]));
    }

    [Theory]
    [InlineData("[A-Z].*", 1)]
    [InlineData("^[a-z]+$", 2)]
    [InlineData("^\\d{4}-\\d{2}-\\d{2}$", 11)]
    public void GivesSmallAutomataAsTables(string pattern, int states)
    {
        var tables = RegularExpression.Parse(pattern).TryBuildDfa(64);
        Assert.NotNull(tables);
        Assert.Equal(states, tables.StateCount);
        Assert.Equal(tables.StateCount * tables.ClassCount, tables.Transitions.Length);
    }

    [Fact]
    public void GivesNoTablesForLargeAutomata() =>
        Assert.Null(RegularExpression.Parse("a.{10}b$").TryBuildDfa(64));
}
