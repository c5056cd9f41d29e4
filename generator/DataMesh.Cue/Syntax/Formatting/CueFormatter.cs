namespace DataMesh.Cue.Syntax.Formatting;

/// <summary>Writes trees as text, laid out as <c>cue fmt</c> does.</summary>
public static class CueFormatter
{
    /// <summary>Formats a file. A tree with errors is written as far as it was recognised.</summary>
    /// <param name="file">The file.</param>
    /// <param name="indentBlanks">How many blanks a level is indented by; 0 for a tab.</param>
    public static string Format(CueFile file, int indentBlanks = 0)
    {
        var printer = new Printer(indentBlanks);
        printer.PrintFile(file);
        return printer.ToText();
    }

    /// <summary>Formats one expression, without a line break at the end.</summary>
    public static string Format(Expression expression)
    {
        var printer = new Printer();
        printer.PrintExpression(expression);
        return printer.ToText().TrimEnd('\n');
    }

    /// <summary>Formats text as <c>cue fmt</c> does; null, with the errors, where it is no CUE.</summary>
    public static string? Format(string source, out IReadOnlyList<SyntaxError> errors)
    {
        var result = CueParser.ParseFile("", source);
        errors = result.Errors;
        return errors.Count == 0 ? Format(result.File) : null;
    }
}
