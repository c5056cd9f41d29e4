using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace DataMesh.Generators.Diagnostics;

/// <summary>
/// A place in a <c>.cue</c> file by path and numbers, so that it compares by value and keeps no text alive.
/// Lines and columns count from 0, columns and offsets in UTF-16 units, as Roslyn has it.
/// </summary>
internal sealed record FileRange(string Path, int Start, int Length, int StartLine, int StartColumn, int EndLine, int EndColumn)
{
    /// <summary>The start of a file; where errors are shown that belong to the file as a whole.</summary>
    public static FileRange StartOf(string path) => new(path, 0, 0, 0, 0, 0, 0);

    public Location ToLocation() => Location.Create(
        Path,
        new TextSpan(Start, Length),
        new LinePositionSpan(new LinePosition(StartLine, StartColumn), new LinePosition(EndLine, EndColumn)));
}
