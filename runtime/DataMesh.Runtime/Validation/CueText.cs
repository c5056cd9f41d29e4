using System.Globalization;
using System.Text;
using DataMesh.Cue.Numerics;
using DataMesh.Json;

namespace DataMesh.Validation;

/// <summary>Values and labels as CUE writes them in messages.</summary>
internal static class CueText
{
    /// <summary>What stands for a value that must not be shown.</summary>
    public const string Hidden = "(personal data)";

    /// <summary>The value on one line, <c>{first:"Ada",Age:36}</c>.</summary>
    public static string Value(JsonNode node)
    {
        var text = new StringBuilder();
        Append(text, node);
        return text.ToString();
    }

    /// <summary>The value's basic type.</summary>
    public static ValueKinds KindOf(JsonNode node) => node.Kind switch
    {
        JsonKind.Null => ValueKinds.Null,
        JsonKind.Bool => ValueKinds.Bool,
        JsonKind.Number => node.IsInteger ? ValueKinds.Int : ValueKinds.Float,
        JsonKind.String => ValueKinds.String,
        JsonKind.Array => ValueKinds.List,
        _ => ValueKinds.Struct,
    };

    /// <summary>The name of the value's basic type.</summary>
    public static string KindName(JsonNode node) => KindName(KindOf(node));

    /// <summary><c>number</c>; several as <c>(int|string)</c>, in CUE's order.</summary>
    public static string KindName(ValueKinds kinds)
    {
        if (kinds == ValueKinds.Number)
            return "number";
        if (kinds == ValueKinds.Any)
            return "_";
        var names = new List<string>();
        foreach ((ValueKinds kind, string name) in KindNames)
        {
            if ((kinds & kind) != kind)
                continue;
            names.Add(name);
            kinds &= ~kind;
        }
        return names.Count == 1 ? names[0] : $"({string.Join('|', names)})";
    }

    /// <summary>A label as it stands in a path: quoted unless it is an identifier of a regular field.</summary>
    public static string PathLabel(string name) =>
        IsIdentifier(name) && name[0] is not '_' ? name : Quote(name);

    /// <summary>A CUE string literal, with the escapes that CUE's printer uses.</summary>
    public static string Quote(string value)
    {
        var text = new StringBuilder(value.Length + 2);
        AppendQuoted(text, value);
        return text.ToString();
    }

    /// <summary>A JSON number as CUE writes it, <c>1E+400</c>, <c>0.000001</c>, <c>1E-7</c>; one that CUE has no room for as it is.</summary>
    public static string Number(string json) => BigDecimal.TryParse(json.AsSpan(), out var number) == NumberParseResult.Success ? number.ToString() : json;

    private static readonly (ValueKinds Kind, string Name)[] KindNames =
    [
        (ValueKinds.Null, "null"), (ValueKinds.Bool, "bool"), (ValueKinds.Number, "number"), (ValueKinds.Int, "int"),
        (ValueKinds.Float, "float"), (ValueKinds.String, "string"), (ValueKinds.Bytes, "bytes"),
        (ValueKinds.List, "list"), (ValueKinds.Struct, "struct"),
    ];

    private static void Append(StringBuilder text, JsonNode node)
    {
        switch (node.Kind)
        {
            case JsonKind.Object:
                text.Append('{');
                for (int i = 0; i < node.Items.Count; i++)
                {
                    if (i > 0)
                        text.Append(',');
                    text.Append(PathLabel(node.Names[i])).Append(':');
                    Append(text, node.Items[i]);
                }
                text.Append('}');
                break;
            case JsonKind.Array:
                text.Append('[');
                for (int i = 0; i < node.Items.Count; i++)
                {
                    if (i > 0)
                        text.Append(',');
                    Append(text, node.Items[i]);
                }
                text.Append(']');
                break;
            case JsonKind.String:
                AppendQuoted(text, node.Text);
                break;
            case JsonKind.Number:
                text.Append(Number(node.Text));
                break;
            default:
                text.Append(node.Text);
                break;
        }
    }

    private static bool IsIdentifier(string name)
    {
        if (name.Length == 0)
            return false;
        bool isFirst = true;
        foreach (Rune rune in name.EnumerateRunes())
        {
            bool letter = rune.Value is '_' or '$' || Rune.IsLetter(rune);
            if (!letter && (isFirst || !Rune.IsDigit(rune)))
                return false;
            isFirst = false;
        }
        return true;
    }

    private static void AppendQuoted(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (Rune rune in value.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '"':
                    text.Append("\\\"");
                    break;
                case '\\':
                    text.Append("\\\\");
                    break;
                case '\a':
                    text.Append("\\a");
                    break;
                case '\b':
                    text.Append("\\b");
                    break;
                case '\f':
                    text.Append("\\f");
                    break;
                case '\n':
                    text.Append("\\n");
                    break;
                case '\r':
                    text.Append("\\r");
                    break;
                case '\t':
                    text.Append("\\t");
                    break;
                case '\v':
                    text.Append("\\v");
                    break;
                default:
                    if (IsPrintable(rune))
                        text.Append(rune);
                    else if (rune.IsBmp)
                        text.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}");
                    else
                        text.Append(CultureInfo.InvariantCulture, $"\\U{rune.Value:x8}");
                    break;
            }
        }
        text.Append('"');
    }

    // Letters, marks, numbers, punctuation, symbols, and of the separators the ASCII space alone.
    private static bool IsPrintable(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or
        UnicodeCategory.OtherNotAssigned or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or
        UnicodeCategory.ParagraphSeparator);
}
