using DataMesh.Cue.Binding;
using DataMesh.Cue.Numerics;
using DataMesh.Cue.Syntax;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Builtins.Encodings;

/// <summary>Between values and the data of formats.</summary>
internal static class DataConversion
{
    private const int MaxDepth = 500;

    /// <summary>The data of a concrete value.</summary>
    /// <param name="call">What evaluates what was not needed so far.</param>
    /// <param name="value">The value.</param>
    /// <param name="describe">What to say of a value that is not concrete.</param>
    /// <param name="depth">How deep the value is nested.</param>
    /// <param name="placesFields">Whether such a value is placed where its field is written, not the value itself.</param>
    public static DataNode ToData(CallContext call, Value value, Func<string, string> describe, int depth = 0, bool placesFields = false)
    {
        if (depth > MaxDepth)
            throw new BuiltinException("value nests too deeply");
        Value concrete = call.Evaluator.Concrete(value);
        switch (concrete)
        {
            case NullConstant:
                return DataNode.Null();
            case BoolConstant boolean:
                return DataNode.Bool(boolean.Value);
            case NumberConstant number:
                return DataNode.Number(number, Written(call, value, depth));
            case StringConstant text:
                return DataNode.String(text.Value);
            case BytesConstant bytes:
                return DataNode.Bytes(bytes.Value);
            case Bottom { Code: CueErrorCode.Cycle } when value is Vertex { IsFinal: false }:
                // What is being determined may be anything as yet.
                concrete = TypeValue.Top;
                break;
            case Bottom error:
                throw new CallException(error);
            case Vertex vertex:
                if (call.Complete(vertex) is { IsIncomplete: false } failed)
                    throw new CallException(failed);
                Vertex resolved = vertex.Resolve();
                if (vertex.Kind == CueKind.List)
                {
                    return DataNode.List(
                    [
                        .. resolved.Arcs.Where(static arc => arc.Label.Kind == LabelKind.Index).Select(arc => ToData(call, arc, describe, depth + 1, placesFields)),
                    ]);
                }

                if (vertex.Kind == CueKind.Struct)
                {
                    return DataNode.Map(
                    [
                        .. FieldOrder.Sort(resolved)
                            .Where(static arc => arc.Label.Kind == LabelKind.String && arc.ArcType is ArcType.Member or ArcType.Required)
                            .Select(arc => ToMember(call, arc, describe, depth, placesFields)),
                    ]);
                }

                break;
        }

        throw new CallException(new Bottom(CueErrorCode.Incomplete, describe(ValueText.Describe(concrete)), placesFields ? ErrorPositions.OfFirstField(value) : ErrorPositions.OfValue(value)));
    }

    /// <summary>The literal that a number keeps the form of: one that is given to the call, or an element.</summary>
    private static BasicLiteral? Written(CallContext call, Value value, int depth) => value is Vertex vertex
        ? depth == 0 || vertex.Label.Kind == LabelKind.Index ? WrittenLiteral.Of(vertex) : null
        : depth == 0 && call.Written is [var argument, ..] ? argument.Literal : null;

    private static KeyValuePair<DataNode, DataNode> ToMember(CallContext call, Vertex arc, Func<string, string> describe, int depth, bool placesFields) =>
        arc.ArcType == ArcType.Required
            ? throw new CallException(new Bottom(CueErrorCode.Incomplete, $"{arc.Label}: field is required but not present", ErrorPositions.Sort(ErrorPositions.OfRequired(arc))) { IsMissingField = true })
            : new(DataNode.String(arc.Label.Text), ToData(call, arc, describe, depth + 1, placesFields));

    /// <summary>The value of data, with positions in its text.</summary>
    /// <param name="isEmbedded">Whether the text is a struct of its own, which conflicts name too.</param>
    /// <param name="isPlaced">Whether an atom has a place as well.</param>
    public static Value ToValue(CallContext call, DataNode node, string fileName, string text, bool isEmbedded = false, bool isPlaced = false)
    {
        if (node.Kind is not (DataKind.List or DataKind.Map) && !isPlaced)
            return ToConstant(node);
        Vertex vertex = new(call.Vertex, default) { IsDetached = true };
        TextPlaces places = new(new SourceFile(fileName, text), text);
        ConjunctInfo info = isEmbedded ? new ConjunctInfo { Trace = new Trace(places.At(node.Offset), null, null) } : ConjunctInfo.Root;
        vertex.Conjuncts.Add(new Conjunct(ToExpression(node, places), null, info));
        return vertex;
    }

    /// <summary>A place in a text without a name.</summary>
    public static Position PlaceOf(string text, int offset, string name = "") => new TextPlaces(new SourceFile(name, text), text).At(offset);

    private static Expr ToExpression(DataNode node, TextPlaces places) => node.Kind switch
    {
        DataKind.List => new ListExpr(null, [.. node.Elements.Select(element => ToExpression(element, places))], isOpen: false, tail: null) { Place = places.At(node.Offset) },
        DataKind.Map => new StructExpr(null, [.. node.Members.Select(member => ToField(member, places))]) { HasFields = true, Place = places.At(node.Offset) },
        _ => new ValueExpr(ToConstant(node), null, places.At(node.Offset)),
    };

    private static Decl ToField(KeyValuePair<DataNode, DataNode> member, TextPlaces places)
    {
        // In the order of the text: places are found going forward.
        Position place = places.At(member.Key.Offset);
        return new FieldDecl(null, Label.Regular(member.Key.Text), ArcType.Member, ToExpression(member.Value, places)) { LabelPosition = place };
    }

    private static Constant ToConstant(DataNode node) => node.Kind switch
    {
        DataKind.Null => NullConstant.Instance,
        DataKind.Bool => BoolConstant.Of(node.Text == "true"),
        DataKind.Number => ToNumber(node),
        DataKind.Bytes => new BytesConstant(node.ByteValue),
        _ => new StringConstant(node.Text),
    };

    private static NumberConstant ToNumber(DataNode node) => BigDecimal.TryParse(node.Text.AsSpan(), out BigDecimal value) == NumberParseResult.Success
        ? new(value, node.IsFloat ? CueKind.Float : CueKind.Int)
        : throw new BuiltinException($"invalid number {Conversion.QuotedText.Quote(node.Text)}");
}
