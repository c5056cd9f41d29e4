namespace DataMesh.Differential.Generation;

internal sealed partial class PackageGenerator
{
    private Fragment Call(string function, int depth, params ReadOnlySpan<Kind> parameters)
    {
        List<Fragment> arguments = [];
        foreach (Kind parameter in parameters)
            arguments.Add(Fragment.Member($"{Expression(parameter, depth + 1)}"));
        if (arguments.Count > 0 && Chance(2))
            arguments.RemoveAt(0);
        return Fragment.Expression($"{function}({Fragment.Sequence(", ", arguments)})");
    }

    private Fragment Builtin(Kind kind, int depth) => kind switch
    {
        Kind.Int or Kind.Number => Chance(30)
            ? Call("len", depth, Pick(Kind.List, Kind.Struct, Kind.String, Kind.Any))
            : Call(Pick("div", "mod", "quo", "rem"), depth, Kind.Int, Kind.Int),
        Kind.Struct => Call("close", depth, Kind.Struct),
        _ => Call(Pick("and", "or", "len", "close"), depth, Pick(Kind.List, Kind.Struct)),
    };

    private Fragment PackageCall(Kind kind, int depth)
    {
        switch (kind)
        {
            case Kind.Int or Kind.Number:
                return _random.Next(6) switch
                {
                    0 => Call(Pick("list.Sum", "list.Max", "list.Min", "list.Avg", "list.Product"), depth, Kind.List),
                    1 => Call(Pick("strings.Index", "strings.Count", "strings.LastIndex"), depth, Kind.String, Kind.String),
                    2 => Call(Pick("math.Floor", "math.Ceil", "math.Trunc", "math.Round", "math.Abs"), depth, Kind.Number),
                    3 => Call("strconv.Atoi", depth, Kind.String),
                    4 => Call(Pick("math.Pow", "math.Dim"), depth, Kind.Int, Kind.Int),
                    _ => Call(Pick("strings.MinRunes", "strings.MaxRunes", "math.MultipleOf"), depth, Kind.Int),
                };
            case Kind.String:
                return _random.Next(7) switch
                {
                    0 => Call(Pick("strings.ToUpper", "strings.ToLower", "strings.ToTitle", "strings.TrimSpace", "strconv.Quote"), depth, Kind.String),
                    1 => Call("strings.Join", depth, Kind.List, Kind.String),
                    2 => Call(Pick("strings.TrimPrefix", "strings.TrimSuffix", "strings.Trim"), depth, Kind.String, Kind.String),
                    3 => Call(Pick("json.Marshal", "yaml.Marshal", "json.Indent"), depth, Kind.Any),
                    4 => Call("strings.Repeat", depth, Kind.String, Kind.Int),
                    5 => Call("strings.Replace", depth, Kind.String, Kind.String, Kind.String, Kind.Int),
                    _ => Call(Pick("strings.MinRunes", "strings.MaxRunes"), depth, Kind.Int),
                };
            case Kind.Bool:
                return _random.Next(4) switch
                {
                    0 => Call(Pick("strings.Contains", "strings.HasPrefix", "strings.HasSuffix", "regexp.Match"), depth, Kind.String, Kind.String),
                    1 => Call("list.Contains", depth, Kind.List, Kind.Any),
                    2 => Call("math.MultipleOf", depth, Kind.Int, Kind.Int),
                    _ => Call("list.IsSortedStrings", depth, Kind.List),
                };
            case Kind.List:
                return _random.Next(8) switch
                {
                    0 => Call("list.Concat", depth, Kind.List),
                    1 => Call("list.Repeat", depth, Kind.List, Kind.Int),
                    2 => Call("list.Range", depth, Kind.Int, Kind.Int, Kind.Int),
                    3 => Call("list.FlattenN", depth, Kind.List, Kind.Int),
                    4 => Call(Pick("list.Take", "list.Drop"), depth, Kind.List, Kind.Int),
                    5 => Call("list.Slice", depth, Kind.List, Kind.Int, Kind.Int),
                    6 => Call(Pick("list.SortStrings", "list.Reverse"), depth, Kind.List),
                    _ => Call("strings.Split", depth, Kind.String, Kind.String),
                };
            case Kind.Struct:
                return Call(Pick("struct.MinFields", "struct.MaxFields"), depth, Kind.Int);
            default:
                return Call(Pick("json.Unmarshal", "yaml.Unmarshal", "json.Marshal"), depth, Kind.String);
        }
    }

    private Fragment Validator(Kind kind, int depth) => _random.Next(4) switch
    {
        0 => Call(Pick("list.MinItems", "list.MaxItems", "struct.MinFields", "struct.MaxFields", "strings.MinRunes", "strings.MaxRunes"), depth, Kind.Int),
        1 => Fragment.Expression($"matchN({Expression(Kind.Int, depth + 1)}, [{Expression(kind, depth + 1)}, {Expression(kind, depth + 1)}])"),
        2 => Fragment.Expression($"matchIf({Expression(kind, depth + 1)}, {Expression(kind, depth + 1)}, {Expression(kind, depth + 1)})"),
        _ => Call("list.UniqueItems", depth),
    };
}
