using DataMesh.Cue.Values;

namespace DataMesh.Cue.Builtins.Html;

/// <summary><c>html</c>: escaping of texts.</summary>
internal sealed class HtmlPackage() : StandardPackage("html")
{
    public override IEnumerable<Builtin> Functions =>
    [
        Function("Escape", [Text], Text, static call => Of(MarkupText.EscapeHtml(call.String(0)))),
        Function("Unescape", [Text], Text, static call => Of(MarkupText.UnescapeHtml(call.String(0)))),
    ];
}
