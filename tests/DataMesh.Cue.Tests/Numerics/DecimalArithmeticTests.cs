using System.Numerics;
using DataMesh.Cue.Numerics;

namespace DataMesh.Cue.Tests.Numerics;

public class DecimalArithmeticTests
{
    private delegate DecimalError Operation(in BigDecimal x, in BigDecimal y, out BigDecimal result);

    [Theory]
    [InlineData("1", '+', "1", "2")]
    [InlineData("1", '+', "1.0", "2.0")]
    [InlineData("1.10", '+', "2.20", "3.30")]
    [InlineData("5", '-', "5.00", "0.00")]
    [InlineData("9223372036854775807", '+', "1", "9223372036854775808")]
    [InlineData("1e3", '+', "1", "1001")]
    [InlineData("1e400", '+', "1", "1.000000000000000000000000000000000E+400")]
    [InlineData("1e100000", '-', "1e100000", "0E+100000")]
    [InlineData("1", '-', "5e-35", "1.000000000000000000000000000000000")]
    [InlineData("1", '-', "6e-35", "0.9999999999999999999999999999999999")]
    [InlineData("1", '+', "5e-34", "1.000000000000000000000000000000001")]
    [InlineData("-1", '-', "5e-34", "-1.000000000000000000000000000000001")]
    [InlineData("9.999999999999999999999999999999999", '+', "5e-34", "10.00000000000000000000000000000000")]
    [InlineData("12345678901234567890123456789012345678901234567890", '+', "1", "1.234567890123456789012345678901235E+49")]
    [InlineData("2", '*', "1.5", "3.0")]
    [InlineData("-1", '*', "0", "-0")]
    [InlineData("0.0", '*', "-1", "-0.0")]
    [InlineData("1e400", '*', "1e400", "1E+800")]
    [InlineData("9.99e99999", '*', "10", "9.990E+100000")]
    [InlineData("4294967296", '*', "4294967296", "18446744073709551616")]
    [InlineData("12345678901234567890123456789012345678901234567890", '*', "12345678901234567890", "1.524157875323883675034293577503429E+68")]
    [InlineData("10", '/', "5", "2.0")]
    [InlineData("10", '/', "4", "2.5")]
    [InlineData("100", '/', "5", "20")]
    [InlineData("1000", '/', "10", "1.0E+2")]
    [InlineData("2.40", '/', "2", "1.2")]
    [InlineData("1", '/', "3", "0.3333333333333333333333333333333333")]
    [InlineData("2", '/', "3", "0.6666666666666666666666666666666667")]
    [InlineData("1e33", '/', "1", "1E+33")]
    [InlineData("1e32", '/', "1", "1.0E+32")]
    [InlineData("0", '/', "5", "0")]
    [InlineData("0.00", '/', "5", "0.0")]
    [InlineData("1e-99999", '/', "8", "1.25E-100000")]
    [InlineData("1", '/', "0", "division by zero")]
    [InlineData("0", '/', "0", "division undefined")]
    [InlineData("1e100000", '*', "10", "exponent out of range")]
    [InlineData("9e100000", '+', "1e100000", "exponent out of range")]
    [InlineData("1e-100000", '*', "1.5", "exponent out of range")]
    [InlineData("1e-60000", '/', "1e60000", "exponent out of range")]
    public void CalculatesAsCueDoes(string x, char operation, string y, string expected)
    {
        Operation calculate = operation switch
        {
            '+' => DecimalArithmetic.Add,
            '-' => DecimalArithmetic.Subtract,
            '*' => DecimalArithmetic.Multiply,
            _ => DecimalArithmetic.Divide,
        };
        var error = calculate(BigDecimal.Parse(x), BigDecimal.Parse(y), out var result);
        Assert.Equal(expected, error == DecimalError.None ? result.ToString() : error.Message());
    }

    [Theory]
    [InlineData(5, 3, 1, 2, 1, 2)]
    [InlineData(-5, 3, -2, 1, -1, -2)]
    [InlineData(5, -3, -1, 2, -1, 2)]
    [InlineData(-5, -3, 2, 1, 1, -2)]
    [InlineData(-6, 3, -2, 0, -2, 0)]
    public void DividesIntegers(int x, int y, int div, int mod, int quo, int rem)
    {
        Assert.Equal(DecimalError.None, DecimalArithmetic.EuclideanDivide(x, y, out var quotient, out var remainder));
        Assert.Equal((new BigInteger(div), new BigInteger(mod)), (quotient, remainder));
        Assert.Equal(DecimalError.None, DecimalArithmetic.TruncatedDivide(x, y, out quotient, out remainder));
        Assert.Equal((new BigInteger(quo), new BigInteger(rem)), (quotient, remainder));
        Assert.Equal(DecimalError.DivisionByZero, DecimalArithmetic.EuclideanDivide(x, 0, out _, out _));
    }

