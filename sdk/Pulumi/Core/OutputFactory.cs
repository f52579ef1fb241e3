using System.Collections.Immutable;
using System.Globalization;

namespace Pulumi;

/// <summary>Makes and combines outputs.</summary>
public static partial class Output
{
    /// <summary>An output of a value that is known already.</summary>
    public static Output<T> Create<T>(T value) => new(OutputData.Known(value));

    /// <summary>An output of the task's result.</summary>
    public static Output<T> Create<T>(Task<T> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new Output<T>(FromTaskAsync(value, isSecret: false));
    }

    /// <summary>A secret output of a value.</summary>
    public static Output<T> CreateSecret<T>(T value) => new(OutputData.Known(value, isSecret: true));

    /// <summary>A secret output of the task's result.</summary>
    public static Output<T> CreateSecret<T>(Task<T> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new Output<T>(FromTaskAsync(value, isSecret: true));
    }

    /// <summary>The same output, marked secret.</summary>
    public static Output<T> CreateSecret<T>(Output<T> value) => WithSecret(value, isSecret: true);

    /// <summary>The same output without its secret mark.</summary>
    public static Output<T> Unsecret<T>(Output<T> output) => WithSecret(output, isSecret: false);

    /// <summary>Whether the output is secret.</summary>
    public static async Task<bool> IsSecretAsync<T>(Output<T> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        return (await output.DataTask.ConfigureAwait(false)).IsSecret;
    }

    /// <summary>One output of all the values, in order.</summary>
    public static Output<ImmutableArray<T>> All<T>(params Input<T>[] inputs) => All((IEnumerable<Input<T>>)inputs);

    /// <inheritdoc cref="All{T}(Input{T}[])"/>
    public static Output<ImmutableArray<T>> All<T>(IEnumerable<Input<T>> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return AllOf(inputs.Select(input => input.ToOutput()).ToArray());
    }

    /// <inheritdoc cref="All{T}(Input{T}[])"/>
    public static Output<ImmutableArray<T>> All<T>(params Output<T>[] outputs) => All((IEnumerable<Output<T>>)outputs);

    /// <inheritdoc cref="All{T}(Input{T}[])"/>
    public static Output<ImmutableArray<T>> All<T>(IEnumerable<Output<T>> outputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        return AllOf(outputs.ToArray());
    }

    /// <summary>Formats text whose holes may be outputs, inputs or plain values, independent of the machine's culture.</summary>
    public static Output<string> Format(FormattableString formattableString)
    {
        ArgumentNullException.ThrowIfNull(formattableString);
        var holes = formattableString.GetArguments().Select(ToUntyped).ToArray();
        return AllOf(holes).Apply(values => string.Format(CultureInfo.InvariantCulture, formattableString.Format, [.. values]));
    }

    /// <summary>A known output of the type's default.</summary>
    internal static Output<T> Default<T>() => new(OutputData.Known<T>(default!));

    internal static Output<T> Unknown<T>(bool isSecret = false) =>
        new(new OutputData<T>([], default!, IsKnown: false, isSecret));

    /// <summary>An output of any value: what an output or input resolves to, else the value itself.</summary>
    internal static Output<object?> ToUntyped(object? value)
    {
        var output = value switch
        {
            IInput input => input.ToUntypedOutput(),
            IOutput direct => direct,
            _ => null,
        };
        return output is null ? Create(value) : output as Output<object?> ?? new Output<object?>(output.GetDataAsync());
    }

    private static async Task<OutputData<T>> FromTaskAsync<T>(Task<T> value, bool isSecret) =>
        OutputData.Known(await value.ConfigureAwait(false), isSecret);

    private static Output<T> WithSecret<T>(Output<T> output, bool isSecret)
    {
        ArgumentNullException.ThrowIfNull(output);
        return new Output<T>(MarkAsync(output, isSecret));

        static async Task<OutputData<T>> MarkAsync(Output<T> output, bool isSecret) =>
            await output.DataTask.ConfigureAwait(false) with { IsSecret = isSecret };
    }

    private static Output<ImmutableArray<T>> AllOf<T>(Output<T>[] outputs)
    {
        return new Output<ImmutableArray<T>>(CombineAsync(outputs));

        static async Task<OutputData<ImmutableArray<T>>> CombineAsync(Output<T>[] outputs)
        {
            var values = ImmutableArray.CreateBuilder<T>(outputs.Length);
            var all = OutputData.Known<ImmutableArray<T>>([]);
            foreach (var output in outputs)
            {
                var data = await output.DataTask.ConfigureAwait(false);
                values.Add(data.Value);
                all = Join(all, data);
            }

            return all.With(values.MoveToImmutable());
        }
    }

    private static OutputData<TFirst> Join<TFirst, TSecond>(OutputData<TFirst> first, OutputData<TSecond> second) =>
        new(
            OutputData.Union(first.Resources, second.Resources),
            first.Value,
            first.IsKnown && second.IsKnown,
            first.IsSecret || second.IsSecret);
}
