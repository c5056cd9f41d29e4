using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Binding;

/// <summary>Finds the references in a <c>try</c> clause that are marked with <c>?</c>.</summary>
internal sealed class TryMarks : SyntaxWalker<List<Expression>>
{
    private static readonly TryMarks _walker = new();

    private TryMarks()
    {
    }

    public static List<Expression> In(Expression body)
    {
        var marked = new List<Expression>();
        _walker.Walk(body, marked);
        return marked;
    }

    protected override void Walk(SyntaxNode node, List<Expression> marked)
    {
        // What more elements or fields would have to be is not asked for.
        if (node is Ellipsis)
            return;
        if (node is PostfixExpression { Operator: PostfixOperator.Try } attempt)
            marked.Add(attempt.Operand);
        else
            WalkChildren(node, marked);
    }
}
