using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace DataMesh.CloudEvents;

/// <summary>
/// The grammar of RFC 3986. <see cref="Uri"/> does not serve: it takes blanks and characters beyond ASCII, and on some systems
/// reads <c>/path</c> as an absolute file URI.
/// </summary>
internal static class UriSyntax
{
    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const string Unreserved = Alphanumeric + "-._~";
    private const string SubDelimiters = "!$&'()*+,;=";

    private static readonly SearchValues<char> SchemeCharacters = SearchValues.Create(Alphanumeric + "+-.");
    private static readonly SearchValues<char> HostCharacters = SearchValues.Create(Unreserved + SubDelimiters + "%");
    private static readonly SearchValues<char> UserCharacters = SearchValues.Create(Unreserved + SubDelimiters + "%:");
    private static readonly SearchValues<char> PathCharacters = SearchValues.Create(Unreserved + SubDelimiters + "%:@/");
    private static readonly SearchValues<char> QueryCharacters = SearchValues.Create(Unreserved + SubDelimiters + "%:@/?");

    /// <summary>A URI: it starts with a scheme.</summary>
    public static bool IsAbsolute(ReadOnlySpan<char> text)
    {
        var scheme = SchemeLength(text);
        return scheme > 0 && IsRest(text[(scheme + 1)..]);
    }

    /// <summary>A URI or a relative reference; not empty, since no attribute may be.</summary>
    public static bool IsReference(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
            return false;
        var scheme = SchemeLength(text);
        if (scheme > 0)
            return IsRest(text[(scheme + 1)..]);
        // A colon in the first segment would make it a scheme.
        var segment = text.IndexOfAny('/', '?', '#');
        return !(segment < 0 ? text : text[..segment]).Contains(':') && IsRest(text);
    }

    /// <summary>The length of the scheme before its colon; 0 when there is none.</summary>
    private static int SchemeLength(ReadOnlySpan<char> text)
    {
        var colon = text.IndexOf(':');
        return colon > 0 && char.IsAsciiLetter(text[0]) && !text[..colon].ContainsAnyExcept(SchemeCharacters) ? colon : 0;
    }

    private static bool IsRest(ReadOnlySpan<char> text)
    {
        Split(ref text, '#', out var fragment);
        Split(ref text, '?', out var query);
        if (!IsPart(fragment, QueryCharacters) || !IsPart(query, QueryCharacters))
            return false;
        if (!text.StartsWith("//"))
            return IsPart(text, PathCharacters);
        text = text[2..];
        var path = text.IndexOf('/');
        return path < 0 ? IsAuthority(text) : IsAuthority(text[..path]) && IsPart(text[path..], PathCharacters);
    }

    private static bool IsAuthority(ReadOnlySpan<char> authority)
    {
        var at = authority.LastIndexOf('@');
        if (at >= 0)
        {
            if (!IsPart(authority[..at], UserCharacters))
                return false;
            authority = authority[(at + 1)..];
        }
        if (authority.StartsWith('['))
        {
            var end = authority.IndexOf(']');
            return end > 0 && IsIPLiteral(authority[1..end]) && IsPort(authority[(end + 1)..]);
        }
        var colon = authority.IndexOf(':');
        return colon < 0
            ? IsPart(authority, HostCharacters)
            : IsPart(authority[..colon], HostCharacters) && IsPort(authority[colon..]);
    }

    private static bool IsIPLiteral(ReadOnlySpan<char> literal)
    {
        // No zone: "%" is not part of an IPv6 address here.
        if (!literal.StartsWith('v') && !literal.StartsWith('V'))
            return !literal.Contains('%') && IPAddress.TryParse(literal, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6;
        var dot = literal.IndexOf('.');
        return dot > 1 && dot < literal.Length - 1 && IsHexadecimal(literal[1..dot])
            && !literal[(dot + 1)..].ContainsAnyExcept(UserCharacters) && !literal[(dot + 1)..].Contains('%');
    }

    private static bool IsPort(ReadOnlySpan<char> port) =>
        port.IsEmpty || (port[0] == ':' && !port[1..].ContainsAnyExceptInRange('0', '9'));

    private static bool IsHexadecimal(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiHexDigit(c))
                return false;
        }
        return true;
    }

    private static bool IsPart(ReadOnlySpan<char> part, SearchValues<char> allowed)
    {
        if (part.ContainsAnyExcept(allowed))
            return false;
        for (var percent = part.IndexOf('%'); percent >= 0; percent = part.IndexOf('%'))
        {
            if (part.Length < percent + 3 || !IsHexadecimal(part.Slice(percent + 1, 2)))
                return false;
            part = part[(percent + 3)..];
        }
        return true;
    }

    private static void Split(ref ReadOnlySpan<char> text, char separator, out ReadOnlySpan<char> after)
    {
        var at = text.IndexOf(separator);
        after = at < 0 ? default : text[(at + 1)..];
        if (at >= 0)
            text = text[..at];
    }
}
