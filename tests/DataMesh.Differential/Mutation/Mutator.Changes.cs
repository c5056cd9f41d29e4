using DataMesh.Cue.Syntax;
using DataMesh.Differential.Generation;

namespace DataMesh.Differential.Mutation;

/// <content>The changes themselves.</content>
internal sealed partial class Mutator
{
    private static readonly TokenKind[][] _operators =
    [
        [TokenKind.And, TokenKind.Or],
        [TokenKind.Add, TokenKind.Subtract, TokenKind.Multiply, TokenKind.Divide],
        [TokenKind.LogicalAnd, TokenKind.LogicalOr],
        [TokenKind.Equal, TokenKind.NotEqual, TokenKind.Less, TokenKind.LessOrEqual, TokenKind.Greater, TokenKind.GreaterOrEqual],
        [TokenKind.Match, TokenKind.NotMatch],
    ];

    private Fragment Changed(Expression expression, Fragment written)
    {
        if (expression is BinaryExpression binary && Chance(40))
            return Changed(binary);
        if (expression is UnaryExpression unary && Chance(40))
            return Chance(40) ? Expression(unary.Operand) : Fragment.Expression($"{Other(unary.Operator).GetText()}{Expression(unary.Operand)}");
        if (expression is BasicLiteral or Identifier && Chance(40))
            return Other();
        return _random.Next(23) switch
        {
            0 or 1 => Other(),
            2 => Fragment.Expression($"(*{written} | {Other()})"),
            3 => Fragment.Expression($"(*{Other()} | {written})"),
            4 => Fragment.Expression($"({written} | {Other()})"),
            5 => Fragment.Expression($"({Other()} | {written})"),
            6 => Fragment.Expression($"({written} & {Other()})"),
            7 => Fragment.Expression($"({Other()} & {written})"),
            8 => Fragment.Expression($"{"{"}{written}{"}"}"),
            9 => Fragment.Expression($"{"{"}\n{written}\n{Donated()}\n{"}"}"),
            10 => Fragment.Expression($"close({written})"),
            11 => Fragment.Expression($"[{written}]"),
            12 => Fragment.Expression($"[...{written}]"),
            13 => Fragment.Expression($"[{written}, {Other()}][{Pick("0", "1")}]"),
            14 => Fragment.Expression($"{"{"}n: {written}{"}"}{Pick("", ".n", ".n")}"),
            15 => Fragment.Expression($"[for v in [{written}, {Other()}] {"{"}v{"}"}]"),
            16 => Fragment.Expression($"{"{"}\nif {Condition()} {"{"}\n{written}\n{"}"}\n{"}"}"),
            17 => Fragment.Expression($"{"{"}\nfor k, v in {"{"}n: {written}{"}"} {"{"}\n(k): v\n{"}"}\n{"}"}"),
            18 => Fragment.Expression($"{"{"}\nlet N = {written}\nn: N\n{"}"}"),
            19 => Fragment.Expression($"({"{"}n: {written}{"}"} & {"{"}n: {Other()}{"}"}).n"),
            20 => Fragment.Expression($"matchN({Pick("1", "0", "2", ">=1")}, [{written}, {Other()}])"),
            21 => Fragment.Expression($"{Pick("and", "or")}([{written}, {Other()}])"),
            _ => Fragment.Expression($"{"{"}\n{written}\n{Pick("...", "n?: int", "n!: int", "#n: 1", "_n: 1", "[string]: _")}\n{"}"}"),
        };
    }

    private Fragment Changed(BinaryExpression binary)
    {
        Fragment left = Expression(binary.Left), right = Expression(binary.Right);
        return _random.Next(4) switch
        {
            0 => left,
            1 => right,
            2 => Fragment.Expression($"({right} {binary.Operator.GetText()} {left})"),
            _ => Fragment.Expression($"({left} {Other(binary.Operator).GetText()} {right})"),
        };
    }

    private Fragment Changed(Declaration declaration, Fragment written)
    {
        if (declaration is Field field && Chance(60))
            return Changed(field, written);
        return _random.Next(7) switch
        {
            0 => Fragment.Sequence("\n", []),
            1 => Fragment.Sequence("\n", [written, Donated()]),
            2 => Fragment.Member($"{"{"}\n{written}\n{"}"}"),
            3 => Fragment.Member($"if {Condition()} {"{"}\n{written}\n{"}"}"),
            4 => Fragment.Member($"for k, v in {Other()} {"{"}\n{written}\n{"}"}"),
            5 => Fragment.Member($"close({"{"}\n{written}\n{"}"})"),
            _ => Fragment.Sequence("\n", [written, Fragment.Member("...")]),
        };
    }

    private Fragment Changed(Field field, Fragment written)
    {
        Fragment label = Label(field), value = Expression(field.Value);
        string mark = Mark(field.Constraint);
        Fragment Split(Expression first, Expression second) =>
            Fragment.Sequence("\n", [Fragment.Member($"{label}{mark}: {Expression(first)}"), Fragment.Member($"{label}{mark}: {Expression(second)}")]);
        return _random.Next(9) switch
        {
            0 or 1 => Fragment.Member($"{label}{Pick("", "?", "!")}: {value}"),
            2 when field.Value is BinaryExpression { Operator: TokenKind.And } both => Split(both.Left, both.Right),
            2 or 3 when field.Value is StructLiteral { Declarations: { Count: > 1 } parts } => Split(new StructLiteral([.. parts.Take(parts.Count / 2)]), new StructLiteral([.. parts.Skip(parts.Count / 2)])),
            2 or 3 => Fragment.Sequence("\n", [written, Fragment.Member($"{label}{mark}: {Other()}")]),
            4 => Fragment.Sequence("\n", [Fragment.Member($"{label}{Pick("", "?", "!")}: {Other()}"), written]),
            5 => Fragment.Member($"[{Pick("string", "=~\"^[a-c]\"", "_", "!=\"b\"")}]: {value}"),
            6 => Fragment.Member($"n{mark}: {"{"}\n{written}\n{"}"}"),
            7 when field.Label is Identifier { IsDefinition: false, IsHidden: false } name => Fragment.Member($"{Pick($"(\"{name.Name}\")", $"\"\\(\"{name.Name}\")\"", $"\"{name.Name}\"")}{mark}: {value}"),
            7 => Fragment.Member($"{label}{mark}: {value} & {Other()}"),
            _ => Fragment.Sequence("\n", [written, Fragment.Member($"{(_names.Any(_random) is { } other ? Renamed(other) : "n")}: {label}")]),
        };
    }

