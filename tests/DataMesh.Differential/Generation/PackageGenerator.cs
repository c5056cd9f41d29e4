using System.Collections.Immutable;

namespace DataMesh.Differential.Generation;

/// <summary>
/// Writes random packages: small ones, each from a random part of the language, with few names, so that declarations
/// meet. A seed gives the same package always.
/// </summary>
internal sealed partial class PackageGenerator
{
    private static readonly string[] _regularNames = ["a", "b", "c", "d"];
    private static readonly string[] _otherNames = ["#A", "#B", "_h", "#C"];

    private static readonly ImmutableArray<Import> _packages =
    [
        .. ((string[])["encoding/json", "encoding/yaml", "list", "math", "regexp", "strconv", "strings", "struct"]).Select(Import.Of),
    ];

    private readonly Random _random;
    private readonly Feature _features;
    private readonly List<List<string>> _scopes = [];
    private int _fresh;
    private int _budget;

    private PackageGenerator(int seed)
    {
        _random = new Random(seed);
        for (int i = 0; i < Features.Count; i++)
        {
            if (_random.Next(3) == 0)
                _features |= (Feature)(1 << i);
        }

        _budget = 6 + _random.Next(30);
    }

    /// <summary>The package of a seed.</summary>
    public static Package Generate(int seed) => new([], _packages, new PackageGenerator(seed).Declarations(depth: 0));

    private bool Has(Feature feature) => (_features & feature) != 0;

    private bool Chance(int percent) => _random.Next(100) < percent;

    private T Pick<T>(params ReadOnlySpan<T> choices) => choices[_random.Next(choices.Length)];

    /// <summary>The declarations of a file or struct: names are chosen first, so that references find something.</summary>
    private Fragment Declarations(int depth)
    {
        List<string> names = [];
        int count = depth == 0 ? 2 + _random.Next(4) : 1 + _random.Next(2);
        for (int i = 0; i < count; i++)
        {
            string name = Chance(Has(Feature.Definitions) ? 40 : 8) ? Pick<string>(_otherNames) : Pick<string>(_regularNames);
            if (!names.Contains(name))
                names.Add(name);
        }

        _scopes.Add(names);
        List<Fragment> declarations = [.. names.ToArray().Select(name => Field(name, depth))];
        for (int i = _random.Next(depth == 0 ? 4 : 3); i > 0; i--)
            declarations.Insert(_random.Next(declarations.Count + 1), Declaration(names, depth));
        _scopes.RemoveAt(_scopes.Count - 1);
        return Fragment.Sequence("\n", declarations);
    }

    private Fragment Declaration(List<string> names, int depth)
    {
        List<Func<Fragment>> choices = [() => Field(Pick(names.ToArray()), depth)];
        void Offer(Feature feature, params ReadOnlySpan<Func<Fragment>> more)
        {
            if (Has(feature))
                choices.AddRange(more);
        }

        Offer(Feature.Patterns, () => Fragment.Member($"[{Pattern()}]: {Expression(Kind.Any, depth + 1)}"), () => Fragment.Member("..."));
        Offer(Feature.Embedding, () => Fragment.Member($"{Expression(Kind.Struct, depth + 1)}"), () => Fragment.Member($"{Expression(Kind.Any, depth + 1)}"));
        Offer(Feature.Comprehensions, () => Comprehension(depth), () => Comprehension(depth));
        Offer(Feature.DynamicFields, () => Fragment.Member($"({Expression(Kind.String, depth + 1)}): {Expression(Kind.Any, depth + 1)}"),
            () => Fragment.Member($"\"\\({Expression(Kind.String, depth + 1)})\": {Expression(Kind.Any, depth + 1)}"));
        Offer(Feature.Let, () => Let(depth));
        return choices[_random.Next(choices.Count)]();
    }

    private Fragment Let(int depth)
    {
        string name = $"L{_fresh++}";
        Fragment value = Expression(Kind.Any, depth + 1);
        _scopes[^1].Add(name);
        return Fragment.Member($"let {name} = {value}\n{Pick<string>(_regularNames)}: {name}");
    }

    private Fragment Field(string name, int depth)
    {
        string mark = name.StartsWith('_') || !Has(Feature.Constraints) ? "" : Pick("", "", "?", "!");
        Kind kind = name is "#C" or "d" || Chance(35) ? Kind.Struct : Kind.Any;
        return Fragment.Member($"{name}{mark}: {Expression(kind, depth + 1)}");
    }

    private Fragment Pattern() => Chance(60)
        ? Fragment.Expression(Pick("string", "=~\"^[ab]\"", "=~\"b\"", "\"a\"", "_", "!=\"a\"", "<\"c\"", "\"a\" | \"b\""))
        : Expression(Kind.String, 3);

    private Fragment Comprehension(int depth)
    {
        (Fragment clauses, int scopes) = Clauses(depth);
        Fragment comprehension = Fragment.Member($"{clauses} {StructLiteral(depth + 1)}");
        _scopes.RemoveRange(_scopes.Count - scopes, scopes);
        return comprehension;
    }

    private (Fragment Clauses, int Scopes) Clauses(int depth)
    {
        List<Fragment> clauses = [];
        int scopes = 0;
        int count = 1 + _random.Next(Pick(1, 1, 2, 3));
        for (int i = 0; i < count; i++)
        {
            switch (_random.Next(i == 0 ? 4 : 5))
            {
                case 0 or 1:
                    clauses.Add(Fragment.Member($"if {Expression(Kind.Bool, depth + 1)}"));
                    break;
                case 2 or 3:
                    string key = $"k{_fresh++}", value = $"v{_fresh++}";
                    clauses.Add(Fragment.Member($"for {key}, {value} in {Expression(Chance(50) ? Kind.List : Kind.Struct, depth + 1)}"));
                    _scopes.Add([key, value, value]);
                    scopes++;
                    break;
                default:
                    string name = $"x{_fresh++}";
                    clauses.Add(Fragment.Member($"let {name} = {Expression(Kind.Any, depth + 1)}"));
                    _scopes.Add([name]);
                    scopes++;
                    break;
            }
        }

        return (Fragment.Sequence(" ", clauses), scopes);
    }
}
