using System.Globalization;
using System.Numerics;
using DataMesh.Cue.Binding;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Builtins.Structs;

/// <summary><c>struct</c>: how many fields a struct has.</summary>
internal sealed class StructPackage() : StandardPackage("struct")
{
    private static readonly BuiltinParameter Fields = new(CueKind.Struct) { IsWhole = true };

    public override IEnumerable<Builtin> Functions =>
    [
        Function("MinFields", [Fields, Int], Bool, static call => Check(call, isMinimum: true)),
        Function("MaxFields", [Fields, Int], Bool, static call => Check(call, isMinimum: false)),
    ];

    /// <summary>What is missing may still come, unless the struct is closed and has too few fields that may.</summary>
    private static Value Check(CallContext call, bool isMinimum)
    {
        Vertex structure = call.Struct(0);
        BigInteger count = call.Members(structure).Count, limit = call.Int64(1);
        bool isTrue = isMinimum ? count >= limit : count <= limit;
        if (isTrue || !call.IsValidator)
            return Of(isTrue);
        string relation = isMinimum ? "<" : ">";
        string numbers = $"({count.ToString(CultureInfo.InvariantCulture)} {relation} {limit.ToString(CultureInfo.InvariantCulture)})";
        string message = $"len(fields) {relation} {call.Builtin.Name}({limit.ToString(CultureInfo.InvariantCulture)}) {numbers}";
        throw isMinimum && MayHave(structure, limit) ? Incomplete(message) : new BuiltinException(message);
    }

    private static bool MayHave(Vertex structure, BigInteger limit) =>
        !(structure.IsClosed || IsTriedInDefinition(structure)) || structure.Patterns is { Count: > 0 } || structure.Arcs.Count(static arc => arc.Label.Kind == LabelKind.String) >= limit;

    /// <summary>Whether a schema is tried on a value in a definition, which closes it.</summary>
    private static bool IsTriedInDefinition(Vertex structure)
    {
        for (Vertex? vertex = structure.Candidate; vertex is not null; vertex = vertex.Parent)
        {
            if (vertex.Label.IsDefinition)
                return true;
        }

        return false;
    }
}
