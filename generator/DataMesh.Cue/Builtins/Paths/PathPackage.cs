using DataMesh.Cue.Values;

namespace DataMesh.Cue.Builtins.Paths;

/// <summary><c>path</c>: file paths of an operating system that is named by the last argument.</summary>
internal sealed class PathPackage() : StandardPackage("path")
{
    public override IEnumerable<Builtin> Functions =>
    [
        System("Split", [Text], List, static (call, os) => Pair(call, os.Split(call.String(0))), isOptional: true),
        System("SplitList", [Text], List, static (call, os) => OfTexts(call, os.SplitList(call.String(0)))),
        System("Join", [List], Text, static (call, os) => Of(os.Join(Texts(call, 0))), isOptional: true),
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
        BuiltinImplementation run = call => implementation(call, FindSystem(call, last, isOptional));
        IReadOnlyList<BuiltinParameter> all = [.. parameters, new BuiltinParameter(Text) { IsChoice = true }];
        return isOptional ? OptionalFunction(name, all, result, run) : Function(name, all, result, run);
    }

    private static PathSystem FindSystem(CallContext call, int index, bool isOptional)
    {
        if (call.Count <= index)
            return PathSystem.Unix;
        string name = call.String(index);
        if (PathSystem.Find(name) is { } system)
            return system;
        string choices = string.Join(" | ", PathSystem.Names.Select(static each => "\"" + each + "\""));
        string message = FormattableString.Invariant($"cannot use \"{name}\" as {(isOptional ? "*" : "")}{choices} in argument {index + 1} to path.{call.Builtin.Name}");
        throw new CallException(new Bottom(CueErrorCode.Eval, message, call.PositionsOf(index)) { IsComplete = true });
    }

    private static Value Pair(CallContext call, (string First, string Second) pair) => OfTexts(call, [pair.First, pair.Second]);
}
