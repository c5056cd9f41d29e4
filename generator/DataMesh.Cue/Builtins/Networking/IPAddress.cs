using System.Globalization;
using System.Numerics;
using System.Text;

namespace DataMesh.Cue.Builtins.Networking;

/// <summary>An IPv4 or IPv6 address; an IPv4 address inside IPv6 stays IPv6.</summary>
internal readonly struct IPAddress
{
    private static readonly BigInteger ByteMask = 255;

    private readonly byte[] _bytes;
    private readonly string _zone;

    /// <param name="bytes">4 or 16 bytes, the first one first.</param>
    /// <param name="zone">The zone of an IPv6 address, or empty.</param>
    public IPAddress(byte[] bytes, string zone = "")
    {
        _bytes = bytes;
        _zone = zone;
    }

    public bool IsIPv4 => _bytes.Length == 4;

    public int BitLength => _bytes.Length * 8;

    public bool HasZone => _zone.Length > 0;

    public IReadOnlyList<byte> Bytes => _bytes;

    public bool IsUnspecified => _bytes.All(b => b == 0) && !HasZone;

    public bool IsLoopback => Unmapped is { } a && (a.Length == 4 ? a[0] == 127 : a.Take(15).All(b => b == 0) && a[15] == 1);

    public bool IsMulticast => Unmapped is { } a && (a.Length == 4 ? (a[0] & 0xF0) == 0xE0 : a[0] == 0xFF);

    public bool IsInterfaceLocalMulticast => Unmapped is { Length: 16 } a && a[0] == 0xFF && (a[1] & 0x0F) == 1;

    public bool IsLinkLocalMulticast => Unmapped is { } a
        && (a.Length == 4 ? a[0] == 224 && a[1] == 0 && a[2] == 0 : a[0] == 0xFF && (a[1] & 0x0F) == 2);

    public bool IsLinkLocalUnicast => Unmapped is { } a
        && (a.Length == 4 ? a[0] == 169 && a[1] == 254 : a[0] == 0xFE && (a[1] & 0xC0) == 0x80);

    public bool IsGlobalUnicast
    {
        get
        {
            byte[] a = Unmapped;
            if (a.Length == 4 && (a.All(b => b == 0) || a.All(b => b == 255)))
                return false;
            return !a.All(b => b == 0) && !IsLoopback && !IsMulticast && !IsLinkLocalUnicast;
        }
    }

    private bool IsMapped => _bytes.Length == 16 && _bytes.Take(10).All(b => b == 0) && _bytes[10] == 255 && _bytes[11] == 255;

    private byte[] Unmapped => IsMapped ? [.. _bytes.Skip(12)] : _bytes;

    /// <summary>The 16 bytes, with an IPv4 address as ::ffff:a.b.c.d.</summary>
    public IReadOnlyList<byte> To16() => IsIPv4 ? [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, .. _bytes] : _bytes;

    public static IPAddress Parse(string text)
    {
        string Fail(string reason, string at = "") =>
            $"ParseAddr({Conversion.QuotedText.Quote(text)}): {reason}" + (at.Length > 0 ? $" (at {Conversion.QuotedText.Quote(at)})" : "");

        foreach (char c in text)
        {
            switch (c)
            {
                case '.':
                    return new(ParseIPv4(text, Fail));
                case ':':
                    return ParseIPv6(text, Fail);
                case '%':
                    throw new BuiltinException(Fail("missing IPv6 address"));
            }
        }

        throw new BuiltinException(Fail("unable to parse IP"));
    }

    public int CompareTo(IPAddress other)
    {
        int order = _bytes.Length.CompareTo(other._bytes.Length);
        for (int i = 0; order == 0 && i < _bytes.Length; i++)
            order = _bytes[i].CompareTo(other._bytes[i]);
        return order != 0 ? order : CodePoints.Compare(_zone, other._zone);
    }

    /// <summary>The address so many further on.</summary>
    public IPAddress Add(BigInteger offset)
    {
        BigInteger value = ToInteger() + offset;
        if (value.Sign < 0)
            throw new BuiltinException("IP address arithmetic resulted in out-of-range address (underflow)");
        if (value >= BigInteger.One << BitLength)
            throw new BuiltinException("IP address arithmetic resulted in out-of-range address (overflow)");
        return new(FromInteger(value, _bytes.Length), _zone);
    }

    /// <summary>The address with only the first <paramref name="bits"/> bits kept.</summary>
    public IPAddress Mask(int bits) => new([.. _bytes.Zip(PrefixMask(bits, _bytes.Length)._bytes, (b, mask) => (byte)(b & mask))]);

    /// <summary>The last address that has the same first <paramref name="bits"/> bits.</summary>
    public IPAddress Last(int bits) => new([.. _bytes.Zip(PrefixMask(bits, _bytes.Length)._bytes, (b, mask) => (byte)(b | ~mask))]);

    public static IPAddress PrefixMask(int bits, int byteCount)
    {
        byte[] mask = new byte[byteCount];
        for (int i = 0; i < bits; i++)
            mask[i / 8] |= (byte)(0x80 >> (i % 8));
        return new(mask);
    }

    public override string ToString()
    {
        if (IsIPv4)
            return string.Join(".", _bytes.Select(b => b.ToString(CultureInfo.InvariantCulture)));
        string zone = HasZone ? "%" + _zone : "";
        if (IsMapped)
            return "::ffff:" + new IPAddress(Unmapped) + zone;
        int[] groups = new int[8];
        for (int i = 0; i < groups.Length; i++)
            groups[i] = Word(i);
        (int start, int length) = LongestZeros(groups);
        StringBuilder text = new();
        for (int i = 0; i < 8; i++)
        {
            if (i == start)
            {
                text.Append("::");
                i += length;
                if (i >= 8)
                    break;
            }
            else if (i > 0)
            {
                text.Append(':');
            }

            text.Append(groups[i].ToString("x", CultureInfo.InvariantCulture));
        }

        return text + zone;
    }

    private int Word(int index) => (_bytes[index * 2] << 8) | _bytes[(index * 2) + 1];

    private BigInteger ToInteger()
    {
        BigInteger value = BigInteger.Zero;
        foreach (byte b in _bytes)
            value = (value << 8) | b;
        return value;
    }

    private static byte[] FromInteger(BigInteger value, int byteCount)
    {
        byte[] bytes = new byte[byteCount];
        for (int i = byteCount - 1; i >= 0; i--, value >>= 8)
            bytes[i] = (byte)(value & ByteMask);
        return bytes;
    }

    /// <summary>The first longest run of at least two groups of zero; starts at -1 if there is none.</summary>
    private static (int Start, int Length) LongestZeros(int[] groups)
    {
        int bestStart = -1, bestLength = 1;
        for (int i = 0; i < groups.Length; i++)
        {
            int length = 0;
            while (i + length < groups.Length && groups[i + length] == 0)
                length++;
            if (length > bestLength)
                (bestStart, bestLength) = (i, length);
            i += length;
        }

        return (bestStart, bestLength);
    }

    private static byte[] ParseIPv4(string text, Func<string, string, string> fail)
    {
        byte[] bytes = new byte[4];
        int value = 0, digits = 0, position = 0;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c is >= '0' and <= '9')
            {
                if (digits == 1 && value == 0)
                    throw new BuiltinException(fail("IPv4 field has octet with leading zero", ""));
                value = (value * 10) + c - '0';
                digits++;
                if (value > 255)
                    throw new BuiltinException(fail("IPv4 field has value >255", ""));
            }
            else if (c == '.')
            {
                if (i == 0 || i == text.Length - 1 || text[i - 1] == '.')
                    throw new BuiltinException(fail("IPv4 field must have at least one digit", text.Substring(i)));
                if (position == 3)
                    throw new BuiltinException(fail("IPv4 address too long", ""));
                bytes[position++] = (byte)value;
                value = digits = 0;
            }
            else
            {
                throw new BuiltinException(fail("unexpected character", text.Substring(i)));
            }
        }

        if (position < 3)
            throw new BuiltinException(fail("IPv4 address too short", ""));
        bytes[3] = (byte)value;
        return bytes;
    }

    private static IPAddress ParseIPv6(string original, Func<string, string, string> fail)
    {
        string text = original, zone = "";
        int percent = text.IndexOf('%');
        if (percent >= 0)
        {
            zone = text.Substring(percent + 1);
            text = text.Substring(0, percent);
            if (zone.Length == 0)
                throw new BuiltinException(fail("zone must be a non-empty string", ""));
        }

        byte[] bytes = new byte[16];
        int ellipsis = -1, filled = 0;
        if (text.StartsWith("::", StringComparison.Ordinal))
        {
            ellipsis = 0;
            text = text.Substring(2);
            if (text.Length == 0)
                return new(bytes, zone);
        }

        while (filled < 16)
        {
            int digits = 0, value = 0;
            while (digits < text.Length && HexValue(text[digits]) is int digit and >= 0)
            {
                value = (value << 4) | digit;
                if (digits > 3)
                    throw new BuiltinException(fail("each group must have 4 or less digits", text));
                if (value > 0xFFFF)
                    throw new BuiltinException(fail("IPv6 field has value >=2^16", text));
                digits++;
            }

            if (digits == 0)
                throw new BuiltinException(fail("each colon-separated field must have at least one digit", text));
            if (digits < text.Length && text[digits] == '.')
            {
                if (ellipsis < 0 && filled != 12)
                    throw new BuiltinException(fail("embedded IPv4 address must replace the final 2 fields of the address", text));
                if (filled + 4 > 16)
                    throw new BuiltinException(fail("too many hex fields to fit an embedded IPv4 at the end of the address", text));
                ParseIPv4(text, (reason, _) => fail(reason, text)).CopyTo(bytes, filled);
                text = "";
                filled += 4;
                break;
            }

            bytes[filled] = (byte)(value >> 8);
            bytes[filled + 1] = (byte)value;
            filled += 2;
            text = text.Substring(digits);
            if (text.Length == 0)
                break;
            if (text[0] != ':')
                throw new BuiltinException(fail("unexpected character, want colon", text));
            if (text.Length == 1)
                throw new BuiltinException(fail("colon must be followed by more characters", text));
            text = text.Substring(1);
            if (text[0] == ':')
            {
                if (ellipsis >= 0)
                    throw new BuiltinException(fail("multiple :: in address", text));
                ellipsis = filled;
                text = text.Substring(1);
                if (text.Length == 0)
                    break;
            }
        }

        if (text.Length != 0)
            throw new BuiltinException(fail("trailing garbage after address", text));
        if (filled < 16)
        {
            if (ellipsis < 0)
                throw new BuiltinException(fail("address string too short", ""));
            int moved = filled - ellipsis;
            Array.Copy(bytes, ellipsis, bytes, 16 - moved, moved);
            Array.Clear(bytes, ellipsis, 16 - filled);
        }
        else if (ellipsis >= 0)
        {
            throw new BuiltinException(fail("the :: must expand to at least one field of zeros", ""));
        }

        return new(bytes, zone);
    }

    private static int HexValue(char c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'a' and <= 'f' => c - 'a' + 10,
        >= 'A' and <= 'F' => c - 'A' + 10,
        _ => -1,
    };
}
