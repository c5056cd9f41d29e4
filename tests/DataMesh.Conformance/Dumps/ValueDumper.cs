using DataMesh.Cue.Export;
using DataMesh.Cue.Syntax;
using DataMesh.Cue.Values;

namespace DataMesh.Conformance.Dumps;

/// <summary>Writes evaluated values in the form of the corpora.</summary>
internal static class ValueDumper
{
    private const int MaxDepth = 40;
    private const int MaxDisjuncts = 48;
    private const int MaxExpression = 400;

    public static DumpRoot Dump(CueInstance instance)
    {
        if (instance.Errors.Count > 0)
        {
            bool isLoad = instance.Errors.Any(error => error.Code == CueErrorCode.Load);
            return new()
            {
                Stage = isLoad ? "load" : "build",
                Node = new() { Kind = "bottom", Error = Dump(instance.Errors[0]) with { Count = instance.Errors.Count } },
                Errors = [.. instance.Errors.Select(DumpOfList)],
            };
        }

        CueValue value = instance.Value;
        bool isWritten = JsonExporter.TryWrite(value, out string json, out _, out bool isFinite);
        return new()
        {
            Node = Dump(value, 0),
            Json = isWritten && isFinite ? json : null,
            InvalidJson = isWritten && !isFinite ? json : null,
            Errors = [.. value.Validate().Select(DumpOfList)],
            ConcreteErrors = [.. value.Validate(concrete: true, final: true).Select(DumpOfList)],
        };
    }

    private static DumpNode Dump(CueValue value, int depth)
    {
        if (depth > MaxDepth)
            return new() { IsTruncated = true };
        if (value.IsCycle)
            return new() { Kind = KindName(value.Kind), IsCycle = true };
        if (value.Error is { } error)
            return new() { Kind = "bottom", Error = Dump(error) with { Count = CountOf(value.Base as Bottom) } };

        DumpNode node = new()
        {
            Kind = KindName(value.IsConcrete ? value.Kind : value.IncompleteKind),
            Fields = DumpFields(value, depth),
        };
        if (value.Resolved.ChildError is { } child && value.Kind is CueKind.Struct or CueKind.List)
            node = node with { Error = Dump(CueError.From(child)) with { Count = CountOf(child), IsChild = true } };

        // An atom with errors in its definitions has no value any more.
        if (value.Resolved.ChildError is { } below && value.Kind is not (CueKind.Struct or CueKind.List) && value.IsConcrete)
            return node with { Kind = KindName(CueKind.Struct), Error = Dump(CueError.From(below)) with { Count = CountOf(below), IsChild = true } };

        IReadOnlyList<CueValue> disjuncts = value.Disjuncts;
        if (disjuncts.Count > 0)
        {
            return node with
            {
                Expression = Expression(value),
                Default = value.Default is { } chosen ? Dump(chosen, depth + 1) : null,
                Disjuncts = [.. disjuncts.Take(MaxDisjuncts).Select(disjunct => Dump(disjunct, depth + 1))],
                IsTruncated = disjuncts.Count > MaxDisjuncts,
            };
        }

        return value.Kind switch
        {
            CueKind.Null => node with { Value = "null" },
            CueKind.Bool => node with { Value = value.AsBool() == true ? "true" : "false" },
            CueKind.String => node with { Value = value.AsString() },
            CueKind.Bytes => node with { Value = Convert.ToBase64String(value.AsBytes()!) },
            CueKind.Int or CueKind.Float or CueKind.Number => node with { Value = value.AsNumberText() },
            CueKind.List => node with
            {
                Elements = [.. value.Elements.Select(element => Dump(element, depth + 1))],
                Patterns = [.. value.TailStarts.Select(start => FormattableString.Invariant($">={start}"))],
                Open = value.IsOpen,
            },
            CueKind.Struct => node with
            {
                Patterns = [.. value.Patterns.Select(pattern => CueExporter.Format(pattern.Pattern, CueExportOptions.Schema))],
                Open = value.IsOpen,
            },
            _ => node with { Expression = Expression(value) },
        };
    }

    private static List<DumpField>? DumpFields(CueValue value, int depth)
    {
        List<DumpField> fields = [.. value.Fields.Select(field => new DumpField(field.Label, TypeName(field.Kind), Dump(field.Value, depth + 1)))];
        return fields.Count > 0 ? fields : null;
    }

    private static string? Expression(CueValue value) =>
        CueExporter.Format(value, CueExportOptions.Schema) is { Length: <= MaxExpression } text ? text : null;

    private static string KindName(CueKind kind)
    {
        string name = (kind.IsSingle() ? kind : kind & ~CueKind.Func).Text();
        return name switch { "_" => "top", "_|_" => "bottom", _ => name };
    }

    private static string TypeName(CueFieldKind kind) => kind switch
    {
        CueFieldKind.Optional => "optional",
        CueFieldKind.Required => "required",
        CueFieldKind.Definition => "definition",
        CueFieldKind.Hidden => "hidden",
        _ => "regular",
    };

    private static int CountOf(Bottom? error) => error?.Flatten().Count() ?? 1;

    private static DumpError DumpOfList(CueError error)
    {
        DumpError dump = Dump(error);
        return dump.Code == "reference" ? dump : dump with { Code = null };
    }

    private static DumpError Dump(CueError error) => new()
    {
        Code = error.Code switch
        {
            CueErrorCode.User => "user",
            CueErrorCode.Structural => "structural",
            CueErrorCode.Incomplete => "incomplete",
            CueErrorCode.Cycle => "cycle",
            CueErrorCode.Reference => "reference",
            CueErrorCode.Build => "build",
            CueErrorCode.Load => "load",
            CueErrorCode.Budget => "budget",
            _ => "eval",
        },
        Message = error.Message,
        Path = error.Path,
        Positions = [.. error.Positions.Where(position => position.IsValid).Select(PositionText)],
    };

    private static string PositionText(Position position) =>
        FormattableString.Invariant($"{position.File!.Name.TrimStart('/')}:{position.Line}:{position.Column}");
}