    private TokenKind Other(TokenKind @operator)
    {
        TokenKind[]? group = _operators.FirstOrDefault(group => group.Contains(@operator));
        return group is null ? @operator : Pick<TokenKind>(group);
    }

    /// <summary>A simple value, a reference, or an expression of another package.</summary>
    private Fragment Other()
    {
        int choice = _random.Next(10);
        if (choice < 3 && _names.Any(_random) is { } name)
            return Fragment.Expression(_renamed.GetValueOrDefault(name, name) + (Chance(20) ? "." + _names.Any(_random) : ""));
        if (choice < 5 && Values() is { Count: > 0 } values)
            return Fragment.Expression($"({Expression(values[_random.Next(values.Count)])})");
        return Fragment.Expression(Pick("0", "1", "2", "3", "-1", "1.5", "\"a\"", "\"b\"", "\"\"", "true", "false", "null", "_", "_|_", "int", "number", "string", "bool", "{}", "{a: 1}",
            "{a?: int}", "{b!: int}", "{...}", "{[string]: int}", "[]", "[1, 2]", "[...int]", "[...]", ">0", "<3", "!=null", "=~\"a\"", "*1 | int", "\"a\" | \"b\"", "close({a: 1})"));
    }

    private List<Expression> Values() => [.. _donors.OfType<Field>().Select(static field => field.Value).Where(static value => value is not AliasExpression)];

    private Fragment Condition() => _names.Any(_random) is { } name && Chance(60)
        ? Fragment.Expression($"{name} {Pick("==", "!=", ">", "!=")} {Pick("_|_", "_|_", "1", "\"a\"", "null")}")
        : Fragment.Expression(Pick("true", "true", "false", "bool"));

    /// <summary>A declaration of another package.</summary>
    private Fragment Donated() => Declaration(_donors[_random.Next(_donors.Length)]);
}
