using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Values;

/// <content>Tasks: what of a vertex waits for something else, until nothing gets any further.</content>
internal sealed partial class Evaluator
{
    private void AddTask(Vertex vertex, EvaluationTask task)
    {
        // Lists that are written here come before those that are referred to.
        var state = vertex.State!;
        Change(vertex);
        var tasks = state.Tasks;
        var place = task.Kind == TaskKind.List && vertex.Status == VertexStatus.Processing ? tasks.FindIndex(static each => each.Kind != TaskKind.List) : -1;
        state.InsertTask(place < 0 ? tasks.Count : place, task);
    }

    /// <summary>Tries the tasks that wait, until none gets any further.</summary>
    /// <param name="vertex">The vertex.</param>
    /// <param name="isForced">Whether what is left is to be forced: all is tried before.</param>
    private void RunTasks(Vertex vertex, bool isForced = false)
    {
        if (vertex.State is not { Tasks.Count: > 0 } state || (_attempts > MaxAttempts && !isForced && WasTried(state)))
            return;
        var final = _final;
        var isRunning = state.IsRunning;
        _final = false;
        state.IsRunning = true;
        bool progress;
        do
        {
            progress = false;
            state.TriedAt = _changes;
            for (var i = 0; i < state.Tasks.Count; i++)
            {
                var task = state.Tasks[i];
                if (task.IsRunning || task.IsDone)
                    continue;
                _attempts++;
                progress |= Run(vertex, task);
            }

            state.RemoveDoneTasks();
        }
        while (progress && state.Tasks.Count > 0);
        state.IsRunning = isRunning;
        _final = final;
    }

    /// <summary>
    /// Whether the tasks of a vertex, which another task asks for, are being tried or were since something became known.
    /// Tasks that all wait for each other would otherwise be tried on every way that leads from one to the other.
    /// </summary>
    private bool WasTried(NodeState state) => _task is not null && (state.IsRunning || state.TriedAt == _changes);

    /// <summary>Runs what is left with what is known; errors that were "not yet" become the value's.</summary>
    /// <param name="vertex">The vertex.</param>
    /// <param name="mayHold">Whether a comprehension is left that turns out to depend on the one that is being evaluated.</param>
    private void ForceTasks(Vertex vertex, bool mayHold = false)
    {
        RunTasks(vertex, true);
        var state = vertex.State;
        while (state is not null && state.Tasks.Find(static task => task is { IsRunning: false, IsDone: false, Holder: null }) is { } next)
        {
            var (final, outer, forced) = (_final, _mayHold, _forced);
            _final = true;
            _mayHold = mayHold;
            _holder = null;
            _forced = next;
            Run(vertex, next);
            next.HeldBy = mayHold && !ReferenceEquals(_holder, next) ? _holder : null;
            if (next is { IsDone: false, Holder: null })
            {
                // There is nothing left to wait for.
                _mayHold = false;
                Run(vertex, next);
            }

            next.IsDone |= next.Holder is null;
            (_final, _mayHold, _forced) = (final, outer, forced);
            state.RemoveDoneTasks();
            RunTasks(vertex, true);
            state = vertex.State;
        }
    }

    private bool Run(Vertex vertex, EvaluationTask task)
    {
        Step();
        Enter();
        task.IsRunning = true;
        (task.AskedInCircle, task.CircularChoice, task.Failed) = (null, null, null);
        var (running, around, startedAt, isTest, isBound) = (_running, _task, vertex.StartedAt, _isTest, _isBound);
        (_running, _task, _isTest, _isBound) = (vertex, task, false, false);
        vertex.StartedAt = Math.Min(startedAt, _depth);
        var error = task.Kind switch
        {
            TaskKind.Expression => RunExpression(vertex, task),
            TaskKind.Comprehension => RunComprehension(vertex, task),
            TaskKind.DynamicField => RunDynamicField(vertex, task),
            TaskKind.Pattern => RunPattern(vertex, task),
            _ => RunList(vertex, task),
        };
        task.IsRunning = false;
        vertex.StartedAt = startedAt;
        (_running, _task, _isTest, _isBound) = (running, around, isTest, isBound);
        Leave();
        task.LastError = error;
        if (error is { IsIncomplete: true } && (!_final || (_mayHold && error.IsBlocked)))
            return false;
        task.IsDone = true;
        Change(vertex);
        if (error is null)
            return true;
        if (error.IsIncomplete)
            vertex.State!.AddIncomplete(task);
        AddError(vertex, error);
        return true;
    }
}
