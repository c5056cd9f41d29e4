using DataMesh.Cue.Binding;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Export;

/// <content>
/// Documents of schemas that OpenAPI has no words for: what cannot be said is left out, so that a document never refuses what
/// the schema takes. An alternative with something left out could take what is another's, so those are left out as a whole.
/// </content>
internal sealed partial class SchemaGenerator
{
    private int _alternatives;

    private bool MayOmit => _options.OmitsUnsupported && _alternatives == 0;

    private JsonTree BuildKnown(CueValue value, string inheritedType)
    {
        int place = _path.Count;
        try
        {
            return value.Error is null ? BuildWhole(value, inheritedType) : BuildWithoutRules(value, inheritedType);
        }
        catch (SchemaException)
        {
            _path.RemoveRange(place, _path.Count - place);
            return new JsonTree();
        }
    }

    /// <summary>Where a value waits for data (a rule between fields, a computed field), what is known without: its references and its other declarations.</summary>
    private JsonTree BuildWithoutRules(CueValue value, string inheritedType)
    {
        List<Part> references = [], others = [];
        foreach (Part part in SplitWhole(value))
        {
            if (part.Target is not null)
                references.Add(part);
            else
                others.Add(new Part(WithoutRules(part.Expr), part.Env));
        }

        if (others.Count == 0)
            return BuildParts(value, references, inheritedType);
        try
        {
            return BuildParts(Evaluate(value, others), [.. references, .. others], inheritedType);
        }
        catch (SchemaException) when (references.Count > 0)
        {
            return BuildParts(value, references, inheritedType);
        }
    }

    private static Expr WithoutRules(Expr expr) => expr is StructExpr literal && literal.Declarations.Any(IsRule)
        ? new StructExpr(literal.Source, [.. literal.Declarations.Where(static each => !IsRule(each))]) { HasFields = literal.HasFields, IsOpen = literal.IsOpen }
        : expr;

    private static bool IsRule(Decl declaration) => declaration is EmbedDecl { Value: ComprehensionExpr };

    /// <exception cref="SchemaException">Nothing may be left out.</exception>
    private void Unsupported(string what, CueValue value)
    {
        if (!MayOmit)
            throw new SchemaException(what, value);
    }
}
