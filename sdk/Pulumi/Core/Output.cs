using System.Diagnostics.CodeAnalysis;

namespace Pulumi;

/// <summary>
/// A value that becomes known while the program runs, or only once a deployment has happened. It remembers which resources
/// it came from and whether it is secret.
/// </summary>
/// <typeparam name="T">The type of the value.</typeparam>
public sealed class Output<T> : IOutput
{
    private const string Explanation =
        "Calling ToString on an Output<T> does not give its value, which may not be known yet. "
        + "Use output.Apply(value => ...) or Output.Format($\"...{output}...\") instead.";

    internal Output(Task<OutputData<T>> dataTask)
        : this(dataTask, tracked: true)
    {
    }

    internal Output(OutputData<T> data) => DataTask = Task.FromResult(data);

    private Output(Task<OutputData<T>> dataTask, bool tracked)
    {
        DataTask = dataTask;
        if (tracked)
        {
            Deployment.Track(dataTask);
        }
    }

    internal Task<OutputData<T>> DataTask { get; }

    /// <summary>An output of the task's result.</summary>
    public static Output<T> Create(Task<T> value) => Output.Create(value);

    /// <summary>An output of a resource: the run waits for the registration as a whole, not for each of its outputs.</summary>
    internal static Output<T> Untracked(Task<OutputData<T>> dataTask) => new(dataTask, tracked: false);

    /// <summary>An output of what the function makes of the value; the function runs only once the value is known.</summary>
    public Output<TResult> Apply<TResult>(Func<T, TResult> func)
    {
        ArgumentNullException.ThrowIfNull(func);
        return new Output<TResult>(ApplyAsync(this, func));

        static async Task<OutputData<TResult>> ApplyAsync(Output<T> output, Func<T, TResult> func)
        {
            var data = await output.DataTask.ConfigureAwait(false);
            return data.With(data.IsKnown ? func(data.Value) : default!);
        }
    }

    /// <inheritdoc cref="Apply{TResult}(Func{T, TResult})"/>
    public Output<TResult> Apply<TResult>(Func<T, Task<TResult>> func)
    {
        ArgumentNullException.ThrowIfNull(func);
        return new Output<TResult>(ApplyAsync(this, func));

        static async Task<OutputData<TResult>> ApplyAsync(Output<T> output, Func<T, Task<TResult>> func)
        {
            var data = await output.DataTask.ConfigureAwait(false);
            return data.With(data.IsKnown ? await func(data.Value).ConfigureAwait(false) : default!);
        }
    }

    /// <summary>Runs an asynchronous action on the value once it is known; the output completes with it.</summary>
    public Output<ValueTuple> Apply(Func<T, Task> func)
    {
        ArgumentNullException.ThrowIfNull(func);
        return Apply<ValueTuple>(async value =>
        {
            await func(value).ConfigureAwait(false);
            return default;
        });
    }

    /// <inheritdoc cref="Apply{TResult}(Func{T, TResult})"/>
    public Output<TResult> Apply<TResult>(Func<T, Input<TResult>?> func)
    {
        ArgumentNullException.ThrowIfNull(func);
        return Apply(value => func(value)?.ToOutput());
    }

    /// <inheritdoc cref="Apply{TResult}(Func{T, TResult})"/>
    public Output<TResult> Apply<TResult>(Func<T, Output<TResult>?> func)
    {
        ArgumentNullException.ThrowIfNull(func);
        return new Output<TResult>(ApplyAsync(this, func));

        static async Task<OutputData<TResult>> ApplyAsync(Output<T> output, Func<T, Output<TResult>?> func)
        {
            var data = await output.DataTask.ConfigureAwait(false);
            if (!data.IsKnown || func(data.Value) is not { } inner)
            {
                return data.With<TResult>(default!);
            }

            var result = await inner.DataTask.ConfigureAwait(false);
            return new OutputData<TResult>(
                OutputData.Union(data.Resources, result.Resources), result.Value, result.IsKnown, data.IsSecret || result.IsSecret);
        }
    }

    /// <summary>Not the value: an explanation of how to get at it, and a warning in the log.</summary>
    [SuppressMessage("Design", "CA1065", Justification = "Asked for by the environment variable, as in the official SDK.")]
    public override string ToString()
    {
        if (ProcessEnvironment.IsOn("PULUMI_ERROR_OUTPUT_STRING"))
        {
            throw new InvalidOperationException(Explanation);
        }

        if (Deployment.TryGetCurrent(out var deployment))
        {
            deployment.Logger.Warn(Explanation);
        }

        return Explanation;
    }

    async Task<OutputData<object?>> IOutput.GetDataAsync()
    {
        var data = await DataTask.ConfigureAwait(false);
        return data.With<object?>(data.Value);
    }
}
