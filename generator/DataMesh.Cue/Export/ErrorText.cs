using System.Text;
using DataMesh.Cue.Syntax;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Export;

/// <summary>Errors as the <c>cue</c> command prints them: <c>path: message:</c> and below it every position.</summary>
public static class ErrorText
{
    /// <summary>The order of the command: by place, then by path and message. What has no place comes first.</summary>
    public static IReadOnlyList<CueError> Sort(IEnumerable<CueError> errors) =>
    [
        .. errors.OrderBy(static error => error.Place)
            .ThenBy(static error => error.Path, StringComparer.Ordinal)
            .ThenBy(static error => error.Message, StringComparer.Ordinal),
    ];

    /// <param name="errors">The errors, in any order.</param>
    public static string Format(IEnumerable<CueError> errors)
    {
        var text = new StringBuilder();
        foreach (var error in Sort(errors))
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
