namespace DataMesh.Differential.Generation;

internal sealed partial class PackageGenerator
{
    private Fragment Expression(Kind kind, int depth)
    {
        _budget--;
        if (Chance(12))
            kind = Kind.Any;
        if (depth > 5 || _budget < 0)
            return Leaf(kind);

        List<Func<Fragment>> choices = [() => Leaf(kind), () => Leaf(kind)];
        void Offer(Feature feature, params ReadOnlySpan<Func<Fragment>> more)
        {
            if (Has(feature))
                choices.AddRange(more);
        }

        Fragment Same() => Expression(kind, depth + 1);
        Fragment Of(Kind other) => Expression(other, depth + 1);
        if (kind is Kind.Struct or Kind.Any)
            choices.AddRange(() => StructLiteral(depth), () => StructLiteral(depth));
        if (kind is Kind.List or Kind.Any)
            Offer(Feature.Lists, () => ListLiteral(depth));
        if (kind is Kind.Int or Kind.Number or Kind.Any)
            Offer(Feature.Arithmetic, () => Fragment.Expression($"({Of(Kind.Number)} {Pick("+", "-", "*", "/")} {Of(Kind.Number)})"), () => Fragment.Expression($"-{Of(Kind.Number)}"));
        if (kind is Kind.Bool or Kind.Any)
        {
            Offer(Feature.Comparisons, () => Fragment.Expression($"({Same()} {Pick("==", "!=", "<", "<=", ">", ">=")} {Same()})"),
                () => Fragment.Expression($"({Of(Kind.Number)} {Pick("==", "!=", "<", "<=", ">", ">=")} {Of(Kind.Number)})"),
                () => Fragment.Expression($"({Of(Kind.Bool)} {Pick("&&", "||")} {Of(Kind.Bool)})"),
                () => Fragment.Expression($"!{Of(Kind.Bool)}"),
                () => Fragment.Expression($"({Reference()} {Pick("!=", "==")} _|_)"));
        }

        if (kind is Kind.String or Kind.Any)
        {
            Offer(Feature.Strings, () => Fragment.Expression($"\"x\\({Of(Kind.String)})\""), () => Fragment.Expression($"({Of(Kind.String)} + {Of(Kind.String)})"),
                () => Fragment.Expression($"({Of(Kind.String)} {Pick("=~", "!~")} {Of(Kind.String)})"), () => Fragment.Expression($"({Of(Kind.String)} * {Of(Kind.Int)})"));
        }

        Offer(Feature.Disjunctions, () => Fragment.Expression($"({Same()} | {Same()})"), () => Fragment.Expression($"({Same()} | {Same()} | {Same()})"));
        Offer(Feature.Defaults, () => Fragment.Expression($"(*{Same()} | {Same()})"), () => Fragment.Expression($"({Same()} | *{Same()})"));
        Offer(Feature.Unification, () => Fragment.Expression($"({Same()} & {Same()})"));
        Offer(Feature.Bounds, () => Fragment.Expression($"{Pick(">", ">=", "<", "<=", "!=")}{Leaf(kind == Kind.String ? Kind.String : Kind.Number)}"));
        Offer(Feature.Selectors, () => Selector(depth), () => Selector(depth));
        Offer(Feature.Builtins, () => Builtin(kind, depth));
        Offer(Feature.Packages, () => PackageCall(kind, depth), () => PackageCall(kind, depth));
        Offer(Feature.Validators, () => Validator(kind, depth));
        return choices[_random.Next(choices.Count)]();
    }

    private Fragment Selector(int depth) => _random.Next(5) switch
    {
        0 => Fragment.Expression($"{Reference()}[{Expression(Pick(Kind.Int, Kind.String), depth + 1)}]"),
        1 => Fragment.Expression($"({Expression(Kind.Struct, depth + 1)}).{Pick<string>(_regularNames)}"),
        _ => Fragment.Expression($"{Reference()}.{Pick("a", "b", "c", "d", "#A", "#B")}"),
    };

    private Fragment StructLiteral(int depth) => Chance(8) ? Fragment.Expression("{}") : Fragment.Expression($"{"{"}\n{Declarations(depth)}\n{"}"}");

    private Fragment ListLiteral(int depth)
    {
        List<Fragment> elements = [];
        for (int i = _random.Next(4); i > 0; i--)
            elements.Add(Fragment.Member($"{Expression(Pick(Kind.Int, Kind.Any, Kind.Struct), depth + 1)}"));
        if (Has(Feature.Comprehensions) && Chance(30))
        {
            (Fragment clauses, int scopes) = Clauses(depth);
            elements.Add(Fragment.Member($"{clauses} {"{"} {Expression(Kind.Any, depth + 1)} {"}"}"));
            _scopes.RemoveRange(_scopes.Count - scopes, scopes);
        }

        if (Chance(25))
            elements.Add(Chance(40) ? Fragment.Member("...") : Fragment.Member($"...{Expression(Kind.Any, depth + 1)}"));
        return Fragment.Expression($"[{Fragment.Sequence(", ", elements)}]");
    }

    private Fragment Leaf(Kind kind)
    {
        if (Chance(30))
            return Reference();
        if (Has(Feature.OddLiterals) && Chance(20))
        {
            return Fragment.Expression(Pick("1e3", "0x1F", "0b11", "1_000", "1K", "1.5Ki", "-0", "0.10", "123456789012345678901234567890", "1e-40",
                "'ab'", "'\\xff'", "#\"a\\n\"#", "\"\"\"\n\ta\n\tb\n\t\"\"\"", "\"\\u00e9\"", "_|_", "null", "float", "number", "bytes", "uint8", "int16", "rune"));
        }

        return Fragment.Expression(kind switch
        {
            Kind.Int => Pick("0", "1", "2", "3", "-1", "10", "int"),
            Kind.Number => Pick("0", "1", "2", "3", "-1", "1.5", "2.0", "0.5", "number", "int", "float"),
            Kind.String => Pick("\"a\"", "\"b\"", "\"\"", "\"ab\"", "\"A\"", "string"),
            Kind.Bool => Pick("true", "false", "bool", "true"),
            Kind.List => Pick("[]", "[1, 2]", "[...int]", "[...]", "[\"a\", \"b\"]", "[1, ...]"),
            Kind.Struct => Pick("{}", "{a: 1}", "{b: int}", "{a: 1, b: 2}", "{a?: int}", "{a!: int}", "{...}", "{[string]: int}", "close({a?: int})"),
            _ => Pick("1", "2", "\"a\"", "\"b\"", "null", "_", "int", "string", "true", "{}", "{a: 1}", "[1]", "1.5", "bool"),
        });
    }

    private Fragment Reference()
    {
        List<string> scope = _scopes[Math.Max(0, _scopes.Count - 1 - _random.Next(3))];
        return Fragment.Expression(scope[_random.Next(scope.Count)]);
    }
}
