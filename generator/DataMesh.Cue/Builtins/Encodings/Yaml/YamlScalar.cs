using System.Globalization;
using System.Numerics;
using DataMesh.Cue.Builtins.Conversion;

namespace DataMesh.Cue.Builtins.Encodings.Yaml;

/// <summary>What plain scalars mean: the core schema of YAML 1.2 with some of 1.1, as YAML is read in Go.</summary>
internal static class YamlScalar
{
    /// <summary>Makes a node of the text of a scalar.</summary>
    /// <param name="tag">The tag with its handle resolved (<c>!!str</c>), or empty.</param>
    /// <param name="isPlain">Whether the scalar has no quotes.</param>
    public static DataNode Resolve(string text, string tag, bool isPlain, int offset)
    {
        switch (tag)
        {
            case "!!str":
                return DataNode.String(text, offset);
            case "!!binary":
                return ReadBinary(text, offset);
            case "!!null":
                return DataNode.Null(offset);
            case "" or "!" or "!!timestamp":
                return isPlain ? ResolvePlain(text, offset) : DataNode.String(text, offset);
            case not ("!!int" or "!!bool" or "!!float"):
                throw new YamlException($"cannot unmarshal tag {QuotedText.Quote(tag)}", offset);
        }

        DataNode plain = ResolvePlain(text, offset);
        return (tag, plain) switch
        {
            ("!!bool", { Kind: DataKind.Bool }) or ("!!int", { Kind: DataKind.Number, IsFloat: false }) or ("!!float", { Kind: DataKind.Number, IsFloat: true }) => plain,
            ("!!bool", _) => DataNode.Bool(false, offset),
            ("!!float", { Kind: DataKind.Number }) => throw new YamlException(IllegalNumber(plain.Text), offset),
            _ => throw Undecodable(text, tag, plain.Kind == DataKind.Number ? "not a literal number" : $"illegal number start {QuotedText.Quote(text)}", offset),
        };
    }

    private static YamlException Undecodable(string text, string tag, string reason, int offset) => new($"cannot decode {QuotedText.Quote(text)} as {tag}: {reason}", offset);

    private static DataNode ReadBinary(string text, int offset)
    {
        try
        {
            return DataNode.Bytes(Base64Text.Decode(text), offset);
        }
        catch (BuiltinException)
        {
            throw new YamlException("!!binary value contains invalid base64 data", offset);
        }
    }

    /// <summary>Whether a plain scalar with this text would be read as something else than a string.</summary>
    public static bool IsNotString(string text)
    {
        switch (text)
        {
            // Words that older versions of YAML take for booleans, and what marks a merge.
            case "y" or "Y" or "t" or "T" or "f" or "F" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" or "n" or "N" or "no" or "No" or "NO" or "off" or "Off" or "OFF" or "<<":
                return true;
        }

        try
        {
            return ResolvePlain(text, 0).Kind != DataKind.String || IsSexagesimal(text) || IsTimestamp(text) || IsFloat(text);
        }
        catch (YamlException)
        {
            return true;
        }
    }

    private static DataNode ResolvePlain(string text, int offset)
    {
        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                return DataNode.Null(offset);
            case "true" or "True" or "TRUE":
                return DataNode.Bool(true, offset);
            case "false" or "False" or "FALSE":
                return DataNode.Bool(false, offset);
            case ".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF":
                throw new YamlException("parse error: illegal number start \"+Inf\"", offset);
            case "-.inf" or "-.Inf" or "-.INF":
                throw new YamlException("parse error: illegal number start \"Inf\"", offset);
            case ".nan" or ".NaN" or ".NAN":
                throw new YamlException("parse error: illegal number start \"NaN\"", offset);
        }

        if (text[0] is not ((>= '0' and <= '9') or '+' or '-' or '.') || IsTimestamp(text))
            return DataNode.String(text, offset);
        if (TryInteger(text) is { } integer)
        {
            if (IllegalInteger(text) is { } reason)
                throw Undecodable(text, "!!int", reason, offset);
            if (integer > ulong.MaxValue || integer < long.MinValue)
                throw new YamlException(IllegalNumber(text), offset);
            return DataNode.Number(integer.ToString(CultureInfo.InvariantCulture), offset);
        }

