using DataMesh.Cue.Syntax;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Builtins.Encodings;

internal enum DataKind
{
    Null,
    Bool,
    Number,
    String,
    Bytes,
    List,
    Map,
}

/// <summary>A value of a data format such as JSON, with the place in the text that it came from.</summary>
internal sealed class DataNode
{
    private DataNode(DataKind kind, string text = "")
    {
        Kind = kind;
        Text = text;
    }

    public DataKind Kind { get; }

    /// <summary>The text of a scalar: <c>true</c>, the digits of a number as they were written, the string.</summary>
    public string Text { get; }

    public byte[] ByteValue { get; private init; } = [];

    public IReadOnlyList<DataNode> Elements { get; private init; } = [];

    /// <summary>In the order of the text; a name may be there twice.</summary>
    public IReadOnlyList<KeyValuePair<DataNode, DataNode>> Members { get; private init; } = [];

    /// <summary>For a number: whether its kind is float although the text looks like an integer's, or the other way around.</summary>
    public bool IsFloat { get; private init; }

    /// <summary>For a number of a value: how the literal is written that it keeps in YAML, if there is one.</summary>
    public string? Written { get; private init; }

    /// <summary>UTF-16 offset in the text.</summary>
    public int Offset { get; init; }

    public static DataNode Null(int offset = 0) => new(DataKind.Null, "null") { Offset = offset };

    public static DataNode Bool(bool value, int offset = 0) => new(DataKind.Bool, value ? "true" : "false") { Offset = offset };

    public static DataNode Number(string text, int offset = 0) => new(DataKind.Number, text)
    {
        Offset = offset,
        IsFloat = text.IndexOfAny(['.', 'e', 'E']) >= 0,
    };

    /// <summary>A number that is a value.</summary>
    /// <param name="number">The number.</param>
    /// <param name="written">The literal that keeps its form: that of an element, or of the whole.</param>
    public static DataNode Number(NumberConstant number, BasicLiteral? written) => new(DataKind.Number, number.Value.ToString())
    {
        IsFloat = number.Kind == CueKind.Float,
        Written = written is not null && !HasMultiplier(written.Text) ? written.Text : null,
    };

    public static DataNode String(string text, int offset = 0) => new(DataKind.String, text) { Offset = offset };

    public static DataNode Bytes(byte[] bytes, int offset = 0) => new(DataKind.Bytes) { ByteValue = bytes, Offset = offset };

    public static DataNode List(IReadOnlyList<DataNode> elements, int offset = 0) => new(DataKind.List) { Elements = elements, Offset = offset };

    public static DataNode Map(IReadOnlyList<KeyValuePair<DataNode, DataNode>> members, int offset = 0) =>
        new(DataKind.Map) { Members = members, Offset = offset };

    private static bool HasMultiplier(string literal) => !literal.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && literal[literal.Length - 1] is >= 'A' and <= 'z';
}
