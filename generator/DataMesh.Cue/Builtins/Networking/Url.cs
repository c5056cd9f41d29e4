namespace DataMesh.Cue.Builtins.Networking;

/// <summary>Whether a text is a URL (RFC 3986), absolute or a reference.</summary>
internal static class Url
{
    /// <summary>Checks the text; returns whether it is absolute, that is, has a scheme.</summary>
    public static bool Check(string text)
    {
        try
        {
            return CheckParts(text);
        }
        catch (BuiltinException e)
        {
            throw new BuiltinException($"parse {Conversion.QuotedText.Quote(text)}: {e.Message}");
        }
    }

    private static bool CheckParts(string text)
    {
        int hash = text.IndexOf('#');
        string rest = hash < 0 ? text : text.Substring(0, hash);
        if (rest.Any(c => c is < ' ' or '\x7F'))
            throw new BuiltinException("net/url: invalid control character in URL");
        string scheme = "";
        if (rest != "*")
        {
            scheme = ReadScheme(ref rest);
            int question = rest.IndexOf('?');
            if (question >= 0)
                rest = rest.Substring(0, question);
            CheckHierarchy(rest, scheme);
        }

        if (hash >= 0)
            PercentEncoding.Unescape(text.Substring(hash + 1), PercentEncoding.Part.Fragment);
        return scheme.Length > 0;
    }

    private static void CheckHierarchy(string rest, string scheme)
    {
        if (!rest.StartsWith("/", StringComparison.Ordinal))
        {
            // scheme:opaque, where nothing else is said of the rest.
            if (scheme.Length > 0)
                return;
            int slash = rest.IndexOf('/');
            string first = slash < 0 ? rest : rest.Substring(0, slash);
            if (first.IndexOf(':') >= 0)
                throw new BuiltinException("first path segment in URL cannot contain colon");
        }

        bool hasAuthority = rest.StartsWith("//", StringComparison.Ordinal)
            && (scheme.Length > 0 || !rest.StartsWith("///", StringComparison.Ordinal));
        if (hasAuthority)
        {
            string authority = rest.Substring(2);
            int slash = authority.IndexOf('/');
            rest = slash < 0 ? "" : authority.Substring(slash);
            CheckAuthority(slash < 0 ? authority : authority.Substring(0, slash));
        }

        PercentEncoding.Unescape(rest, PercentEncoding.Part.Path);
    }

    private static string ReadScheme(ref string rest)
    {
        for (int i = 0; i < rest.Length; i++)
        {
            char c = rest[i];
            if (c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z'))
                continue;
            if (c is (>= '0' and <= '9') or '+' or '-' or '.')
            {
                if (i == 0)
                    return "";
            }
            else if (c == ':')
            {
                if (i == 0)
                    throw new BuiltinException("missing protocol scheme");
                string scheme = rest.Substring(0, i);
                rest = rest.Substring(i + 1);
                return scheme;
            }
            else
            {
                return "";
            }
        }

        return "";
    }

    private static void CheckAuthority(string authority)
    {
        int at = authority.LastIndexOf('@');
        CheckHost(authority.Substring(at + 1));
        if (at < 0)
            return;
        string user = authority.Substring(0, at);
        if (user.Any(c => !(c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') || "-._:~!$&'()*+,;=%@".IndexOf(c) >= 0)))
            throw new BuiltinException("net/url: invalid userinfo");
        PercentEncoding.Unescape(user, PercentEncoding.Part.Path);
    }

    private static void CheckHost(string host)
    {
        if (host.StartsWith("[", StringComparison.Ordinal))
        {
            int end = host.LastIndexOf(']');
            if (end < 0)
                throw new BuiltinException("missing ']' in host");
            CheckPort(host.Substring(end + 1));
            int zone = host.Substring(0, end).IndexOf("%25", StringComparison.Ordinal);
            if (zone >= 0)
            {
                PercentEncoding.Unescape(host.Substring(0, zone), PercentEncoding.Part.Host);
                PercentEncoding.Unescape(host.Substring(zone, end - zone), PercentEncoding.Part.Zone);
                return;
            }
        }
        else if (host.LastIndexOf(':') is int colon and >= 0)
        {
            CheckPort(host.Substring(colon));
        }

        PercentEncoding.Unescape(host, PercentEncoding.Part.Host);
    }

    private static void CheckPort(string port)
    {
        bool isValid = port.Length == 0 || (port[0] == ':' && port.Skip(1).All(c => c is >= '0' and <= '9'));
        if (!isValid)
            throw new BuiltinException($"invalid port {Conversion.QuotedText.Quote(port)} after host");
    }
}
