using System.Text;
using System.Text.Json;
using DataMesh.Json;
using DataMesh.Tests;

namespace DataMesh.Runtime.Tests.Json;

/// <summary>What the cursor takes for JSON, and where it says that a text is none.</summary>
public sealed class JsonCursorTests
{
    [Fact]
    public void Every_case_of_the_parsing_test_suite_is_judged_right()
    {
        string file = SharedFolder.Require("conformance/json/parsing.jsonl");
        var wrong = new List<string>();
        int count = 0;
        foreach (string line in File.ReadLines(file))
        {
            using JsonDocument test = JsonDocument.Parse(line);
            string expect = test.RootElement.GetProperty("expect").GetString()!;
            bool accepted = IsJson(test.RootElement.GetProperty("base64").GetBytesFromBase64());
            if (expect != "either" && accepted != (expect == "accept"))
                wrong.Add($"{test.RootElement.GetProperty("id").GetString()}: {(accepted ? "accepted" : "rejected")}");
            count++;
        }
        Assert.Empty(wrong);
        Assert.True(count > 300, $"only {count} cases");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[1,-0,0.5,1E+2,\"\\u00e9\\ud83d\\ude00\\/\",true,false,null,{\"a\":[]}]")]
    [InlineData(" \t\r\n0 ")]
    public void Documents_are_read_to_their_end(string json) => Assert.True(IsJson(Encoding.UTF8.GetBytes(json)));

    [Theory]
    [InlineData("", JsonErrorKind.UnexpectedEnd, 0)]
    [InlineData("{\"a\":1,}", JsonErrorKind.Name, 7)]
    [InlineData("{\"a\" 1}", JsonErrorKind.AfterName, 5)]
    [InlineData("{\"a\":1 \"b\":2}", JsonErrorKind.AfterMember, 7)]
    [InlineData("{a:1}", JsonErrorKind.Name, 1)]
    [InlineData("[1 2]", JsonErrorKind.AfterElement, 3)]
    [InlineData("[1,]", JsonErrorKind.Value, 3)]
    [InlineData("[", JsonErrorKind.UnexpectedEnd, 1)]
    [InlineData("01", JsonErrorKind.AfterDocument, 1)]
    [InlineData("-x", JsonErrorKind.InNumber, 1)]
    [InlineData("1.", JsonErrorKind.UnexpectedEnd, 2)]
    [InlineData("1.e2", JsonErrorKind.InNumber, 2)]
    [InlineData("1e+", JsonErrorKind.UnexpectedEnd, 3)]
    [InlineData("1e99999999999", JsonErrorKind.NumberRange, 0)]
    [InlineData("tru", JsonErrorKind.UnexpectedEnd, 3)]
    [InlineData("nul!", JsonErrorKind.InLiteral, 3)]
    [InlineData("NaN", JsonErrorKind.Value, 0)]
    [InlineData("\"a\nb\"", JsonErrorKind.InString, 2)]
    [InlineData("\"\\x\"", JsonErrorKind.InEscape, 2)]
    [InlineData("\"\\u00g0\"", JsonErrorKind.InHexEscape, 5)]
    [InlineData("\"\\udc00\"", JsonErrorKind.Surrogate, 1)]
    [InlineData("\"\\ud800\\u0041\"", JsonErrorKind.Surrogate, 1)]
    [InlineData("\"abc", JsonErrorKind.UnexpectedEnd, 4)]
    [InlineData("{} x", JsonErrorKind.AfterDocument, 3)]
    public void Errors_have_a_kind_and_a_place(string json, JsonErrorKind kind, int position)
    {
        var cursor = new JsonCursor(Encoding.UTF8.GetBytes(json));
        Assert.False(cursor.Skip(out _) && cursor.AtEnd());
        Assert.Equal((kind, position), (cursor.Error, cursor.Position));
    }

    [Theory]
    [InlineData(new byte[] { (byte)'"', 0xFF, (byte)'"' }, 1)]
    [InlineData(new byte[] { (byte)'"', (byte)'a', 0xC3, (byte)'"' }, 2)]
    [InlineData(new byte[] { (byte)'"', 0xED, 0xA0, 0x80, (byte)'"' }, 1)]
    [InlineData(new byte[] { (byte)'"', (byte)'\\', (byte)'n', 0xC0, 0x80, (byte)'"' }, 3)]
    public void Bytes_that_are_no_UTF8_are_an_error_at_their_place(byte[] json, int position)
    {
        var cursor = new JsonCursor(json);
        Assert.False(cursor.ReadString(out _));
        Assert.Equal((JsonErrorKind.Utf8, position), (cursor.Error, cursor.Position));
    }

