using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace DataMesh.Benchmarks;

/// <summary>One message, measured by BenchmarkDotNet in this process, beside real CUE in Go.</summary>
internal static class InProcess
{
    public static IEnumerable<Result> Run()
    {
        Job job = Job.Default
            .WithToolchain(InProcessEmitToolchain.Instance)
            .WithWarmupCount(4)
            .WithIterationCount(10)
            .WithIterationTime(TimeInterval.FromMilliseconds(250));
        var log = new AccumulationLogger();
        Summary summary = BenchmarkRunner.Run<MessageBenchmarks>(
            ManualConfig.CreateEmpty().AddJob(job).AddDiagnoser(MemoryDiagnoser.Default).AddLogger(log)
                .WithOptions(ConfigOptions.DisableLogFile)
                .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "datamesh-benchmarks")));
        foreach (BenchmarkReport report in summary.Reports)
        {
            if (report.ResultStatistics is not { } statistics)
                throw new InvalidOperationException($"{report.BenchmarkCase.DisplayInfo} did not run:\n{log.GetLog()}");
            yield return new Result(
                report.BenchmarkCase.Descriptor.Categories[0],
                report.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo.Trim('\''),
                statistics.Median / 1e9,
                Result.Nanoseconds(statistics.Median / 1e9),
                $"{report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0:N0} B");
        }

        foreach (Result result in GoPeer.Bench())
            yield return result;
    }
}
