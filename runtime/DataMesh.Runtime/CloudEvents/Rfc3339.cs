using System.Text;

namespace DataMesh.CloudEvents;

/// <summary>RFC 3339 timestamps. Fractions beyond 100 ns are cut off; an offset is kept where .NET can hold it.</summary>
internal static class Rfc3339
{
    /// <summary>The most bytes that <see cref="Format(DateTimeOffset, Span{byte})"/> writes.</summary>
    public const int MaxLength = 33;

    // "2018-04-05T17:31:00.0000000+01:00": the layout of the round-trip format.
    private const int FractionStart = 19;
    private const int OffsetStart = 27;

    /// <summary>Writes <c>2018-04-05T17:31:00.5Z</c>: no trailing zeros, <c>Z</c> for UTC. Returns the length.</summary>
    public static int Format(DateTimeOffset time, Span<byte> utf8)
    {
        Span<byte> full = stackalloc byte[MaxLength];
        time.TryFormat(full, out _, "O", null);
        var length = full[..OffsetStart].LastIndexOfAnyExcept((byte)'0') + 1;
        if (length == FractionStart + 1)
            length = FractionStart;
        full[..length].CopyTo(utf8);
        if (time.Offset == TimeSpan.Zero)
        {
            utf8[length] = (byte)'Z';
            return length + 1;
        }
        full[OffsetStart..].CopyTo(utf8[length..]);
        return length + full.Length - OffsetStart;
    }

    /// <summary>The same as text.</summary>
    public static string Format(DateTimeOffset time)
    {
        Span<byte> utf8 = stackalloc byte[MaxLength];
        return Encoding.ASCII.GetString(utf8[..Format(time, utf8)]);
    }

    public static bool TryParse(ReadOnlySpan<char> text, out DateTimeOffset time)
    {
        time = default;
        // date-time = full-date ("T" / "t") partial-time [fraction] ("Z" / "z" / offset)
        if (text.Length < 20 || text[4] != '-' || text[7] != '-' || (text[10] | 0x20) != 't' || text[13] != ':' || text[16] != ':'
            || !TryDigits(text[..4], out var year) || !TryDigits(text[5..7], out var month) || !TryDigits(text[8..10], out var day)
            || !TryDigits(text[11..13], out var hour) || !TryDigits(text[14..16], out var minute) || !TryDigits(text[17..19], out var second))
            return false;
        if (year == 0 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 60)
            return false;

        var rest = text[19..];
        if (!TryFraction(ref rest, out var fraction) || !TryOffset(rest, out var offset))
            return false;

        var local = new DateTime(year, month, day, hour, minute, Math.Min(second, 59), DateTimeKind.Unspecified).Ticks + fraction;
        var utc = local - offset.Ticks;
        if (second == 60)
        {
            // A leap second stands at the end of a UTC day. .NET has none: it becomes the second that follows it.
            if (new TimeOnly(((utc % TimeSpan.TicksPerDay) + TimeSpan.TicksPerDay) % TimeSpan.TicksPerDay) is not { Hour: 23, Minute: 59 })
                return false;
            local += TimeSpan.TicksPerSecond;
            utc += TimeSpan.TicksPerSecond;
        }
        if (utc < DateTime.MinValue.Ticks || utc > DateTime.MaxValue.Ticks)
            return false;
        // RFC 3339 allows offsets to 23:59, .NET to 14:00; the instant is the same.
        var keepsOffset = offset.Duration() <= TimeSpan.FromHours(14) && local >= DateTime.MinValue.Ticks && local <= DateTime.MaxValue.Ticks;
        time = keepsOffset ? new(local, offset) : new(utc, TimeSpan.Zero);
        return true;
    }

    private static bool TryFraction(ref ReadOnlySpan<char> text, out long ticks)
    {
        ticks = 0;
        if (text[0] != '.')
            return true;
        var digits = text[1..].IndexOfAnyExceptInRange('0', '9');
        if (digits <= 0)
            return false;
        for (var i = 0; i < 7; i++)
            ticks = ticks * 10 + (i < digits ? text[1 + i] - '0' : 0);
        text = text[(1 + digits)..];
        return true;
    }

    private static bool TryOffset(ReadOnlySpan<char> text, out TimeSpan offset)
    {
        offset = default;
        if (text is "Z" or "z")
            return true;
        if (text.Length != 6 || text[0] is not ('+' or '-') || text[3] != ':'
            || !TryDigits(text[1..3], out var hours) || !TryDigits(text[4..6], out var minutes) || hours > 23 || minutes > 59)
            return false;
        offset = new TimeSpan(hours, minutes, 0);
        if (text[0] == '-')
            offset = -offset;
        return true;
    }

    private static bool TryDigits(ReadOnlySpan<char> text, out int value)
    {
        value = 0;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c))
                return false;
            value = value * 10 + (c - '0');
        }
        return true;
    }
}
