using DataMesh.Cue.Syntax;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Export;

/// <content>Definitions: what a value is made of, not what it amounts to.</content>
internal sealed partial class SyntaxExporter
{
    private Expression Defined(CueValue value)
    {
        var conjuncts = value.Vertex.Conjuncts;
        if (conjuncts.Count == 0 || value.Part is not null)
            return Evaluated(value.Vertex, value.Part);
        var parts = conjuncts.Select(static conjunct => conjunct.Expr).Select(Convert).ToList();
        return parts.TrueForAll(static part => part is StructLiteral)
            ? SyntaxBuilder.Struct([.. parts.SelectMany(static part => ((StructLiteral)part).Declarations)])
            : SyntaxBuilder.All(parts);
    }
}
