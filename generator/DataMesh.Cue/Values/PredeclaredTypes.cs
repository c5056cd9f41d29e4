using DataMesh.Cue.Numerics;
using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Values;

/// <summary>The predeclared types (specification: "Predeclared identifiers").</summary>
internal static class PredeclaredTypes
{
    private static readonly Dictionary<string, Value> s_types = Create();

    public static void AddTo(Dictionary<string, Value> predeclared)
    {
        foreach (var type in s_types)
            predeclared.Add(type.Key, type.Value);
    }

    /// <summary>Whether a name stands for bounds, such as <c>uint8</c>.</summary>
    public static bool IsRange(string name) => s_types.TryGetValue(name, out var type) && type is ConjunctionValue;

    private static Dictionary<string, Value> Create()
    {
        var predeclared = new Dictionary<string, Value>(StringComparer.Ordinal);
        foreach (var kind in new[] { CueKind.Bool, CueKind.Int, CueKind.Float, CueKind.String, CueKind.Bytes, CueKind.Number })
            predeclared.Add(kind.Text(), new TypeValue(kind));
        for (var bits = 8; bits <= 128; bits *= 2)
        {
            var limit = System.Numerics.BigInteger.One << bits;
            Add("uint" + bits.ToString(System.Globalization.CultureInfo.InvariantCulture), 0, limit - 1);
            Add("int" + bits.ToString(System.Globalization.CultureInfo.InvariantCulture), -(limit >> 1), (limit >> 1) - 1);
        }

        Add("rune", 0, 0x10FFFF);
        predeclared.Add("uint", new ConjunctionValue(CueKind.Int, [new TypeValue(CueKind.Int), new BoundValue(TokenKind.GreaterOrEqual, NumberConstant.Int(0))]) { Name = "uint" });
        AddFloat("float32", "3.40282346638528859811704183484516925440e+38");
        AddFloat("float64", "1.797693134862315708145274237317043567981e+308");
        return predeclared;

        void Add(string name, System.Numerics.BigInteger low, System.Numerics.BigInteger high) =>
            predeclared.Add(name, new ConjunctionValue(
                CueKind.Int,
                [
                    new TypeValue(CueKind.Int),
                    new BoundValue(TokenKind.GreaterOrEqual, NumberConstant.Int(low)),
                    new BoundValue(TokenKind.LessOrEqual, NumberConstant.Int(high)),
                ])
            { Name = name });

        void AddFloat(string name, string limit) =>
            predeclared.Add(name, new ConjunctionValue(
                CueKind.Number,
                [
                    new TypeValue(CueKind.Number),
                    new BoundValue(TokenKind.GreaterOrEqual, new NumberConstant(-BigDecimal.Parse(limit), CueKind.Number)),
                    new BoundValue(TokenKind.LessOrEqual, new NumberConstant(BigDecimal.Parse(limit), CueKind.Number)),
                ])
            { Name = name });
    }
}
