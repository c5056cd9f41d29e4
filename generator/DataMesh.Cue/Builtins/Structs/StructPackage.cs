using System.Globalization;
using System.Numerics;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Builtins.Structs;

/// <summary><c>struct</c>: how many fields a struct has.</summary>
internal sealed class StructPackage() : StandardPackage("struct")
{
    public override IEnumerable<Builtin> Functions =>
    [
        Function("MinFields", [CueKind.Struct, Int], Bool, static call => Check(call, "<", isFinal: false, static (count, limit) => count >= limit)),
        Function("MaxFields", [CueKind.Struct, Int], Bool, static call => Check(call, ">", isFinal: true, static (count, limit) => count <= limit)),
    ];

    /// <summary>What is missing may still come, so that only too many fields are an error for good.</summary>
    private static Value Check(CallContext call, string relation, bool isFinal, Func<BigInteger, BigInteger, bool> isTrue)
    {
        BigInteger count = call.Members(call.Struct(0)).Count, limit = call.Integer(1);
        if (isTrue(count, limit) || !call.IsValidator)
            return Of(isTrue(count, limit));
        string numbers = $"({count.ToString(CultureInfo.InvariantCulture)} {relation} {limit.ToString(CultureInfo.InvariantCulture)})";
        string message = $"len(fields) {relation} {call.Builtin.Name}({limit.ToString(CultureInfo.InvariantCulture)}) {numbers}";
        throw isFinal ? new BuiltinException(message) : Incomplete(message);
    }
}
