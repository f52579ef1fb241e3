using System.Collections.Concurrent;

namespace CantonInfra.Engine.Monitor;

/// <summary>What the engine sees of a program's life: calls in flight, the time since the last one, refused declarations.</summary>
internal sealed class ProgramActivity(TimeProvider clock)
{
    private readonly ConcurrentQueue<string> _refusals = new();
    private long _last = clock.GetTimestamp();
    private int _inFlight;
    private int _hasFailed;

    /// <summary>Whether the program has logged an error or had a declaration refused.</summary>
    public bool HasFailed => Volatile.Read(ref _hasFailed) != 0;

    /// <summary>Why declarations were refused, first to last.</summary>
    public IReadOnlyCollection<string> Refusals => _refusals;

    /// <summary>How long the program has made no call; zero while one is in flight.</summary>
    public TimeSpan Idle => Volatile.Read(ref _inFlight) > 0 ? TimeSpan.Zero : clock.GetElapsedTime(Volatile.Read(ref _last));

    /// <summary>Notes a call until the result is disposed of.</summary>
    public IDisposable Begin()
    {
        Interlocked.Increment(ref _inFlight);
        return new Call(this);
    }

    /// <summary>Notes that the program has failed.</summary>
    public void Failed() => Volatile.Write(ref _hasFailed, 1);

    /// <summary>Notes that a call was refused.</summary>
    public void Refused(string reason)
    {
        _refusals.Enqueue(reason);
        Failed();
    }

    private sealed class Call(ProgramActivity activity) : IDisposable
    {
        public void Dispose()
        {
            Volatile.Write(ref activity._last, activity.Timestamp());
            Interlocked.Decrement(ref activity._inFlight);
        }
    }

    private long Timestamp() => clock.GetTimestamp();
}
