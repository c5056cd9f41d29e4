namespace DataMesh.Cue.Syntax;

/// <summary>What stands in a file or between braces.</summary>
public abstract class Declaration : SyntaxNode;

/// <summary><c>package name</c></summary>
public sealed class PackageClause(Identifier name) : Declaration
{
    /// <summary>The name; <c>_</c> for a file that belongs to no package.</summary>
    public Identifier Name { get; } = name;

    /// <summary>Where the keyword stands.</summary>
    public Position PackagePosition { get; init; }

    /// <inheritdoc/>
    public override Position Start => PackagePosition.IsValid ? PackagePosition : Name.Start;
}

/// <summary><c>import "path"</c> or <c>import ( ... )</c></summary>
public sealed class ImportDeclaration(IReadOnlyList<ImportSpec> specs) : Declaration
{
    /// <summary>The imports.</summary>
    public IReadOnlyList<ImportSpec> Specs { get; } = specs;

    /// <summary>Where the keyword stands.</summary>
    public Position ImportPosition { get; init; }

    /// <summary>Where <c>(</c> stands, if there is one.</summary>
    public Position LeftParenthesis { get; init; }

    /// <summary>Where <c>)</c> stands, if there is one.</summary>
    public Position RightParenthesis { get; init; }

    /// <summary>Whether the imports are in parentheses.</summary>
    public bool HasParentheses { get; init; }

    /// <inheritdoc/>
    public override Position Start => ImportPosition;
}

/// <summary>One import: <c>name "path"</c>, the name being optional.</summary>
public sealed class ImportSpec(Identifier? name, BasicLiteral path) : SyntaxNode
{
    /// <summary>The local name, if one is given.</summary>
    public Identifier? Name { get; } = name;

    /// <summary>The literal with the path, as written.</summary>
    public BasicLiteral Path { get; } = path;

    /// <summary>The path with the qualifier <c>:name</c>, decoded.</summary>
    public string PathValue => Literals.TryUnquote(Path.Text, out var value, out _) ? value.Text : "";

    /// <inheritdoc/>
    public override Position Start => Name is null ? Path.Start : Name.Start;
}

/// <summary>Whether a field is regular, optional or required.</summary>
public enum FieldConstraint : byte
{
    /// <summary><c>a: v</c></summary>
    None,

    /// <summary><c>a?: v</c></summary>
    Optional,

    /// <summary><c>a!: v</c></summary>
    Required,
}

/// <summary>
/// <c>label: value</c>. A chain <c>a: b: c</c> is a field whose value is a <see cref="StructLiteral"/> without braces.
/// </summary>
public sealed class Field : Declaration
{
    /// <summary>A field of a label and a value, which is the value of an outer one as well if it is written without braces.</summary>
    public Field(Expression label, Expression value)
    {
        Label = label;
        Value = value;
        if (value is StructLiteral { HasBraces: false, Declarations: [Field inner] })
            inner.Outer = this;
    }

    /// <summary>The field whose value this one is alone, without braces: <c>outer</c> of <c>outer: inner: 1</c>; null for any other.</summary>
    public Field? Outer { get; private set; }

    /// <summary>
    /// The label: <see cref="Identifier"/>, <see cref="BasicLiteral"/> (a string, or a number or keyword taken as a name),
    /// <see cref="Interpolation"/>, <see cref="PatternLabel"/> or <see cref="ParenthesizedExpression"/> (a dynamic field).
    /// </summary>
    public Expression Label { get; }

    /// <summary>The comment on the lines right below the field, before the brace that closes the struct.</summary>
    internal CommentGroup? ClosingComment { get; set; }

    /// <summary>The alias before the label: <c>X=label: value</c>.</summary>
    public LabelAlias? Alias { get; init; }

    /// <summary>The alias behind the label: <c>label~X: value</c> or <c>label~(K,V): value</c> (experiment aliasv2).</summary>
    public PostfixAlias? PostfixAlias { get; init; }

    /// <summary>The mark before the colon.</summary>
    public FieldConstraint Constraint { get; init; }

    /// <summary>Where the mark stands.</summary>
    public Position ConstraintPosition { get; init; }

    /// <summary>Where the colon stands.</summary>
    public Position Colon { get; init; }

    /// <summary>The value; an <see cref="AliasExpression"/> for <c>label: X=value</c>.</summary>
    public Expression Value { get; }

    /// <summary>The attributes behind the value.</summary>
    public IReadOnlyList<AttributeNode> Attributes { get; init; } = [];

    /// <inheritdoc/>
    public override Position Start => Alias is null ? Label.Start : Alias.Start;

