namespace DataMesh.Cue.Syntax;

/// <summary>An expression, or a label.</summary>
public abstract class Expression : SyntaxNode;

/// <summary>A name, <c>_</c> included; <c>#</c> and <c>_</c> prefixes are part of it.</summary>
public sealed class Identifier(Position position, string name) : Expression
{
    /// <inheritdoc/>
    public override Position Start { get; } = position;

    /// <summary>The name.</summary>
    public string Name { get; } = name;

    /// <summary>Whether the name is a definition: <c>#x</c> or <c>_#x</c>.</summary>
    public bool IsDefinition => Name.StartsWith("#", StringComparison.Ordinal) || Name.StartsWith("_#", StringComparison.Ordinal);

    /// <summary>Whether the name is hidden: <c>_x</c> or <c>_#x</c>.</summary>
    public bool IsHidden => Name.Length > 1 && Name[0] == '_';
}

/// <summary>
/// A literal as written: <see cref="TokenKind.Int"/>, <see cref="TokenKind.Float"/>, <see cref="TokenKind.String"/>
/// (strings and bytes), <see cref="TokenKind.Null"/>, <see cref="TokenKind.True"/> or <see cref="TokenKind.False"/>;
/// <see cref="Literals"/> decodes it. As a label it can be a number or keyword.
/// </summary>
public sealed class BasicLiteral(Position position, TokenKind kind, string text) : Expression
{
    /// <inheritdoc/>
    public override Position Start { get; } = position;

    /// <summary>What kind of literal it is.</summary>
    public TokenKind Kind { get; } = kind;

    /// <summary>The text as written, quotes included.</summary>
    public string Text { get; } = text;
}

/// <summary>
/// A string with interpolations. Elements alternate between the pieces of text (<see cref="BasicLiteral"/>: the first with the
/// opening quote and up to <c>\(</c>, the others from <c>)</c> on) and the expressions between them.
/// </summary>
public sealed class Interpolation(IReadOnlyList<Expression> elements) : Expression
{
    /// <summary>Text and expressions in turn; the first and the last are text.</summary>
    public IReadOnlyList<Expression> Elements { get; } = elements;

    /// <inheritdoc/>
    public override Position Start => Elements[0].Start;
}

/// <summary><c>_|_</c></summary>
public sealed class BottomLiteral(Position position) : Expression
{
    /// <inheritdoc/>
    public override Position Start { get; } = position;
}

/// <summary>A stretch of the source in which no expression was recognised; an error tells why.</summary>
public sealed class BadExpression(Position start, Position end) : Expression
{
    /// <inheritdoc/>
    public override Position Start { get; } = start;

    /// <summary>Where the stretch ends.</summary>
    public Position End { get; } = end;
}

/// <summary><c>{ ... }</c>, or the value of a chained field <c>a: b: c</c>, which has no braces.</summary>
public sealed class StructLiteral(IReadOnlyList<Declaration> declarations) : Expression
{
    /// <summary>What stands between the braces, in order.</summary>
    public IReadOnlyList<Declaration> Declarations { get; } = declarations;

    /// <summary>Whether there are braces.</summary>
    public bool HasBraces { get; init; } = true;

    /// <summary>Where <c>{</c> stands.</summary>
    public Position LeftBrace { get; init; }

    /// <summary>Where <c>}</c> stands.</summary>
    public Position RightBrace { get; init; }

    /// <inheritdoc/>
    public override Position Start => HasBraces || Declarations.Count == 0 ? LeftBrace : Declarations[0].Start;

    /// <summary>The literal with other declarations.</summary>
    public StructLiteral With(IReadOnlyList<Declaration> declarations) =>
        new(declarations) { HasBraces = HasBraces, LeftBrace = LeftBrace, RightBrace = RightBrace, Comments = Comments };
}

/// <summary><c>[ ... ]</c></summary>
public sealed class ListLiteral(IReadOnlyList<Expression> elements) : Expression
{
    /// <summary>The elements; the last can be an <see cref="Ellipsis"/>, any can be a <see cref="Comprehension"/>.</summary>
    public IReadOnlyList<Expression> Elements { get; } = elements;

    /// <summary>Whether commas stand between the elements; line breaks alone do too.</summary>
    public bool HasCommas { get; init; } = true;

    /// <summary>Where <c>[</c> stands.</summary>
    public Position LeftBracket { get; init; }

    /// <summary>Where <c>]</c> stands.</summary>
    public Position RightBracket { get; init; }

    /// <inheritdoc/>
    public override Position Start => LeftBracket;
}

/// <summary>The label of a pattern constraint: <c>[pattern]</c> or <c>[X=pattern]</c>.</summary>
public sealed class PatternLabel(Expression pattern) : Expression
{
    /// <summary>The pattern; an <see cref="AliasExpression"/> names the matched label.</summary>
    public Expression Pattern { get; } = pattern;

    /// <summary>Where <c>[</c> stands.</summary>
    public Position LeftBracket { get; init; }

    /// <summary>Where <c>]</c> stands.</summary>
    public Position RightBracket { get; init; }

    /// <inheritdoc/>
    public override Position Start => LeftBracket;
}

/// <summary><c>...</c>, or <c>...T</c> at the end of a list.</summary>
public sealed class Ellipsis(Position position, Expression? type) : Expression
{
    /// <inheritdoc/>
    public override Position Start { get; } = position;

    /// <summary>The type of the further elements, if given.</summary>
    public Expression? Type { get; } = type;
}

