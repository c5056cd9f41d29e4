namespace DataMesh.Benchmarks;

/// <summary>One line of the table.</summary>
/// <param name="Task">What was done.</param>
/// <param name="Contender">By whom.</param>
/// <param name="Seconds">How long one took, or the inverse of how many were done a second: what the ratio is made of.</param>
/// <param name="Figure">The measurement with its unit.</param>
/// <param name="Detail">Allocations, latencies.</param>
internal sealed record Result(string Task, string Contender, double Seconds, string Figure, string Detail)
{
    public static string Nanoseconds(double seconds) => FormattableString.Invariant($"{seconds * 1e9:N0} ns");

    public static string PerSecond(double rate, string what) => FormattableString.Invariant($"{rate:N0} {what}/s");
}
