using DataMesh.Cue.Values;

namespace DataMesh.Cue.Builtins.Encodings;

/// <summary><c>encoding/toml</c></summary>
internal sealed class TomlPackage() : StandardPackage("encoding/toml")
{
    public override IEnumerable<Builtin> Functions =>
    [
        Function("Marshal", [Anything], Text, static call => Of(TomlWriter.Write(DataConversion.ToData(call, call.Arguments[0], static text => "incomplete value " + text)))),
        Function("Unmarshal", [TextOrBytes], Top, static call => Unmarshal(call)),
    ];

    private static Value Unmarshal(CallContext call)
    {
        string text = JsonPackage.Source(call);
        try
        {
            DataNode read = TomlReader.Read(text);
            JsonPackage.CheckText(call, "invalid UTF-8", "");
            return DataConversion.ToValue(call, read, "", text);
        }
        catch (Yaml.YamlException e)
        {
            throw new CallException(new Bottom(CueErrorCode.Eval, e.Message, [DataConversion.PlaceOf(text, e.Offset)]));
        }
    }
}
