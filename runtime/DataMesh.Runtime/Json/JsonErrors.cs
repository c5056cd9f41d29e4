using System.Globalization;
using System.Text;

namespace DataMesh.Json;

/// <summary>Words for the errors of <see cref="JsonCursor"/>.</summary>
internal static class JsonErrors
{
    /// <summary>The error of a text that is not JSON, with line and column counted from 1, the column in bytes.</summary>
    public static ValidationError Describe(ReadOnlySpan<byte> utf8, int position, JsonErrorKind kind)
    {
        string what = kind switch
        {
            JsonErrorKind.TooDeep => $"document is nested deeper than {JsonLimits.MaxDepth}",
            JsonErrorKind.TooLong => $"document is larger than {JsonLimits.MaxLength} bytes",
            JsonErrorKind.NumberRange => "number is out of range: its exponent is beyond 100000",
            JsonErrorKind.Surrogate => "invalid string: unmatched surrogate pair",
            JsonErrorKind.Utf8 => "invalid JSON: invalid UTF-8",
            JsonErrorKind.ByteOrderMark => "invalid JSON: illegal byte order mark",
            JsonErrorKind.UnexpectedEnd => "invalid JSON: unexpected end of JSON input",
            _ => $"invalid JSON: invalid character {Quote(utf8, position)} {Where(utf8, position, kind)}",
        };
        ReadOnlySpan<byte> before = utf8[..Math.Min(position, utf8.Length)];
        int line = before.Count((byte)'\n') + 1;
        int column = before.Length - before.LastIndexOf((byte)'\n');
        string code = kind is JsonErrorKind.TooDeep or JsonErrorKind.TooLong or JsonErrorKind.NumberRange ? ValidationCodes.Limit : ValidationCodes.Syntax;
        return new ValidationError(code, "", "", string.Create(CultureInfo.InvariantCulture, $"{what} (line {line}, column {column})"));
    }

    private static string Where(ReadOnlySpan<byte> utf8, int position, JsonErrorKind kind) => kind switch
    {
        JsonErrorKind.Name => "looking for beginning of object key string",
        JsonErrorKind.AfterName => "after object key",
        JsonErrorKind.AfterMember => "after object key:value pair",
        JsonErrorKind.AfterElement => "after array element",
        JsonErrorKind.AfterDocument => "after top-level value",
        JsonErrorKind.InString => "in string literal",
        JsonErrorKind.InEscape => "in string escape code",
        JsonErrorKind.InHexEscape => "in \\u hexadecimal character escape",
        JsonErrorKind.InNumber => "in numeric literal",
        JsonErrorKind.InLiteral => "in literal " + Literal(utf8, position),
        _ => "looking for beginning of value",
    };

    private static string Literal(ReadOnlySpan<byte> utf8, int position)
    {
        int start = position;
        while (start > 0 && utf8[start - 1] is >= (byte)'a' and <= (byte)'z')
            start--;
        string word = (char)utf8[start] switch { 't' => "true", 'f' => "false", _ => "null" };
        return $"{word} (expecting '{word[Math.Min(position - start, word.Length - 1)]}')";
    }

    private static string Quote(ReadOnlySpan<byte> utf8, int position)
    {
        if (Rune.DecodeFromUtf8(utf8[position..], out Rune rune, out _) != System.Buffers.OperationStatus.Done)
            return string.Create(CultureInfo.InvariantCulture, $"'\\x{utf8[position]:x2}'");
        return rune.Value switch
        {
            '\'' => "'\\''",
            '\n' => "'\\n'",
            '\r' => "'\\r'",
            '\t' => "'\\t'",
            '\b' => "'\\b'",
            '\f' => "'\\f'",
            '\v' => "'\\v'",
            '\a' => "'\\a'",
            '\\' => "'\\\\'",
            < 0x20 or 0x7f => string.Create(CultureInfo.InvariantCulture, $"'\\x{rune.Value:x2}'"),
            _ => $"'{rune}'",
        };
    }
}
