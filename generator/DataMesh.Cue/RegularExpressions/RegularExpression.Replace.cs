using System.Text;

namespace DataMesh.Cue.RegularExpressions;

internal sealed partial class RegularExpression
{
    private const int CharactersPerStep = 32;

    /// <summary>
    /// Replaces every match. <c>$1</c>, <c>${1}</c>, <c>$name</c> and <c>${name}</c> in the template stand for groups, the
    /// empty text where there is no such group, and <c>$$</c> for a dollar sign. The work is told to <paramref name="step"/>,
    /// which may throw.
    /// </summary>
    public string ReplaceAll(string text, string template, Action<int>? step = null)
    {
        if (template.IndexOf('$') < 0)
            return ReplaceAllLiteral(text, template, step);
        return Replace(text, (builder, match) => Expand(builder, template, text, match), step);
    }

    /// <summary>Replaces every match by that text as it stands.</summary>
    public string ReplaceAllLiteral(string text, string replacement, Action<int>? step = null) =>
        Replace(text, (builder, _) => builder.Append(replacement), step);

    private string Replace(string text, Action<StringBuilder, int[]> append, Action<int>? step)
    {
        var builder = new StringBuilder(text.Length);
        var lastEnd = 0;
        for (var position = 0; position <= text.Length;)
        {
            if (Find(text, position, _program.SlotCount, step) is not { } match)
                break;
            var length = builder.Length;
            builder.Append(text, lastEnd, match[0] - lastEnd);
            // Not for an empty match right behind another match.
            if (match[1] > lastEnd || match[0] == 0)
                append(builder, match);
            step?.Invoke(1 + ((builder.Length - length) / CharactersPerStep));
            lastEnd = match[1];
            position = Math.Max(match[1], NextPosition(text, position));
        }
        return builder.Append(text, lastEnd, text.Length - lastEnd).ToString();
    }

    private void Expand(StringBuilder builder, string template, string text, int[] match)
    {
        for (var position = 0; position < template.Length;)
        {
            var dollar = template.IndexOf('$', position);
            if (dollar < 0)
                dollar = template.Length;
            builder.Append(template, position, dollar - position);
            position = dollar + 1;
            if (dollar >= template.Length)
                break;
            if (position < template.Length && template[position] == '$')
            {
                builder.Append('$');
                position++;
            }
            else if (TryReadName(template, ref position, out var name))
            {
                AppendGroup(builder, name, text, match);
            }
            else
            {
                // Malformed: the dollar sign is text.
                builder.Append('$');
            }
        }
    }

    /// <summary>A name, or one in braces, at the position, which moves behind it.</summary>
    private static bool TryReadName(string template, ref int position, out string name)
    {
        name = "";
        var inBraces = position < template.Length && template[position] == '{';
        var start = inBraces ? position + 1 : position;
        var end = start;
        while (end < template.Length)
        {
            var next = end;
            var rune = Runes.Next(template.AsSpan(), ref next);
            if (rune != '_' && !UnicodeClasses.IsLetter(rune) && !UnicodeClasses.IsDigit(rune))
                break;
            end = next;
        }
        if (end == start || (inBraces && (end >= template.Length || template[end] != '}')))
            return false;
        name = template.Substring(start, end - start);
        position = inBraces ? end + 1 : end;
        return true;
    }

    private void AppendGroup(StringBuilder builder, string name, string text, int[] match)
    {
        if (TryReadNumber(name, out var number))
        {
            AppendGroup(builder, number, text, match);
            return;
        }
        for (var group = 0; group < GroupNames.Count; group++)
        {
            // Groups may share a name: the first that took part counts.
            if (GroupNames[group] == name && match[2 * group] >= 0)
            {
                AppendGroup(builder, group, text, match);
                return;
            }
        }
    }

    private static void AppendGroup(StringBuilder builder, int group, string text, int[] match)
    {
        if (2 * group < match.Length && match[2 * group] >= 0)
            builder.Append(text, match[2 * group], match[2 * group + 1] - match[2 * group]);
    }

    /// <summary>Decimal digits without a leading zero; other names are names.</summary>
    private static bool TryReadNumber(string name, out int number)
    {
        number = 0;
        if (name.Length > 1 && name[0] == '0')
            return false;
        foreach (var c in name)
        {
            if (c is < '0' or > '9' || number >= 100_000_000)
                return false;
            number = number * 10 + (c - '0');
        }
        return true;
    }
}
