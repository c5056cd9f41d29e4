using DataMesh.Cue.Values;

namespace DataMesh.Cue.Builtins.Encodings;

/// <summary>
/// <c>encoding/openapi</c>. In CUE 0.17 its only function asks the generator's own configuration for a version, which it
/// has not, and so never has a value, whatever it is given; documents are exported from outside of the language.
/// </summary>
internal sealed class OpenApiPackage() : StandardPackage("encoding/openapi")
{
    public override IEnumerable<Builtin> Functions =>
    [
        Function("MarshalSchema", [Anything, Anything], Text, static _ => throw Incomplete("field not found: version")),
    ];
}
