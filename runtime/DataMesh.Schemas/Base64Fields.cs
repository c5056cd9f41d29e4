using DataMesh.Cue.Syntax;
using DataMesh.Cue.Values;

namespace DataMesh.Schemas;

/// <summary>
/// Bytes come as base64 in JSON, here as in generated code: where a definition wants bytes and no string, a string that is
/// base64 is taken for the bytes that it stands for.
/// </summary>
internal static class Base64Fields
{
    /// <summary>Whether a schema can want bytes at all; what it imports is not looked into and may.</summary>
    public static bool MayHave(IEnumerable<ParseResult> files) => files.Any(static file =>
        (file.File.Source is { } source && (source.Utf8.IndexOf("bytes"u8) >= 0 || source.Utf8.Contains((byte)'\'')))
        || file.File.Imports.Any(static import => import.PathValue.Split('/')[0].Contains('.')));

    /// <summary>A document with its bytes decoded.</summary>
    public static ParseResult Decode(ParseResult document, CueValue definition)
    {
        var declarations = document.File.Declarations is [Embedding root]
            ? [new Embedding(Decode(root.Expression, definition))]
            : Decode(document.File.Declarations, definition);
        return ParseResult.FromTree(document.File.With(declarations));
    }

    // As deep as the document, which is bounded.
    private static Expression Decode(Expression data, CueValue schema)
    {
        switch (data)
        {
            case StructLiteral literal:
                return literal.With(Decode(literal.Declarations, schema));
            case ListLiteral list:
                var elements = schema.Elements;
                var rest = list.Elements.Count > elements.Count ? schema.ElementType : null;
                return new ListLiteral([.. list.Elements.Select((element, i) => (i < elements.Count ? elements[i] : rest) is { } wanted ? Decode(element, wanted) : element)]) { LeftBracket = list.LeftBracket };
            case BasicLiteral { Kind: TokenKind.String } literal:
                var isBytes = (schema.IncompleteKind & (CueKind.Bytes | CueKind.String)) == CueKind.Bytes;
                return isBytes && FromBase64(literal.Text) is { } bytes ? new BasicLiteral(literal.Start, TokenKind.String, Literals.QuoteBytes(bytes)) : data;
            default:
                return data;
        }
    }

    private static List<Declaration> Decode(IReadOnlyList<Declaration> members, CueValue schema) => [.. members.Select(member =>
        member is Field { Label: BasicLiteral label } field && schema.Lookup(label.Text) is { } wanted ? field.With(label, Decode(field.Value, wanted)) : member)];

    private static byte[]? FromBase64(string literal)
    {
        if (!Literals.TryUnquote(literal, out var text, out _) || text.Text.AsSpan().ContainsAny(" \t\r\n"))
            return null;
        var bytes = new byte[text.Text.Length];
        return Convert.TryFromBase64String(text.Text, bytes, out var count) ? bytes[..count] : null;
    }
}
