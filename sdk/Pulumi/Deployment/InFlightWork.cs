using System.Collections.Immutable;

namespace Pulumi;

/// <summary>All that a program has started and that is not through: the run ends when nothing is left, or something failed.</summary>
internal sealed class InFlightWork
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ImmutableList<Exception> _errors = [];
    private int _count;

    /// <summary>What has failed so far, each exception once.</summary>
    public ImmutableList<Exception> Errors
    {
        get
        {
            lock (_lock)
            {
                return _errors;
            }
        }
    }

    public void Add(Task task)
    {
        if (task.IsCompletedSuccessfully)
        {
            return;
        }

        lock (_lock)
        {
            _count++;
        }

        task.ContinueWith(
            static (done, state) => ((InFlightWork)state!).Remove(done),
            this,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    public void Fail(Exception exception)
    {
        lock (_lock)
        {
            var causes = exception is AggregateException aggregate ? aggregate.Flatten().InnerExceptions : [exception];
            foreach (var cause in causes)
            {
                if (!_errors.Contains(cause))
                {
                    _errors = _errors.Add(cause);
                }
            }
        }

        _failed.TrySetResult();
    }

    /// <summary>Completes when nothing is in flight, or something has failed.</summary>
    public async Task SettleAsync()
    {
        while (true)
        {
            Task idle;
            lock (_lock)
            {
                if (_count == 0 || !_errors.IsEmpty)
                {
                    return;
                }

                if (_idle.Task.IsCompleted)
                {
                    _idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                }

                idle = _idle.Task;
            }

            await Task.WhenAny(idle, _failed.Task).ConfigureAwait(false);
        }
    }

    private void Remove(Task task)
    {
        if (task.IsFaulted)
        {
            Fail(task.Exception);
        }
        else if (task.IsCanceled)
        {
            Fail(new TaskCanceledException(task));
        }

        TaskCompletionSource? idle = null;
        lock (_lock)
        {
            if (--_count == 0)
            {
                idle = _idle;
            }
        }

        idle?.TrySetResult();
    }
}
