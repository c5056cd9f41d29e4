using System.Buffers;
using System.Text;

namespace DataMesh.CloudEvents;

/// <summary>A content type: <c>type/subtype; name=value</c> (RFC 2046, with the quoting of RFC 2045). Names have no case.</summary>
internal readonly ref struct MediaType
{
    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`{|}~");

    private MediaType(ReadOnlySpan<char> type, ReadOnlySpan<char> subtype, string? charset)
    {
        Type = type;
        Subtype = subtype;
        Charset = charset;
    }

    public ReadOnlySpan<char> Type { get; }

    public ReadOnlySpan<char> Subtype { get; }

    /// <summary>The charset parameter, unquoted; null when there is none.</summary>
    public string? Charset { get; }

    /// <summary><c>*/json</c> or <c>*/*+json</c>.</summary>
    public bool IsJson => HasSuffix(Subtype, "json");

    /// <summary>Data of this type is text: <c>text/*</c> or XML.</summary>
    public bool IsText => Type.Equals("text", StringComparison.OrdinalIgnoreCase) || HasSuffix(Subtype, "xml");

    /// <summary>How text of this type is encoded; null for a charset that .NET does not bring.</summary>
    public Encoding? TextEncoding => Charset?.ToUpperInvariant() switch
    {
        null or "UTF-8" or "UTF8" => StrictUtf8,
        "US-ASCII" or "ASCII" => Strict("us-ascii"),
        "ISO-8859-1" => Strict("iso-8859-1"),
        "UTF-16LE" => Strict("utf-16"),
        "UTF-16BE" or "UTF-16" => Strict("utf-16BE"),
        _ => null,
    };

    public static UTF8Encoding StrictUtf8 { get; } = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static bool IsValid(ReadOnlySpan<char> text) => TryParse(text, out _);

    public static bool TryParse(ReadOnlySpan<char> text, out MediaType mediaType)
    {
        mediaType = default;
        text = Trim(text);
        var type = TakeToken(ref text);
        if (type.IsEmpty || !TakeCharacter(ref text, '/'))
            return false;
        var subtype = TakeToken(ref text);
        if (subtype.IsEmpty)
            return false;
        string? charset = null;
        while (true)
        {
            text = Trim(text);
            if (text.IsEmpty)
                break;
            if (!TakeCharacter(ref text, ';'))
                return false;
            text = Trim(text);
            // A trailing semicolon is common and harmless.
            if (text.IsEmpty)
                break;
            var name = TakeToken(ref text);
            if (name.IsEmpty || !TakeCharacter(ref text, '=') || !TryTakeValue(ref text, out var value))
                return false;
            if (name.Equals("charset", StringComparison.OrdinalIgnoreCase))
                charset ??= value;
        }
        mediaType = new(type, subtype, charset);
        return true;
    }

    private static bool TryTakeValue(scoped ref ReadOnlySpan<char> text, out string value)
    {
        if (!text.StartsWith('"'))
        {
            value = TakeToken(ref text).ToString();
            return value.Length > 0;
        }
        var unquoted = new StringBuilder();
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == '"')
            {
                text = text[(i + 1)..];
                value = unquoted.ToString();
                return true;
            }
            if (text[i] == '\\' && ++i == text.Length)
                break;
            unquoted.Append(text[i]);
        }
        value = "";
        return false;
    }

    private static ReadOnlySpan<char> TakeToken(scoped ref ReadOnlySpan<char> text)
    {
        var length = text.IndexOfAnyExcept(TokenCharacters);
        var token = length < 0 ? text : text[..length];
        text = text[token.Length..];
        return token;
    }

    private static bool TakeCharacter(scoped ref ReadOnlySpan<char> text, char expected)
    {
        if (!text.StartsWith(expected))
            return false;
        text = text[1..];
        return true;
    }

    private static ReadOnlySpan<char> Trim(ReadOnlySpan<char> text) => text.Trim(" \t");

    private static bool HasSuffix(ReadOnlySpan<char> subtype, string suffix) =>
        subtype.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)
        && (subtype.Length == suffix.Length || subtype[^(suffix.Length + 1)] == '+');

    private static Encoding Strict(string name) =>
        Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
}
