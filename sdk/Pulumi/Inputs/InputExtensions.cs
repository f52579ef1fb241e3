namespace Pulumi;

/// <summary>Lets inputs be used like outputs.</summary>
public static class InputExtensions
{
    /// <summary>The input as an output; no input at all counts as one of the type's default.</summary>
    public static Output<T> ToOutput<T>(this Input<T>? input) => input?.CurrentOutput ?? Output.Default<T>();

    /// <summary>An output of what the function makes of the value; the function runs only once the value is known.</summary>
    public static Output<TResult> Apply<T, TResult>(this Input<T>? input, Func<T, TResult> func) => input.ToOutput().Apply(func);

    /// <inheritdoc cref="Apply{T, TResult}(Input{T}, Func{T, TResult})"/>
    public static Output<TResult> Apply<T, TResult>(this Input<T>? input, Func<T, Task<TResult>> func) =>
        input.ToOutput().Apply(func);

    /// <inheritdoc cref="Apply{T, TResult}(Input{T}, Func{T, TResult})"/>
    public static Output<TResult> Apply<T, TResult>(this Input<T>? input, Func<T, Input<TResult>?> func) =>
        input.ToOutput().Apply(func);

    /// <inheritdoc cref="Apply{T, TResult}(Input{T}, Func{T, TResult})"/>
    public static Output<TResult> Apply<T, TResult>(this Input<T>? input, Func<T, Output<TResult>?> func) =>
        input.ToOutput().Apply(func);
}
