using System.Globalization;
using System.Numerics;
using System.Text;
using DataMesh.Cue.Builtins.Conversion;

namespace DataMesh.Cue.Builtins.Templates;

/// <summary>Formats values by verbs such as <c>%05d</c> and <c>%q</c>.</summary>
internal static class TemplateFormat
{
    private const int MaxWidth = 10_000;

    public static string Format(string format, List<object?> arguments)
    {
        StringBuilder result = new();
        int next = 0;
        for (int i = 0; i < format.Length; i++)
        {
            if (format[i] != '%')
            {
                result.Append(format[i]);
                continue;
            }

            string flags = TakeWhile(format, ref i, c => "+-# 0".IndexOf(c) >= 0);
            int width = ReadSize(format, ref i, arguments, ref next) ?? 0;
            int? precision = null;
            if (i + 1 < format.Length && format[i + 1] == '.')
            {
                i++;
                precision = ReadSize(format, ref i, arguments, ref next) ?? 0;
            }

            if (++i >= format.Length)
            {
                result.Append("%!(NOVERB)");
                break;
            }

            char verb = format[i];
            if (verb == '%')
            {
                result.Append('%');
                continue;
            }

            if (next >= arguments.Count)
            {
                result.Append("%!").Append(verb).Append("(MISSING)");
                continue;
            }

            string text = FormatOne(verb, flags, precision, arguments[next++]);
            result.Append(Pad(text, flags, width));
        }

        if (next < arguments.Count)
        {
            result.Append("%!(EXTRA ")
                .Append(string.Join(", ", arguments.Skip(next).Select(value => TemplateValues.TypeName(value) + "=" + TemplateValues.ToText(value))))
                .Append(')');
        }

        return result.ToString();
    }

    private static string TakeWhile(string format, ref int i, Func<char, bool> isTaken)
    {
        int start = i + 1;
        while (i + 1 < format.Length && isTaken(format[i + 1]))
            i++;
        return format.Substring(start, i + 1 - start);
    }

    private static int? ReadSize(string format, ref int i, List<object?> arguments, ref int next)
    {
        if (i + 1 < format.Length && format[i + 1] == '*')
        {
            i++;
            return next < arguments.Count && arguments[next++] is BigInteger size && size >= 0 && size <= MaxWidth ? (int)size : 0;
        }

        string digits = TakeWhile(format, ref i, c => c is >= '0' and <= '9');
        if (digits.Length == 0)
            return null;
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? Math.Min(value, MaxWidth) : MaxWidth;
    }

    private static string Pad(string text, string flags, int width)
    {
        int missing = width - CodePoints.Count(text);
        if (missing <= 0)
            return text;
        if (flags.IndexOf('-') >= 0)
            return text + new string(' ', missing);
        bool isNumber = text.Length > 0 && (text[0] is '+' or '-' or (>= '0' and <= '9'));
        if (flags.IndexOf('0') < 0 || !isNumber)
            return new string(' ', missing) + text;
        int sign = text[0] is '+' or '-' ? 1 : 0;
        return text.Substring(0, sign) + new string('0', missing) + text.Substring(sign);
    }

    private static string FormatOne(char verb, string flags, int? precision, object? value)
    {
        string sign = flags.IndexOf('+') >= 0 ? "+" : flags.IndexOf(' ') >= 0 ? " " : "";
        switch (verb)
        {
            case 'v':
                return value is string plain && flags.IndexOf('#') >= 0 ? QuotedText.Quote(plain) : TemplateValues.ToText(value);
            case 'T':
                return TemplateValues.TypeName(value);
            case 't' when value is bool:
                return TemplateValues.ToText(value);
            case 's' when value is string text:
                return precision is { } count ? string.Concat(CodePoints.Of(text).Take(count).Select(CodePoints.ToText)) : text;
            case 's' when value is List<object?> or SortedDictionary<string, object?>:
                return TemplateValues.ToText(value);
            case 'q' when value is string text:
                return QuotedText.Quote(text, flags.IndexOf('+') >= 0 ? QuotedText.Style.Ascii : QuotedText.Style.Printable);
            case 'q' when value is BigInteger n:
                return QuotedText.QuoteRune(n >= 0 && n <= CodePoints.Max ? (int)n : CodePoints.Replacement);
            case 'x' or 'X' when value is string text:
                string hexadecimal = Encodings.HexText.Encode(CodePoints.Utf8.GetBytes(text));
                return verb == 'X' ? hexadecimal.ToUpperInvariant() : hexadecimal;
            case 'c' when value is BigInteger n:
                return CodePoints.ToText(n >= 0 && n <= CodePoints.Max ? (int)n : CodePoints.Replacement);
            case 'U' when value is BigInteger n:
                return "U+" + ((int)n).ToString("X4", CultureInfo.InvariantCulture);
            case 'd' or 'b' or 'o' or 'x' or 'X' when value is BigInteger n:
                string digits = IntegerText.Format(BigInteger.Abs(n), verb switch { 'd' => 10, 'b' => 2, 'o' => 8, _ => 16 });
                string prefix = flags.IndexOf('#') < 0 ? "" : verb switch { 'x' or 'X' => "0" + verb, 'o' => "0", 'b' => "0b", _ => "" };
                digits = prefix + (verb == 'X' ? digits.ToUpperInvariant() : digits);
                return (n.Sign < 0 ? "-" : sign) + digits.PadLeft(precision ?? 0, '0');
            case 'e' or 'E' or 'f' or 'F' or 'g' or 'G' when value is double d:
                char form = verb == 'F' ? 'f' : verb;
                string number = FloatText.Format(d, form, precision ?? (form is 'g' or 'G' ? -1 : 6), 64);
                return d >= 0 ? sign + number : number;
            default:
                return value is null
                    ? $"%!{verb}(<nil>)"
                    : $"%!{verb}({TemplateValues.TypeName(value)}={TemplateValues.ToText(value)})";
        }
    }
}
