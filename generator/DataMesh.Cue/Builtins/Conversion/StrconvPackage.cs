using DataMesh.Cue.Numerics;
using DataMesh.Cue.Syntax;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Builtins.Conversion;

/// <summary><c>strconv</c>: texts of numbers, booleans and quoted texts.</summary>
internal sealed class StrconvPackage() : StandardPackage("strconv")
{
    public override IEnumerable<Builtin> Functions =>
    [
        Function("Unquote", [Text], Text, static call => Of(LiteralText.Unquote(call.String(0)))),
        Function("ParseBool", [Text], Bool, static call => Of(ParseBool(call.String(0)))),
        Function("FormatBool", [Bool], Text, static call => Of(call.Bool(0) ? "true" : "false")),
        Function("ParseFloat", [Text, Int], Number, static call => OfDouble(ParseFloat(call.String(0), call.Int64(1)))),
        Function("ParseNumber", [Text], Number, static call => ParseNumber(call.String(0))),
        Function("ParseUint", [Text, Int, Int], Int, static call => Of(IntegerText.Parse(call.String(0), "strconv.ParseUint", call.Int64(1), call.Int64(2), isSigned: false))),
        Function("ParseInt", [Text, Int, Int], Int, static call => Of(IntegerText.Parse(call.String(0), "strconv.ParseInt", call.Int64(1), call.Int64(2), isSigned: true))),
        Function("Atoi", [Text], Int, static call => Of(IntegerText.Parse(call.String(0), "strconv.Atoi", 10, 0, isSigned: true))),
        Function("FormatFloat", [Number, Top, Int, Int], Text, static call => Of(FormatFloat(call))),
        Function("FormatInt", [Int, Int], Text, static call => Of(IntegerText.Format(call.Integer(0), call.Int64(1)))),
        Function("FormatUint", [Int, Int], Text, static call => Of(IntegerText.Format(call.Integer(0), call.Int64(1)))),
        Function("Quote", [Text], Text, static call => Of(QuotedText.Quote(call.String(0)))),
        Function("QuoteToASCII", [Text], Text, static call => Of(QuotedText.Quote(call.String(0), QuotedText.Style.Ascii))),
        Function("QuoteToGraphic", [Text], Text, static call => Of(QuotedText.Quote(call.String(0), QuotedText.Style.Graphic))),
        Function("QuoteRune", [Int], Text, static call => Of(QuotedText.QuoteRune(Rune(call)))),
        Function("QuoteRuneToASCII", [Int], Text, static call => Of(QuotedText.QuoteRune(Rune(call), QuotedText.Style.Ascii))),
        Function("QuoteRuneToGraphic", [Int], Text, static call => Of(QuotedText.QuoteRune(Rune(call), QuotedText.Style.Graphic))),
        Function("IsPrint", [Int], Bool, static call => Of(CodePoints.IsPrint(Rune(call)))),
        Function("IsGraphic", [Int], Bool, static call => Of(CodePoints.IsGraphic(Rune(call)))),
    ];

    public override IEnumerable<KeyValuePair<string, Value>> Constants => [new("IntSize", Of(64))];

    private static int Rune(CallContext call)
    {
        int rune = call.Int32(0, "rune");
        return Math.Max(-1, Math.Min(CodePoints.Max + 1, rune));
    }

    private static bool ParseBool(string text) => text switch
    {
        "1" or "t" or "T" or "true" or "TRUE" or "True" => true,
        "0" or "f" or "F" or "false" or "FALSE" or "False" => false,
        _ => throw new BuiltinException($"strconv.ParseBool: parsing {QuotedText.Quote(text)}: invalid syntax"),
    };

    private static double ParseFloat(string text, long bitSize)
    {
        BuiltinException Failed(string reason) => new($"strconv.ParseFloat: parsing {QuotedText.Quote(text)}: {reason}");

        double value = FloatText.Parse(text) ?? throw Failed("invalid syntax");
        if (bitSize == 32)
            value = (float)value;
        bool isNamed = text.IndexOfAny(['i', 'I']) >= 0;
        return double.IsInfinity(value) && !isNamed ? throw Failed("value out of range") : value;
    }

    private static Value ParseNumber(string text)
    {
        BuiltinException Failed(string reason) => new($"strconv.ParseNumber: parsing {QuotedText.Quote(text)}: {reason}");

        string unsigned = text.TrimStart('+', '-');
        if (text.Length == 0)
            throw Failed("invalid number \"\"");
        if (unsigned.Length == 0 || text.Length - unsigned.Length > 1 || !(unsigned[0] is (>= '0' and <= '9') or '.'))
            throw Failed("illegal number start " + QuotedText.Quote(text));
        if (!Literals.TryParseNumber(unsigned, out NumberValue number, out _))
            throw Failed("invalid number " + QuotedText.Quote(text));
        if (BigDecimal.TryParse(number.Text.AsSpan(), out BigDecimal value) != NumberParseResult.Success)
            throw Failed("illegal number " + QuotedText.Quote(text));
        if (text[0] == '-')
            value = -value;
        return number.IsInteger || value.IsInteger ? OfDecimal(value) : new NumberConstant(value, CueKind.Float);
    }

    private static string FormatFloat(CallContext call)
    {
        double value = call.Float64(0);
        long precision = call.Int64(2), bitSize = call.Int64(3);
        return FloatText.Format(value, Verb(call.Arguments[1]), precision, bitSize);
    }

    /// <summary>The letter of a format, or its number.</summary>
    private static char Verb(Value format)
    {
        switch (format)
        {
            case StringConstant { Value: [var letter and < (char)128] }:
                return letter;
            case StringConstant:
                throw new BuiltinException("expected single character string");
            case NumberConstant { Kind: CueKind.Int } number when number.Value.TryToInt64(out long code):
                return code is >= 0 and <= 255 ? (char)code : throw new BuiltinException(FormattableString.Invariant($"format value {code} out of range [0, 255]"));
            case NumberConstant { Kind: CueKind.Int } number:
                throw new BuiltinException(number.Value.Sign < 0 ? "value was rounded up" : "value was rounded down");
            default:
                throw new BuiltinException("unexpected kind " + format.Kind.Text());
        }
    }
}
