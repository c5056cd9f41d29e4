using System.Collections.Concurrent;
using System.Text;

namespace DataMesh.Cue.RegularExpressions;

/// <summary>General categories and scripts by name, and simple case folding.</summary>
internal static class UnicodeClasses
{
    /// <summary>
    /// Long names of general categories, as written after <see cref="Canonicalize"/>, with what they stand for.
    /// </summary>
    private static readonly Dictionary<string, string> CategoryAliases = new(StringComparer.Ordinal)
    {
        ["Other"] = "C",
        ["Control"] = "Cc",
        ["Cntrl"] = "Cc",
        ["Format"] = "Cf",
        ["Unassigned"] = "Cn",
        ["Privateuse"] = "Co",
        ["Surrogate"] = "Cs",
        ["Letter"] = "L",
        ["Casedletter"] = "Lc",
        ["Lowercaseletter"] = "Ll",
        ["Modifierletter"] = "Lm",
        ["Otherletter"] = "Lo",
        ["Titlecaseletter"] = "Lt",
        ["Uppercaseletter"] = "Lu",
        ["Mark"] = "M",
        ["Combiningmark"] = "M",
        ["Spacingmark"] = "Mc",
        ["Enclosingmark"] = "Me",
        ["Nonspacingmark"] = "Mn",
        ["Number"] = "N",
        ["Decimalnumber"] = "Nd",
        ["Digit"] = "Nd",
        ["Letternumber"] = "Nl",
        ["Othernumber"] = "No",
        ["Punctuation"] = "P",
        ["Punct"] = "P",
        ["Connectorpunctuation"] = "Pc",
        ["Dashpunctuation"] = "Pd",
        ["Closepunctuation"] = "Pe",
        ["Finalpunctuation"] = "Pf",
        ["Initialpunctuation"] = "Pi",
        ["Otherpunctuation"] = "Po",
        ["Openpunctuation"] = "Ps",
        ["Symbol"] = "S",
        ["Currencysymbol"] = "Sc",
        ["Modifiersymbol"] = "Sk",
        ["Mathsymbol"] = "Sm",
        ["Othersymbol"] = "So",
        ["Separator"] = "Z",
        ["Lineseparator"] = "Zl",
        ["Paragraphseparator"] = "Zp",
        ["Spaceseparator"] = "Zs",
    };

    /// <summary>Up to this size, a set is folded member by member; larger ones by going through all orbits.</summary>
    private const int SmallSet = 200;

    private static readonly ConcurrentDictionary<string, RuneSet> Classes = new(StringComparer.Ordinal);

    private static readonly Lazy<List<(int Last, int Value)>> CategoryRuns = new(() => Runs(UnicodeData.Categories, packed: true));
    private static readonly Lazy<List<(int Last, int Value)>> ScriptRuns = new(() => Runs(UnicodeData.Scripts, packed: false));
    private static readonly Lazy<List<int[]>> Orbits = new(ReadOrbits);
    private static readonly Lazy<Dictionary<int, int[]>> OrbitsByMember = new(IndexOrbits);

    /// <summary>
    /// The class that <c>\p{name}</c> means, or null. Case, spaces, underscores and hyphens do not matter; scripts of several
    /// words are not found, as in Go.
    /// </summary>
    /// <param name="name">What stands between the braces.</param>
    /// <param name="fold">True to add what differs in case only. Go adds nothing to the cased letters, LC.</param>
    public static RuneSet? Find(string name, bool fold = false)
    {
        var canonical = Canonicalize(name);
        if (CategoryAliases.TryGetValue(canonical, out var category))
            canonical = category;
        var key = fold && canonical != "Lc" ? canonical + "/i" : canonical;
        if (Classes.TryGetValue(key, out var known))
            return known;
        var found = Create(canonical);
        if (found is null)
            return null;
        return Classes.GetOrAdd(key, ReferenceEquals(key, canonical) ? found : Fold(found));
    }

