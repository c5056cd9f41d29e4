using System.Text.Json;
using DataMesh.Conformance.Corpora;

namespace DataMesh.Conformance.Running;

/// <summary>
/// The child process that judges cases. It is told <c>file TAB index</c> on a line and answers with one line of JSON.
/// A process of its own, because a stack overflow cannot be caught: it ends this process, which the parent sees.
/// </summary>
internal static class Worker
{
    /// <summary>As small as the stack of a compiler's thread on the platform with the smallest one.</summary>
    private const int StackSize = 1024 * 1024;

    public static int Serve(TextReader input, TextWriter output)
    {
        Dictionary<string, string[]> files = new(StringComparer.Ordinal);
        Thread thread = new(
            () =>
            {
                while (input.ReadLine() is { } request)
                {
                    string[] parts = request.Split('\t');
                    if (!files.TryGetValue(parts[0], out string[]? lines))
                        files.Add(parts[0], lines = CorpusFile.ReadLines(parts[0]));
                    CaseResult result = Judge(parts[0], lines[int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture)]);
                    output.WriteLine(JsonSerializer.Serialize(result));
                    output.Flush();
                }
            },
            StackSize);
        thread.Start();
        thread.Join();
        return 0;
    }

    /// <summary>Judges one line of a corpus file; what its judge throws is a difference of every heading.</summary>
    public static CaseResult Judge(string file, string line)
    {
        ICorpus corpus = CorpusCatalog.Find(Path.GetFileName(file))
            ?? throw new ArgumentException($"There is no judge for '{file}'.", nameof(file));
        using JsonDocument document = JsonDocument.Parse(line, CorpusFile.JsonOptions);
        string id = document.RootElement.GetProperty("id").GetString() ?? "";
        try
        {
            return new(id, [.. corpus.Judge(document.RootElement, Path.GetDirectoryName(file)!)]);
        }
        catch (Exception e)
        {
            string place = e.StackTrace?.Split('\n').FirstOrDefault()?.Trim() ?? "";
            return new(id, [new(CorpusFile.Heading(file), $"crash: {e.GetType().Name}: {e.Message} {place}".ReplaceLineEndings(" "))]);
        }
    }
}
