namespace DataMesh.Cue.Syntax;

/// <summary>
/// Goes through a tree, each node before what it holds and in the order of the source. Deep trees are safe to walk: the
/// parser limits how deep expressions nest, and chains of binary operators are walked in a loop.
/// </summary>
/// <typeparam name="T">What goes down with the walk, such as a scope.</typeparam>
internal abstract class SyntaxWalker<T>
{
    /// <summary>Comes to a node; <see cref="WalkChildren"/> leads on from it.</summary>
    protected abstract void Walk(SyntaxNode node, T state);

    protected void WalkAll(IReadOnlyList<SyntaxNode> nodes, T state)
    {
        for (var i = 0; i < nodes.Count; i++)
            Walk(nodes[i], state);
    }

    /// <summary>Comes to each expression, declaration and clause right below a node; names are none.</summary>
    protected void WalkChildren(SyntaxNode node, T state)
    {
        switch (node)
        {
            case CueFile file:
                WalkAll(file.Declarations, state);
                break;
            case Field field:
                Walk(field.Label, state);
                Walk(field.Value, state);
                break;
            case LetDeclaration let:
                Walk(let.Value, state);
                break;
            case Embedding embedding:
                Walk(embedding.Expression, state);
                break;
            case EllipsisDeclaration ellipsis:
                Walk(ellipsis.Ellipsis, state);
                break;
            case ComprehensionDeclaration comprehension:
                Walk(comprehension.Comprehension, state);
                break;
            case StructLiteral literal:
                WalkAll(literal.Declarations, state);
                break;
            case Comprehension comprehension:
                WalkAll(comprehension.Clauses, state);
                Walk(comprehension.Value, state);
                WalkIfAny(comprehension.Fallback?.Body, state);
                break;
            case ForClause loop:
                Walk(loop.Source, state);
                break;
            case IfClause condition:
                Walk(condition.Condition, state);
                break;
            case LetClause let:
                Walk(let.Value, state);
                break;
            case TryClause attempt:
                WalkIfAny(attempt.Value, state);
                break;
            case Expression expression:
                WalkOperands(expression, state);
                break;
        }
    }

    private void WalkOperands(Expression expression, T state)
    {
        switch (expression)
        {
            case BinaryExpression binary:
                WalkChain(binary, state);
                break;
            case UnaryExpression unary:
                Walk(unary.Operand, state);
                break;
            case PostfixExpression postfix:
                Walk(postfix.Operand, state);
                break;
            case ParenthesizedExpression parenthesized:
                Walk(parenthesized.Expression, state);
                break;
            case AliasExpression alias:
                Walk(alias.Expression, state);
                break;
            case SelectorExpression selector:
                Walk(selector.Operand, state);
                break;
            case IndexExpression index:
                Walk(index.Operand, state);
                Walk(index.Index, state);
                break;
            case SliceExpression slice:
                Walk(slice.Operand, state);
                WalkIfAny(slice.Low, state);
                WalkIfAny(slice.High, state);
                break;
            case CallExpression call:
                Walk(call.Function, state);
                WalkAll(call.Arguments, state);
                break;
            case ListLiteral list:
                WalkAll(list.Elements, state);
                break;
            case Interpolation interpolation:
                WalkAll(interpolation.Elements, state);
                break;
            case Ellipsis ellipsis:
                WalkIfAny(ellipsis.Type, state);
                break;
            case PatternLabel pattern:
                Walk(pattern.Pattern, state);
                break;
        }
    }

    private void WalkChain(BinaryExpression last, T state)
    {
        var chain = new Stack<BinaryExpression>();
        Expression first = last;
        while (first is BinaryExpression binary)
        {
            chain.Push(binary);
            first = binary.Left;
        }

        Walk(first, state);
        while (chain.Count > 0)
            Walk(chain.Pop().Right, state);
    }

    private void WalkIfAny(SyntaxNode? node, T state)
    {
        if (node is not null)
            Walk(node, state);
    }
}
