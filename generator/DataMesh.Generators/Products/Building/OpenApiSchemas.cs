using System.Text;

namespace DataMesh.Generators.Products.Building;

/// <summary>The parts of an OpenAPI document: for each product its own schema and those that it refers to.</summary>
internal sealed class OpenApiSchemas
{
    private const string ReferencePrefix = "\"#/components/schemas/";

    // By name, in the order of the document: the JSON text of each schema.
    private readonly List<KeyValuePair<string, string>> _schemas = [];

    /// <param name="document">A document that the exporter wrote: valid JSON.</param>
    public OpenApiSchemas(string document)
    {
        if (Member(document, "components") is { } components && Member(components, "schemas") is { } schemas)
            _schemas.AddRange(Members(schemas));
    }

    /// <summary>The JSON object for <c>components.schemas</c> with a definition and all that it refers to; <c>{}</c> when it has none.</summary>
    /// <param name="name">The definition's name without <c>#</c>.</param>
    public string For(string name)
    {
        var needed = new HashSet<string>(StringComparer.Ordinal);
        var pending = new Stack<string>([name]);
        while (pending.Count > 0)
        {
            string next = pending.Pop();
            if (needed.Add(next))
                foreach (string reference in References(next))
                    pending.Push(reference);
        }

        var text = new StringBuilder("{");
        foreach (KeyValuePair<string, string> schema in _schemas)
            if (needed.Contains(schema.Key))
                text.Append(text.Length > 1 ? "," : "").Append(Quoted(schema.Key)).Append(':').Append(schema.Value);
        return text.Append('}').ToString();
    }

    private IEnumerable<string> References(string name)
    {
        foreach (KeyValuePair<string, string> schema in _schemas)
        {
            if (!string.Equals(schema.Key, name, StringComparison.Ordinal))
                continue;
            string text = schema.Value;
            for (int at = text.IndexOf(ReferencePrefix, StringComparison.Ordinal); at >= 0; at = text.IndexOf(ReferencePrefix, at + 1, StringComparison.Ordinal))
            {
                int start = at + ReferencePrefix.Length;
                yield return text.Substring(start, text.IndexOf('"', start) - start);
            }
        }
    }

    private static string? Member(string json, string name)
    {
        foreach (KeyValuePair<string, string> member in Members(json))
            if (string.Equals(member.Key, name, StringComparison.Ordinal))
                return member.Value;
        return null;
    }

    /// <summary>The members of a JSON object, their values as written.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Members(string json)
    {
        int at = SkipBlanks(json, 0) + 1;
        while (true)
        {
            at = SkipBlanks(json, at);
            if (at >= json.Length || json[at] != '"')
                yield break;
            int nameEnd = EndOfString(json, at);
            string name = json.Substring(at + 1, nameEnd - at - 2);
            int start = SkipBlanks(json, SkipBlanks(json, nameEnd) + 1);
            int end = EndOfValue(json, start);
            yield return new(name, json.Substring(start, end - start));
            at = SkipBlanks(json, end);
            if (at < json.Length && json[at] == ',')
                at++;
        }
    }

    private static int EndOfValue(string json, int start)
    {
        int depth = 0;
        int at = start;
        while (at < json.Length)
        {
            switch (json[at])
            {
                case '"':
                    at = EndOfString(json, at);
                    if (depth == 0)
                        return at;
                    continue;
                case '{' or '[':
                    depth++;
                    break;
                case '}' or ']' when depth == 0:
                    return at;
                case '}' or ']':
                    if (--depth == 0)
                        return at + 1;
                    break;
                case ',' when depth == 0:
                    return at;
            }
            at++;
        }
        return at;
    }

    private static int EndOfString(string json, int quote)
    {
        int at = quote + 1;
        while (at < json.Length && json[at] != '"')
            at += json[at] == '\\' ? 2 : 1;
        return Math.Min(at + 1, json.Length);
    }

    private static int SkipBlanks(string json, int at)
    {
        while (at < json.Length && json[at] is ' ' or '\n' or '\t' or '\r')
            at++;
        return at;
    }

    // Names are copied as they were written, escapes included.
    private static string Quoted(string name) => "\"" + name + "\"";
}
