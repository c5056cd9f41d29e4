using DataMesh.Cue.Values;

namespace DataMesh.Cue.Builtins.Encodings;

/// <summary><c>encoding/base64</c>: the standard alphabet with padding; the first argument is kept for others and has to be null.</summary>
internal sealed class Base64Package() : StandardPackage("encoding/base64")
{
    public override IEnumerable<Builtin> Functions =>
    [
        Function("EncodedLen", [Top, Int], Int, static call => OfLength(call, (call.Int64(1) + 2) / 3 * 4)),
        Function("DecodedLen", [Top, Int], Int, static call => OfLength(call, call.Int64(1) / 4 * 3)),
        Function("Encode", [Top, TextOrBytes], Text, static call => Of(Encode(call))),
        Function("Decode", [Top, Text], CueKind.Bytes, static call => Of(Decode(call))),
    ];

    private static Value OfLength(CallContext call, long length)
    {
        CheckAlphabet(call);
        return Of(length);
    }

    private static string Encode(CallContext call)
    {
        CheckAlphabet(call);
        return Convert.ToBase64String(call.Bytes(1));
    }

    private static byte[] Decode(CallContext call)
    {
        CheckAlphabet(call);
        return Base64Text.Decode(call.String(1));
    }

    private static void CheckAlphabet(CallContext call)
    {
        if (call.Arguments[0] is not NullConstant)
            throw Fail($"base64: unsupported encoding: cannot use value {ValueText.Describe(call.Arguments[0])} (type {call.Arguments[0].Kind.Text()}) as null", call, 0);
    }
}

/// <summary><c>encoding/hex</c></summary>
internal sealed class HexPackage() : StandardPackage("encoding/hex")
{
    public override IEnumerable<Builtin> Functions =>
    [
        Function("EncodedLen", [Int], Int, static call => Of(call.Integer(0) * 2)),
        Function("DecodedLen", [Int], Int, static call => Of(call.Int64(0) / 2)),
        Function("Decode", [Text], CueKind.Bytes, static call => Of(HexText.Decode(call.String(0)))),
        Function("Dump", [TextOrBytes], Text, static call => Of(HexText.Dump(call.Bytes(0)))),
        Function("Encode", [TextOrBytes], Text, static call => Of(HexText.Encode(call.Bytes(0)))),
    ];
}

/// <summary><c>encoding/csv</c></summary>
internal sealed class CsvPackage() : StandardPackage("encoding/csv")
{
    public override IEnumerable<Builtin> Functions =>
    [
        Function("Encode", [Top], Text, static call => Of(CsvText.Encode(Rows(call)))),
        Function("Decode", [TextOrBytes], List, static call => Decode(call)),
    ];

    private static List<IReadOnlyList<string>> Rows(CallContext call)
    {
        if (call.Arguments[0] is not Vertex { Kind: CueKind.List } rows)
            throw Fail($"cannot use value {ValueText.Describe(call.Arguments[0])} (type {call.Arguments[0].Kind.Text()}) as list", call, 0);
        return [.. Arcs(call, rows).Select(row => Fields(call, row))];
    }

    private static IReadOnlyList<string> Fields(CallContext call, Value row) => call.Evaluator.Concrete(row) switch
    {
        Vertex { Kind: CueKind.List } fields => [.. Arcs(call, fields).Select(field => FieldText(call, field))],
        Value other => throw Unfit(other, row, CueKind.List),
    };

    /// <summary>A text as it is, anything else as JSON.</summary>
    private static string FieldText(CallContext call, Value field) =>
        call.Evaluator.Concrete(field) is StringConstant text ? text.Value : JsonPackage.Write(JsonPackage.ToData(call, field));

    private static Value Decode(CallContext call) =>
        call.NewList(CsvText.Decode(CodePoints.Utf8.GetString(call.Bytes(0))).Select(record => OfTexts(call, record)));
}

/// <summary><c>encoding/json</c></summary>
internal sealed class JsonPackage() : StandardPackage("encoding/json")
{
    private const string IllegalEncoding = "illegal UTF-8 encoding";

    public override IEnumerable<Builtin> Functions =>
    [
        Function("Valid", [TextOrBytes], Bool, static call => Of(JsonText.IsValid(Source(call)))),
        Function("Compact", [TextOrBytes], Text, static call => Of(JsonText.Compact(Source(call)))),
        Function("Indent", [TextOrBytes, Text, Text], Text, static call => Of(JsonText.Indent(Source(call), call.String(1), call.String(2)))),
        Function("HTMLEscape", [TextOrBytes], Text, static call => Of(JsonText.EscapeHtml(Source(call)))),
        Function("Marshal", [Anything], Text, static call => Of(Write(ToData(call, call.Arguments[0])))),
        Function("MarshalStream", [Anything], Text, static call => Of(string.Concat(ListOf(call, call.Arguments[0]).Select(element => Write(ToData(call, element)) + "\n")))),
        Function("Unmarshal", [TextOrBytes], Top, static call => Unmarshal(call)),
        Function("UnmarshalStream", [TextOrBytes], List, static call => UnmarshalStream(call)),
        Function("Validate", [TextOrBytes, Schema], Bool, static call => Validate(call)),
    ];