    [Fact]
    public void A_byte_order_mark_is_taken_as_an_escape_only()
    {
        var cursor = new JsonCursor("\"é\ufeff\""u8);
        Assert.False(cursor.ReadString(out _));
        Assert.Equal((JsonErrorKind.ByteOrderMark, 3), (cursor.Error, cursor.Position));
        var escaped = new JsonCursor("\"\\ufeff\""u8);
        Assert.True(escaped.ReadString(out _));
    }

    [Theory]
    [InlineData("\"\"", "")]
    [InlineData("\"a\\\"b\\\\c\\/d\\b\\f\\n\\r\\te\"", "a\"b\\c/d\b\f\n\r\te")]
    [InlineData("\"\\u0041\\u00e9\\u20ac\\ud83d\\ude00x\"", "A\u00e9\u20ac\U0001F600x")]
    [InlineData("\"日本 \\u0000\"", "日本 \0")]
    public void Strings_are_unescaped(string json, string value)
    {
        var cursor = new JsonCursor(Encoding.UTF8.GetBytes(json));
        Assert.True(cursor.ReadString(out ReadOnlySpan<byte> text));
        Assert.Equal(value, Encoding.UTF8.GetString(text));
        Assert.True(cursor.AtEnd());
    }

    [Theory]
    [InlineData(255, JsonErrorKind.None)]
    [InlineData(256, JsonErrorKind.None)]
    [InlineData(257, JsonErrorKind.TooDeep)]
    [InlineData(1_000_000, JsonErrorKind.TooDeep)]
    public void Nesting_is_bounded(int depth, JsonErrorKind error)
    {
        byte[] json = Encoding.ASCII.GetBytes(new string('[', depth) + new string(']', depth));
        var cursor = new JsonCursor(json);
        Assert.Equal(error == JsonErrorKind.None, cursor.Skip(out _));
        Assert.Equal(error, cursor.Error);
    }

    [Theory]
    [InlineData("0", true, 0)]
    [InlineData("-0", true, 0)]
    [InlineData("9223372036854775807", true, long.MaxValue)]
    [InlineData("-9223372036854775808", true, long.MinValue)]
    [InlineData("9223372036854775808", false, 0)]
    [InlineData("1.0", false, 0)]
    [InlineData("1e2", false, 0)]
    public void Only_integers_in_range_are_integers(string json, bool fits, long value)
    {
        Assert.Equal(fits, Number(json).TryGetInt64(out long actual));
        if (fits)
            Assert.Equal(value, actual);
    }

    [Theory]
    [InlineData("36.0", "36.0")]
    [InlineData("-0.0", "0.0")]
    [InlineData("1e2", "100")]
    [InlineData("123456789012345678901234567.8", "123456789012345678901234567.8")]
    [InlineData("0.1234567890123456789012345678", "0.1234567890123456789012345678")]
    [InlineData("1.00000000000000000000000000000000000000", "1")]
    public void Decimals_are_exact(string json, string value)
    {
        Assert.True(Number(json).TryGetDecimal(out decimal actual));
        Assert.Equal(decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture), actual);
    }

    [Theory]
    [InlineData("0.12345678901234567890123456789")]
    [InlineData("1e29")]
    [InlineData("1e-29")]
    [InlineData("1e400")]
    public void A_decimal_that_would_be_rounded_is_none(string json) => Assert.False(Number(json).TryGetDecimal(out _));

    [Theory]
    [InlineData("130", "130", 0)]
    [InlineData("130.0", "130", 0)]
    [InlineData("1.3e2", "130", 0)]
    [InlineData("129.99999999999999999999999999999999999999", "130", -1)]
    [InlineData("130.00000000000000000000000000000000000001", "130", 1)]
    [InlineData("1e400", "130", 1)]
    [InlineData("-1e400", "130", -1)]
    [InlineData("1e-400", "0", 1)]
    [InlineData("-1e-400", "0", -1)]
    [InlineData("0e400", "0", 0)]
    [InlineData("-0.0", "0", 0)]
    [InlineData("-273.15", "-273.15", 0)]
    [InlineData("-273.16", "-273.15", -1)]
    [InlineData("115792089237316195423570985008687907853269984665640564039457584007913129639936",
        "115792089237316195423570985008687907853269984665640564039457584007913129639935", 1)]
    [InlineData("0.5", "1E-1", 1)]
    [InlineData("1E+400", "1E+400", 0)]
    public void Numbers_compare_by_their_exact_value(string json, string bound, int sign) =>
        Assert.Equal(sign, Math.Sign(Number(json).CompareTo(new NumberBound(Encoding.ASCII.GetBytes(bound)))));

    private static JsonNumber Number(string json)
    {
        var cursor = new JsonCursor(Encoding.ASCII.GetBytes(json));
        Assert.True(cursor.ReadNumber(out JsonNumber number));
        Assert.True(cursor.AtEnd());
        return number;
    }

    private static bool IsJson(byte[] utf8)
    {
        var cursor = new JsonCursor(utf8);
        return cursor.Skip(out _) && cursor.AtEnd();
    }
}
