using System.Globalization;
using System.Text;

namespace DataMesh.Cue.Builtins.Encodings.Yaml;

/// <summary>Writes data as block-style YAML, indented by two.</summary>
internal static class YamlWriter
{
    public static string Write(DataNode node)
    {
        StringBuilder text = new();
        switch (node.Kind)
        {
            case DataKind.List when node.Elements.Count > 0:
            case DataKind.Map when node.Members.Count > 0:
                AppendCollection(text, node, 0);
                return text.ToString();
            default:
                AppendScalar(text, node, 0, isKey: false);
                return text.Append('\n').ToString();
        }
    }

    private static void AppendCollection(StringBuilder text, DataNode node, int indent)
    {
        bool isFirst = true;
        foreach (DataNode element in node.Elements)
        {
            AppendIndent(text, indent, ref isFirst);
            text.Append('-');
            AppendValue(text, element, indent + 2, isInList: true);
        }

        foreach (KeyValuePair<DataNode, DataNode> member in node.Members)
        {
            AppendIndent(text, indent, ref isFirst);
            AppendScalar(text, member.Key, indent, isKey: true);
            text.Append(':');
            AppendValue(text, member.Value, indent + 2, isInList: false);
        }
    }

    /// <summary>The first part stands where the collection begins; the others on lines of their own.</summary>
    private static void AppendIndent(StringBuilder text, int indent, ref bool isFirst)
    {
        if (!isFirst || text.Length == 0 || text[text.Length - 1] == '\n')
            text.Append(' ', indent);
        isFirst = false;
    }

    private static void AppendValue(StringBuilder text, DataNode value, int indent, bool isInList)
    {
        bool isCollection = value.Elements.Count + value.Members.Count > 0;
        if (isCollection)
        {
            text.Append(isInList ? ' ' : '\n');
            AppendCollection(text, value, indent);
            return;
        }

        text.Append(' ');
        AppendScalar(text, value, indent - 2, isKey: false);
        text.Append('\n');
    }

    private static void AppendScalar(StringBuilder text, DataNode node, int indent, bool isKey)
    {
        switch (node.Kind)
        {
            case DataKind.List:
                text.Append("[]");
                break;
            case DataKind.Map:
                text.Append("{}");
                break;
            case DataKind.Bytes:
                text.Append("!!binary ").Append(Convert.ToBase64String(node.ByteValue));
                break;
            case DataKind.String:
                AppendString(text, node.Text, indent, isKey);
                break;
            default:
                text.Append(node.Written ?? node.Text);
                // What tells a float from an integer.
                if (node is { Written: null, IsFloat: true } && node.Text.All(static c => c is '-' or (>= '0' and <= '9')))
                    text.Append('.');
                break;
        }
    }

    private static void AppendString(StringBuilder result, string text, int indent, bool isKey)
    {
        Shape shape = new(text);
        if (text.Length == 0 || YamlScalar.IsNotString(text) || shape.NeedsEscapes)
            AppendDoubleQuoted(result, text);
        else if (text.IndexOf('\n') >= 0)
            AppendLines(result, text, indent, isKey, shape);
        else if (shape.NeedsQuotes)
            result.Append('\'').Append(text.Replace("'", "''")).Append('\'');
        else
            result.Append(text);
    }

    private static void AppendLines(StringBuilder result, string text, int indent, bool isKey, Shape shape)
    {
        if (isKey || shape.HasBlankBeforeBreak)
        {
            AppendDoubleQuoted(result, text);
            return;
        }

        result.Append('|');
        if (text[0] is ' ' or '\n')
            result.Append('2');
        if (!text.EndsWith("\n", StringComparison.Ordinal))
            result.Append('-');
        else if (text.Length == 1 || text.EndsWith("\n\n", StringComparison.Ordinal))
            result.Append('+');
        string[] lines = text.Split('\n');
        int count = text.EndsWith("\n", StringComparison.Ordinal) ? lines.Length - 1 : lines.Length;
        for (int i = 0; i < count; i++)
        {
            result.Append('\n');
            if (lines[i].Length > 0)
                result.Append(' ', indent + 2).Append(lines[i]);
        }
    }

    private static void AppendDoubleQuoted(StringBuilder result, string text)
    {
        result.Append('"');
        foreach (int codePoint in CodePoints.Of(text))
        {
            string? escape = codePoint switch
            {
                '\0' => "\\0",
                '\a' => "\\a",
                '\b' => "\\b",
                '\t' => "\\t",
                '\n' => "\\n",
                '\v' => "\\v",
                '\f' => "\\f",
                '\r' => "\\r",
                0x1B => "\\e",
                '"' => "\\\"",
                '\\' => "\\\\",
                0x85 => "\\N",
                0xA0 => "\\_",
                0x2028 => "\\L",
                0x2029 => "\\P",
                _ => null,
            };
            if (escape is not null)
                result.Append(escape);
            else if (IsPrintable(codePoint))
                result.AppendCodePoint(codePoint);
            else
                result.Append(codePoint <= 0xFF ? "\\x" : codePoint <= 0xFFFF ? "\\u" : "\\U")
                    .Append(codePoint.ToString(codePoint <= 0xFF ? "X2" : codePoint <= 0xFFFF ? "X4" : "X8", CultureInfo.InvariantCulture));
        }

        result.Append('"');
    }

    private static bool IsPrintable(int codePoint) =>
        codePoint is (>= 0x20 and <= 0x7E) or (>= 0xA0 and <= 0xFFFD and not 0xFEFF);

    /// <summary>What of a text keeps it from being written plainly.</summary>
    private readonly struct Shape
    {
        public Shape(string text)
        {
            bool wasBlank = true, isFirst = true;
            bool needsQuotes = text.StartsWith("---", StringComparison.Ordinal) || text.StartsWith("...", StringComparison.Ordinal);
            bool blankBeforeBreak = false, needsEscapes = false;
            for (int i = 0; i < text.Length; i++)
            {
                char c = text[i], next = i + 1 < text.Length ? text[i + 1] : '\0';
                bool isNextBlank = i + 1 >= text.Length || next is ' ' or '\t' or '\n';
                if (isFirst)
                    needsQuotes |= "#,[]{}&*!|>'\"%@`".IndexOf(c) >= 0 || ((c is '-' or '?' or ':') && isNextBlank);
                needsQuotes |= c == ':' && isNextBlank;
                needsQuotes |= c == '#' && wasBlank;
                if (c == ' ')
                {
                    needsQuotes |= i == 0 || i == text.Length - 1;
                    blankBeforeBreak |= next == '\n' || i == text.Length - 1;
                }

                needsEscapes |= c is '\t' or '\u0085' or '\u2028' or '\u2029' or '\uFEFF' || (c != '\n' && !IsPrintable(CodePoints.At(text, i)));
                wasBlank = c is ' ' or '\t' or '\n';
                isFirst = false;
            }

            bool isMultiLine = text.IndexOf('\n') >= 0;
            NeedsQuotes = needsQuotes;
            HasBlankBeforeBreak = blankBeforeBreak;
            // A tab is fine where the text stands in lines.
            NeedsEscapes = needsEscapes && !(isMultiLine && text.All(c => c is '\t' or '\n' || IsPrintable(c)));
        }

        public bool NeedsQuotes { get; }

        public bool NeedsEscapes { get; }

        public bool HasBlankBeforeBreak { get; }
    }
}
