using System.Globalization;
using System.Numerics;
using DataMesh.Cue.Numerics;

namespace DataMesh.Cue.Tests.Numerics;

public class BigDecimalTests
{
    [Theory]
    [InlineData("1", "1")]
    [InlineData("-0", "0")]
    [InlineData("-0.0", "0.0")]
    [InlineData("1.50", "1.50")]
    [InlineData("01.5", "1.5")]
    [InlineData(".5", "0.5")]
    [InlineData("1.", "1")]
    [InlineData("1e0", "1")]
    [InlineData("1e3", "1E+3")]
    [InlineData("1.5E+10", "1.5E+10")]
    [InlineData("1e400", "1E+400")]
    [InlineData("1e-6", "0.000001")]
    [InlineData("0.0000001", "1E-7")]
    [InlineData("0.00000012", "1.2E-7")]
    [InlineData("123e-8", "0.00000123")]
    [InlineData("0e10", "0E+10")]
    [InlineData("0e-10", "0.0000000000")]
    [InlineData("0e-2001", "0E-2001")]
    [InlineData("-9223372036854775808", "-9223372036854775808")]
    [InlineData("9223372036854775808", "9223372036854775808")]
    [InlineData("12345678901234567890123456789012345678901234567890", "12345678901234567890123456789012345678901234567890")]
    [InlineData("-1234567890123456789.123456789012345678901", "-1234567890123456789.123456789012345678901")]
    public void WritesNumbersAsCueDoes(string text, string expected) =>
        Assert.Equal(expected, BigDecimal.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("e5")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("1.2.3")]
    [InlineData("1_000")]
    [InlineData(" 1")]
    [InlineData("0x10")]
    [InlineData("１")]
    public void RefusesWhatIsNoNumber(string text)
    {
        Assert.Equal(NumberParseResult.Invalid, BigDecimal.TryParse(text.AsSpan(), out _));
        Assert.Equal(NumberParseResult.Invalid, BigDecimal.TryParse(System.Text.Encoding.UTF8.GetBytes(text), out _));
    }

