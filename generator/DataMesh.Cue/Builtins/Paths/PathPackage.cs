using DataMesh.Cue.Values;

namespace DataMesh.Cue.Builtins.Paths;

/// <summary><c>path</c>: file paths of an operating system that is named by the last argument.</summary>
internal sealed class PathPackage() : StandardPackage("path")
{
    public override IEnumerable<Builtin> Functions =>
    [
        System("Split", [Text], List, static (call, os) => Pair(call, os.Split(call.String(0))), isOptional: true),
        System("SplitList", [Text], List, static (call, os) => OfTexts(call, os.SplitList(call.String(0)))),
        System("Join", [WholeList], Text, static (call, os) => Of(os.Join(Texts(call, 0))), isOptional: true),
        System("Match", [Text, Text], Bool, static (call, os) => Of(PathPattern.Match(call.String(0), call.String(1), os)), isOptional: true),
        System("Clean", [Text], Text, static (call, os) => Of(os.Clean(call.String(0))), isOptional: true),
        System("ToSlash", [Text], Text, static (call, os) => Of(os.ToSlash(call.String(0)))),
        System("FromSlash", [Text], Text, static (call, os) => Of(os.FromSlash(call.String(0)))),
        System("Ext", [Text], Text, static (call, os) => Of(os.Extension(call.String(0))), isOptional: true),
        System("Resolve", [Text, Text], Text, static (call, os) => Of(os.Resolve(call.String(0), call.String(1))), isOptional: true),
        System("Rel", [Text, Text], Text, static (call, os) => Of(os.Relative(call.String(0), call.String(1))), isOptional: true),
        System("Base", [Text], Text, static (call, os) => Of(os.Base(call.String(0))), isOptional: true),
        System("Dir", [Text], Text, static (call, os) => Of(os.Directory(call.String(0))), isOptional: true),
        System("IsAbs", [Text], Bool, static (call, os) => Of(os.IsAbsolute(call.String(0))), isOptional: true),
        System("VolumeName", [Text], Text, static (call, os) => Of(os.VolumeName(call.String(0))), isOptional: true),
    ];

    public override IEnumerable<KeyValuePair<string, Value>> Constants =>
    [
        new("Unix", Of("unix")),
        new("Windows", Of("windows")),
        new("Plan9", Of("plan9")),
    ];

    private Builtin System(string name, IReadOnlyList<BuiltinParameter> parameters, CueKind result, Func<CallContext, PathSystem, Value> implementation, bool isOptional = false)
    {
        int last = parameters.Count;

        // Volumes are a thing of Windows, which is what their function takes for granted.
        string first = name == "VolumeName" ? "windows" : "unix";
        IEnumerable<string> names = PathSystem.Names.OrderBy(each => each != first);
        string choices = (isOptional ? "*" : "") + string.Join(" | ", names.Select(static each => "\"" + each + "\""));
        BuiltinImplementation run = call => implementation(call, PathSystem.Find(call.Count > last ? call.String(last) : first)!);
        IReadOnlyList<BuiltinParameter> all = [.. parameters, new(Text, choices: new BuiltinChoices(choices, static each => PathSystem.Find(each) is not null))];
        return isOptional ? OptionalFunction(name, all, result, run) : Function(name, all, result, run);
    }

    private static Value Pair(CallContext call, (string First, string Second) pair) => OfTexts(call, [pair.First, pair.Second]);
}
