namespace DataMesh.Cue.Syntax.Formatting;

internal sealed partial class Printer
{
    /// <summary>Writes the comments before the first token of a node.</summary>
    private void PrintLeadingComments(SyntaxNode node)
    {
        foreach (var group in node.Comments)
        {
            if (group.Slot == 0 && !group.IsTrailing)
            {
                PrintComments(group);
                Ask(Gap.Line);
            }
        }

        if (HasLeadingComments(node) && node.Start.Spacing == Spacing.NewSection)
            Ask(Gap.Section);
    }

    private static bool HasLeadingComments(SyntaxNode node)
    {
        foreach (var group in node.Comments)
        {
            if (group.Slot == 0 && !group.IsTrailing)
                return true;
        }

        return false;
    }

    /// <summary>Writes the comments before the token at a slot that is not the first.</summary>
    private void PrintCommentsAt(SyntaxNode node, int slot)
    {
        foreach (var group in node.Comments)
        {
            if (group.Slot == slot && group.Slot > 0)
                PrintInnerComments(group);
        }
    }

    /// <summary>Writes the comments inside a node that come after a slot.</summary>
    private void PrintCommentsFrom(SyntaxNode node, int slot)
    {
        foreach (var group in node.Comments)
        {
            if (group.Slot >= slot && group.Slot != CommentGroup.SlotAfterNode)
                PrintInnerComments(group);
        }
    }

    /// <summary>Writes the comments behind a node.</summary>
    private void PrintTrailingComments(SyntaxNode node)
    {
        foreach (var group in node.Comments)
        {
            if (group.Slot == CommentGroup.SlotAfterNode)
                PrintInnerComments(group);
        }
    }

    private void PrintInnerComments(CommentGroup group)
    {
        if (group.IsTrailing && !_afterComment)
            Ask(Gap.Column);
        else
            Ask(_afterComment ? Gap.LineEndingColumns : Gap.Line);
        if (!group.IsTrailing && group.Start.Spacing == Spacing.NewSection)
            Ask(Gap.Section);
        PrintLines(group);
    }

    /// <summary>Writes comments on lines of their own.</summary>
    private void PrintComments(CommentGroup group)
    {
        if (!_isEmpty)
            Ask(group.Start.Spacing == Spacing.NewSection ? Gap.Section : Gap.Line);
        PrintLines(group);
    }

    private void PrintLines(CommentGroup group)
    {
        for (var i = 0; i < group.Lines.Count; i++)
        {
            if (i > 0)
                Ask(Gap.LineEndingColumns);
            Write(group.Lines[i].Text);
            _afterComment = true;
        }
    }
}
