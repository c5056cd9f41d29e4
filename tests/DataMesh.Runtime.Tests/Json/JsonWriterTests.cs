using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text;
using DataMesh.Json;

namespace DataMesh.Runtime.Tests.Json;

/// <summary>The bytes that generated writers write.</summary>
public sealed class JsonWriterTests
{
    private delegate void Write(JsonWriter writer);

    [Theory]
    [InlineData("", "\"\"")]
    [InlineData("plain <b>&amp;</b> '", "\"plain <b>&amp;</b> '\"")]
    [InlineData("\"\\/\b\f\n\r\t", "\"\\\"\\\\/\\b\\f\\n\\r\\t\"")]
    [InlineData("\0\u001f\u007f", "\"\\u0000\\u001f\u007f\"")]
    [InlineData("é日本\U0001F600\u2028\u2029", "\"é日本\U0001F600\\u2028\\u2029\"")]
    [InlineData("\"\U0001F600\"", "\"\\\"\U0001F600\\\"\"")]
    public void Strings_are_escaped_as_cue_escapes_them(string value, string json) => Assert.Equal(json, Written(w => w.String(value)));

    [Fact]
    public void Half_a_surrogate_pair_never_reads_back_as_something_else()
    {
        string[] broken = ["a\ud800", "\udc00b", "\ud800\ud800\udc00"];
        foreach (string value in broken)
        {
            var cursor = new JsonCursor(Encoding.UTF8.GetBytes(Written(w => w.String(value))));
            Assert.False(cursor.ReadString(out _));
            Assert.Equal(JsonErrorKind.Surrogate, cursor.Error);
        }
    }

    [Fact]
    public void Numbers_keep_their_value_and_kind()
    {
        Assert.Equal("-9223372036854775808", Written(static w => w.Number(long.MinValue)));
        Assert.Equal("18446744073709551615", Written(static w => w.Number(ulong.MaxValue)));
        Assert.Equal("-170141183460469231731687303715884105728", Written(static w => w.Integer(Int128.MinValue)));
        Assert.Equal("12345678901234567890123456789012345678901", Written(static w => w.Integer(BigInteger.Parse("12345678901234567890123456789012345678901", CultureInfo.InvariantCulture))));
        Assert.Equal("1.50", Written(static w => w.Number(1.50m)));
        Assert.Equal("100", Written(static w => w.Number(100m)));
        Assert.Equal("100.0", Written(static w => w.Number(100m, isFloat: true)));
        Assert.Equal("-79228162514264337593543950335.0", Written(static w => w.Number(decimal.MinValue, isFloat: true)));
        Assert.Equal("0.1", Written(static w => w.Number(0.1)));
        Assert.Equal("100.0", Written(static w => w.Number(100.0)));
        Assert.Equal("1E+300", Written(static w => w.Number(1e300)));
        Assert.Equal("0.1", Written(static w => w.Number(0.1f)));
        Assert.Equal("null", Written(static w => w.Number(double.NaN)));
        Assert.Equal("null", Written(static w => w.Number(float.NegativeInfinity)));
    }

    [Fact]
    public void Times_and_durations_have_the_form_that_the_schema_takes()
    {
        Assert.Equal("\"2024-02-29T12:00:00.5+01:30\"",
            Written(static w => w.Time(new DateTimeOffset(2024, 2, 29, 12, 0, 0, 500, new TimeSpan(1, 30, 0)))));
        Assert.Equal("\"0001-01-01T00:00:00Z\"", Written(static w => w.Time(DateTimeOffset.MinValue)));
        Assert.Equal("\"0s\"", Written(static w => w.Duration(TimeSpan.Zero)));
        Assert.Equal("\"-1h0.0000001s\"", Written(static w => w.Duration(-TimeSpan.FromHours(1) - TimeSpan.FromTicks(1))));
        Assert.Equal("\"256204778h48m5.4775808s\"".Length, Written(static w => w.Duration(TimeSpan.MaxValue)).Length);
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("sv-SE")]
    [InlineData("fi-FI")]
    public void The_culture_changes_no_byte(string name)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo(name);
            Assert.Equal("-1-1.5-2.5-1\"2024-01-02T03:04:05Z\"\"1.5s\"", Written(static w =>
            {
                w.Number(-1L);
                w.Number(-1.5m);
                w.Number(-2.5);
                w.Integer(BigInteger.MinusOne);
                w.Time(new DateTimeOffset(2024, 1, 2, 3, 4, 5, TimeSpan.Zero));
                w.Duration(TimeSpan.FromSeconds(1.5));
            }));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static string Written(Write write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(new JsonWriter(output));
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
