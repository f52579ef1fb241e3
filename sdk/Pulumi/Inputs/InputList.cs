using System.Collections;
using System.Collections.Immutable;

namespace Pulumi;

/// <summary>A list of inputs. Works with collection initialisers; one unknown item leaves the others known.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
public sealed class InputList<T> : Input<ImmutableArray<T>>, IEnumerable, IAsyncEnumerable<Input<T>>
{
    // Each part is one item, or an output of several; their order is the list's.
    private ImmutableArray<object> _parts;

    /// <summary>An empty list.</summary>
    public InputList()
        : this([])
    {
    }

    private InputList(ImmutableArray<object> parts) => _parts = parts;

    internal bool IsEmpty => _parts.IsEmpty;

    internal override object Content => _parts switch
    {
        [Output<ImmutableArray<T>> whole] => whole,
        _ when _parts.All(part => part is Input<T>) => ImmutableArray.CreateRange(_parts, part => (Input<T>)part),
        _ => CombinedItems,
    };

    internal override Output<ImmutableArray<T>> CurrentOutput => _parts switch
    {
        [Output<ImmutableArray<T>> whole] => whole,
        _ => CombinedItems.Apply(items => Output.All(items)),
    };

    // An output of inputs: its own dependencies and secretness are those of the parts that are outputs of several items.
    private Output<ImmutableArray<Input<T>>> CombinedItems
    {
        get
        {
            return Output.All(_parts.Select(ItemsOf)).Apply(lists => lists.SelectMany(list => list).ToImmutableArray());

            static Output<ImmutableArray<Input<T>>> ItemsOf(object part) => part is Output<ImmutableArray<T>> several
                ? several.Apply(items => Wrap(items))
                : Output.Create(ImmutableArray.Create((Input<T>)part));
        }
    }

    /// <summary>Adds items at the end.</summary>
    public void Add(params Input<T>[] inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        _parts = _parts.AddRange(Parts(inputs));
    }

    /// <summary>Adds the items of another list at the end.</summary>
    public void Add(InputList<T> inputs) => AddRange(inputs);

    /// <inheritdoc cref="Add(InputList{T})"/>
    public void AddRange(InputList<T> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        _parts = _parts.AddRange(inputs._parts);
    }

    /// <summary>A new list with the items of this one and then those of the other.</summary>
    public InputList<T> Concat(InputList<T> other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new InputList<T>(_parts.AddRange(other._parts));
    }

    /// <summary>The items, as they become known.</summary>
    public async IAsyncEnumerator<Input<T>> GetAsyncEnumerator(CancellationToken cancellationToken)
    {
        var data = await CombinedItems.DataTask.WaitAsync(cancellationToken).ConfigureAwait(false);
        foreach (var item in data.Value.IsDefault ? [] : data.Value)
        {
            yield return item;
        }
    }

    /// <summary>A list of one item.</summary>
    public static implicit operator InputList<T>(T value) => new([(Input<T>)value]);

    /// <inheritdoc cref="op_Implicit(T)"/>
    public static implicit operator InputList<T>(Output<T> value) => new([(Input<T>)value]);

    /// <inheritdoc cref="op_Implicit(T)"/>
    public static implicit operator InputList<T>(Input<T> value) => new([.. Parts(value)]);

    /// <summary>A list of these items.</summary>
    public static implicit operator InputList<T>(T[] values) => FromItems(values);

    /// <inheritdoc cref="op_Implicit(T[])"/>
    public static implicit operator InputList<T>(Output<T>[] values) => FromOutputs(values);

    /// <inheritdoc cref="op_Implicit(T[])"/>
    public static implicit operator InputList<T>(Input<T>[] values) => FromInputs(values);

    /// <inheritdoc cref="op_Implicit(T[])"/>
    public static implicit operator InputList<T>(List<T> values) => FromItems(values);

    /// <inheritdoc cref="op_Implicit(T[])"/>
    public static implicit operator InputList<T>(List<Output<T>> values) => FromOutputs(values);

    /// <inheritdoc cref="op_Implicit(T[])"/>
    public static implicit operator InputList<T>(List<Input<T>> values) => FromInputs(values);

    /// <inheritdoc cref="op_Implicit(T[])"/>
    public static implicit operator InputList<T>(ImmutableArray<T> values) => FromItems(values.IsDefault ? [] : values);

    /// <inheritdoc cref="op_Implicit(T[])"/>
    public static implicit operator InputList<T>(ImmutableArray<Output<T>> values) => FromOutputs(values.IsDefault ? [] : values);

    /// <inheritdoc cref="op_Implicit(T[])"/>
    public static implicit operator InputList<T>(ImmutableArray<Input<T>> values) => FromInputs(values.IsDefault ? [] : values);

    /// <summary>A list of the items that the output gives.</summary>
    public static implicit operator InputList<T>(Output<T[]> values) =>
        FromWhole(values?.Apply(items => items is null ? default : ImmutableArray.Create(items)));

    /// <inheritdoc cref="op_Implicit(Output{T[]})"/>
    public static implicit operator InputList<T>(Output<List<T>> values) =>
        FromWhole(values?.Apply(items => items?.ToImmutableArray() ?? default));

    /// <inheritdoc cref="op_Implicit(Output{T[]})"/>
    public static implicit operator InputList<T>(Output<IEnumerable<T>> values) =>
        FromWhole(values?.Apply(items => items?.ToImmutableArray() ?? default));

    /// <inheritdoc cref="op_Implicit(Output{T[]})"/>
    public static implicit operator InputList<T>(Output<ImmutableArray<T>> values) => FromWhole(values);

    IEnumerator IEnumerable.GetEnumerator() => throw new NotSupportedException(
        "An InputList can be enumerated asynchronously only, because some of its items may not be known yet.");

    private static InputList<T> FromItems(IEnumerable<T>? values) =>
        values is null ? null! : new([.. values.Select(value => (object)(Input<T>)value)]);

    private static InputList<T> FromOutputs(IEnumerable<Output<T>>? values) =>
        values is null ? null! : new([.. values.Select(value => (object)(Input<T>)(value ?? Output.Default<T>()))]);

    private static InputList<T> FromInputs(IEnumerable<Input<T>>? values) =>
        values is null ? null! : new([.. Parts([.. values])]);

    private static InputList<T> FromWhole(Output<ImmutableArray<T>>? values) => values is null ? null! : new([values]);

    // A null among the items is an item of the default value.
    private static IEnumerable<object> Parts(params Input<T>[] inputs) =>
        inputs.Select(input => (object)(input ?? (Input<T>)default(T)!));

    private static ImmutableArray<Input<T>> Wrap(ImmutableArray<T> items) =>
        items.IsDefault ? [] : ImmutableArray.CreateRange(items, item => (Input<T>)item);
}
