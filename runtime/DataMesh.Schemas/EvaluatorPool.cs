using System.Collections.Concurrent;

namespace DataMesh.Schemas;

/// <summary>
/// Evaluators for several threads: each is one thread's at a time, there are at most so many, and who finds none free waits.
/// No wait is long, because each use has a budget.
/// </summary>
internal sealed class EvaluatorPool(Func<SchemaEvaluator> create, int limit)
{
    private readonly ConcurrentBag<SchemaEvaluator> _free = [];
    private readonly SemaphoreSlim _places = new(limit);

    public SchemaEvaluator Take()
    {
        _places.Wait();
        try
        {
            return _free.TryTake(out var evaluator) ? evaluator : create();
        }
        catch
        {
            _places.Release();
            throw;
        }
    }

    public void Return(SchemaEvaluator evaluator)
    {
        if (!evaluator.IsWorn)
            _free.Add(evaluator);
        _places.Release();
    }
}
