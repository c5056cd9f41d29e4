using DataMesh.Cue.RegularExpressions;

namespace DataMesh.Cue.Tests.RegularExpressions;

public class SubmatchTests
{
    [Theory]
    [InlineData("a(b*)c", "xabbc", "1-5 2-4")]
    [InlineData("a|ab", "ab", "0-1")]
    [InlineData("ab|a", "ab", "0-2")]
    [InlineData("a*?", "aa", "0-0")]
    [InlineData("a+?b", "aab", "0-3")]
    [InlineData("(a)|(b)", "b", "0-1 -1--1 0-1")]
    [InlineData("(?:(a)|b)*", "ab", "0-2 0-1")]
    [InlineData("(a*)*", "b", "0-0 0-0")]
    [InlineData("(a*)+", "b", "0-0 0-0")]
    [InlineData("(|a)*", "aa", "0-0 0-0")]
    [InlineData("(|a)+", "aa", "0-0 0-0")]
    [InlineData("😀(.)", "x😀é", "1-4 3-4")]
    [InlineData("z", "abc", "none")]
    public void FindsTheLeftmostMatchAndItsGroups(string pattern, string text, string expected)
    {
        var match = RegularExpression.Parse(pattern).Find(text);
        var actual = match is null ? "none" : string.Join(" ", match.Chunk(2).Select(pair => pair[0] + "-" + pair[1]));
        Assert.Equal(expected, actual);
    }

    [Theory]
    [InlineData("a*", "baaac", -1, "|aaa|")]
    [InlineData("a", "banana", 2, "a|a")]
    [InlineData("a", "banana", 0, "")]
    [InlineData("\\b", "ab cd", -1, "|||")]
    [InlineData("^", "aa", -1, "")]
    [InlineData(".", "é😀", -1, "é|😀")]
    public void FindsAllMatchesOneAfterAnother(string pattern, string text, int limit, string expected)
    {
        var matches = RegularExpression.Parse(pattern).FindAll(text, limit);
        Assert.Equal(expected, string.Join("|", matches.Select(match => text.Substring(match[0], match[1] - match[0]))));
    }

    [Fact]
    public void NamesGroups() =>
        Assert.Equal(["", "first", "", "last"], RegularExpression.Parse("(?P<first>a)(b)(?<last>c)").GroupNames);

    [Theory]
    [InlineData("a(x*)b", "-ab-axxb-", "$1", "--xx-")]
    [InlineData("a(x*)b", "-ab-axxb-", "$1W", "---")]
    [InlineData("a(x*)b", "-ab-axxb-", "${1}W", "-W-xxW-")]
    [InlineData("(?P<k>\\w)=(?P<v>\\w)", "a=b", "$v=$k", "b=a")]
    [InlineData("a", "banana", "$$$0", "b$an$an$a")]
    [InlineData("a", "banana", "$", "b$n$n$")]
    [InlineData("a", "ba", "${x", "b${x")]
    [InlineData("a", "ba", "$01x$9", "b")]
    [InlineData("", "ab", "-", "-a-b-")]
    [InlineData("a*", "baac", "x", "xbxcx")]
    [InlineData("b|", "abc", "-", "-a-c-")]
    public void ReplacesMatchesByTemplates(string pattern, string text, string template, string expected) =>
        Assert.Equal(expected, RegularExpression.Parse(pattern).ReplaceAll(text, template));

    [Fact]
    public void ReplacesMatchesByTextAsItStands() =>
        Assert.Equal("b$1n$1n$1", RegularExpression.Parse("(a)").ReplaceAllLiteral("banana", "$1"));

    [Fact]
    public void QuotesWhatHasAMeaning()
    {
        const string Text = @"a.b*c+d?e(f)g[h]i{j}k^l$m\n|é";
        var quoted = RegularExpression.Quote(Text);
        Assert.Equal(@"a\.b\*c\+d\?e\(f\)g\[h\]i\{j\}k\^l\$m\\n\|é", quoted);
        Assert.True(RegularExpression.Parse("^" + quoted + "$").IsMatch(Text));
    }
}
