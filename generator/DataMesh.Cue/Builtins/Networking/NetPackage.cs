using DataMesh.Cue.Values;

namespace DataMesh.Cue.Builtins.Networking;

/// <summary><c>net</c>: addresses, host names and URLs.</summary>
internal sealed class NetPackage() : StandardPackage("net")
{
    public override IEnumerable<Builtin> Functions =>
    [
        Function("SplitHostPort", [Text], List, static call => SplitHostPort(call)),
        Function("JoinHostPort", [Top, Top], Text, static call => Of(HostPort.Join(HostText(call), PortText(call)))),
        Function("FQDN", [Text], Bool, static call => Of(HostPort.IsDomainName(call.String(0)))),
        Function("ParseIP", [Text], List, static call => OfBytes(call, ParseIP(call.String(0)).Bytes)),
        Check("IPv4", static address => address.IsIPv4),
        Check("IPv6", static address => !address.IsIPv4),
        Check("IP", static _ => true),
        Function("IPCIDR", [Top], Bool, static call => Of(Prefix(call, 0).Bits >= 0)),
        Check("LoopbackIP", static address => address.IsLoopback),
        Check("MulticastIP", static address => address.IsMulticast),
        Check("InterfaceLocalMulticastIP", static address => address.IsInterfaceLocalMulticast),
        Check("LinkLocalMulticastIP", static address => address.IsLinkLocalMulticast),
        Check("LinkLocalUnicastIP", static address => address.IsLinkLocalUnicast),
        Check("GlobalUnicastIP", static address => address.IsGlobalUnicast),
        Check("UnspecifiedIP", static address => address.IsUnspecified),
        Function("ToIP4", [Top], List, static call => OfBytes(call, ToIPv4(call).Bytes)),
        Function("ToIP16", [Top], List, static call => OfBytes(call, Address(call, 0).To16())),
        Function("IPString", [Top], Text, static call => Of(Address(call, 0).ToString())),
        Function("AddIP", [Top, Int], Text, static call => Of(AddAddress(call))),
        Function("AddIPCIDR", [Top, Int], Text, static call => Of(Prefix(call, 0).Add(call.Integer(1)).ToString())),
        Function("ParseCIDR", [Text], CueKind.Struct, static call => ParseCidr(call)),
        Function("InCIDR", [Top, Top], Bool, static call => Of(InCidr(call))),
        Function("CompareIP", [Top, Top], Int, static call => Of((long)Address(call, 0).CompareTo(Address(call, 1)))),
        Function("PathEscape", [Text], Text, static call => Of(PercentEncoding.Escape(call.String(0), PercentEncoding.Part.PathSegment))),
        Function("PathUnescape", [Text], Text, static call => Of(PercentEncoding.Unescape(call.String(0), PercentEncoding.Part.PathSegment))),
        Function("QueryEscape", [Text], Text, static call => Of(PercentEncoding.Escape(call.String(0), PercentEncoding.Part.QueryComponent))),
        Function("QueryUnescape", [Text], Text, static call => Of(PercentEncoding.Unescape(call.String(0), PercentEncoding.Part.QueryComponent))),
        Function("URL", [Text], Bool, static call => CheckUrl(call.String(0))),
        Function("AbsURL", [Text], Bool, static call => Url.Check(call.String(0)) ? Of(true) : throw new BuiltinException("URL is not absolute")),
    ];

    /// <summary>An address further on; one with a prefix keeps that.</summary>
    private static string AddAddress(CallContext call) => call.Arguments[0] is StringConstant text && IPPrefix.TryParse(text.Value) is { } prefix
        ? prefix.AddToAddress(call.Integer(1)).ToString()
        : Address(call, 0).Add(call.Integer(1)).ToString();

    public override IEnumerable<KeyValuePair<string, Value>> Constants =>
    [
        new("IPv4len", Of(4)),
        new("IPv6len", Of(16)),
    ];

    private Builtin Check(string name, Func<IPAddress, bool> isTrue) =>
        Function(name, [Top], Bool, call => Of(isTrue(Address(call, 0))));

    private static Value CheckUrl(string text)
    {
        Url.Check(text);
        return Of(true);
    }

    private static Value SplitHostPort(CallContext call)
    {
        (string host, string port) = HostPort.Split(call.String(0));
        return OfTexts(call, [host, port]);
    }

