using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Values;

/// <summary>The positions of an error: those of the operands and of the references that brought them together.</summary>
internal static class ErrorPositions
{
    public static IReadOnlyList<Position> Of(params Located[] operands)
    {
        var positions = new List<Position>();
        foreach (var operand in operands)
        {
            positions.Add(operand.Position);
            Collect(operand.Info.Trace, positions, 0);
        }

        return Sort(positions);
    }

    public static IReadOnlyList<Position> Sort(IEnumerable<Position> positions)
    {
        var result = new List<Position>();
        foreach (var position in positions)
        {
            if (position.IsValid && !result.Contains(position))
                result.Add(position);
        }

        result.Sort();
        return result;
    }

    private static void Collect(Trace? trace, List<Position> positions, int depth)
    {
        for (; trace is not null && depth < 64 && positions.Count < 64; trace = trace.Outer, depth++)
        {
            positions.Add(trace.Position);
            Collect(trace.Inner, positions, depth + 1);
        }
    }
}