/// <summary><c>X=expression</c></summary>
public sealed class AliasExpression(Identifier name, Expression expression) : Expression
{
    /// <summary>The name.</summary>
    public Identifier Name { get; } = name;

    /// <summary>What is named.</summary>
    public Expression Expression { get; } = expression;

    /// <summary>Where <c>=</c> stands.</summary>
    public Position EqualSign { get; init; }

    /// <inheritdoc/>
    public override Position Start => Name.Start;
}

/// <summary><c>(expression)</c></summary>
public sealed class ParenthesizedExpression(Expression expression) : Expression
{
    /// <summary>What is in the parentheses.</summary>
    public Expression Expression { get; } = expression;

    /// <summary>Where <c>(</c> stands.</summary>
    public Position LeftParenthesis { get; init; }

    /// <summary>Where <c>)</c> stands.</summary>
    public Position RightParenthesis { get; init; }

    /// <inheritdoc/>
    public override Position Start => LeftParenthesis;
}

/// <summary><c>operand.selector</c></summary>
public sealed class SelectorExpression(Expression operand, Expression selector) : Expression
{
    /// <summary>What is selected from.</summary>
    public Expression Operand { get; } = operand;

    /// <summary>An <see cref="Identifier"/> or a <see cref="BasicLiteral"/> that is a string.</summary>
    public Expression Selector { get; } = selector;

    /// <summary>Where the dot stands.</summary>
    public Position Dot { get; init; }

    /// <inheritdoc/>
    public override Position Start => Operand.Start;
}

/// <summary><c>operand[index]</c></summary>
public sealed class IndexExpression(Expression operand, Expression index) : Expression
{
    /// <summary>What is indexed.</summary>
    public Expression Operand { get; } = operand;

    /// <summary>The index.</summary>
    public Expression Index { get; } = index;

    /// <summary>Where <c>[</c> stands.</summary>
    public Position LeftBracket { get; init; }

    /// <summary>Where <c>]</c> stands.</summary>
    public Position RightBracket { get; init; }

    /// <inheritdoc/>
    public override Position Start => Operand.Start;
}

/// <summary><c>operand[low:high]</c></summary>
public sealed class SliceExpression(Expression operand, Expression? low, Expression? high) : Expression
{
    /// <summary>What is sliced.</summary>
    public Expression Operand { get; } = operand;

    /// <summary>The first index, if given.</summary>
    public Expression? Low { get; } = low;

    /// <summary>The index after the last, if given.</summary>
    public Expression? High { get; } = high;

    /// <summary>Where <c>[</c> stands.</summary>
    public Position LeftBracket { get; init; }

    /// <summary>Where <c>]</c> stands.</summary>
    public Position RightBracket { get; init; }

    /// <inheritdoc/>
    public override Position Start => Operand.Start;
}

/// <summary><c>function(arguments)</c></summary>
public sealed class CallExpression(Expression function, IReadOnlyList<Expression> arguments) : Expression
{
    /// <summary>What is called.</summary>
    public Expression Function { get; } = function;

    /// <summary>The arguments.</summary>
    public IReadOnlyList<Expression> Arguments { get; } = arguments;

    /// <summary>Where <c>(</c> stands.</summary>
    public Position LeftParenthesis { get; init; }

    /// <summary>Where <c>)</c> stands.</summary>
    public Position RightParenthesis { get; init; }

    /// <inheritdoc/>
    public override Position Start => Function.Start;
}

/// <summary>
/// <c>operator operand</c>: <c>+ - ! * &lt; &lt;= &gt; &gt;= != == =~ !~</c>; <c>*</c> marks a default.
/// </summary>
public sealed class UnaryExpression(TokenKind @operator, Expression operand) : Expression
{
    /// <summary>The operator.</summary>
    public TokenKind Operator { get; } = @operator;

    /// <summary>The operand.</summary>
    public Expression Operand { get; } = operand;

    /// <summary>Where the operator stands.</summary>
    public Position OperatorPosition { get; init; }

    /// <inheritdoc/>
    public override Position Start => OperatorPosition;
}

/// <summary><c>left operator right</c>. Long chains nest to the left and can be deep: walk <see cref="Left"/> in a loop.</summary>
public sealed class BinaryExpression(Expression left, TokenKind @operator, Expression right) : Expression
{
    /// <summary>The left operand.</summary>
    public Expression Left { get; } = left;

    /// <summary>The operator.</summary>
    public TokenKind Operator { get; } = @operator;

    /// <summary>The right operand.</summary>
    public Expression Right { get; } = right;

    /// <summary>Where the operator stands.</summary>
    public Position OperatorPosition { get; init; }

    /// <inheritdoc/>
    public override Position Start
    {
        get
        {
            var first = Left;
            while (first is BinaryExpression binary)
                first = binary.Left;
            return first.Start;
        }
    }
}

/// <summary>What can stand behind an operand.</summary>
public enum PostfixOperator : byte
{
    /// <summary><c>operand...</c> opens a closed struct (experiment explicitopen).</summary>
    Open,

    /// <summary><c>operand?</c> makes a <c>try</c> clause fail when the reference is absent (experiment try).</summary>
    Try,
}

/// <summary><c>operand...</c> or <c>operand?</c></summary>
public sealed class PostfixExpression(Expression operand, PostfixOperator @operator) : Expression
{
    /// <summary>The operand.</summary>
    public Expression Operand { get; } = operand;

    /// <summary>The operator.</summary>
    public PostfixOperator Operator { get; } = @operator;

    /// <summary>Where the operator stands.</summary>
    public Position OperatorPosition { get; init; }

    /// <inheritdoc/>
    public override Position Start => Operand.Start;
}
