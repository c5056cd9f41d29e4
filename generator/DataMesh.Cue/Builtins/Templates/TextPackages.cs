using DataMesh.Cue.Builtins.Encodings;
using DataMesh.Cue.Builtins.Html;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Builtins.Templates;

/// <summary><c>text/template</c></summary>
internal sealed class TemplatePackage() : StandardPackage("text/template")
{
    public override IEnumerable<Builtin> Functions =>
    [
        Function("Execute", [Text, Anything], Text, static call => Of(Execute(call))),
        Function("HTMLEscape", [Text], Text, static call => Of(MarkupText.EscapeHtml(call.String(0), replaceNull: true))),
        Function("JSEscape", [Text], Text, static call => Of(MarkupText.EscapeJavaScript(call.String(0)))),
    ];

    private static string Execute(CallContext call)
    {
        DataNode data = DataConversion.ToData(call, call.Arguments[1], static text => "cannot convert non-concrete value " + text, placesFields: true);
        return TemplateRunner.Execute(call.String(0), TemplateValues.From(data), call.Step);
    }
}

/// <summary><c>text/tabwriter</c></summary>
internal sealed class TabwriterPackage() : StandardPackage("text/tabwriter")
{
    public override IEnumerable<Builtin> Functions => [Function("Write", [Top], Text, static call => Of(TabbedColumns.Align(Source(call))))];

    private static string Source(CallContext call) => call.Arguments[0] switch
    {
        StringConstant text => text.Value,
        BytesConstant bytes => CodePoints.Utf8.GetString(bytes.Value),
        Vertex { Kind: CueKind.List } list => string.Concat(Arcs(call, list).Select(line => Line(call.Evaluator.Concrete(line), line) + "\n")),
        Value other => throw new BuiltinException($"tabwriter.Write: unsupported type {other.Kind.Text()}"),
    };

    private static string Line(Value value, Value place) => value switch
    {
        StringConstant text => text.Value,
        BytesConstant bytes => CodePoints.Utf8.GetString(bytes.Value),
        _ => throw Unfit(value, place, TextOrBytes),
    };
}
