using System.Globalization;
using System.Numerics;
using DataMesh.Cue.Binding;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Builtins.Structs;

/// <summary><c>struct</c>: how many fields a struct has.</summary>
internal sealed class StructPackage() : StandardPackage("struct")
{
    public override IEnumerable<Builtin> Functions =>
    [
        Function("MinFields", [CueKind.Struct, Int], Bool, static call => Check(call, "<", static (count, limit) => count >= limit)),
        Function("MaxFields", [CueKind.Struct, Int], Bool, static call => Check(call, ">", static (count, limit) => count <= limit)),
    ];

    /// <summary>What is missing may still come, unless the struct is closed and has too few fields that may.</summary>
    private static Value Check(CallContext call, string relation, Func<BigInteger, BigInteger, bool> isTrue)
    {
        Vertex structure = call.Struct(0);
        BigInteger count = call.Members(structure).Count, limit = call.Integer(1);
        if (isTrue(count, limit) || !call.IsValidator)
            return Of(isTrue(count, limit));
        string numbers = $"({count.ToString(CultureInfo.InvariantCulture)} {relation} {limit.ToString(CultureInfo.InvariantCulture)})";
        string message = $"len(fields) {relation} {call.Builtin.Name}({limit.ToString(CultureInfo.InvariantCulture)}) {numbers}";
        throw relation == "<" && MayHave(structure, limit) ? Incomplete(message) : new BuiltinException(message);
    }

    private static bool MayHave(Vertex structure, BigInteger limit) =>
        !structure.IsClosed || structure.Patterns is { Count: > 0 } || structure.Arcs.Count(static arc => arc.Label.Kind == LabelKind.String) >= limit;
}
