using DataMesh.Cue.Syntax;
using DataMesh.Cue.Syntax.Formatting;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Export;

/// <summary>Values as CUE source: what <c>cue eval</c>, <c>cue def</c> and <c>cue export --out cue</c> print.</summary>
public static class CueExporter
{
    /// <param name="instance">A package without errors.</param>
    /// <param name="options">What is printed.</param>
    /// <param name="text">The source, or empty.</param>
    /// <param name="error">Why there is none: the value is too deep or too large.</param>
    public static bool TryExport(CueInstance instance, CueExportOptions options, out string text, out CueError? error) =>
        TryExport(instance.Value, options.IsEvaluated ? [] : instance.Files, options, out text, out error);

    /// <inheritdoc cref="TryExport(CueInstance, CueExportOptions, out string, out CueError?)"/>
    /// <param name="value">A value, of whatever kind.</param>
    public static bool TryExport(CueValue value, CueExportOptions options, out string text, out CueError? error) =>
        TryExport(value, [], options, out text, out error);

    /// <summary>One value as an expression, as messages and documents show it; empty when it is too deep or too large.</summary>
    /// <param name="value">A value, of whatever kind.</param>
    /// <param name="options">What is printed.</param>
    public static string Format(CueValue value, CueExportOptions options)
    {
        try
        {
            return CueFormatter.Format(new SyntaxExporter(value.Context, options).Expression(value));
        }
        catch (Exception exception) when (exception is ExportException or InsufficientExecutionStackException)
        {
            return "";
        }
    }

    private static bool TryExport(CueValue value, IReadOnlyList<CueFile> files, CueExportOptions options, out string text, out CueError? error)
    {
        error = null;
        try
        {
            var exporter = new SyntaxExporter(value.Context, options);
            text = CueFormatter.Format(exporter.File(value, files), options.IndentBlanks);
            if (exporter.BeginsApart && text[0] != '\n')
                text = "\n" + text;
            return true;
        }
        catch (ExportException exception)
        {
            error = new CueError(CueErrorCode.Budget, exception.Message, value.Path, []);
        }
        catch (InsufficientExecutionStackException)
        {
            error = new CueError(CueErrorCode.Budget, "value nests too deeply", value.Path, []);
        }

        text = "";
        return false;
    }
}
