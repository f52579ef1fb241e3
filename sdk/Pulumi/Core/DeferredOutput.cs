namespace Pulumi;

/// <summary>An output that can be handed out before it is known what it will be.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
public sealed class DeferredOutput<T>
{
    private readonly TaskCompletionSource<Output<T>> _resolved = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>An output without a source so far.</summary>
    public DeferredOutput() => Output = new Output<T>(FollowAsync(_resolved.Task));

    /// <summary>The output to hand out.</summary>
    public Output<T> Output { get; }

    /// <summary>Lets <see cref="Output"/> become what that output becomes.</summary>
    /// <exception cref="InvalidOperationException">It was resolved before.</exception>
    public void Resolve(Output<T> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (!_resolved.TrySetResult(output))
        {
            throw new InvalidOperationException("A deferred output can be resolved once only.");
        }
    }

    private static async Task<OutputData<T>> FollowAsync(Task<Output<T>> resolved)
    {
        var output = await resolved.ConfigureAwait(false);
        return await output.DataTask.ConfigureAwait(false);
    }
}
