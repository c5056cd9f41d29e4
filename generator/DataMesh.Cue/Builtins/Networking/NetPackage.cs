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
        Function("CompareIP", [Top, Top], Int, static call => Of((long)Math.Sign(Address(call, 0).CompareTo(Address(call, 1))))),
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

    /// <summary>An address is a text, or a list of its bytes.</summary>
    private static IPAddress Address(CallContext call, int index) => call.Arguments[index] switch
    {
        StringConstant text => IPAddress.Parse(text.Value),
        BytesConstant text => IPAddress.Parse(CodePoints.Utf8.GetString(text.Value)),
        Vertex { Kind: CueKind.List } list => OfList(call, list),
        Value other => throw Unsuited(other, "IP address"),
    };

    private static IPAddress OfList(CallContext call, Vertex list)
    {
        IReadOnlyList<Value> elements = call.Elements(list), arcs = Arcs(call, list);
        byte[] bytes = new byte[elements.Count];
        for (int i = 0; i < bytes.Length; i++)
        {
            if (elements[i] is not NumberConstant { Kind: CueKind.Int } number)
                throw Unfit(elements[i], arcs[i], Int);
            if (!number.Value.TryToInt64(out long value) || value is < 0 or > 255)
                throw new BuiltinException($"invalid IP byte value {number.Value}");
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

    private static BuiltinException Unsuited(Value value, string what) => new($"invalid type {value.Kind.Text()} for {what}");

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
        Vertex { Kind: CueKind.List } list => HostOf(call, list),
        Value value => throw Unsuited(call, 0, value, "string"),
    };

    private static string HostOf(CallContext call, Vertex list)
    {
        try
        {
            return OfList(call, list).ToString();
        }
        catch (Exception exception) when (exception is BuiltinException or CallException)
        {
            throw new BuiltinException($"invalid host [{string.Join(", ", call.Elements(list).Select(ValueText.Describe))}]");
        }
    }

    private static string PortText(CallContext call) => call.Arguments[1] switch
    {
        StringConstant text => text.Value,
        NumberConstant { Kind: CueKind.Int } number => number.Value.ToString(),
        BytesConstant bytes => CodePoints.Utf8.GetString(bytes.Value),
        Value value => throw Unsuited(call, 1, value, "int"),
    };

    private static Exception Unsuited(CallContext call, int index, Value value, string wanted) =>
        Fail($"cannot use value {ValueText.Describe(value)} (type {value.Kind.Text()}) as {wanted}", call, index);

    private static Value OfBytes(CallContext call, IEnumerable<byte> bytes) => OfNumbers(call, bytes.Select(static b => (long)b));
}
