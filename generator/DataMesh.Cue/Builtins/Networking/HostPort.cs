namespace DataMesh.Cue.Builtins.Networking;

/// <summary>Network addresses of the form <c>host:port</c> and host names.</summary>
internal static class HostPort
{
    private const int MaxNameLength = 253;
    private const int MaxLabelLength = 63;

    public static (string Host, string Port) Split(string text)
    {
        BuiltinException Fail(string reason) => new($"address {text}: {reason}");

        int colon = text.LastIndexOf(':');
        if (colon < 0)
            throw Fail("missing port in address");
        string host;
        int open = 0, close = 0;
        if (text[0] == '[')
        {
            int end = text.IndexOf(']');
            if (end < 0)
                throw Fail("missing ']' in address");
            if (end + 1 == text.Length)
                throw Fail("missing port in address");
            if (end + 1 != colon)
                throw Fail(text[end + 1] == ':' ? "too many colons in address" : "missing port in address");
            host = text.Substring(1, end - 1);
            open = 1;
            close = end + 1;
        }
        else
        {
            host = text.Substring(0, colon);
            if (host.IndexOf(':') >= 0)
                throw Fail("too many colons in address");
        }

        if (text.IndexOf('[', open) >= 0)
            throw Fail("unexpected '[' in address");
        if (text.IndexOf(']', close) >= 0)
            throw Fail("unexpected ']' in address");
        return (host, text.Substring(colon + 1));
    }

    public static string Join(string host, string port) => host.IndexOf(':') >= 0 ? $"[{host}]:{port}" : $"{host}:{port}";

    /// <summary>Whether this is a fully qualified domain name in ASCII letters, with or without the final dot.</summary>
    public static bool IsDomainName(string text)
    {
        if (text.Length == 0)
            return false;
        string name = text[text.Length - 1] == '.' ? text.Substring(0, text.Length - 1) : text;
        return name.Length is > 0 and <= MaxNameLength && name.Split('.').All(IsLabel);
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= MaxLabelLength
        && label[0] != '-' && label[label.Length - 1] != '-'
        && label.All(c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-');
}
