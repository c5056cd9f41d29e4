using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace DataMesh.Json;

/// <summary>
/// Writes JSON for generated code: values only, the structure comes as constant UTF-8. Escapes as CUE and Go do: quote,
/// backslash, control characters and the two line separators, and also the byte order mark, which CUE does not read back.
/// </summary>
/// <param name="output">Takes the UTF-8.</param>
public readonly ref struct JsonWriter(IBufferWriter<byte> output)
{
    private static readonly SearchValues<char> Escaped = SearchValues.Create(EscapedCharacters());

    // Printable ASCII that needs no escape: what most strings are made of, and quick to make sure of.
    private static readonly SearchValues<char> Plain =
        SearchValues.Create([.. Enumerable.Range(' ', 0x5F).Select(static c => (char)c).Where(static c => c is not ('"' or '\\'))]);

    /// <summary>Text that is JSON already.</summary>
    public void Raw(scoped ReadOnlySpan<byte> utf8) => output.Write(utf8);

    /// <summary>The name of a member, with its quotes and colon, behind a comma unless it is the first.</summary>
    /// <param name="isFirst">True before the first member, then kept by this method.</param>
    /// <param name="name"><c>,"name":</c>, with the comma always.</param>
    public void Member(scoped ref bool isFirst, scoped ReadOnlySpan<byte> name)
    {
        Raw(isFirst ? name[1..] : name);
        isFirst = false;
    }

    /// <summary>The name of a member that is not known at compile time.</summary>
    /// <param name="isFirst">True before the first member, then kept by this method.</param>
    /// <param name="name">The name.</param>
    public void Key(scoped ref bool isFirst, string name)
    {
        Element(ref isFirst);
        String(name);
        Raw(":"u8);
    }

    /// <summary>The comma before an element, unless it is the first.</summary>
    /// <param name="isFirst">True before the first element, then kept by this method.</param>
    public void Element(scoped ref bool isFirst)
    {
        if (!isFirst)
            Raw(","u8);
        isFirst = false;
    }

    /// <summary>A string. Half a surrogate pair is written as an escape that no reader takes, rather than replaced.</summary>
    public void String(string value)
    {
        ReadOnlySpan<char> text = value;
        int special = text.IndexOfAnyExcept(Plain);
        if (special >= 0)
            special = text.IndexOfAny(Escaped);
        if (special < 0)
        {
            Span<byte> span = output.GetSpan((text.Length * 3) + 2);
            span[0] = (byte)'"';
            int written = Encoding.UTF8.GetBytes(text, span[1..]);
            span[written + 1] = (byte)'"';
            output.Advance(written + 2);
            return;
        }
        Raw("\""u8);
        while (true)
        {
            Text(special < 0 ? text : text[..special]);
            if (special < 0)
                break;
            int length = Escape(text[special..]);
            text = text[(special + length)..];
            special = text.IndexOfAny(Escaped);
        }
        Raw("\""u8);
    }

    /// <summary><c>true</c> or <c>false</c></summary>
    public void Bool(bool value) => Raw(value ? "true"u8 : "false"u8);

    /// <summary><c>null</c></summary>
    public void Null() => Raw("null"u8);

    /// <summary>An integer.</summary>
    public void Number(long value)
    {
        const int Longest = 20;
        Utf8Formatter.TryFormat(value, output.GetSpan(Longest), out int written);
        output.Advance(written);
    }

    /// <summary>An integer.</summary>
    public void Number(ulong value)
    {
        const int Longest = 20;
        Utf8Formatter.TryFormat(value, output.GetSpan(Longest), out int written);
        output.Advance(written);
    }

    /// <summary>An integer of any size.</summary>
    public void Integer<T>(T value)
        where T : IBinaryInteger<T> => Formatted(value.ToString(null, CultureInfo.InvariantCulture));

    /// <summary>A number with the scale that the decimal has: <c>1.50</c> stays so.</summary>
    /// <param name="value">The number.</param>
    /// <param name="isFloat">True adds <c>.0</c> to a whole number, because CUE's <c>float</c> takes no integer.</param>
    public void Number(decimal value, bool isFloat = false)
    {
        const int Longest = 34;
        Span<byte> span = output.GetSpan(Longest);
        value.TryFormat(span, out int written, default, CultureInfo.InvariantCulture);
        if (isFloat && !span[..written].Contains((byte)'.'))
        {
            span[written++] = (byte)'.';
            span[written++] = (byte)'0';
        }
        output.Advance(written);
    }

    /// <summary>The shortest text that reads back as the same number. NaN and infinities, which JSON has not, become null.</summary>
    public void Number(double value) => Floating(double.IsFinite(value), value.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>The shortest text that reads back as the same number. NaN and infinities, which JSON has not, become null.</summary>
    public void Number(float value)
    {
        // The shortest text of the largest float is more than the largest float, which CUE's float32 does not take.
        string text = MathF.Abs(value) == float.MaxValue
            ? (value < 0 ? "-" : "") + "340282346638528859811704183484516925440.0"
            : value.ToString("R", CultureInfo.InvariantCulture);
        Floating(float.IsFinite(value), text);
    }

    /// <summary>RFC 3339; <c>Z</c> for UTC, no more digits of the fraction than needed.</summary>
    public void Time(DateTimeOffset value)
    {
        string zone = value.Offset == TimeSpan.Zero ? "'Z'" : "zzz";
        String(value.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF" + zone, CultureInfo.InvariantCulture));
    }

    /// <summary>A form that Go parses, with no more units than needed: <c>1h15m30.5s</c>, <c>2h</c>.</summary>
    public void Duration(TimeSpan value)
    {
        if (value == TimeSpan.Zero)
        {
            String("0s");
            return;
        }
        var text = new StringBuilder();
        decimal ticks = value.Ticks;
        if (ticks < 0)
        {
            text.Append('-');
            ticks = -ticks;
        }
        decimal hours = decimal.Truncate(ticks / TimeSpan.TicksPerHour);
        decimal minutes = decimal.Truncate(ticks % TimeSpan.TicksPerHour / TimeSpan.TicksPerMinute);
        decimal seconds = ticks % TimeSpan.TicksPerMinute / TimeSpan.TicksPerSecond;
        if (hours > 0)
            text.Append(CultureInfo.InvariantCulture, $"{hours}h");
        if (minutes > 0)
            text.Append(CultureInfo.InvariantCulture, $"{minutes}m");
        if (seconds > 0)
            text.Append(CultureInfo.InvariantCulture, $"{seconds:0.#######}s");
        String(text.ToString());
    }

    /// <summary>Bytes as a base64 string.</summary>
    public void Bytes(ByteString value) => String(value.ToString());

    private void Floating(bool isFinite, string text)
    {
        if (!isFinite)
            Null();
        else
            Formatted(text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0");
    }

    private void Formatted(string ascii)
    {
        Span<byte> span = output.GetSpan(ascii.Length);
        output.Advance(Encoding.ASCII.GetBytes(ascii, span));
    }

    private void Text(ReadOnlySpan<char> text)
    {
        Span<byte> span = output.GetSpan(text.Length * 3);
        output.Advance(Encoding.UTF8.GetBytes(text, span));
    }

    /// <summary>Writes what stands at the start of the text, a character that may need an escape; how many were taken.</summary>
    private int Escape(ReadOnlySpan<char> text)
    {
        char c = text[0];
        if (char.IsHighSurrogate(c) && text.Length > 1 && char.IsLowSurrogate(text[1]))
        {
            Text(text[..2]);
            return 2;
        }
        switch (c)
        {
            case '"':
                Raw("\\\""u8);
                break;
            case '\\':
                Raw("\\\\"u8);
                break;
            case '\n':
                Raw("\\n"u8);
                break;
            case '\r':
                Raw("\\r"u8);
                break;
            case '\t':
                Raw("\\t"u8);
                break;
            case '\b':
                Raw("\\b"u8);
                break;
            case '\f':
                Raw("\\f"u8);
                break;
            default:
                Raw("\\u"u8);
                Span<byte> hex = output.GetSpan(4);
                Utf8Formatter.TryFormat(c, hex, out int written, new StandardFormat('x', 4));
                output.Advance(written);
                break;
        }
        return 1;
    }

    private static char[] EscapedCharacters() =>
        [.. Enumerable.Range(0, 0x20).Select(static c => (char)c), '"', '\\', '\u2028', '\u2029', '\ufeff',
            .. Enumerable.Range(0xD800, 0x800).Select(static c => (char)c)];
}
