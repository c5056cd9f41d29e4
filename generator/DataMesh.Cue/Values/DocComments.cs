using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Values;

/// <summary>What comments say of a value: one reader for everything that is written or generated of it.</summary>
internal static class DocComments
{
    /// <summary>
    /// The doc comments of all declarations of a field, without duplicates. What stands before a chain of labels is said of
    /// the last one.
    /// </summary>
    public static IReadOnlyList<string> Of(Vertex vertex)
    {
        var result = new List<string>();
        foreach (var declaration in vertex.Declarations)
        {
            if (declaration.Value is StructLiteral { HasBraces: false, Declarations: [Field { Label: not PatternLabel }] })
                continue;
            for (Field? each = declaration; each is not null; each = each.Label is PatternLabel ? null : each.Outer)
            {
                if (each.GetDocumentation() is { Length: > 0 } text && !result.Contains(text))
                    result.Add(text);
            }
        }

        return result;
    }
}
