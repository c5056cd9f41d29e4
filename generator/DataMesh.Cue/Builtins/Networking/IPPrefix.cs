using System.Globalization;
using System.Numerics;

namespace DataMesh.Cue.Builtins.Networking;

/// <summary>An address and the length of its network part, as in <c>10.0.0.0/8</c>.</summary>
internal readonly struct IPPrefix
{
    private IPPrefix(IPAddress address, int bits)
    {
        Address = address;
        Bits = bits;
    }

    public IPAddress Address { get; }

    public int Bits { get; }

    /// <summary>A prefix; null when the text is none.</summary>
    public static IPPrefix? TryParse(string text)
    {
        try
        {
            return Parse(text);
        }
        catch (BuiltinException)
        {
            return null;
        }
    }

    public static IPPrefix Parse(string text)
    {
        string Fail(string reason) => $"netip.ParsePrefix({Conversion.QuotedText.Quote(text)}): {reason}";

        int slash = text.LastIndexOf('/');
        if (slash < 0)
            throw new BuiltinException(Fail("no '/'"));
        IPAddress address;
        try
        {
            address = IPAddress.Parse(text.Substring(0, slash));
        }
        catch (BuiltinException e)
        {
            throw new BuiltinException(Fail(e.Message));
        }

        if (address.HasZone)
            throw new BuiltinException(Fail("IPv6 zones cannot be present in a prefix"));
        string bitsText = text.Substring(slash + 1);
        bool isNumber = bitsText.Length is > 0 and <= 3 && bitsText.All(c => c is >= '0' and <= '9') && (bitsText.Length == 1 || bitsText[0] != '0');
        if (!isNumber)
            throw new BuiltinException(Fail("bad bits after slash: " + Conversion.QuotedText.Quote(bitsText)));
        int bits = int.Parse(bitsText, CultureInfo.InvariantCulture);
        if (bits > address.BitLength)
            throw new BuiltinException(Fail("prefix length out of range"));
        return new(address, bits);
    }

    public bool Contains(IPAddress address) =>
        !address.HasZone && address.IsIPv4 == Address.IsIPv4 && address.Mask(Bits).CompareTo(Address.Mask(Bits)) == 0;

    /// <summary>The prefix so many networks of its size further on.</summary>
    public IPPrefix Add(BigInteger offset) => new(Address.Add(offset << (Address.BitLength - Bits)), Bits);

    /// <summary>The prefix of an address so far further on.</summary>
    public IPPrefix AddToAddress(BigInteger offset) => new(Address.Add(offset), Bits);

    public override string ToString() => $"{Address}/{Bits.ToString(CultureInfo.InvariantCulture)}";
}