    /// <summary>An address is a text, or its bytes as a list or as bytes.</summary>
    private static IPAddress Address(CallContext call, int index)
    {
        switch (call.Arguments[index])
        {
            case StringConstant text:
                return IPAddress.Parse(text.Value);
            case BytesConstant bytes when bytes.Value.Length is 4 or 16:
                return new(bytes.Value);
            case BytesConstant bytes:
                throw new BuiltinException(FormattableString.Invariant($"invalid IP length {bytes.Value.Length}"));
            case Vertex { Kind: CueKind.List } list:
                return FromList(call.Elements(list));
            default:
                throw Unsuited(call.Arguments[index], "IP address");
        }
    }

    private static IPAddress FromList(IReadOnlyList<Value> elements)
    {
        byte[] bytes = new byte[elements.Count];
        for (int i = 0; i < bytes.Length; i++)
        {
            if (elements[i] is not NumberConstant { Kind: CueKind.Int } number)
                throw Unsuited(elements[i], "IP address");
            if (!number.Value.TryToInt64(out long value) || value is < 0 or > 255)
                throw new BuiltinException($"cannot use {number.Value} as uint8");
            bytes[i] = (byte)value;
        }

        return bytes.Length is 4 or 16 ? new(bytes) : throw new BuiltinException(FormattableString.Invariant($"invalid IP length {bytes.Length}"));
    }

    private static IPPrefix Prefix(CallContext call, int index) => call.Arguments[index] switch
    {
        StringConstant text => IPPrefix.Parse(text.Value),
        BytesConstant bytes => IPPrefix.Parse(CodePoints.Utf8.GetString(bytes.Value)),
        Value other => throw Unsuited(other, "IP CIDR"),
    };

    private static Exception Unsuited(Value value, string what) => value is Constant or Vertex
        ? new BuiltinException($"invalid type {value.Kind.Text()} for {what}")
        : Incomplete($"non-concrete value {ValueText.Describe(value)}");

    private static IPAddress ParseIP(string text)
    {
        try
        {
            return IPAddress.Parse(text);
        }
        catch (BuiltinException)
        {
            throw new BuiltinException("invalid IP address " + Conversion.QuotedText.Quote(text));
        }
    }

    private static IPAddress ToIPv4(CallContext call)
    {
        IPAddress address = Address(call, 0);
        return address.IsIPv4 ? address : throw new BuiltinException($"cannot convert \"{address}\" to IPv4");
    }

    private static bool InCidr(CallContext call)
    {
        IPAddress address = Address(call, 0);
        return Prefix(call, 1).Contains(address);
    }

    private static Value ParseCidr(CallContext call)
    {
        IPPrefix prefix = IPPrefix.Parse(call.String(0));
        IPAddress network = prefix.Address.Mask(prefix.Bits);
        List<KeyValuePair<string, Value>> members =
        [
            new("prefix_mask", Of(IPAddress.PrefixMask(prefix.Bits, network.BitLength / 8).ToString())),
            new("prefix_len", Of((long)prefix.Bits)),
            new("prefix_addr", Of(network.ToString())),
        ];
        if (network.IsIPv4)
            members.Add(new("broadcast_addr", Of(network.Last(prefix.Bits).ToString())));
        return call.NewStruct(members);
    }

    private static string HostText(CallContext call) => call.Arguments[0] switch
    {
        StringConstant text => text.Value,
        BytesConstant bytes => CodePoints.Utf8.GetString(bytes.Value),
        Vertex { Kind: CueKind.List } list => HostOf([.. list.Resolve().Arcs.Select(static arc => arc.Resolve().Base ?? arc)]),
        Value value => throw Unsuited(call, 0, value, "string"),
    };

    private static string HostOf(IReadOnlyList<Value> elements)
    {
        try
        {
            return FromList(elements).ToString();
        }
        catch (BuiltinException)
        {
            throw new BuiltinException($"invalid host [{string.Join(", ", elements.Select(ValueText.Describe))}]");
        }
    }

    private static string PortText(CallContext call) => call.Arguments[1] switch
    {
        StringConstant text => text.Value,
        NumberConstant { Kind: CueKind.Int } number => number.Value.ToString(),
        BytesConstant bytes => CodePoints.Utf8.GetString(bytes.Value),
        Value value => throw Unsuited(call, 1, value, "int"),
    };

    /// <summary>What is wrong with an argument of another type; where a struct or list is written is not told.</summary>
    private static Exception Unsuited(CallContext call, int index, Value value, string wanted)
    {
        var message = $"cannot use value {ValueText.Describe(value)} (type {value.Kind.Text()}) as {wanted}";
        return value is Vertex ? new BuiltinException(message) : Fail(message, call, index);
    }

    private static Value OfBytes(CallContext call, IEnumerable<byte> bytes) => OfNumbers(call, bytes.Select(static b => (long)b));
}
