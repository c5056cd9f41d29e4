namespace DataMesh.Cue.Values;

/// <summary>The kinds of values; several for what is not decided yet (specification: "Types").</summary>
[Flags]
public enum CueKind : ushort
{
    /// <summary>No value: an error.</summary>
    Bottom = 0,

    /// <summary><c>null</c></summary>
    Null = 1,

    /// <summary><c>true</c> and <c>false</c></summary>
    Bool = 2,

    /// <summary>Integers of any size.</summary>
    Int = 4,

    /// <summary>Decimal floating-point numbers.</summary>
    Float = 8,

    /// <summary>Text.</summary>
    String = 16,

    /// <summary>Byte sequences.</summary>
    Bytes = 32,

    /// <summary>Functions: only built-in ones exist.</summary>
    Func = 64,

    /// <summary>Lists.</summary>
    List = 128,

    /// <summary>Structs.</summary>
    Struct = 256,

    /// <summary>Integers and floats.</summary>
    Number = Int | Float,

    /// <summary>Everything: <c>_</c>.</summary>
    Top = Null | Bool | Int | Float | String | Bytes | Func | List | Struct,
}

/// <summary>Kinds as CUE writes them.</summary>
internal static class CueKinds
{
    private static readonly (CueKind Kind, string Name)[] s_names =
    [
        (CueKind.Null, "null"), (CueKind.Bool, "bool"), (CueKind.Int, "int"), (CueKind.Float, "float"), (CueKind.String, "string"),
        (CueKind.Bytes, "bytes"), (CueKind.Func, "func"), (CueKind.List, "list"), (CueKind.Struct, "struct"),
    ];

    /// <summary><c>int</c>, <c>(int|string)</c>, <c>number</c>, <c>_</c>, <c>_|_</c></summary>
    public static string Text(this CueKind kind)
    {
        if (kind == CueKind.Bottom)
            return "_|_";
        if ((kind | CueKind.Func) == CueKind.Top)
            return "_";
        if (kind == CueKind.Func)
            return "func";
        var parts = new List<string>();
        var isNumber = (kind & CueKind.Number) == CueKind.Number;
        foreach (var (single, name) in s_names)
        {
            if ((kind & single) != 0 && !(isNumber && (single & CueKind.Number) != 0))
                parts.Add(name);
        }

        if (isNumber)
            parts.Add("number");

        return parts.Count == 1 ? parts[0] : "(" + string.Join("|", parts) + ")";
    }

    public static bool IsSingle(this CueKind kind) => kind != 0 && (kind & (kind - 1)) == 0;
}
