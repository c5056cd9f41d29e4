using System.Globalization;
using System.Text;
using DataMesh.Cue.Numerics;
using DataMesh.Validation;

namespace DataMesh.Json;

/// <summary>Strings of a document as C# values, for generated readers.</summary>
public static class JsonConvert
{
    /// <summary>The time, when <see cref="DateTimeOffset"/> holds it exactly: years from 1, offsets up to 14 hours, 100 ns.</summary>
    public static bool TryGetTime(ReadOnlySpan<byte> utf8, out DateTimeOffset value)
    {
        value = default;
        const int Longest = 64;
        if (utf8.Length is < 20 or > Longest)
            return false;
        string text = Encoding.UTF8.GetString(utf8).Replace(',', '.');
        if (!TimeText.IsTime(text))
            return false;
        int end = text.AsSpan(19).IndexOfAny('Z', '+', '-') + 19;
        ReadOnlySpan<char> fraction = end > 20 ? text.AsSpan(20, end - 20).TrimEnd('0') : [];
        if (fraction.Length > 7)
            return false;
        string exact = string.Concat(text.AsSpan(0, 19), fraction.IsEmpty ? "" : ".", fraction, text.AsSpan(end));
        return DateTimeOffset.TryParse(exact, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out value);
    }

    /// <summary>The duration, when <see cref="TimeSpan"/> holds it exactly: whole multiples of 100 ns.</summary>
    public static bool TryGetDuration(ReadOnlySpan<byte> utf8, out TimeSpan value)
    {
        value = default;
        if (DurationText.TryParse(Encoding.UTF8.GetString(utf8), out long nanoseconds, out _) != DurationParseResult.Success || nanoseconds % 100 != 0)
            return false;
        value = TimeSpan.FromTicks(nanoseconds / 100);
        return true;
    }

    /// <summary>The bytes of a base64 string; false when it is none.</summary>
    public static bool TryGetBytes(ReadOnlySpan<byte> utf8, out ByteString value)
    {
        value = default;
        string text = Encoding.UTF8.GetString(utf8);
        if (!Base64Text.IsValid(text))
            return false;
        value = new ByteString(Convert.FromBase64String(text));
        return true;
    }
}
