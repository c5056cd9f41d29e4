using System.Collections.Immutable;
using DataMesh.Cue.Syntax;

namespace DataMesh.Differential.Mutation;

/// <summary>The names that declarations give and those that they refer to.</summary>
internal sealed class Names : SyntaxWalker<int>
{
    private readonly HashSet<string> _referred = [];
    private readonly List<string> _outer = [];
    private readonly List<string> _inner = [];

    private Names()
    {
    }

    /// <summary>What is referred to, selectors apart.</summary>
    public IReadOnlyCollection<string> Referred => _referred;

    public static Names Of(ImmutableArray<Declaration> declarations)
    {
        Names names = new();
        names.WalkAll(declarations, 0);
        return names;
    }

    /// <summary>One of the names that are given, most often one of the package's own fields; null if there is none.</summary>
    public string? Any(Random random)
    {
        List<string> names = _inner.Count == 0 || (_outer.Count > 0 && random.Next(3) > 0) ? _outer : _inner;
        return names.Count == 0 ? null : names[random.Next(names.Count)];
    }

    protected override void Walk(SyntaxNode node, int depth)
    {
        switch (node)
        {
            case Field { Label: Identifier label } field:
                (depth == 0 ? _outer : _inner).Add(label.Name);
                Walk(field.Value, depth + 1);
                break;
            case LetDeclaration let:
                (depth == 0 ? _outer : _inner).Add(let.Name.Name);
                WalkChildren(let, depth + 1);
                break;
            case Identifier identifier:
                _referred.Add(identifier.Name);
                break;
            default:
                WalkChildren(node, depth + 1);
                break;
        }
    }
}
