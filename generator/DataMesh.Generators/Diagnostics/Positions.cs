using System.Text;
using DataMesh.Cue.Syntax;

namespace DataMesh.Generators.Diagnostics;

/// <summary>From CUE's positions, which count bytes of UTF-8, to Roslyn's, which count UTF-16 units.</summary>
internal static class Positions
{
    /// <summary>The token at a position, or the start of <paramref name="fallbackPath"/> when there is no position.</summary>
    public static FileRange ToRange(this Position position, string fallbackPath)
    {
        if (position.File is not { } file)
            return FileRange.StartOf(fallbackPath);
        ReadOnlySpan<byte> utf8 = file.Utf8;
        int offset = Math.Min(Math.Max(position.Offset, 0), utf8.Length);
        int line = file.GetLineAndColumn(offset).Line;
        int lineStart = file.GetLineStart(line);
        int column = CountUtf16(utf8.Slice(lineStart, offset - lineStart));
        int length = CountUtf16(utf8.Slice(offset, TokenLength(utf8.Slice(offset))));
        return new FileRange(
            file.Name, CountUtf16(utf8.Slice(0, offset)), length, line - 1, column, line - 1, column + length);
    }

    private static int CountUtf16(ReadOnlySpan<byte> utf8)
    {
        int units = 0;
        foreach (byte b in utf8)
        {
            // One unit for each lead byte, and a second one where four bytes become a surrogate pair.
            if ((b & 0xC0) != 0x80)
                units += b >= 0xF0 ? 2 : 1;
        }
        return units;
    }

    /// <summary>The bytes of the name or number that starts here; of anything else, one character.</summary>
    private static int TokenLength(ReadOnlySpan<byte> utf8)
    {
        int length = 0;
        while (length < utf8.Length && IsNamePart(utf8[length]))
            length++;
        if (length == 0 && utf8.Length > 0 && utf8[0] is not ((byte)'\n' or (byte)'\r'))
            length = 1;
        return length;
    }

    private static bool IsNamePart(byte b) =>
        b is (>= (byte)'a' and <= (byte)'z') or (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'0' and <= (byte)'9')
            or (byte)'_' or (byte)'#' or (byte)'$' or >= 0x80;
}
