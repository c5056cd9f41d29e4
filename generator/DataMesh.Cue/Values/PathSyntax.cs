using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Values;

/// <summary>Paths as CUE writes them: names and quoted names with dots between.</summary>
public static class PathSyntax
{
    /// <summary>The labels of a path without their quotes: names, indices, and texts that were quoted.</summary>
    /// <param name="path"><c>a.b.0."c-d"</c>; empty for none.</param>
    public static IEnumerable<(string Name, bool IsQuoted)> Split(string path)
    {
        var i = 0;
        while (i < path.Length)
        {
            if (path[i] == '"')
            {
                var end = i + 1;
                while (end < path.Length && path[end] != '"')
                    end += path[end] == '\\' ? 2 : 1;
                end = Math.Min(end + 1, path.Length);
                var literal = path.Substring(i, end - i);
                yield return (Literals.TryUnquote(literal, out var value, out _) ? value.Text : literal, true);
                i = end + 1;
                continue;
            }

            var dot = path.IndexOf('.', i);
            if (dot < 0)
                dot = path.Length;
            yield return (path.Substring(i, dot - i), false);
            i = dot + 1;
        }
    }
}