        string unsigned = text.TrimStart('+', '-');
        bool isOctal = unsigned.Length > 1 && unsigned[0] == '0' && (IsDigit(unsigned[1]) || unsigned[1] == '_');
        if (!IsFloat(text) || (isOctal && unsigned.All(static c => IsDigit(c) || c == '_')))
            return DataNode.String(text, offset);
        if (HasLooseGroups(text))
            throw Undecodable(text, "!!float", LooseGroups, offset);
        if (isOctal && unsigned.IndexOf('_') < 0)
            throw Undecodable("0o" + unsigned.Substring(1), "!!float", $"illegal octal number {QuotedText.Quote("0o" + unsigned.Substring(1))}", offset);
        return DataNode.Number(ToNumber(text), offset);
    }

    private const string LooseGroups = "illegal '_' in number";

    private static bool HasLooseGroups(string text) => text.IndexOf("__", StringComparison.Ordinal) >= 0 || text[text.Length - 1] == '_';

    /// <summary>Why an integer of YAML is none of CUE; null if it is one.</summary>
    private static string? IllegalInteger(string text)
    {
        string unsigned = text.TrimStart('+', '-');
        return HasLooseGroups(text) ? LooseGroups
            : unsigned.Length > 1 && unsigned[0] == '0' && unsigned[1] is 'O' or 'B' ? $"illegal number {QuotedText.Quote(text)}"
            : unsigned.Length > 1 && unsigned[0] == '0' && unsigned[1] == '_' ? $"illegal integer number {QuotedText.Quote(text)}"
            : null;
    }

    private static string IllegalNumber(string text) =>
        "parse error: illegal number start " + QuotedText.Quote("number & " + text);

    private static BigInteger? TryInteger(string text)
    {
        string digits = text.Replace("_", "");
        bool isNegative = digits.StartsWith("-", StringComparison.Ordinal);
        string unsigned = digits.TrimStart('+', '-');
        if (digits.Length - unsigned.Length > 1 || unsigned.Length == 0 || text[0] == '_')
            return null;
        (int numberBase, int skip) = unsigned.Length > 1 && unsigned[0] == '0'
            ? unsigned[1] switch { 'x' or 'X' => (16, 2), 'o' or 'O' => (8, 2), 'b' or 'B' => (2, 2), _ => (8, 1) }
            : (10, 0);
        BigInteger value = BigInteger.Zero;
        for (int i = skip; i < unsigned.Length; i++)
        {
            int digit = unsigned[i] switch
            {
                >= '0' and <= '9' => unsigned[i] - '0',
                >= 'a' and <= 'f' => unsigned[i] - 'a' + 10,
                >= 'A' and <= 'F' => unsigned[i] - 'A' + 10,
                _ => 99,
            };
            if (digit >= numberBase)
                return null;
            value = (value * numberBase) + digit;
        }

        return skip == unsigned.Length ? null : isNegative ? -value : value;
    }

    private static bool IsFloat(string text)
    {
        int i = text[0] is '+' or '-' ? 1 : 0, digits = 0;
        for (; i < text.Length && (IsDigit(text[i]) || text[i] == '_'); i++)
            digits += IsDigit(text[i]) ? 1 : 0;
        if (i < text.Length && text[i] == '.')
        {
            for (i++; i < text.Length && (IsDigit(text[i]) || text[i] == '_'); i++)
                digits += IsDigit(text[i]) ? 1 : 0;
        }

        if (digits == 0)
            return false;
        if (i < text.Length && (text[i] is 'e' or 'E'))
        {
            i++;
            if (i < text.Length && (text[i] is '+' or '-'))
                i++;
            int start = i;
            while (i < text.Length && IsDigit(text[i]))
                i++;
            if (i == start)
                return false;
        }

        return i == text.Length;
    }

    /// <summary>A number that CUE can read: digits before the point, no sign before them.</summary>
    private static string ToNumber(string text)
    {
        string number = text.Replace("_", "").TrimStart('+');
        bool isNegative = number.StartsWith("-", StringComparison.Ordinal);
        number = number.TrimStart('-');
        if (number[0] == '.')
            number = "0" + number;
        int point = number.IndexOf('.');
        if (point >= 0 && (point + 1 == number.Length || !IsDigit(number[point + 1])))
            number = number.Insert(point + 1, "0");
        string whole = number.TrimStart('0');
        number = whole.Length == 0 || !IsDigit(whole[0]) ? "0" + whole : whole;
        return isNegative ? "-" + number : number;
    }

    /// <summary>1:30 was a number in YAML 1.1.</summary>
    private static bool IsSexagesimal(string text) =>
        text.IndexOf(':') > 0 && text.TrimStart('+', '-').All(c => IsDigit(c) || c is ':' or '.' or '_');

    private static bool IsTimestamp(string text)
    {
        if (text.Length < 8 || !text.Take(4).All(IsDigit) || text[4] != '-')
            return false;
        foreach (string layout in (string[])["2006-1-2T15:4:5.999999999Z07:00", "2006-1-2t15:4:5.999999999Z07:00", "2006-1-2 15:4:5.999999999", "2006-1-2"])
        {
            try
            {
                Times.TimeParser.Parse(layout, text);
                return true;
            }
            catch (BuiltinException)
            {
            }
        }

        return false;
    }

    private static bool IsDigit(char c) => c is >= '0' and <= '9';
}
