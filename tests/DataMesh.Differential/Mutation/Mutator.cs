using System.Collections.Immutable;
using DataMesh.Cue.Syntax;
using DataMesh.Differential.Generation;

namespace DataMesh.Differential.Mutation;

/// <summary>
/// Writes packages of a corpus with some changes that an author might have made: an expression, declaration or label is
/// replaced by another, put into something, taken apart. A seed gives the same package always.
/// </summary>
internal sealed partial class Mutator : SourceWriter
{
    private readonly Random _random;
    private readonly Names _names;

    /// <summary>Which of the places that could be changed are.</summary>
    private readonly HashSet<int> _places = [];
    private readonly Dictionary<string, string> _renamed = [];
    private readonly ImmutableArray<Declaration> _donors;
    private int _place;

    private Mutator(Random random, ImmutableArray<Declaration> declarations, ImmutableArray<Declaration> donors)
    {
        _random = random;
        _donors = donors;
        _names = Names.Of(declarations);
    }

    /// <summary>The package of a seed.</summary>
    public static Package Generate(ImmutableArray<ImmutableArray<Seed>> corpora, int seed)
    {
        Random random = new(seed);
        Seed Any()
        {
            ImmutableArray<Seed> corpus = corpora[random.Next(corpora.Length)];
            return corpus[random.Next(corpus.Length)];
        }

        Seed first = Any(), second = Any();
        ImmutableArray<Declaration> declarations = Selection.Of(first, random);
        bool isMixed = random.Next(4) == 0;
        if (isMixed)
            declarations = [.. declarations, .. Selection.Of(second, random)];
        ImmutableArray<string> head = [.. isMixed ? first.Head.Union(second.Head) : first.Head];
        ImmutableArray<Import> imports = [.. first.Imports.Union(second.Imports).DistinctBy(static import => import.Name)];

        Mutator same = new(random, declarations, second.Declarations);
        Package origin = new(head, imports, same.Declarations(declarations));
        Mutator changed = new(random, declarations, second.Declarations);
        changed.Choose(same._place);
        return new(head, imports, changed.Shuffled(declarations)) { Origin = origin };
    }

    protected override string Name(Identifier identifier) => _renamed.GetValueOrDefault(identifier.Name, identifier.Name);

    protected override Fragment Expression(Expression expression)
    {
        if (expression is Ellipsis or PatternLabel or AliasExpression or Comprehension)
            return base.Expression(expression);
        bool isChanged = IsChanged();
        Fragment written = base.Expression(expression);
        return isChanged ? Changed(expression, written) : written;
    }

    protected override Fragment Declaration(Declaration declaration)
    {
        bool isChanged = IsChanged();
        Fragment written = base.Declaration(declaration);
        return isChanged ? Changed(declaration, written) : written;
    }

    private bool IsChanged() => _places.Contains(_place++);

    private bool Chance(int percent) => _random.Next(100) < percent;

    private T Pick<T>(params ReadOnlySpan<T> choices) => choices[_random.Next(choices.Length)];

    /// <summary>Chooses what is changed: some places, sometimes a name too.</summary>
    private void Choose(int places)
    {
        for (int i = Pick(1, 1, 1, 2, 2, 3); i > 0; i--)
            _places.Add(_random.Next(places));
        if (Chance(10) && _names.Any(_random) is { } name)
            _renamed[name] = Renamed(name);
    }

    /// <summary>The name as that of a definition, of a hidden field, of a regular field.</summary>
    private string Renamed(string name)
    {
        string bare = name.TrimStart('_', '#');
        return bare.Length == 0 ? name : Pick(bare, "#" + bare, "_" + bare, "_#" + bare);
    }

    private Fragment Shuffled(ImmutableArray<Declaration> declarations) =>
        Declarations(Chance(15) ? declarations.OrderBy(_ => _random.Next()) : declarations);
}
