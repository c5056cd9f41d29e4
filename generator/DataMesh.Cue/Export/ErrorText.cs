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

    /// <param name="errors">The errors, in the order in which they are shown: see <see cref="Sort"/>.</param>
    /// <param name="show">What the name of a file is shown as.</param>
    public static string Format(IEnumerable<CueError> errors, Func<string, string> show)
    {
        var text = new StringBuilder();
        foreach (var error in errors)
        {
            var places = Places(error, show);
            text.Append(error);
            if (error.Previous.IsValid)
                text.Append("\n\tprevious declaration at ").Append(Place(error.Previous, show));
            text.Append(places.Count > 0 ? ":\n" : "\n");
            foreach (var place in places)
                text.Append("    ").Append(place).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>The positions of an error: <c>file:line:column</c>.</summary>
    /// <param name="error">The error.</param>
    /// <param name="show">What the name of a file is shown as.</param>
    public static IReadOnlyList<string> Places(CueError error, Func<string, string> show) =>
    [
        .. error.Positions.Where(static position => position.IsValid)
            .Select(position => Place(position, show)),
    ];

    private static string Place(Position position, Func<string, string> show) =>
        (position.File!.Name.Length > 0 ? show(position.File.Name) + ":" : "") + FormattableString.Invariant($"{position.Line}:{position.Column}");
}
