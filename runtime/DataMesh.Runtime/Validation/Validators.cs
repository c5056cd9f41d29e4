using System.Globalization;
using System.Text;
using DataMesh.Json;

namespace DataMesh.Validation;

/// <summary>The validators of CUE's standard packages that generated code enforces.</summary>
internal static class Validators
{
    /// <summary>Null when the value passes; else the reason, empty when CUE gives none.</summary>
    public delegate string? Test(JsonNode node, long argument, string argumentText);

    public static readonly Test MinRunes = static (node, n, _) => RuneCount(Encoding.UTF8.GetBytes(node.Text)) >= n ? null : "";

    public static readonly Test MaxRunes = static (node, n, _) => RuneCount(Encoding.UTF8.GetBytes(node.Text)) <= n ? null : "";

    private static readonly Dictionary<string, Test> ByName = new(StringComparer.Ordinal)
    {
        ["strings.MinRunes"] = MinRunes,
        ["strings.MaxRunes"] = MaxRunes,
        ["list.MinItems"] = static (node, n, _) => AtLeast("len(list)", "MinItems", node.Items.Count, n),
        ["list.MaxItems"] = static (node, n, _) => AtMost("len(list)", "MaxItems", node.Items.Count, n),
        ["list.UniqueItems"] = static (node, _, _) => UniqueItems(node),
        ["struct.MinFields"] = static (node, n, _) => AtLeast("len(fields)", "MinFields", node.Items.Count, n),
        ["struct.MaxFields"] = static (node, n, _) => AtMost("len(fields)", "MaxFields", node.Items.Count, n),
        ["math.MultipleOf"] = static (node, _, divisor) => DecimalText.IsMultiple(node.Text, divisor) ? null : "",
        ["time.Time"] = static (node, _, _) => TimeText.IsTime(node.Text) ? null : "invalid time " + CueText.Quote(node.Text),
        ["time.Duration"] = static (node, _, _) => TimeText.DurationError(node.Text),
        ["uuid.Valid"] = static (node, _, _) => UuidError(node.Text),
    };

    /// <exception cref="ArgumentException">There is no such validator.</exception>
    public static Test Find(string name) =>
        ByName.TryGetValue(name, out Test? test) ? test : throw new ArgumentException($"no validator {name}", nameof(name));

    /// <summary>How many code points valid UTF-8 has.</summary>
    public static int RuneCount(ReadOnlySpan<byte> utf8)
    {
        int count = 0;
        foreach (byte b in utf8)
            if ((b & 0xC0) != 0x80)
                count++;
        return count;
    }

    private static string? AtLeast(string what, string name, int have, long least) => have >= least
        ? null
        : FormattableString.Invariant($"{what} < {name}({least}) ({have} < {least})");

    private static string? AtMost(string what, string name, int have, long most) => have <= most
        ? null
        : FormattableString.Invariant($"{what} > {name}({most}) ({have} > {most})");

    private static string? UniqueItems(JsonNode node)
    {
        // By canonical text, so that a long list costs no more than its length.
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < node.Items.Count; i++)
        {
            if (!seen.TryAdd(Canonical(node.Items[i]), i))
            {
                int first = seen[Canonical(node.Items[i])];
                return string.Create(CultureInfo.InvariantCulture, $"equal value ({CueText.Value(node.Items[i])}) at position {first} and {i}");
            }
        }
        return null;
    }

    /// <summary>Equal for equal values: members sorted, trailing zeros of floats dropped.</summary>
    private static string Canonical(JsonNode node)
    {
        switch (node.Kind)
        {
            case JsonKind.Object:
                IEnumerable<string> members = Enumerable.Range(0, node.Items.Count)
                    .OrderBy(i => node.Names[i], StringComparer.Ordinal)
                    .Select(i => CueText.Quote(node.Names[i]) + ":" + Canonical(node.Items[i]));
                return "{" + string.Join(',', members) + "}";
            case JsonKind.Array:
                return "[" + string.Join(',', node.Items.Select(Canonical)) + "]";
            case JsonKind.Number:
                return DecimalText.Canonical(node.Text) + (node.IsInteger ? "" : "f");
            default:
                return CueText.Value(node);
        }
    }

    private static string? UuidError(string text)
    {
        ReadOnlySpan<char> s = text;
        int length = Encoding.UTF8.GetByteCount(text);
        switch (length)
        {
            case 36:
                break;
            case 45:
                if (!s.StartsWith("urn:uuid:", StringComparison.OrdinalIgnoreCase))
                    return $"invalid urn prefix: {CueText.Quote(text[..Math.Min(9, text.Length)])}";
                s = s[9..];
                break;
            case 38:
                s = s[1..];
                break;
            case 32:
                return IsHex(s) ? null : "invalid UUID format";
            default:
                return string.Create(CultureInfo.InvariantCulture, $"invalid UUID length: {length}");
        }
        bool valid = s.Length >= 36 && s[8] == '-' && s[13] == '-' && s[18] == '-' && s[23] == '-' &&
            IsHex(s[..8]) && IsHex(s[9..13]) && IsHex(s[14..18]) && IsHex(s[19..23]) && IsHex(s[24..36]);
        return valid ? null : "invalid UUID format";
    }

    private static bool IsHex(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
            if (!char.IsAsciiHexDigit(c))
                return false;
        return true;
    }
}