    /// <summary>The field with another label and value.</summary>
    public Field With(Expression label, Expression value) => new(label, value)
    {
        Alias = Alias,
        PostfixAlias = PostfixAlias,
        Constraint = Constraint,
        ConstraintPosition = ConstraintPosition,
        Colon = Colon,
        Attributes = Attributes,
        Comments = Comments,
    };
}

/// <summary><c>X=</c> before the label of a field.</summary>
public sealed class LabelAlias(Identifier name) : SyntaxNode
{
    /// <summary>The name.</summary>
    public Identifier Name { get; } = name;

    /// <summary>Where <c>=</c> stands.</summary>
    public Position EqualSign { get; init; }

    /// <inheritdoc/>
    public override Position Start => Name.Start;
}

/// <summary><c>~X</c> or <c>~(K,V)</c> behind the label of a field.</summary>
public sealed class PostfixAlias(Identifier? label, Identifier? field) : SyntaxNode
{
    /// <summary><c>K</c> of <c>~(K,V)</c>: the name for the label's text; null for <c>~X</c>.</summary>
    public Identifier? LabelName { get; } = label;

    /// <summary><c>X</c> or <c>V</c>: the name for the field.</summary>
    public Identifier? FieldName { get; } = field;

    /// <summary>Where <c>~</c> stands.</summary>
    public Position Tilde { get; init; }

    /// <summary>Where <c>(</c> stands; not valid for <c>~X</c>.</summary>
    public Position LeftParenthesis { get; init; }

    /// <summary>Where <c>,</c> stands; not valid for <c>~X</c>.</summary>
    public Position Comma { get; init; }

    /// <summary>Where <c>)</c> stands; not valid for <c>~X</c>.</summary>
    public Position RightParenthesis { get; init; }

    /// <inheritdoc/>
    public override Position Start => Tilde;
}

/// <summary>An expression that stands where a declaration does.</summary>
public sealed class Embedding(Expression expression) : Declaration
{
    /// <summary>What is embedded.</summary>
    public Expression Expression { get; } = expression;

    /// <inheritdoc/>
    public override Position Start => Expression.Start;
}

/// <summary><c>let name = value</c>, as a declaration.</summary>
public sealed class LetDeclaration(LetClause clause) : Declaration
{
    /// <summary>The name and its value.</summary>
    public LetClause Clause { get; } = clause;

    /// <summary>The name.</summary>
    public Identifier Name => Clause.Name;

    /// <summary>The value.</summary>
    public Expression Value => Clause.Value;

    /// <inheritdoc/>
    public override Position Start => Clause.Start;
}

/// <summary><c>...</c> in a struct.</summary>
public sealed class EllipsisDeclaration(Ellipsis ellipsis) : Declaration
{
    /// <summary>The ellipsis.</summary>
    public Ellipsis Ellipsis { get; } = ellipsis;

    /// <inheritdoc/>
    public override Position Start => Ellipsis.Start;
}

/// <summary>A comprehension in a struct.</summary>
public sealed class ComprehensionDeclaration(Comprehension comprehension) : Declaration
{
    /// <summary>The comprehension.</summary>
    public Comprehension Comprehension { get; } = comprehension;

    /// <inheritdoc/>
    public override Position Start => Comprehension.Start;
}

/// <summary><c>@name(body)</c> as a declaration.</summary>
public sealed class AttributeDeclaration(AttributeNode attribute) : Declaration
{
    /// <summary>The attribute.</summary>
    public AttributeNode Attribute { get; } = attribute;

    /// <inheritdoc/>
    public override Position Start => Attribute.Start;
}

/// <summary><c>@name(body)</c></summary>
public sealed class AttributeNode(Position position, string text) : SyntaxNode
{
    /// <inheritdoc/>
    public override Position Start { get; } = position;

    /// <summary>The whole text, from <c>@</c> to <c>)</c>.</summary>
    public string Text { get; } = text;

    /// <summary>The name.</summary>
    public string Name
    {
        get
        {
            var open = Text.IndexOf('(');
            return open < 0 ? Text.Substring(1) : Text.Substring(1, open - 1);
        }
    }

    /// <summary>The text between the parentheses.</summary>
    public string Body
    {
        get
        {
            var open = Text.IndexOf('(');
            return open < 0 || Text.Length < open + 2 ? "" : Text.Substring(open + 1, Text.Length - open - 2);
        }
    }
}

/// <summary>A stretch of the source in which no declaration was recognised; an error tells why.</summary>
public sealed class BadDeclaration(Position start, Position end) : Declaration
{
    /// <inheritdoc/>
    public override Position Start { get; } = start;

    /// <summary>Where the stretch ends.</summary>
    public Position End { get; } = end;
}