    /// <summary>The set with everything that differs from a member in case only.</summary>
    public static RuneSet Fold(RuneSet set)
    {
        if (set.IsEmpty || set.Equals(RuneSet.Any))
            return set;
        var builder = new RuneSet.Builder();
        builder.Add(set);
        if (set.Count <= SmallSet)
        {
            for (var i = 0; i < set.Bounds.Length; i += 2)
            {
                for (var rune = set.Bounds[i]; rune <= set.Bounds[i + 1]; rune++)
                {
                    foreach (var member in OrbitOf(rune))
                        builder.Add(member, member);
                }
            }
            return builder.ToSet();
        }
        foreach (var orbit in Orbits.Value)
        {
            var inside = 0;
            foreach (var member in orbit)
                inside += set.Contains(member) ? 1 : 0;
            if (inside == 0 || inside == orbit.Length)
                continue;
            foreach (var member in orbit)
                builder.Add(member, member);
        }
        return builder.ToSet();
    }

    /// <summary>The characters that are equal to this one but for case, itself included.</summary>
    public static IReadOnlyList<int> OrbitOf(int rune) =>
        OrbitsByMember.Value.TryGetValue(rune, out var orbit) ? orbit : [rune];

    /// <summary>True for letters of any kind (categories L*).</summary>
    public static bool IsLetter(int rune) => Find("L")!.Contains(rune);

    /// <summary>True for decimal digits of any script (category Nd).</summary>
    public static bool IsDigit(int rune) => Find("Nd")!.Contains(rune);

    private static string Canonicalize(string name)
    {
        var builder = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            if (c is ' ' or '_' or '-')
                continue;
            var first = builder.Length == 0;
            if (!first && c is >= 'A' and <= 'Z')
                builder.Append((char)(c + 32));
            else if (first && c is >= 'a' and <= 'z')
                builder.Append((char)(c - 32));
            else
                builder.Append(c);
        }
        return builder.ToString();
    }

    private static RuneSet? Create(string name)
    {
        switch (name)
        {
            case "Any": return RuneSet.Any;
            case "Ascii": return RuneSet.OfRange(0, 0x7F);
            case "Assigned": return Collect(CategoryRuns.Value, value => value != 0);
            case "Lc": return Collect(CategoryRuns.Value, value => UnicodeData.CategoryNames[value] is "Lu" or "Ll" or "Lt");
        }
        var set = name.Length switch
        {
            1 => Collect(CategoryRuns.Value, value => UnicodeData.CategoryNames[value][0] == name[0]),
            2 => Collect(CategoryRuns.Value, value => UnicodeData.CategoryNames[value] == name),
            _ => RuneSet.Empty,
        };
        if (set.IsEmpty && name.Length > 0)
            set = Collect(ScriptRuns.Value, value => UnicodeData.ScriptNames[value] == name);
        return set.IsEmpty ? null : set;
    }

    private static RuneSet Collect(List<(int Last, int Value)> runs, Func<int, bool> isMember)
    {
        var builder = new RuneSet.Builder();
        var first = 0;
        foreach (var (last, value) in runs)
        {
            if (isMember(value))
                builder.Add(first, last);
            first = last + 1;
        }
        return builder.ToSet();
    }

    private static List<(int Last, int Value)> Runs(string base64, bool packed)
    {
        var data = Convert.FromBase64String(base64);
        var runs = new List<(int, int)>();
        var next = 0;
        for (var position = 0; position < data.Length;)
        {
            var value = (int)data[position++];
            var length = 0;
            if (packed)
            {
                length = value >> 5;
                value &= 31;
            }
            if (length == 0)
                length = ReadVarint(data, ref position);
            next += length;
            runs.Add((next - 1, value));
        }
        return runs;
    }

    private static List<int[]> ReadOrbits()
    {
        var data = Convert.FromBase64String(UnicodeData.CaseOrbits);
        var orbits = new List<int[]>();
        var first = 0;
        for (var position = 0; position < data.Length;)
        {
            var head = ReadVarint(data, ref position);
            first += head >> 2;
            var orbit = new int[(head & 3) + 2];
            orbit[0] = first;
            for (var i = 1; i < orbit.Length; i++)
                orbit[i] = orbit[i - 1] + ReadVarint(data, ref position);
            orbits.Add(orbit);
        }
        return orbits;
    }

    private static Dictionary<int, int[]> IndexOrbits()
    {
        var index = new Dictionary<int, int[]>();
        foreach (var orbit in Orbits.Value)
        {
            foreach (var member in orbit)
                index[member] = orbit;
        }
        return index;
    }

    private static int ReadVarint(byte[] data, ref int position)
    {
        var value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var b = data[position++];
            value |= (b & 0x7F) << shift;
            if (b < 0x80)
                return value;
        }
    }
}
