using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Binding;

/// <summary>Finds the references in a <c>try</c> clause that are marked with <c>?</c>.</summary>
internal static class TryMarks
{
    private const int MaxDepth = 500;

    public static void Collect(SyntaxNode? node, List<Expression> marked, int depth)
    {
        if (node is null || depth > MaxDepth)
            return;
        switch (node)
        {
            case PostfixExpression { Operator: PostfixOperator.Try } attempt:
                marked.Add(attempt.Operand);
                break;
            case PostfixExpression postfix:
                Collect(postfix.Operand, marked, depth + 1);
                break;
            case StructLiteral literal:
                foreach (var declaration in literal.Declarations)
                    Collect(declaration, marked, depth + 1);
                break;
            case Field field:
                Collect(field.Label, marked, depth + 1);
                Collect(field.Value, marked, depth + 1);
                break;
            case Embedding embedding:
                Collect(embedding.Expression, marked, depth + 1);
                break;
            case LetDeclaration let:
                Collect(let.Value, marked, depth + 1);
                break;
            case BinaryExpression binary:
                Collect(binary.Left, marked, depth + 1);
                Collect(binary.Right, marked, depth + 1);
                break;
            case UnaryExpression unary:
                Collect(unary.Operand, marked, depth + 1);
                break;
            case ParenthesizedExpression parenthesized:
                Collect(parenthesized.Expression, marked, depth + 1);
                break;
            case SelectorExpression selector:
                Collect(selector.Operand, marked, depth + 1);
                break;
            case IndexExpression index:
                Collect(index.Operand, marked, depth + 1);
                Collect(index.Index, marked, depth + 1);
                break;
            case CallExpression call:
                foreach (var argument in call.Arguments)
                    Collect(argument, marked, depth + 1);
                break;
            case ListLiteral list:
                foreach (var element in list.Elements)
                    Collect(element, marked, depth + 1);
                break;
            case Interpolation interpolation:
                foreach (var element in interpolation.Elements)
                    Collect(element, marked, depth + 1);
                break;
        }
    }
}
