namespace DataMesh.Cue.Syntax;

/// <summary>A node of the tree. Nodes are not changed once they are made, except that the parser adds comments.</summary>
public abstract class SyntaxNode
{
    private List<CommentGroup>? _comments;

    /// <summary>Where the node begins.</summary>
    public abstract Position Start { get; }

    /// <summary>The comments that belong to the node, in the order of the source.</summary>
    public IReadOnlyList<CommentGroup> Comments
    {
        get => _comments ?? (IReadOnlyList<CommentGroup>)[];
        init => _comments = value.Count == 0 ? null : [.. value];
    }

    internal void AddComment(CommentGroup comment)
    {
        if (_comments is null)
            _comments = [comment];
        else if (comment.Slot == 0 && _comments[0].Slot != 0)
            _comments.Insert(0, comment);
        else
            _comments.Add(comment);
    }

    internal void SetComments(List<CommentGroup>? comments) => _comments = comments;

    /// <summary>The text of the doc comments, without the slashes; null when there are none.</summary>
    public string? GetDocumentation()
    {
        string? text = null;
        foreach (var group in Comments)
        {
            if (group.IsDocumentation)
                text = text is null ? group.GetText() : text + "\n" + group.GetText();
        }

        return text;
    }
}

/// <summary>One <c>// line</c>.</summary>
public sealed class Comment(Position position, string text) : SyntaxNode
{
    /// <inheritdoc/>
    public override Position Start { get; } = position;

    /// <summary>The text, the slashes included, without the line break.</summary>
    public string Text { get; } = text;
}

/// <summary>Comments on successive lines. Free-floating groups are declarations of their own.</summary>
public sealed class CommentGroup(IReadOnlyList<Comment> comments) : Declaration
{
    /// <summary>The lines.</summary>
    public IReadOnlyList<Comment> Lines { get; } = comments;

    /// <summary>Whether the group documents the node that follows it immediately.</summary>
    public bool IsDocumentation { get; init; }

    /// <summary>Whether the group stands behind code on the same line.</summary>
    public bool IsTrailing { get; init; }

    /// <summary>The slot of comments behind the whole node.</summary>
    internal const int SlotAfterNode = int.MaxValue;

    /// <summary>Which token of the node the group stands before: 0 before the first, 1 after it, and so on.</summary>
    public int Slot { get; internal set; }

    /// <inheritdoc/>
    public override Position Start => Lines.Count > 0 ? Lines[0].Start : default;

    /// <summary>The text without slashes and without the blank after them, lines separated by <c>\n</c>.</summary>
    public string GetText()
    {
        var lines = new List<string>(Lines.Count);
        foreach (var line in Lines)
        {
            var text = line.Text.StartsWith("//", StringComparison.Ordinal) ? line.Text.Substring(2) : line.Text;
            if (text.Length > 0 && text[0] == ' ')
                text = text.Substring(1);
            lines.Add(text.TrimEnd(' ', '\t', '\r'));
        }

        while (lines.Count > 0 && lines[lines.Count - 1].Length == 0)
            lines.RemoveAt(lines.Count - 1);
        return string.Join("\n", lines);
    }
}

/// <summary>A CUE file.</summary>
public sealed class CueFile(SourceFile? source, IReadOnlyList<Declaration> declarations) : SyntaxNode
{
    /// <summary>The text it was read from; null for a tree that was made in memory.</summary>
    public SourceFile? Source { get; } = source;

    /// <summary>Everything in the file in its order: the package clause, imports, fields, and free-floating comments.</summary>
    public IReadOnlyList<Declaration> Declarations { get; } = declarations;

    /// <summary>The package clause, if there is one.</summary>
    public PackageClause? Package { get; init; }

    /// <summary>Every import of the file.</summary>
    public IReadOnlyList<ImportSpec> Imports { get; init; } = [];

    /// <summary>The language experiments that the file turns on with <c>@experiment(name, ...)</c>.</summary>
    public IReadOnlyList<string> Experiments { get; init; } = [];

    /// <inheritdoc/>
    public override Position Start => Declarations.Count > 0 ? Declarations[0].Start : default;

    /// <summary>The file with other declarations.</summary>
    public CueFile With(IReadOnlyList<Declaration> declarations) =>
        new(Source, declarations) { Package = Package, Imports = Imports, Experiments = Experiments, Comments = Comments };

    /// <summary>Whether an experiment is on.</summary>
    public bool HasExperiment(string name)
    {
        foreach (var experiment in Experiments)
        {
            if (string.Equals(experiment, name, StringComparison.Ordinal))
                return true;
        }

        return false;
    }
}
