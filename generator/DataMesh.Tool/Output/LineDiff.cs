using System.Globalization;
using System.Text;

namespace DataMesh.Tool.Output;

/// <summary>
/// The difference of two texts in the unified form. Lines that occur once in both are the anchors, and matches grow from
/// them: linear but for sorting, and blocks stay together where the shortest difference would tear them apart.
/// </summary>
internal static class LineDiff
{
    private const int Context = 3;

    /// <summary>The difference, with its headings; empty where there is none.</summary>
    public static string Unified(string oldName, string oldText, string newName, string newText)
    {
        if (oldText == newText)
            return "";
        var old = Lines(oldText);
        var @new = Lines(newText);
        StringBuilder text = new($"diff {oldName} {newName}\n--- {oldName}\n+++ {newName}\n");
        Hunk hunk = new();
        int doneOld = 0, doneNew = 0;
        foreach (var anchor in Anchors(old, @new))
        {
            if (anchor.Old < doneOld)
                continue;
            int startOld = anchor.Old, startNew = anchor.New;
            while (startOld > doneOld && startNew > doneNew && old[startOld - 1] == @new[startNew - 1])
                (startOld, startNew) = (startOld - 1, startNew - 1);
            int endOld = anchor.Old, endNew = anchor.New;
            while (endOld < old.Count && endNew < @new.Count && old[endOld] == @new[endNew])
                (endOld, endNew) = (endOld + 1, endNew + 1);

            for (; doneOld < startOld; doneOld++)
                hunk.Remove(old[doneOld]);
            for (; doneNew < startNew; doneNew++)
                hunk.Add(@new[doneNew]);

            // A long stretch of what is equal ends a hunk.
            var isLast = endOld >= old.Count && endNew >= @new.Count;
            if (!hunk.IsEmpty && (isLast || endOld - startOld > 2 * Context))
            {
                var trailing = Math.Min(Context, endOld - startOld);
                for (var i = 0; i < trailing; i++)
                    hunk.Keep(old[startOld + i]);
                hunk.WriteTo(text);
            }

            if (isLast)
                break;
            var leading = hunk.IsEmpty ? Math.Min(Context, endOld - startOld) : endOld - startOld;
            if (hunk.IsEmpty)
                hunk = new Hunk(endOld - leading, endNew - leading);
            for (var i = endOld - leading; i < endOld; i++)
                hunk.Keep(old[i]);
            (doneOld, doneNew) = (endOld, endNew);
        }

        return text.ToString();
    }

    private static List<string> Lines(string text)
    {
        List<string> lines = [.. text.Split('\n').Select(static line => line + "\n")];
        if (lines[^1] == "\n")
            lines.RemoveAt(lines.Count - 1);
        else
            lines[^1] += "\\ No newline at end of file\n";
        return lines;
    }

    /// <summary>The longest run of lines, each once in both texts, that are in the same order; with the ends of both.</summary>
    private static List<(int Old, int New)> Anchors(List<string> old, List<string> @new)
    {
        var places = Once(@new);
        List<(int Old, int New)> pairs =
        [
            .. Once(old).Where(line => places.ContainsKey(line.Key)).Select(line => (line.Value, places[line.Key])).OrderBy(static pair => pair.Value),
        ];

        // The longest increasing subsequence: the last pair of the best run of each length, and who came before whom.
        List<int> last = [];
        var before = new int[pairs.Count];
        for (var i = 0; i < pairs.Count; i++)
        {
            int low = 0, high = last.Count;
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (pairs[last[middle]].New < pairs[i].New)
                    low = middle + 1;
                else
                    high = middle;
            }

            before[i] = low > 0 ? last[low - 1] : -1;
            if (low == last.Count)
                last.Add(i);
            else
                last[low] = i;
        }

        List<(int Old, int New)> anchors = [(old.Count, @new.Count)];
        for (var i = last.Count > 0 ? last[^1] : -1; i >= 0; i = before[i])
            anchors.Add(pairs[i]);
        anchors.Add((0, 0));
        anchors.Reverse();
        return anchors;
    }

    private static Dictionary<string, int> Once(List<string> lines) => lines
        .Select(static (line, index) => (line, index)).GroupBy(static each => each.line, StringComparer.Ordinal)
        .Where(static group => group.Count() == 1).ToDictionary(static group => group.Key, static group => group.First().index, StringComparer.Ordinal);

    private sealed class Hunk(int oldStart = 0, int newStart = 0)
    {
        private readonly StringBuilder _lines = new();
        private int _oldStart = oldStart;
        private int _newStart = newStart;
        private int _old;
        private int _new;
        private bool _hasChanges;

        public bool IsEmpty => !_hasChanges;

        public void Keep(string line)
        {
            _lines.Append(' ').Append(line);
            (_old, _new) = (_old + 1, _new + 1);
        }

        public void Remove(string line)
        {
            _lines.Append('-').Append(line);
            _old++;
            _hasChanges = true;
        }

        public void Add(string line)
        {
            _lines.Append('+').Append(line);
            _new++;
            _hasChanges = true;
        }

        public void WriteTo(StringBuilder text)
        {
            text.Append(CultureInfo.InvariantCulture, $"@@ -{_oldStart + (_old > 0 ? 1 : 0)},{_old} +{_newStart + (_new > 0 ? 1 : 0)},{_new} @@\n").Append(_lines);
            _lines.Clear();
            (_oldStart, _newStart, _old, _new, _hasChanges) = (0, 0, 0, 0, false);
        }
    }
}
