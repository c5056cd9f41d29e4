namespace DataMesh.Cue.Syntax.Formatting;

internal sealed partial class Printer
{
    private void PrintComprehension(Comprehension comprehension)
    {
        for (var i = 0; i < comprehension.Clauses.Count; i++)
        {
            var clause = comprehension.Clauses[i];
            if (i > 0)
                Separate(StartWithComments(clause), Gap.Blank);
            PrintLeadingComments(clause);
            PrintClause(clause);
        }

        Ask(Gap.Blank);
        PrintExpression(comprehension.Value);
        if (comprehension.Fallback is not { } fallback)
            return;
        Ask(Gap.Blank);
        Write(fallback.Keyword == "fallback" ? "otherwise" : fallback.Keyword);
        Ask(Gap.Blank);
        PrintExpression(fallback.Body);
    }

    private void PrintClause(Clause clause)
    {
        switch (clause)
        {
            case ForClause loop:
                PrintWord("for");
                if (loop.Key is { } key)
                {
                    Write(key.Name);
                    Write(",");
                    Ask(Gap.Blank);
                }

                PrintWord(loop.Value.Name);
                PrintWord("in");
                PrintScoped(loop.Source);
                break;
            case IfClause condition:
                PrintWord("if");
                PrintScoped(condition.Condition);
                break;
            case LetClause let:
                PrintWord("let");
                PrintWord(let.Name.Name);
                Write("=");
                Separate(let.Value.Start, Gap.Blank);
                PrintExpression(let.Value);
                break;
            case TryClause attempt:
                Ask(Gap.Blank);
                Write("try");
                if (attempt is { Name: { } name, Value: { } value })
                {
                    Ask(Gap.Blank);
                    PrintWord(name.Name);
                    PrintWord("=");
                    PrintExpression(value);
                }

                break;
        }

        PrintCommentsFrom(clause, 1);
        PrintTrailingComments(clause);
    }

    private void PrintScoped(Expression expression)
    {
        var outer = OpenScope();
        PrintExpression(expression);
        CloseScope(outer);
    }

    private void PrintWord(string word)
    {
        Write(word);
        Ask(Gap.Blank);
    }
}
