using DataMesh.Cue.Syntax;
using DataMesh.Differential.Generation;

namespace DataMesh.Differential.Mutation;

/// <summary>
/// Says what a package says in other words that the specification (Values) makes the same: unification and disjunction are
/// commutative, so neither the order of declarations nor that of the operands of <c>&amp;</c> and <c>|</c> has a meaning;
/// unification is idempotent, so a field may be declared twice; <c>_</c> is its identity, so <c>x &amp; _</c> is <c>x</c>;
/// and a value is the same by the name of a hidden field that has it.
/// </summary>
internal sealed class Restatement : SourceWriter
{
    private readonly Random _random;
    private List<Fragment> _named = [];
    private int _names;

    private Restatement(Random random) => _random = random;

    /// <summary>Other sources for the package, each once; none if it cannot be parsed as one file.</summary>
    /// <param name="source">The package.</param>
    /// <param name="tries">How often other words are looked for.</param>
    public static IReadOnlyCollection<string> Of(string source, int tries)
    {
        HashSet<string> all = [];
        if (Seed.Parse(source) is { } seed)
            all.UnionWith(Enumerable.Range(0, tries).Select(number => new Restatement(new Random(number)).Write(seed)));
        return all;
    }

    protected override Fragment Declarations(IEnumerable<Declaration> declarations)
    {
        List<Declaration> again = [.. declarations];
        if (again.OfType<Field>().ToArray() is { Length: > 0 } fields && _random.Next(4) == 0)
            again.Add(fields[_random.Next(fields.Length)]);
        List<Fragment> outer = _named;
        _named = [];
        Fragment written = base.Declarations(again.OrderBy(_ => _random.Next()));
        if (_named.Count > 0)
            written = Fragment.Sequence("\n", [written, .. _named]);
        _named = outer;
        return written;
    }

    protected override Fragment Expression(Expression expression)
    {
        Fragment written = base.Expression(
            expression is BinaryExpression { Operator: TokenKind.And or TokenKind.Or } binary && _random.Next(2) == 0
                ? new BinaryExpression(binary.Right, binary.Operator, binary.Left)
                : expression);
        if (expression is BinaryExpression { Operator: TokenKind.And } && _random.Next(4) == 0)
        {
            string name = FormattableString.Invariant($"_named{_names++}");
            _named.Add(Fragment.Member($"{name}: {written}"));
            written = Fragment.Expression(name);
        }

        return IsValue(expression) && _random.Next(4) == 0 ? Fragment.Expression($"({written} & _)") : written;
    }

    private string Write(Seed seed) => new Package(seed.Head, seed.Imports, Declarations(seed.Declarations)).Source;

    /// <summary>Whether the expression can be an operand: what belongs to the syntax around it cannot, nor can what comparisons with bottom look for.</summary>
    private static bool IsValue(Expression expression) => expression is not (
        Ellipsis or PatternLabel or AliasExpression or Comprehension or BottomLiteral or UnaryExpression { Operator: TokenKind.Multiply });
}
