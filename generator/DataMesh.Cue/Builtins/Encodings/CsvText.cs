using System.Globalization;
using System.Text;

namespace DataMesh.Cue.Builtins.Encodings;

/// <summary>Comma-separated values (RFC 4180).</summary>
internal static class CsvText
{
    public static string Encode(IEnumerable<IReadOnlyList<string>> records)
    {
        StringBuilder text = new();
        foreach (IReadOnlyList<string> record in records)
            text.Append(string.Join(",", record.Select(EncodeField))).Append('\n');
        return text.ToString();
    }

    /// <summary>All records; each has to have as many fields as the first one.</summary>
    public static List<List<string>> Decode(string text)
    {
        List<List<string>> records = [];
        int at = 0, line = 1;
        while (at < text.Length)
        {
            if (text[at] == '\n' || (text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n'))
            {
                at += text[at] == '\n' ? 1 : 2;
                line++;
                continue;
            }

            int start = line;
            List<string> record = DecodeRecord(text, ref at, ref line);
            if (records.Count > 0 && record.Count != records[0].Count)
                throw new BuiltinException($"record on line {Number(start)}: wrong number of fields");
            records.Add(record);
        }

        return records;
    }

    private static List<string> DecodeRecord(string text, ref int at, ref int line)
    {
        List<string> fields = [];
        int startLine = line, lineStart = at;
        while (true)
        {
            if (at < text.Length && text[at] == '"')
            {
                fields.Add(DecodeQuoted(text, ref at, ref line, startLine, ref lineStart));
            }
            else
            {
                int end = text.IndexOfAny([',', '\n'], at);
                end = end < 0 ? text.Length : end;
                string field = text.Substring(at, end - at);
                bool isLast = end == text.Length || text[end] == '\n';
                if (isLast && field.EndsWith("\r", StringComparison.Ordinal))
                    field = field.Substring(0, field.Length - 1);
                int quote = field.IndexOf('"');
                if (quote >= 0)
                    throw Fail(startLine, line, at + quote - lineStart, text, lineStart, "bare \" in non-quoted-field");
                fields.Add(field);
                at = end;
            }

            if (at >= text.Length)
                return fields;
            bool isComma = text[at] == ',';
            at++;
            if (!isComma)
            {
                line++;
                return fields;
            }
        }
    }

    private static string DecodeQuoted(string text, ref int at, ref int line, int startLine, ref int lineStart)
    {
        StringBuilder field = new();
        for (at++; at < text.Length; at++)
        {
            char c = text[at];
            if (c == '"')
            {
                at++;
                if (at < text.Length && text[at] == '"')
                {
                    field.Append('"');
                    continue;
                }

                if (at + 1 < text.Length && text[at] == '\r' && text[at + 1] == '\n')
                    at++;
                if (at < text.Length && text[at] is not (',' or '\n'))
                    throw Fail(startLine, line, at - 1 - lineStart, text, lineStart, "extraneous or missing \" in quoted-field");
                return field.ToString();
            }

            if (c == '\r' && at + 1 < text.Length && text[at + 1] == '\n')
                continue;
            field.Append(c);
            if (c == '\n')
            {
                line++;
                lineStart = at + 1;
            }
        }

        throw Fail(startLine, line, text.Length - lineStart, text, lineStart, "extraneous or missing \" in quoted-field");
    }

    private static BuiltinException Fail(int startLine, int line, int units, string text, int lineStart, string reason)
    {
        string column = Number(CodePoints.Utf8.GetByteCount(text.Substring(lineStart, units)) + 1);
        return startLine == line
            ? new($"parse error on line {Number(line)}, column {column}: {reason}")
            : new($"record on line {Number(startLine)}; parse error on line {Number(line)}, column {column}: {reason}");
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string EncodeField(string field)
    {
        bool isPlain = field != "\\."
            && field.IndexOfAny(['"', ',', '\r', '\n']) < 0
            && (field.Length == 0 || !CodePoints.IsSpace(CodePoints.At(field, 0)));
        return isPlain ? field : "\"" + field.Replace("\"", "\"\"") + "\"";
    }
}
