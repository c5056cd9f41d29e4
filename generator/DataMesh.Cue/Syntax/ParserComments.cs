namespace DataMesh.Cue.Syntax;

internal sealed partial class Parser
{
    /// <summary>The nodes that are being read, outermost first, and behind them some that were, to be used again.</summary>
    private readonly List<OpenedNode> _open = [];

    /// <summary>How many nodes are being read.</summary>
    private int _openCount;

    /// <summary>Comments before the current token that belong to no node yet.</summary>
    private readonly List<CommentGroup> _leading = [];

    private bool _hasStarted;

    /// <summary>Moves to the next token that is no comment.</summary>
    private void Next()
    {
        var open = _open[_openCount - 1];
        if (_leading.Count > 0)
        {
            // No node began with the current token.
            foreach (var group in _leading)
                open.Add(group);
            _leading.Clear();
        }

        open.Slot++;
        if (_errors.HasGivenUp)
        {
            _token = new Token(TokenKind.EndOfFile, new Position(_file, _file.Length), "");
            return;
        }

        var afterComma = Kind == TokenKind.Comma;
        _token = _scanner.Scan();
        if (Kind == TokenKind.Comment)
            ReadComments(open, afterComma);
        _hasStarted = true;
    }

    private void ReadComments(OpenedNode open, bool afterComma)
    {
        if (_hasStarted && At.Spacing is Spacing.Blank or Spacing.NoSpace)
        {
            var trailing = ReadCommentGroup(trailing: true);
            if (afterComma && open.LastChild is { } child)
                child.AddComment(WithSlot(trailing, CommentGroup.SlotAfterNode));
            else
                open.Add(trailing);
        }

        while (Kind == TokenKind.Comment)
            _leading.Add(ReadCommentGroup(trailing: false));
    }

    private static CommentGroup WithSlot(CommentGroup group, int slot)
    {
        group.Slot = slot;
        return group;
    }

    /// <summary>Reads one comment behind code, or comments on successive lines.</summary>
    private CommentGroup ReadCommentGroup(bool trailing)
    {
        var comments = new List<Comment>();
        do
        {
            comments.Add(new Comment(At, _token.Text));
            _token = _scanner.Scan();
        }
        while (Kind == TokenKind.Comment && !trailing && At.Spacing == Spacing.Newline);

        var documents = !trailing && !IsSeparator(Kind) && Kind != TokenKind.Comment && At.Spacing == Spacing.Newline;
        return new CommentGroup(comments) { IsTrailing = trailing, IsDocumentation = documents };
    }

    /// <summary>Begins a node at the current token; the comments before it become its own.</summary>
    private OpenedNode OpenNode()
    {
        if (_openCount == _open.Count)
            _open.Add(new OpenedNode());
        var node = _open[_openCount++];
        node.Reset();
        foreach (var group in _leading)
            node.Add(group);
        _leading.Clear();
        return node;
    }

    /// <summary>Ends the innermost node and gives it its comments.</summary>
    private T CloseNode<T>(OpenedNode opened, T node)
        where T : SyntaxNode
    {
        _openCount--;
        foreach (var group in opened.Comments)
            node.AddComment(group);
        if (_openCount > 0)
        {
            var parent = _open[_openCount - 1];
            parent.LastChild = node;
            parent.Slot++;
        }

        return node;
    }

    /// <summary>Ends the innermost node without making one: what it has goes to the one around it.</summary>
    private void AbandonNode(OpenedNode opened)
    {
        _openCount--;
        var parent = _open[_openCount - 1];
        foreach (var group in opened.Comments)
            parent.Add(group);
        parent.LastChild = opened.LastChild ?? parent.LastChild;
        parent.Slot += opened.Slot;
    }

    /// <summary>Moves comments that trail an opening brace behind another node.</summary>
    private static void MoveOpeningComments(SyntaxNode from, SyntaxNode to)
    {
        if (from.Comments.Count == 0)
            return;
        List<CommentGroup> kept = [];
        List<CommentGroup> moved = [];
        foreach (var group in from.Comments)
            (group.IsTrailing && group.Slot == 1 ? moved : kept).Add(group);
        if (moved.Count == 0)
            return;
        from.SetComments(kept.Count == 0 ? null : kept);
        foreach (var group in moved)
            to.AddComment(WithSlot(group, CommentGroup.SlotAfterNode));
    }

    private sealed class OpenedNode
    {
        private List<CommentGroup>? _comments;

        public int Slot { get; set; }

        public SyntaxNode? LastChild { get; set; }

        public IReadOnlyList<CommentGroup> Comments => _comments ?? (IReadOnlyList<CommentGroup>)[];

        public void Reset()
        {
            _comments = null;
            Slot = 0;
            LastChild = null;
        }

        public List<CommentGroup> TakeComments()
        {
            var taken = _comments ?? [];
            _comments = null;
            return taken;
        }

        public void AddAfter(CommentGroup group) => (_comments ??= []).Add(WithSlot(group, CommentGroup.SlotAfterNode));

        public void Add(CommentGroup group) => (_comments ??= []).Add(WithSlot(group, Slot));
    }
}
