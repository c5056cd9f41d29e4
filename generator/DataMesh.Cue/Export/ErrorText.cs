using System.Text;
using DataMesh.Cue.Syntax;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Export;

/// <summary>Errors as the <c>cue</c> command prints them: <c>path: message:</c> and below it every position.</summary>
public static class ErrorText
{
    /// <param name="errors">The errors, in the order in which they are printed.</param>
    public static string Format(IEnumerable<CueError> errors)
    {
        var text = new StringBuilder();
        foreach (var error in errors)
        {
            text.Append(error.ToString());
            var positions = error.Positions.Where(static position => position.IsValid).ToList();
            text.Append(positions.Count > 0 ? ":\n" : "\n");
            foreach (var position in positions)
                text.Append("    ").Append(FileName(position)).Append(FormattableString.Invariant($":{position.Line}:{position.Column}\n"));
        }

        return text.ToString();
    }

    private static string FileName(Position position) => position.File!.Name.StartsWith("/", StringComparison.Ordinal) ? position.File.Name : "./" + position.File.Name;
}
