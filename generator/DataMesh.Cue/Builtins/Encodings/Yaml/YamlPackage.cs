using DataMesh.Cue.Values;

namespace DataMesh.Cue.Builtins.Encodings.Yaml;

/// <summary><c>encoding/yaml</c></summary>
internal sealed class YamlPackage() : StandardPackage("encoding/yaml")
{
    public override IEnumerable<Builtin> Functions =>
    [
        Function("Marshal", [Anything], Text, static call => Of(YamlWriter.Write(ToData(call, call.Arguments[0])))),
        Function("MarshalStream", [Anything], Text, static call => Of(string.Join("---\n", JsonPackage.ListOf(call, call.Arguments[0]).Select(element => YamlWriter.Write(ToData(call, element)))))),
        Function("Unmarshal", [TextOrBytes], Top, static call => Unmarshal(call)),
        Function("UnmarshalStream", [TextOrBytes], List, static call => UnmarshalStream(call)),
        Function("Validate", [TextOrBytes, Schema], Bool, static call => Validate(call, isPartial: false)),
        Function("ValidatePartial", [TextOrBytes, Schema], Bool, static call => Validate(call, isPartial: true)),
    ];

    private static DataNode ToData(CallContext call, Value value)
    {
        if (ReferenceEquals(value, call.Arguments[0]) && value is not (Constant or Vertex or DisjunctionValue))
            throw Incomplete("non-concrete argument 0");
        if (ReferenceEquals(value, call.Arguments[0]) && (call.Problems(value, concrete: false) ?? call.Problems(value, concrete: true)) is { } problems)
            throw new CallException(problems);
        return DataConversion.ToData(call, value, static text => "incomplete value " + text);
    }

    /// <summary>A text without a document stands for null or anything.</summary>
    private static Value Nothing() => new DisjunctionValue([NullConstant.Instance, TypeValue.Top], 1);

    private static Value Unmarshal(CallContext call)
    {
        string text = Source(call, "");
        return Read(text, "", isSingle: true) is [var document, ..] ? DataConversion.ToValue(call, document, "", text) : Nothing();
    }

    private static Value UnmarshalStream(CallContext call)
    {
        string text = Source(call, "");
        List<DataNode> documents = Read(text, "");
        return call.NewList(documents.Count == 0 ? [Nothing()] : documents.Select(node => DataConversion.ToValue(call, node, "", text)));
    }

    private static string Source(CallContext call, string fileName)
    {
        try
        {
            return YamlCharacters.Decode(call.Bytes(0));
        }
        catch (YamlException e)
        {
            throw new BuiltinException($"{fileName}: {e.Message}");
        }
    }

    private static List<DataNode> Read(string text, string fileName, bool isSingle = false)
    {
        try
        {
            return YamlReader.ReadStream(text, isSingle);
        }
        catch (YamlException e) when (e.IsOfNumber)
        {
            Bottom[] numbers = [.. e.Numbers.Select(number => new Bottom(CueErrorCode.Eval, number.Message, [DataConversion.PlaceOf(text, number.Offset, fileName)]))];
            throw new CallException(numbers is [var only] ? only : new Bottom(CueErrorCode.Eval, e.Message, numbers[0].Positions) { TellsEach = true, Errors = numbers });
        }
        catch (YamlException e) when (e.Line < 0)
        {
            throw new BuiltinException(e.Message);
        }
        catch (YamlException e)
        {
            throw new BuiltinException($"{e.Place(fileName, text)}: {e.Message}");
        }
    }

    private static Value Validate(CallContext call, bool isPartial)
    {
        string name = isPartial ? "yaml.ValidatePartial" : "yaml.Validate", text = Source(call, name);
        List<DataNode> documents = Read(text, name);
        try
        {
            if (documents.Count == 0)
                JsonPackage.Check(call, Nothing(), call.Arguments[1], !isPartial);
            foreach (DataNode document in documents)
                JsonPackage.Check(call, DataConversion.ToValue(call, document, name, text, isPlaced: true), call.Arguments[1], !isPartial);
        }
        catch (CallException endless) when (!isPartial && endless.Error.Code == CueErrorCode.Structural)
        {
            // Where a whole value is wanted, one without end is an error as any other.
            throw new CallException(endless.Error.Select(static part => part.WithCode(CueErrorCode.Eval)));
        }

        return Of(true);
    }
}
