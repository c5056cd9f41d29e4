namespace DataMesh.Cue.Builtins.Templates;

/// <summary>A part of a template.</summary>
internal abstract class TemplateNode;

internal sealed class TextNode(string text) : TemplateNode
{
    public string Text { get; } = text;
}

internal sealed class OutputNode(Pipeline pipeline) : TemplateNode
{
    public Pipeline Pipeline { get; } = pipeline;
}

internal enum BlockKind
{
    If,
    With,
    Range,
}

internal sealed class BlockNode(BlockKind kind, Pipeline pipeline, List<TemplateNode> body, List<TemplateNode> otherwise) : TemplateNode
{
    public BlockKind Kind { get; } = kind;

    public Pipeline Pipeline { get; } = pipeline;

    public List<TemplateNode> Body { get; } = body;

    public List<TemplateNode> Otherwise { get; } = otherwise;
}

internal sealed class InvokeNode(string name, Pipeline? argument, TemplatePlace place) : TemplateNode
{
    public TemplatePlace Place { get; } = place;

    public string Name { get; } = name;

    public Pipeline? Argument { get; } = argument;
}

/// <summary><c>{{break}}</c> or <c>{{continue}}</c></summary>
internal sealed class JumpNode(bool isBreak) : TemplateNode
{
    public bool IsBreak { get; } = isBreak;
}

/// <summary>Commands, each of which gets what the one before gave as its last argument.</summary>
internal sealed class Pipeline(List<string> variables, bool isAssignment, List<List<Operand>> commands)
{
    /// <summary>The variables that take the result; for <c>range</c> up to two.</summary>
    public List<string> Variables { get; } = variables;

    /// <summary><c>=</c> rather than <c>:=</c></summary>
    public bool IsAssignment { get; } = isAssignment;

    public List<List<Operand>> Commands { get; } = commands;
}

internal enum OperandKind
{
    Dot,
    Nil,
    Bool,
    Number,
    Text,
    Variable,
    Function,
    Parenthesis,
}

/// <summary>Where something stands in a template, and how it is written there.</summary>
/// <param name="Line">1-based.</param>
/// <param name="Column">In bytes of UTF-8, 0-based.</param>
/// <param name="Text">As errors show it.</param>
internal readonly record struct TemplatePlace(int Line, int Column, string Text)
{
    /// <summary>An error of what is executed there.</summary>
    public BuiltinException Fail(string message) => new(FormattableString.Invariant($"template: :{Line}:{Column}: executing \"\" at <{Text}>: {message}"));
}

/// <summary>An operand and the fields that are taken of it.</summary>
internal sealed class Operand(OperandKind kind, string text, Pipeline? pipeline, List<string> fields, TemplatePlace place)
{
    public TemplatePlace Place { get; } = place;

    public OperandKind Kind { get; } = kind;

    /// <summary>The literal's value, or the name of a variable or function.</summary>
    public string Text { get; } = text;

    public Pipeline? Pipeline { get; } = pipeline;

    public List<string> Fields { get; } = fields;
}