    [Theory]
    [InlineData("10", "5", true)]
    [InlineData("10", "4", false)]
    [InlineData("0.3", "0.1", true)]
    [InlineData("-10", "5", true)]
    [InlineData("1e-5", "1", false)]
    [InlineData("1e100", "3", true)]
    [InlineData("0", "7", true)]
    [InlineData("9223372036854775807", "-1", true)]
    public void TellsMultiplesToThirtyFourDigits(string x, string y, bool expected)
    {
        var error = DecimalArithmetic.IsMultipleOf(BigDecimal.Parse(x), BigDecimal.Parse(y), out var result);
        Assert.Equal(DecimalError.None, error);
        Assert.Equal(expected, result);
    }

    [Fact]
    public void PropagatesNaNAndInfinities()
    {
        Assert.Equal(DecimalError.None, DecimalArithmetic.Add(BigDecimal.NaN, 1, out var sum));
        Assert.True(sum.IsNaN);
        Assert.Equal(DecimalError.InvalidOperation, DecimalArithmetic.Subtract(
            BigDecimal.PositiveInfinity, BigDecimal.PositiveInfinity, out _));
        Assert.Equal(DecimalError.InvalidOperation, DecimalArithmetic.Multiply(BigDecimal.NegativeInfinity, 0, out _));
        DecimalArithmetic.Divide(1, BigDecimal.NegativeInfinity, out var quotient);
        Assert.Equal("0.0", quotient.ToString());
    }

    [Theory]
    [InlineData("ln", "2", "0", "0.6931471805599453094172321214581766")]
    [InlineData("ln", "0.999999999", "0", "-1.000000000500000000333333333583333E-9")]
    [InlineData("ln", "1e100000", "0", "230258.5092994045684017991454684364")]
    [InlineData("ln", "0", "0", "-Infinity")]
    [InlineData("ln", "-1", "0", "invalid operation")]
    [InlineData("log10", "2", "0", "0.3010299956639811952137388947244930")]
    [InlineData("log2", "3", "0", "1.584962500721156181453738943947817")]
    [InlineData("exp", "1", "0", "2.718281828459045235360287471352662")]
    [InlineData("exp", "-1000", "0", "5.075958897549456765291809479574337E-435")]
    [InlineData("exp", "23000", "0", "overflow")]
    [InlineData("exp", "-1e6", "0", "underflow, subnormal")]
    [InlineData("pow", "2", "10", "1024")]
    [InlineData("pow", "1.5", "3", "3.375")]
    [InlineData("pow", "-2", "3", "-8")]
    [InlineData("pow", "2", "-1", "0.5000000000000000000000000000000000")]
    [InlineData("pow", "2", "0.5", "1.414213562373095048801688724209698")]
    [InlineData("pow", "1.1", "100", "13780.61233982227018411833717208964")]
    [InlineData("pow", "2.5", "-30000.5", "3.988134849412346426485046074673387E-11939")]
    [InlineData("pow", "0", "-1", "Infinity")]
    [InlineData("pow", "0", "0", "invalid operation")]
    [InlineData("pow", "-8", "0.5", "invalid operation")]
    [InlineData("pow", "10", "1000000", "exponent out of range")]
    [InlineData("pow", "1", "1e400", "1")]
    [InlineData("cbrt", "2", "0", "1.259921049894873164767210607278228")]
    [InlineData("cbrt", "0.001", "0", "0.1000000000000000000000000000000000")]
    [InlineData("cbrt", "-2", "0", "-1.259921049894873164767210607278228")]
    public void ComputesFunctionsToThirtyFourDigits(string function, string x, string y, string expected)
    {
        var argument = BigDecimal.Parse(x);
        BigDecimal result;
        var error = function switch
        {
            "ln" => DecimalFunctions.Ln(argument, out result),
            "log10" => DecimalFunctions.Log10(argument, out result),
            "log2" => DecimalFunctions.Log2(argument, out result),
            "exp" => DecimalFunctions.Exp(argument, out result),
            "pow" => DecimalFunctions.Pow(argument, BigDecimal.Parse(y), out result),
            _ => DecimalFunctions.Cbrt(argument, out result),
        };
        Assert.Equal(expected, error == DecimalError.None ? result.ToString() : error.Message());
    }

    [Fact]
    public void KeepsLogarithmsNextToOneExact()
    {
        DecimalFunctions.Ln(BigDecimal.Parse("1.00000000000000000000000000000000000000000000000001"), out var result);
        Assert.Equal(BigDecimal.Parse("1e-50"), result);
    }
}
