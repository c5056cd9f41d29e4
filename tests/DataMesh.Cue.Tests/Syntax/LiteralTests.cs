using System.Text;
using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Tests.Syntax;

/// <summary>What literals mean, and how values are written as literals.</summary>
public sealed class LiteralTests
{
    [Theory]
    [InlineData("\"\"", "")]
    [InlineData("\"a\\n\\t\\\"\\\\\\/\"", "a\n\t\"\\/")]
    [InlineData("\"\\u00e9\\U0001F600\"", "é😀")]
    [InlineData("\"\\ud83d\\ude00\"", "😀")]
    [InlineData("#\"a\\n\\#n\"b\"#", "a\\n\n\"b")]
    [InlineData("\"\"\"\n\tfoo\n\n\t  bar\n\t\"\"\"", "foo\n\n  bar")]
    [InlineData("\"\"\"\n\t\"\"\"", "")]
    [InlineData("\"\"\"\n\n\t\"\"\"", "")]
    [InlineData("\"\"\"\r\n\tx\r\n\ty\r\n\t\"\"\"", "x\ny")]
    public void Strings_are_decoded(string literal, string expected)
    {
        Assert.True(Literals.TryUnquote(literal, out var value, out var error), error);
        Assert.False(value.IsBytes);
        Assert.Equal(expected, value.Text);
    }

    [Theory]
    [InlineData("'\\xff\\377\\u00ff'", "FFFFC3BF")]
    [InlineData("'a\\''", "6127")]
    [InlineData("'''\n  x\n  '''", "78")]
    [InlineData("'\\ud83d\\ude00'", "F09F9880")]
    public void Bytes_are_decoded(string literal, string expected)
    {
        Assert.True(Literals.TryUnquote(literal, out var value, out var error), error);
        Assert.True(value.IsBytes);
        Assert.Equal(expected, Convert.ToHexString(value.Bytes));
    }

    [Theory]
    [InlineData("\"\\ud83d\"")]
    [InlineData("\"\\ude00\"")]
    [InlineData("\"\\ud83d\\u0041\"")]
    [InlineData("'\\ud83d'")]
    public void Half_a_surrogate_pair_is_an_error(string literal)
    {
        Assert.False(Literals.TryUnquote(literal, out _, out var error));
        Assert.Equal("invalid string: unmatched surrogate pair", error);
    }

    [Theory]
    [InlineData("0", true, "0")]
    [InlineData("1_000", true, "1000")]
    [InlineData("0xBad_Face", true, "195951310")]
    [InlineData("0b1010", true, "10")]
    [InlineData("0o755", true, "493")]
    [InlineData("1.5G", true, "1500000000")]
    [InlineData("2Ki", true, "2048")]
    [InlineData(".5M", true, "500000")]
    [InlineData("0xffffffffffffffffffffffffffffffffff", true, "87112285931760246646623899502532662132735")]
    [InlineData("072.40", false, "072.40")]
    [InlineData(".25", false, "0.25")]
    [InlineData("5.", false, "5")]
    [InlineData("1.e+3", false, "1e+3")]
    [InlineData("1E6", false, "1e6")]
    public void Numbers_are_decoded(string literal, bool isInteger, string expected)
    {
        Assert.True(Literals.TryParseNumber(literal, out var value, out var error), error);
        Assert.Equal(isInteger, value.IsInteger);
        Assert.Equal(expected, value.Text);
    }

    [Fact]
    public void A_line_ends_a_string_that_has_one_line() => Assert.False(Literals.TryUnquote("\"a\nb\"", out _, out _));

    [Fact]
    public void A_multiplied_fraction_must_be_whole()
    {
        Assert.False(Literals.TryParseNumber("1.3Ki", out _, out var error));
        Assert.Equal("number cannot be represented as int", error);
    }

    [Theory]
    [InlineData("a\"b\\c\n\t\u0001é😀", "\"a\\\"b\\\\c\\n\\t\\u0001é😀\"")]
    public void Strings_are_quoted(string text, string expected)
    {
        Assert.Equal(expected, Literals.Quote(text));
        Assert.True(Literals.TryUnquote(Literals.Quote(text), out var value, out _));
        Assert.Equal(text, value.Text);
    }

    [Fact]
    public void Bytes_are_quoted() => Assert.Equal("'a\\'\\xffé'", Literals.QuoteBytes([.. "a'"u8, 0xFF, .. "é"u8]));

    [Fact]
    public void Every_code_point_survives_quoting()
    {
        var builder = new StringBuilder();
        for (var codePoint = 0; codePoint <= 0x10FFFF; codePoint += codePoint < 0x3000 ? 1 : 0x111)
        {
            if (codePoint is < 0xD800 or > 0xDFFF)
                builder.Append(char.ConvertFromUtf32(codePoint));
        }

        Assert.True(Literals.TryUnquote(Literals.Quote(builder.ToString()), out var value, out _));
        Assert.Equal(builder.ToString(), value.Text);
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("αβ_1$", true)]
    [InlineData("a-b", false)]
    [InlineData("1a", false)]
    [InlineData("", false)]
    [InlineData("_a", false)]
    [InlineData("#a", false)]
    [InlineData("true", true)]
    public void Labels_are_plain_or_need_quotes(string name, bool isPlain) => Assert.Equal(isPlain, Literals.IsPlainLabel(name));
}
