namespace DataMesh.Cue.Syntax;

/// <summary><c>clause clause ... { value }</c>, in a list or (by <see cref="ComprehensionDeclaration"/>) in a struct.</summary>
public sealed class Comprehension(IReadOnlyList<Clause> clauses, Expression value) : Expression
{
    /// <summary>The clauses; at least one.</summary>
    public IReadOnlyList<Clause> Clauses { get; } = clauses;

    /// <summary>What is yielded: a <see cref="StructLiteral"/>, or a <see cref="BadExpression"/> where it is missing.</summary>
    public Expression Value { get; } = value;

    /// <summary>What is yielded when the clauses yield nothing (experiment try).</summary>
    public FallbackClause? Fallback { get; init; }

    /// <inheritdoc/>
    public override Position Start => Clauses[0].Start;
}

/// <summary>A clause of a comprehension.</summary>
public abstract class Clause : SyntaxNode;

/// <summary><c>for value in source</c> or <c>for key, value in source</c></summary>
public sealed class ForClause(Identifier? key, Identifier value, Expression source) : Clause
{
    /// <summary>The name for the key or index, if given.</summary>
    public Identifier? Key { get; } = key;

    /// <summary>The name for the value.</summary>
    public Identifier Value { get; } = value;

    /// <summary>What is iterated over.</summary>
    public Expression Source { get; } = source;

    /// <summary>Where <c>for</c> stands.</summary>
    public Position ForPosition { get; init; }

    /// <summary>Where the comma stands, if there is one.</summary>
    public Position Comma { get; init; }

    /// <summary>Where <c>in</c> stands.</summary>
    public Position InPosition { get; init; }

    /// <inheritdoc/>
    public override Position Start => ForPosition;
}

/// <summary><c>if condition</c></summary>
public sealed class IfClause(Expression condition) : Clause
{
    /// <summary>The condition.</summary>
    public Expression Condition { get; } = condition;

    /// <summary>Where <c>if</c> stands.</summary>
    public Position IfPosition { get; init; }

    /// <inheritdoc/>
    public override Position Start => IfPosition;
}

/// <summary><c>let name = value</c></summary>
public sealed class LetClause(Identifier name, Expression value) : Clause
{
    /// <summary>The name.</summary>
    public Identifier Name { get; } = name;

    /// <summary>The value.</summary>
    public Expression Value { get; } = value;

    /// <summary>Where <c>let</c> stands.</summary>
    public Position LetPosition { get; init; }

    /// <summary>Where <c>=</c> stands.</summary>
    public Position EqualSign { get; init; }

    /// <inheritdoc/>
    public override Position Start => LetPosition;
}

/// <summary><c>try</c> or <c>try name = value</c> (experiment try): yields nothing when a marked reference is absent.</summary>
public sealed class TryClause(Identifier? name, Expression? value) : Clause
{
    /// <summary>The name, if given.</summary>
    public Identifier? Name { get; } = name;

    /// <summary>The value, if a name is given.</summary>
    public Expression? Value { get; } = value;

    /// <summary>Where <c>try</c> stands.</summary>
    public Position TryPosition { get; init; }

    /// <summary>Where <c>=</c> stands, if there is one.</summary>
    public Position EqualSign { get; init; }

    /// <inheritdoc/>
    public override Position Start => TryPosition;
}

/// <summary><c>else { ... }</c> after a single <c>if</c> or <c>try</c>, or <c>fallback { ... }</c> after other clauses.</summary>
public sealed class FallbackClause(string keyword, StructLiteral body) : SyntaxNode
{
    /// <summary>The keyword as written.</summary>
    public string Keyword { get; } = keyword;

    /// <summary>What is yielded.</summary>
    public StructLiteral Body { get; } = body;

    /// <summary>Where the keyword stands.</summary>
    public Position KeywordPosition { get; init; }

    /// <inheritdoc/>
    public override Position Start => KeywordPosition;
}