    /// <summary>Data as compact JSON; bytes as base64.</summary>
    internal static string Write(DataNode node) => node.Kind switch
    {
        DataKind.String => JsonText.Quote(node.Text),
        DataKind.Bytes => "\"" + Convert.ToBase64String(node.ByteValue) + "\"",
        DataKind.List => "[" + string.Join(",", node.Elements.Select(Write)) + "]",
        DataKind.Map => "{" + string.Join(",", node.Members.Select(static member => JsonText.Quote(member.Key.Text) + ":" + Write(member.Value))) + "}",
        _ => node.Text,
    };

    internal static string Source(CallContext call) => CodePoints.Utf8.GetString(call.Bytes(0));

    /// <summary>Says of bytes, which are data otherwise, that not all of them are text.</summary>
    internal static void CheckText(CallContext call, string message, string name)
    {
        byte[] bytes = call.Bytes(0);
        if (Utf8Text.MalformedAt(bytes) is >= 0 and var length)
            throw new CallException(new Bottom(CueErrorCode.Eval, message, [DataConversion.PlaceOf(Source(call), CodePoints.Utf8.GetCharCount(bytes, 0, length), name)]));
    }

    /// <summary>The elements of the list that is the first argument.</summary>
    internal static IReadOnlyList<Value> ListOf(CallContext call, Value value) => value is Vertex { Kind: CueKind.List } list
        ? Arcs(call, list)
        : throw (value is Constant or Vertex ? Fail($"cannot use value {ValueText.Describe(value)} (type {value.Kind.Text()}) as list", call, 0) : Incomplete("non-concrete argument 0"));

    /// <summary>Checks a value that was read against a schema; the errors are those of their unification.</summary>
    /// <param name="concrete">Whether what is not concrete is an error.</param>
    internal static Vertex Check(CallContext call, Value data, Value schema, bool concrete)
    {
        Vertex unified = call.Unify(data, schema, schema is Vertex ? default : call.SchemaPosition);
        if ((call.Problems(unified, concrete: false) ?? (concrete ? call.Problems(unified, concrete: true) : null)) is { } problems)
            throw new CallException(problems.IsIncomplete ? problems.Settled() : problems);
        return unified;
    }

    internal static DataNode ToData(CallContext call, Value value)
    {
        if (ReferenceEquals(value, call.Arguments[0]) && value is not (Constant or Vertex or DisjunctionValue))
            throw Incomplete("non-concrete argument 0");
        return DataConversion.ToData(call, value, static text => $"cannot convert incomplete value {Conversion.QuotedText.Quote(text)} to JSON");
    }

    private static DataNode Read(string text)
    {
        try
        {
            return JsonText.Read(text);
        }
        catch (BuiltinException e)
        {
            throw e.Offset is { } offset ? Misread(e, offset, text, "json") : new BuiltinException("json: invalid JSON");
        }
    }

    /// <summary>What is wrong with a literal of a text that is JSON otherwise.</summary>
    private static CallException Misread(BuiltinException reason, int offset, string text, string name) =>
        new(new Bottom(CueErrorCode.Eval, reason.Message, [DataConversion.PlaceOf(text, offset, name)]));

    private static Value Unmarshal(CallContext call)
    {
        string text = Source(call);
        DataNode read = Read(text);
        CheckText(call, "json: could not parse JSON: " + IllegalEncoding, "json");
        return DataConversion.ToValue(call, read, "json", text);
    }

    private static Value UnmarshalStream(CallContext call)
    {
        string text = Source(call);
        int offset = 0;
        try
        {
            List<DataNode> read = [.. JsonText.ReadStream(text, out offset)];
            CheckText(call, IllegalEncoding, "");
            return call.NewList(read.Select(node => DataConversion.ToValue(call, node, "", text)));
        }
        catch (BuiltinException e) when (e.Offset is { } start)
        {
            throw Misread(e, start, text, "");
        }
        catch (BuiltinException e)
        {
            bool isEnd = e.Message.StartsWith("unexpected end", StringComparison.Ordinal);
            throw new CallException(new Bottom(
                CueErrorCode.Eval,
                "invalid JSON for file \"\": " + (isEnd ? "unexpected EOF" : e.Message),
                isEnd ? [] : [DataConversion.PlaceOf(text, offset)]));
        }
    }

    private static Value Validate(CallContext call)
    {
        string text = Source(call);
        DataNode read = Read(text);
        CheckText(call, IllegalEncoding, "json.Validate");
        Vertex unified = Check(call, DataConversion.ToValue(call, read, "json.Validate", text, isEmbedded: true, isPlaced: true), call.Arguments[1], concrete: false);
        if (call.Problems(unified, concrete: true)?.Errors.FirstOrDefault(static each => each.IsMissingField) is { } missing)
            throw new CallException(new Bottom(missing.Code, missing.Message, missing.Positions) { Errors = [missing], TellsEach = true });
        return Of(true);
    }
}
