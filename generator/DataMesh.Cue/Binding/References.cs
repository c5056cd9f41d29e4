using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Binding;

/// <summary>A reference into an enclosing scope: so many environments up.</summary>
internal abstract class ReferenceExpr(SyntaxNode? source, int up) : Expr(source)
{
    /// <summary>How many environments lie between the reference and the scope; 0 is the innermost.</summary>
    public int Up { get; } = up;
}

/// <summary>A field of an enclosing struct, or a variable of a clause.</summary>
internal sealed class FieldRef(SyntaxNode? source, int up, Label label) : ReferenceExpr(source, up)
{
    public Label Label { get; } = label;
}

/// <summary>The label of the field that a pattern matched, or of the dynamic field: <c>[X=string]</c>, <c>(X=expr)</c>.</summary>
internal sealed class LabelRef(SyntaxNode? source, int up) : ReferenceExpr(source, up);

/// <summary>The field that a pattern matched: <c>X=[string]: ...</c>.</summary>
internal sealed class MatchedFieldRef(SyntaxNode? source, int up) : ReferenceExpr(source, up);

/// <summary>A field whose label is computed: <c>X=(expr): ...</c>.</summary>
internal sealed class DynamicFieldRef(SyntaxNode? source, int up, Expr label) : ReferenceExpr(source, up)
{
    public Expr Label { get; } = label;
}

/// <summary>The struct of the enclosing scope itself (<c>self</c>).</summary>
internal sealed class ScopeRef(SyntaxNode? source, int up) : ReferenceExpr(source, up);

/// <summary>What the value becomes that the reference is a part of: <c>X=expr</c>.</summary>
internal sealed class ValueRef(SyntaxNode? source, int up) : ReferenceExpr(source, up);

/// <summary>A <c>let</c> clause.</summary>
internal sealed class LetRef(SyntaxNode? source, int up, LetDecl let) : ReferenceExpr(source, up)
{
    public LetDecl Let { get; } = let;
}

/// <summary>An imported package.</summary>
internal sealed class ImportRef(SyntaxNode? source, string path) : Expr(source)
{
    /// <summary>The path as written, with <c>:name</c> where given.</summary>
    public string Path { get; } = path;
}
