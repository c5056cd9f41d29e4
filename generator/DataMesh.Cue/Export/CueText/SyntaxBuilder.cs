using DataMesh.Cue.Binding;
using DataMesh.Cue.Syntax;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Export;

/// <summary>Makes syntax nodes that stand in no source.</summary>
internal static class SyntaxBuilder
{
    public static Identifier Name(string name) => new(default, name);

    public static BasicLiteral String(string value, bool isMultiline = true) =>
        new(default, TokenKind.String, isMultiline && value.IndexOf('\n') >= 0 ? StringEncoder.QuoteLines(value) : Literals.Quote(value));

    public static BasicLiteral Bytes(byte[] value) =>
        new(default, TokenKind.String, Array.IndexOf(value, (byte)'\n') >= 0 ? StringEncoder.QuoteLines(value) : Literals.QuoteBytes(value));

    public static Expression Number(NumberConstant number)
    {
        var text = ValueText.Number(number).Replace('E', 'e');
        // cue takes it for a whole number that is a float.
        if (number.Value.IsNaN)
            return Name(number.Kind == CueKind.Int ? text : text + ".0");
        if (!number.Value.IsFinite)
            return Name(text);
        var kind = number.Kind == CueKind.Int ? TokenKind.Int : TokenKind.Float;
        return text[0] == '-' ? new UnaryExpression(TokenKind.Subtract, new BasicLiteral(default, kind, text.Substring(1))) : new BasicLiteral(default, kind, text);
    }

    public static BasicLiteral Null() => new(default, TokenKind.Null, "null");

    public static BasicLiteral Bool(bool value) => value ? new(default, TokenKind.True, "true") : new(default, TokenKind.False, "false");

    public static StructLiteral Struct(IReadOnlyList<Declaration> declarations) => new(declarations);

    public static Expression Constant(Constant constant) => constant switch
    {
        NullConstant => Null(),
        BoolConstant boolean => Bool(boolean.Value),
        NumberConstant number => Number(number),
        StringConstant text => String(text.Value),
        BytesConstant bytes => Bytes(bytes.Value),
        _ => new BottomLiteral(default),
    };

    /// <summary>A label without quotes wherever it is an identifier.</summary>
    public static Expression SimpleLabelOf(Label label) => Literals.IsIdentifier(label.Text) ? Name(label.Text) : String(label.Text, isMultiline: false);

    /// <summary>A label, quoted where it has to be.</summary>
    public static Expression LabelOf(Label label) =>
        label.Kind == LabelKind.String && !Literals.IsPlainLabel(label.Text) ? String(label.Text, isMultiline: false) : Name(label.Text);

    public static Expression Binary(Expression left, TokenKind op, Expression right) => new BinaryExpression(Operand(left, op, isRight: false), op, Placed(Operand(right, op, isRight: true)));

    /// <summary>A struct without a place of its own begins where its first clause does.</summary>
    private static Expression Placed(Expression operand) =>
        operand is StructLiteral { Declarations: [ComprehensionDeclaration { Start.Spacing: Spacing.Newline }, ..] } literal
            ? new StructLiteral(literal.Declarations) { LeftBrace = Position.Synthetic(Spacing.Newline), RightBrace = literal.RightBrace }
            : operand;

    /// <summary>All of several constraints; the top where there are none.</summary>
    public static Expression All(IReadOnlyList<Expression> parts) => Chain(parts, TokenKind.And);

    public static Expression Any(IReadOnlyList<Expression> parts) => Chain(parts, TokenKind.Or);

    private static Expression Chain(IReadOnlyList<Expression> parts, TokenKind op)
    {
        if (parts.Count == 0)
            return op == TokenKind.And ? Name("_") : new BottomLiteral(default);
        var result = parts[0];
        for (var i = 1; i < parts.Count; i++)
            result = Binary(result, op, parts[i]);
        return result;
    }

    /// <summary>An operand, in parentheses where it would be taken apart otherwise.</summary>
    private static Expression Operand(Expression operand, TokenKind op, bool isRight)
    {
        if (operand is not BinaryExpression binary)
            return operand;
        var inner = binary.Operator.GetPrecedence();
        var outer = op.GetPrecedence();
        return inner < outer || (isRight && inner == outer) ? Parenthesize(operand) : operand;
    }

    public static Expression Unary(TokenKind op, Expression operand) =>
        new UnaryExpression(op, operand is BinaryExpression ? Parenthesize(operand) : operand);

    public static Expression Parenthesize(Expression expression) => new ParenthesizedExpression(expression);

    public static CommentGroup LineComment(string text) =>
        new([new Comment(default, "// " + text)]) { IsTrailing = true, Slot = CommentGroup.SlotAfterNode };
}
