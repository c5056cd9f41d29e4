using DataMesh.Cue.Syntax;

namespace DataMesh.Differential.Judging;

/// <summary>
/// Whether the fields of a package refer to each other, or to what they are in, in a circle. Names stand for fields wherever
/// they are declared, which in a shrunk package is what they are.
/// </summary>
internal sealed class Circles : SyntaxWalker<IReadOnlyList<string>>
{
    private const string Package = "";

    private readonly Dictionary<string, HashSet<string>> _references = [];
    private readonly HashSet<string> _declared = [Package];

    private Circles()
    {
    }

    public static bool AreIn(string source)
    {
        Circles circles = new();
        circles.Walk(CueParser.ParseFile("in.cue", source).File, []);
        return circles._references.Keys.Any(name => circles.Leads(name, name, []));
    }

    protected override void Walk(SyntaxNode node, IReadOnlyList<string> within)
    {
        switch (node)
        {
            case Field { Label: Identifier label } field:
                WalkWithin(label.Name, field.Value, within);
                break;
            case Field { Label: BasicLiteral label } field:
                WalkWithin(label.Text.Trim('"'), field.Value, within);
                break;
            case LetDeclaration let:
                WalkWithin(let.Name.Name, let.Value, within);
                break;
            case Identifier identifier:
                foreach (string name in within)
                    Refer(name, identifier.Name);
                if (within.Count == 0)
                    ReferFromPackage(identifier.Name);
                break;
            default:
                WalkChildren(node, within);
                break;
        }
    }

    private void WalkWithin(string name, SyntaxNode value, IReadOnlyList<string> within)
    {
        _declared.Add(name);
        Walk(value, [.. within, name]);
    }

    /// <summary>The package embeds a field of its own. A definition has nothing of the package.</summary>
    private void ReferFromPackage(string name)
    {
        Refer(Package, name);
        if (!name.StartsWith('#'))
            Refer(name, Package);
    }

    private void Refer(string from, string to)
    {
        if (!_references.TryGetValue(from, out HashSet<string>? names))
            _references.Add(from, names = []);
        names.Add(to);
    }

    private bool Leads(string from, string to, HashSet<string> seen) =>
        _references.TryGetValue(from, out HashSet<string>? names) && names.Where(_declared.Contains).Any(name => name == to || (seen.Add(name) && Leads(name, to, seen)));
}
