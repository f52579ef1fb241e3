using System.Collections.Immutable;

namespace Pulumi.Serialization;

/// <summary>An output of a resource that is still to come, and what gives it its value.</summary>
internal abstract class OutputSource
{
    public abstract object Output { get; }

    public abstract Type Type { get; }

    public abstract void Resolve(object? value, bool isKnown, bool isSecret, ImmutableHashSet<Resource> resources);

    public abstract void Fail(Exception exception);
}

/// <inheritdoc/>
internal sealed class OutputSource<T> : OutputSource
{
    // Not inline: what waits for one output must not hold up the others of the same resource.
    private readonly TaskCompletionSource<OutputData<T>> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public OutputSource() => Output = Output<T>.Untracked(_completion.Task);

    public override object Output { get; }

    public override Type Type => typeof(T);

    public override void Resolve(object? value, bool isKnown, bool isSecret, ImmutableHashSet<Resource> resources) =>
        _completion.TrySetResult(new OutputData<T>(resources, value is null ? default! : (T)value, isKnown, isSecret));

    public override void Fail(Exception exception) => _completion.TrySetException(exception);
}
