using System.Text.Json;
using DataMesh.Cue.Export;
using DataMesh.Cue.Syntax;
using DataMesh.Cue.Syntax.Formatting;
using DataMesh.Cue.Values;

namespace DataMesh.Conformance.Fuzzing;

/// <summary>The child process: it is told a source as a line of JSON, takes it through the whole library, and answers <c>ok</c> or what was thrown.</summary>
internal static class FuzzWorker
{
    /// <summary>As small as the stack of a compiler's thread on the platform with the smallest one.</summary>
    private const int StackSize = 1024 * 1024;

    private const int MaxSteps = 1_000_000;
    private const int MaxValues = 3_000;
    private const int MaxDepth = 30;

    public static int Serve(TextReader input, TextWriter output)
    {
        Thread thread = new(
            () =>
            {
                while (input.ReadLine() is { } request)
                {
                    output.WriteLine(Try(JsonSerializer.Deserialize<string>(request)!).ReplaceLineEndings(" "));
                    output.Flush();
                }
            },
            StackSize);
        thread.Start();
        thread.Join();
        return 0;
    }

    private static string Try(string source)
    {
        try
        {
            return Visit(source) ?? "ok";
        }
        catch (Exception e)
        {
            string[] frames = [.. (e.StackTrace ?? "").Split('\n').Select(frame => frame.Trim()).Where(frame => frame.Contains("DataMesh.", StringComparison.Ordinal))];
            return $"crash: {e.GetType().Name}: {e.Message} {frames.FirstOrDefault()}";
        }
    }

    private static string? Visit(string source)
    {
        ParseResult parsed = CueParser.ParseFile("in.cue", source);
        if (parsed.ReportedErrors.Count == 0)
        {
            string formatted = CueFormatter.Format(parsed.File);
            _ = CueParser.ParseFile("in.cue", formatted).ReportedErrors.Count;
        }

        CueInstance instance = new CueContext(new CueOptions { MaxSteps = MaxSteps }).Build([parsed]);
        if (instance.Errors.Count > 0)
            return null;
        CueValue value = instance.Value;
        int left = MaxValues;
        Walk(value, ref left, 0);
        value.Validate();
        value.Validate(concrete: true, final: true);
        JsonExporter.TryExport(value, out _, out _);
        YamlExporter.TryExport(value, out _, out _);
        JsonSchemaExporter.TryExport(value, out _, out _);
        OpenApiExporter.TryExport(instance, out _, out _);
        CueExporter.TryExport(instance, CueExportOptions.Evaluation, out _, out _);
        return null;
    }

    /// <summary>Asks for every member of the public face.</summary>
    private static void Walk(CueValue value, ref int left, int depth)
    {
        if (--left < 0 || depth > MaxDepth)
            return;
        _ = (value.Error, value.Path, value.IsOpen, value.IsCycle, value.Reference?.Path, value.Position, value.Documentation.Count, value.Attributes.Count, value.Expressions.Count, value.Validators.Count);
        _ = (value.ToString(), value.Constraints.Count, value.Allows("x"), value.Lookup("a.b")?.Kind);
        foreach (CueField field in value.Fields)
            Walk(field.Value, ref left, depth + 1);
        foreach (CueValue element in value.Elements)
            Walk(element, ref left, depth + 1);
        foreach (CueValue disjunct in value.Disjuncts)
            Walk(disjunct, ref left, depth + 1);
        foreach (CuePattern pattern in value.Patterns)
            Walk(pattern.Value, ref left, depth + 1);
        if (value.ElementType is { } type)
            Walk(type, ref left, depth + 1);
        if (value.Default is { } chosen)
            Walk(chosen, ref left, depth + 1);
    }
}
