using System.Text;

namespace DataMesh.Cue.Builtins.Templates;

/// <summary>
/// Aligns text whose cells end in tabs, horizontal or vertical: a column is a block of lines, one below the other, that have a
/// cell there, and is as wide as its widest cell and one blank. A form feed ends a line and all blocks.
/// </summary>
internal static class TabbedColumns
{
    private const int Padding = 1;

    public static string Align(string text)
    {
        List<string[]> lines = [.. text.Split('\n', '\f').Select(line => line.Split('\t', '\v'))];
        bool[] endsBlocks = [.. text.Where(c => c is '\n' or '\f').Select(c => c == '\f'), false];
        int[][] widths = [.. lines.Select(cells => new int[cells.Length - 1])];
        for (int start = 0; start < lines.Count; start++)
        {
            for (int column = 0; column < widths[start].Length; column++)
            {
                bool isBlockStart = start == 0 || endsBlocks[start - 1] || column >= widths[start - 1].Length;
                if (isBlockStart)
                    Measure(lines, endsBlocks, widths, start, column);
            }
        }

        StringBuilder result = new();
        for (int i = 0; i < lines.Count; i++)
        {
            for (int column = 0; column < lines[i].Length; column++)
            {
                string cell = lines[i][column];
                result.Append(cell);
                if (column < widths[i].Length)
                    result.Append(' ', widths[i][column] - CodePoints.Count(cell));
            }

            if (i < lines.Count - 1)
                result.Append('\n');
        }

        return result.ToString();
    }

    /// <summary>Sets the width of a column for the lines of its block; a column of empty cells takes no room.</summary>
    private static void Measure(List<string[]> lines, bool[] endsBlocks, int[][] widths, int start, int column)
    {
        int end = start, width = 0;
        bool hasText = false;
        for (; end < lines.Count && column < widths[end].Length; end++)
        {
            int cell = CodePoints.Count(lines[end][column]);
            hasText |= cell > 0;
            width = Math.Max(width, cell + Padding);
            if (endsBlocks[end])
            {
                end++;
                break;
            }
        }

        for (int i = start; i < end; i++)
            widths[i][column] = hasText ? width : Padding;
    }
}