    [Theory]
    [InlineData("1e100001")]
    [InlineData("15e100000")]
    [InlineData("1e-100001")]
    [InlineData("0e100001")]
    [InlineData("1e99999999999999999999")]
    [InlineData("1e-99999999999999999999")]
    public void RefusesExponentsOutOfRange(string text)
    {
        Assert.Equal(NumberParseResult.ExponentOutOfRange, BigDecimal.TryParse(text.AsSpan(), out _));
        Assert.Equal(NumberKind.ExponentOutOfRange, NumberText.Classify(System.Text.Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void TakesIntegersOfAnyLength()
    {
        var text = "1" + new string('0', 150_000);
        Assert.Equal(NumberParseResult.Success, BigDecimal.TryParse(text.AsSpan(), out var value));
        Assert.Equal(text, value.ToString());
    }

    [Theory]
    [InlineData("1", "1.0", 0)]
    [InlineData("1.50", "1.5", 0)]
    [InlineData("-1", "1", -1)]
    [InlineData("1e3", "1000", 0)]
    [InlineData("1e3", "999.9999", 1)]
    [InlineData("-1e3", "-999.9999", -1)]
    [InlineData("0", "-0.00", 0)]
    [InlineData("1e100000", "1e-100000", 1)]
    [InlineData("1e100000", "10e99999", 0)]
    [InlineData("0.1", "0.10000000000000000000000000000000000000000001", -1)]
    [InlineData("18446744073709551616", "18446744073709551615.9", 1)]
    [InlineData("340282366920938463463374607431768211455", "340282366920938463463374607431768211456", -1)]
    [InlineData("3402823669209384634633746074317682114550e-1", "340282366920938463463374607431768211455", 0)]
    [InlineData("9007199254740993", "9007199254740992.9999999999999999", 1)]
    [InlineData("-5", "-4", -1)]
    [InlineData("140", "130", 1)]
    [InlineData("129.99999", "130", -1)]
    [InlineData("-0.1", "0", -1)]
    public void ComparesByValue(string left, string right, int expected)
    {
        var x = BigDecimal.Parse(left);
        var y = BigDecimal.Parse(right);
        Assert.Equal(expected, x.CompareTo(y));
        Assert.Equal(-expected, y.CompareTo(x));
        Assert.Equal(expected, Math.Sign(NumberText.Compare(System.Text.Encoding.UTF8.GetBytes(left), y)));
        Assert.Equal(-expected, Math.Sign(NumberText.Compare(System.Text.Encoding.UTF8.GetBytes(right), x)));
        if (expected == 0)
            Assert.Equal(x.GetHashCode(), y.GetHashCode());
    }

    [Fact]
    public void ComparesTextWithExponentsBeyondTheRange()
    {
        Assert.True(NumberText.Compare("1e1000000000000"u8, BigDecimal.Parse("1e100000")) > 0);
        Assert.True(NumberText.Compare("-1e1000000000000"u8, BigDecimal.Parse("1")) < 0);
        Assert.True(NumberText.Compare("1e-999999999999999999999999"u8, BigDecimal.Zero) > 0);
        Assert.True(NumberText.Compare("5"u8, BigDecimal.PositiveInfinity) < 0);
        Assert.True(NumberText.Compare("5"u8, BigDecimal.NegativeInfinity) > 0);
    }

    [Fact]
    public void ComparesTextWithoutAllocation()
    {
        var small = BigDecimal.Parse("130");
        var large = BigDecimal.Parse("340282366920938463463374607431768211455");
        NumberText.Compare("340282366920938463463374607431768211454"u8, large);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var sum = NumberText.Compare("140"u8, small) + NumberText.Compare("1.5e2"u8, small)
            + NumberText.Compare("340282366920938463463374607431768211454"u8, large);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(1, sum);
    }

    [Theory]
    [InlineData("0", NumberKind.Integer)]
    [InlineData("-0", NumberKind.Integer)]
    [InlineData("1.0", NumberKind.Float)]
    [InlineData("1e2", NumberKind.Float)]
    [InlineData("1E+2", NumberKind.Float)]
    [InlineData("01", NumberKind.Invalid)]
    [InlineData("1.", NumberKind.Invalid)]
    [InlineData(".5", NumberKind.Invalid)]
    [InlineData("+1", NumberKind.Invalid)]
    [InlineData("1e", NumberKind.Invalid)]
    [InlineData("1e+", NumberKind.Invalid)]
    [InlineData("1 ", NumberKind.Invalid)]
    [InlineData("-", NumberKind.Invalid)]
    [InlineData("", NumberKind.Invalid)]
    public void ClassifiesJsonNumbers(string text, object expected) =>
        Assert.Equal((NumberKind)expected, NumberText.Classify(System.Text.Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void OrdersNaNBelowEverythingAndEqualToItself()
    {
        Assert.Equal(BigDecimal.NaN, BigDecimal.NaN);
        Assert.True(BigDecimal.NaN < BigDecimal.NegativeInfinity);
        Assert.True(BigDecimal.NegativeInfinity < BigDecimal.Parse("-1e100000"));
        Assert.True(BigDecimal.PositiveInfinity > BigDecimal.Parse("1e100000"));
        Assert.Equal("NaN", BigDecimal.NaN.ToString());
        Assert.Equal("-Infinity", BigDecimal.NegativeInfinity.ToString());
    }

    [Theory]
    [InlineData(0.1, "0.1")]
    [InlineData(-0.0, "-0")]
    [InlineData(100.0, "1E+2")]
    [InlineData(120.5, "120.5")]
    [InlineData(1e50, "1E+50")]
    [InlineData(9.332621544394423e155, "9.332621544394423E+155")]
    [InlineData(5e-324, "5E-324")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    public void TakesTheShortestTextOfADouble(double value, string expected)
    {
        var number = BigDecimal.FromDouble(value);
        Assert.Equal(expected, number.ToString());
        Assert.Equal(value, number.ToDouble());
    }

    [Fact]
    public void ConvertsToIntegersOnlyWhatHasNoFractionAndFits()
    {
        Assert.True(BigDecimal.Parse("1.0").TryToInt64(out var one) && one == 1);
        Assert.True(BigDecimal.Parse("1e2").TryToInt64(out var hundred) && hundred == 100);
        Assert.False(BigDecimal.Parse("1.5").TryToInt64(out _));
        Assert.False(BigDecimal.Parse("1e100000").TryToInt64(out _));
        Assert.False(BigDecimal.Parse("9223372036854775808").TryToInt64(out _));
        Assert.True(BigDecimal.Parse("18446744073709551615").TryToUInt64(out var max) && max == ulong.MaxValue);
        Assert.False(BigDecimal.Parse("-1").TryToUInt64(out _));
        Assert.False(BigDecimal.NaN.TryToInt64(out _));
        Assert.True(BigDecimal.Parse("1e30").TryToBigInteger(out var big) && big == BigInteger.Pow(10, 30));
    }

    [Theory]
    [InlineData("2.5", "2", "3", "3", "2")]
    [InlineData("-2.5", "-3", "-2", "-3", "-2")]
    [InlineData("3.5", "3", "4", "4", "4")]
    [InlineData("-0.3", "-1", "0", "0", "0")]
    [InlineData("0.5", "0", "1", "1", "0")]
    [InlineData("1e-400", "0", "1", "0", "0")]
    [InlineData("7", "7", "7", "7", "7")]
    [InlineData("1e2", "100", "100", "100", "100")]
    public void RoundsToIntegers(string text, string floor, string ceiling, string away, string even)
    {
        var value = BigDecimal.Parse(text);
        Assert.Equal(floor, value.Floor().ToString(CultureInfo.InvariantCulture));
        Assert.Equal(ceiling, value.Ceiling().ToString(CultureInfo.InvariantCulture));
        Assert.Equal(away, value.Round(halfToEven: false).ToString(CultureInfo.InvariantCulture));
        Assert.Equal(even, value.Round(halfToEven: true).ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public void WritesOutExponentsOnRequest()
    {
        Assert.Equal("1000", BigDecimal.Parse("1e3").ToPlainString());
        Assert.Equal("-0.00000015", BigDecimal.Parse("-1.5e-7").ToPlainString());
        Assert.Equal("0", BigDecimal.Parse("0e10").ToPlainString());
    }

    [Fact]
    public void DoesNotDependOnTheCulture()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("sv-SE");
            Assert.Equal("-1.5E-7", BigDecimal.Parse("-1.5e-7").ToString());
            Assert.Equal("-5", BigDecimal.Parse("-5").ToString());
            Assert.Equal(-2.5, BigDecimal.FromDouble(-2.5).ToDouble());
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }
}
