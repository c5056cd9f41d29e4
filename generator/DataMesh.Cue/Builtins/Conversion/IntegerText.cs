using System.Globalization;
using System.Numerics;
using System.Text;

namespace DataMesh.Cue.Builtins.Conversion;

/// <summary>Integers of any size in any base.</summary>
internal static class IntegerText
{
    private const int MaxBase = 62;

    /// <param name="function">The name that error messages begin with.</param>
    /// <param name="numberBase">2 to 62, or 0 to take it from a prefix (0x, 0b, 0o), where digits may be grouped by underscores.</param>
    /// <param name="bitSize">How many bits the number has to fit in, its sign included if it has one; 0: any number.</param>
    public static BigInteger Parse(string text, string function, long numberBase, long bitSize, bool isSigned)
    {
        BuiltinException Fail(string reason) => new($"{function}: parsing {QuotedText.Quote(text)}: {reason}");

        if (bitSize < 0)
            throw Fail("value out of range");
        if (numberBase != 0 && numberBase is < 2 or > MaxBase)
            throw new BuiltinException($"invalid number base {numberBase.ToString(CultureInfo.InvariantCulture)}");
        BigInteger value = ParseDigits(text, (int)numberBase) ?? throw Fail("invalid syntax");
        if (bitSize > 0 || !isSigned)
        {
            bool fits = isSigned
                ? Mathematics.BinaryFloat.BitLength(value.Sign < 0 ? -value - 1 : value) < bitSize
                : value.Sign >= 0 && (bitSize == 0 || Mathematics.BinaryFloat.BitLength(value) <= bitSize);
            if (!fits)
                throw Fail("value out of range");
        }

        return value;
    }

    /// <summary>The number in a base from 2 to 62, with the digits 0-9, a-z, A-Z.</summary>
    public static string Format(BigInteger value, long numberBase)
    {
        if (numberBase is < 2 or > MaxBase)
            throw new BuiltinException("invalid base");
        if (value.IsZero)
            return "0";
        StringBuilder reversed = new();
        for (BigInteger rest = BigInteger.Abs(value); !rest.IsZero;)
        {
            rest = BigInteger.DivRem(rest, numberBase, out BigInteger digit);
            reversed.Append(ToDigit((int)digit));
        }

        if (value.Sign < 0)
            reversed.Append('-');
        char[] characters = reversed.ToString().ToCharArray();
        Array.Reverse(characters);
        return new(characters);
    }

    private static char ToDigit(int value) => (char)(value switch
    {
        < 10 => '0' + value,
        < 36 => 'a' + value - 10,
        _ => 'A' + value - 36,
    });

    private static BigInteger? ParseDigits(string text, int numberBase)
    {
        int i = 0;
        bool isNegative = false;
        if (text.Length > 0 && (text[0] == '+' || text[0] == '-'))
            isNegative = text[i++] == '-';
        bool mayGroup = numberBase == 0, afterPrefix = false;
        if (numberBase == 0)
        {
            numberBase = 10;
            if (text.Length > i + 1 && text[i] == '0')
            {
                numberBase = char.ToLowerInvariant(text[i + 1]) switch { 'x' => 16, 'b' => 2, 'o' => 8, _ => 0 };
                i += numberBase == 0 ? 1 : 2;
                numberBase = numberBase == 0 ? 8 : numberBase;
                afterPrefix = true;
            }
        }

        BigInteger value = BigInteger.Zero;
        int digits = 0;
        bool lastWasGroup = false;
        for (; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '_' && mayGroup && !lastWasGroup && (digits > 0 || afterPrefix))
            {
                lastWasGroup = true;
                continue;
            }

            int digit = FromDigit(c, numberBase);
            if (digit < 0 || digit >= numberBase)
                return null;
            value = (value * numberBase) + digit;
            digits++;
            lastWasGroup = false;
        }

        if (digits == 0 || lastWasGroup)
            return null;
        return isNegative ? -value : value;
    }

    /// <summary>What a digit stands for; -1 for what is none. It may be too large for the base.</summary>
    public static int FromDigit(char c, int numberBase) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'a' and <= 'z' => c - 'a' + 10,
        >= 'A' and <= 'Z' => c - 'A' + (numberBase <= 36 ? 10 : 36),
        _ => -1,
    };
}
