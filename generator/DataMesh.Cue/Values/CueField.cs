using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Values;

/// <summary>What a field is, by its label and its mark.</summary>
public enum CueFieldKind : byte
{
    /// <summary><c>label: value</c></summary>
    Regular,

    /// <summary><c>label?: value</c></summary>
    Optional,

    /// <summary><c>label!: value</c></summary>
    Required,

    /// <summary><c>#label: value</c></summary>
    Definition,

    /// <summary><c>_label: value</c></summary>
    Hidden,
}

/// <summary>An attribute such as <c>@cs(Name,type=long)</c>.</summary>
/// <param name="Name">The name, without the <c>@</c>.</param>
/// <param name="Body">What is in the parentheses.</param>
/// <param name="Position">Where it stands.</param>
public sealed record CueAttribute(string Name, string Body, Position Position);

/// <summary>A field of a struct.</summary>
public sealed class CueField
{
    internal CueField(string name, string label, CueFieldKind kind, bool isDefinition, bool isHidden, CueValue value)
    {
        Name = name;
        Label = label;
        Kind = kind;
        IsDefinition = isDefinition;
        IsHidden = isHidden;
        Value = value;
    }

    /// <summary>The name: for regular fields the JSON name, otherwise with its <c>#</c> or <c>_</c>.</summary>
    public string Name { get; }

    /// <summary>The label in CUE syntax, quoted where needed.</summary>
    public string Label { get; }

    /// <summary>Optional and required win over definition and hidden.</summary>
    public CueFieldKind Kind { get; }

    /// <summary>Whether the label is a definition's, whatever its mark.</summary>
    public bool IsDefinition { get; }

    /// <summary>Whether the label is hidden, whatever its mark.</summary>
    public bool IsHidden { get; }

    /// <summary>The value; for optional fields what it would be.</summary>
    public CueValue Value { get; }

    /// <summary>The doc comments of all declarations of the field.</summary>
    public IReadOnlyList<string> Documentation => Value.Documentation;

    /// <summary>The attributes of all declarations of the field.</summary>
    public IReadOnlyList<CueAttribute> Attributes => Value.Attributes;
}

/// <summary><c>[pattern]: value</c></summary>
public sealed class CuePattern
{
    internal CuePattern(CueValue pattern, CueValue value)
    {
        Pattern = pattern;
        Value = value;
    }

    /// <summary>Which names it applies to.</summary>
    public CueValue Pattern { get; }

    /// <summary>What the fields with these names have to be.</summary>
    public CueValue Value { get; }
}

/// <summary>A part of the constraint of a value that is not concrete.</summary>
public abstract class CueConstraint
{
    private protected CueConstraint(Position position) => Position = position;

    /// <summary>Where it is written.</summary>
    public Position Position { get; }
}

/// <summary>One or several basic types.</summary>
public sealed class CueTypeConstraint : CueConstraint
{
    internal CueTypeConstraint(CueKind kind, Position position)
        : base(position) => Kind = kind;

    /// <summary>The types.</summary>
    public CueKind Kind { get; }
}

/// <summary>A bound: an operator and the value it compares with.</summary>
public sealed class CueBoundConstraint : CueConstraint
{
    internal CueBoundConstraint(TokenKind op, CueValue operand, Position position)
        : base(position)
    {
        Operator = op;
        Operand = operand;
    }

    /// <summary><c>&lt; &lt;= &gt; &gt;= != == =~ !~</c></summary>
    public TokenKind Operator { get; }

    /// <summary>A concrete value.</summary>
    public CueValue Operand { get; }
}

/// <summary>A builtin that validates.</summary>
public sealed class CueValidatorConstraint : CueConstraint
{
    internal CueValidatorConstraint(string package, string name, IReadOnlyList<CueValue> arguments, Position position)
        : base(position)
    {
        Package = package;
        Name = name;
        Arguments = arguments;
    }

    /// <summary>The import path of its package; empty for predeclared ones.</summary>
    public string Package { get; }

    /// <summary>The name in its package, such as <c>MinRunes</c>.</summary>
    public string Name { get; }

    /// <summary>The arguments but the first, which is the value itself.</summary>
    public IReadOnlyList<CueValue> Arguments { get; }
}

/// <summary>An expression among the conjuncts of a value that evaluation cannot decide, because it needs data.</summary>
public sealed class CueExpression
{
    internal CueExpression(SyntaxNode syntax, CueErrorCode? code, string? message)
    {
        Syntax = syntax;
        Code = code;
        Message = message;
    }

    /// <summary>The expression as written.</summary>
    public SyntaxNode Syntax { get; }

    /// <summary>Where it stands.</summary>
    public Position Position => Syntax.Start;

    /// <summary>Why it could not be evaluated.</summary>
    public CueErrorCode? Code { get; }

    /// <summary>Why it could not be evaluated, in words.</summary>
    public string? Message { get; }
}
