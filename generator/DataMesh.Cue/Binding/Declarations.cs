using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Binding;

/// <summary>Whether a field exists, must exist or may exist.</summary>
internal enum ArcType : byte
{
    /// <summary>The field exists.</summary>
    Member,

    /// <summary><c>label!</c></summary>
    Required,

    /// <summary><c>label?</c></summary>
    Optional,

    /// <summary>A comprehension may still bring the field about.</summary>
    Pending,
}

/// <summary>A declaration of a struct.</summary>
internal abstract class Decl(SyntaxNode? source)
{
    public SyntaxNode? Source { get; } = source;
}

internal sealed class FieldDecl(SyntaxNode? source, Label label, ArcType type, Expr value) : Decl(source)
{
    public Label Label { get; } = label;

    public ArcType Type { get; } = type;

    public Expr Value { get; } = value;

    /// <summary>Where the label is in data, which has no syntax tree.</summary>
    public Position LabelPosition { get; init; }

    /// <summary>Where the field begins; null when that is not known.</summary>
    public Position? Start => Source?.Start ?? (LabelPosition.IsValid ? LabelPosition : null);
}

internal sealed class DynamicFieldDecl(SyntaxNode? source, Expr label, ArcType type, Expr value) : Decl(source)
{
    public Expr Label { get; } = label;

    public ArcType Type { get; } = type;

    public Expr Value { get; } = value;
}

internal sealed class PatternDecl(SyntaxNode? source, Expr pattern, Expr value) : Decl(source)
{
    public Expr Pattern { get; } = pattern;

    public Expr Value { get; } = value;
}

internal sealed class EmbedDecl(SyntaxNode? source, Expr value) : Decl(source)
{
    /// <summary>Whether a closed struct that is embedded takes the fields of the struct around it (not so with the experiment explicitopen).</summary>
    public bool Extends { get; init; } = true;

    public Expr Value { get; } = value;
}

internal sealed class EllipsisDecl(SyntaxNode? source) : Decl(source);

internal sealed class LetDecl(SyntaxNode? source, string name) : Decl(source)
{
    public string Name { get; } = name;

    /// <summary>Which of the package's declarations it is, from 1; 0 for a clause of a comprehension.</summary>
    public int Number { get; init; }

    /// <summary>Set once the scope is complete; a <c>let</c> can refer to fields that follow it.</summary>
    public Expr Value { get; set; } = new TopExpr(null);

    public bool IsUsed { get; set; }

    /// <summary>The <c>let</c> clauses that the value refers to, with where and on which path it does.</summary>
    public List<LetUse> Uses { get; } = [];

    /// <summary>Whether references within have been followed: not yet, being followed, or done.</summary>
    public bool? IsFollowed { get; set; }
}

/// <summary>A reference to a <c>let</c> clause.</summary>
internal readonly struct LetUse(LetDecl target, Position position, string path)
{
    public LetDecl Target { get; } = target;

    public Position Position { get; } = position;

    public string Path { get; } = path;
}

internal sealed class StructExpr(SyntaxNode? source, IReadOnlyList<Decl> declarations) : Expr(source)
{
    public IReadOnlyList<Decl> Declarations { get; } = declarations;

    /// <summary>Whether there is anything whose presence depends on other values, or an embedding.</summary>
    public bool HasEmbeddings { get; init; }

    public bool IsOpen { get; init; }

    /// <summary>Whether the literal extends what it embeds (not so with the experiment explicitopen).</summary>
    public bool IsExtending { get; init; } = true;

    /// <summary>Whether fields, patterns or an ellipsis make this a struct even next to an embedded scalar.</summary>
    public bool HasFields { get; init; }

    /// <summary>Whether the struct is a file: its fields are those of the package.</summary>
    public bool IsFile { get; init; }

    public IReadOnlyList<AttributeNode> Attributes { get; init; } = [];

    /// <summary>The <c>let</c> clauses, each with the number of declarations before it.</summary>
    public IReadOnlyList<(int Place, LetDecl Let)> Lets { get; init; } = [];
}

internal abstract class ClauseExpr(SyntaxNode source)
{
    public SyntaxNode Source { get; } = source;
}

internal sealed class ForClauseExpr(SyntaxNode source, Label key, Label value, Expr collection) : ClauseExpr(source)
{
    /// <summary>Not valid when only the value is named.</summary>
    public Label Key { get; } = key;

    public Label Value { get; } = value;

    public Expr Collection { get; } = collection;
}

internal sealed class IfClauseExpr(SyntaxNode source, Expr condition) : ClauseExpr(source)
{
    public Expr Condition { get; } = condition;
}

internal sealed class LetClauseExpr(SyntaxNode source, LetDecl let) : ClauseExpr(source)
{
    public LetDecl Let { get; } = let;
}

/// <summary><c>try</c> (experiment): continues only if its references exist.</summary>
internal sealed class TryClauseExpr(SyntaxNode source, LetDecl? let, IReadOnlyList<Expr> attempts) : ClauseExpr(source)
{
    /// <summary>The references that have to exist, resolved around the clause.</summary>
    public IReadOnlyList<Expr> Attempts { get; } = attempts;

    public LetDecl? Let { get; } = let;
}

internal sealed class ComprehensionExpr(SyntaxNode source, IReadOnlyList<ClauseExpr> clauses, Expr value, Expr? fallback) : Expr(source)
{
    public IReadOnlyList<ClauseExpr> Clauses { get; } = clauses;

    public Expr Value { get; } = value;

    /// <summary>What an <c>else</c> or <c>fallback</c> clause yields; bound in the scope around the comprehension.</summary>
    public Expr? Fallback { get; } = fallback;
}
