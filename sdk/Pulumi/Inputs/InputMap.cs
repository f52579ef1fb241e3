using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Pulumi;

/// <summary>A map of inputs. Works with collection initialisers; one unknown value leaves the others known.</summary>
/// <typeparam name="TValue">The type of the values.</typeparam>
public sealed class InputMap<TValue>
    : Input<ImmutableDictionary<string, TValue>>, IEnumerable, IAsyncEnumerable<Input<KeyValuePair<string, TValue>>>
{
    // Each part is one entry, an output of several, or another map, whose entries may win over those before.
    private ImmutableArray<object> _parts;

    /// <summary>An empty map.</summary>
    public InputMap()
        : this([])
    {
    }

    private InputMap(ImmutableArray<object> parts) => _parts = parts;

    internal bool IsEmpty => _parts.IsEmpty;

    internal override object Content => _parts switch
    {
        [Output<ImmutableDictionary<string, TValue>> whole] => whole,
        _ => PlainEntries() ?? (object)CombinedEntries,
    };

    internal override Output<ImmutableDictionary<string, TValue>> CurrentOutput => _parts switch
    {
        [Output<ImmutableDictionary<string, TValue>> whole] => whole,
        _ => CombinedEntries.Apply(Flatten),
    };

    private Output<ImmutableDictionary<string, Input<TValue>>> CombinedEntries
    {
        get
        {
            var parts = _parts;
            var contents = parts.Select(part => part switch
            {
                Entry entry => Output.Create(ImmutableDictionary<string, Input<TValue>>.Empty.Add(entry.Key, entry.Value)),
                Overlay overlay => overlay.Map.CombinedEntries,
                _ => ((Output<ImmutableDictionary<string, TValue>>)part).Apply(Wrap),
            });
            return Output.All(contents).Apply(maps =>
            {
                var result = ImmutableDictionary.CreateBuilder<string, Input<TValue>>();
                for (var index = 0; index < maps.Length; index++)
                {
                    foreach (var (key, value) in maps[index])
                    {
                        result[key] = parts[index] is not Overlay { Wins: true } && result.TryGetValue(key, out var before)
                            ? Same(key, before, value)
                            : value;
                    }
                }

                return result.ToImmutable();
            });
        }
    }

    /// <summary>Adds an entry; the same as <see cref="Add(string, Input{TValue})"/>.</summary>
    [SuppressMessage("Design", "CA1044", Justification = "The official indexer has no getter: values may not be known yet.")]
    public Input<TValue> this[string key]
    {
        set => Add(key, value);
    }

    /// <summary>Adds an entry. An entry of that key with another value is an error when the map is used.</summary>
    public void Add(string key, Input<TValue> value)
    {
        ArgumentNullException.ThrowIfNull(key);
        _parts = _parts.Add(new Entry(key, value ?? (Input<TValue>)default(TValue)!));
    }

    /// <summary>Adds the entries of another map.</summary>
    public void Add(InputMap<TValue> values) => AddRange(values);

    /// <inheritdoc cref="Add(InputMap{TValue})"/>
    public void AddRange(InputMap<TValue> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        _parts = _parts.Add(new Overlay(new InputMap<TValue>(values._parts), Wins: false));
    }

    /// <summary>A new map of the entries of both; the second wins where both have a key.</summary>
    public static InputMap<TValue> Merge(InputMap<TValue> first, InputMap<TValue> second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        return new InputMap<TValue>(first._parts.Add(new Overlay(new InputMap<TValue>(second._parts), Wins: true)));
    }

    /// <summary>The entries, as they become known.</summary>
    public async IAsyncEnumerator<Input<KeyValuePair<string, TValue>>> GetAsyncEnumerator(
        CancellationToken cancellationToken)
    {
        var data = await CombinedEntries.DataTask.WaitAsync(cancellationToken).ConfigureAwait(false);
        foreach (var (key, value) in data.Value ?? [])
        {
            yield return value.Apply(known => KeyValuePair.Create(key, known));
        }
    }

    /// <summary>A map of these entries.</summary>
    public static implicit operator InputMap<TValue>(Dictionary<string, TValue> values) => FromEntries(values);

    /// <inheritdoc cref="op_Implicit(Dictionary{string, TValue})"/>
    public static implicit operator InputMap<TValue>(ImmutableDictionary<string, TValue> values) => FromEntries(values);

    /// <summary>A map of the entries that the output gives.</summary>
    public static implicit operator InputMap<TValue>(Output<Dictionary<string, TValue>> values) =>
        FromWhole(values?.Apply(entries => entries?.ToImmutableDictionary()!));

    /// <inheritdoc cref="op_Implicit(Output{Dictionary{string, TValue}})"/>
    public static implicit operator InputMap<TValue>(Output<IDictionary<string, TValue>> values) =>
        FromWhole(values?.Apply(entries => entries?.ToImmutableDictionary()!));

    /// <inheritdoc cref="op_Implicit(Output{Dictionary{string, TValue}})"/>
    public static implicit operator InputMap<TValue>(Output<ImmutableDictionary<string, TValue>> values) => FromWhole(values);

    IEnumerator IEnumerable.GetEnumerator() => throw new NotSupportedException(
        "An InputMap can be enumerated asynchronously only, because some of its values may not be known yet.");

    // The entries, where all of them are there and none is twice: the common case, and one that needs no outputs.
    private Dictionary<string, Input<TValue>>? PlainEntries()
    {
        var result = new Dictionary<string, Input<TValue>>(_parts.Length, StringComparer.Ordinal);
        foreach (var part in _parts)
        {
            if (part is not Entry entry || !result.TryAdd(entry.Key, entry.Value))
            {
                return null;
            }
        }

        return result;
    }

    private static InputMap<TValue> FromEntries(IEnumerable<KeyValuePair<string, TValue>>? values) =>
        values is null ? null! : new([.. values.Select(entry => (object)new Entry(entry.Key, entry.Value))]);

    private static InputMap<TValue> FromWhole(Output<ImmutableDictionary<string, TValue>>? values) =>
        values is null ? null! : new([values]);

    private static ImmutableDictionary<string, Input<TValue>> Wrap(ImmutableDictionary<string, TValue>? entries) =>
        entries?.ToImmutableDictionary(entry => entry.Key, entry => (Input<TValue>)entry.Value) ?? [];

    private static Output<ImmutableDictionary<string, TValue>> Flatten(ImmutableDictionary<string, Input<TValue>> entries)
    {
        var ordered = entries.OrderBy(entry => entry.Key, StringComparer.Ordinal).ToArray();
        return Output.All(ordered.Select(entry => entry.Value)).Apply(values =>
        {
            var result = ImmutableDictionary.CreateBuilder<string, TValue>();
            for (var index = 0; index < ordered.Length; index++)
            {
                result[ordered[index].Key] = values[index];
            }

            return result.ToImmutable();
        });
    }

    private static Input<TValue> Same(string key, Input<TValue> first, Input<TValue> second) =>
        ReferenceEquals(first, second)
            ? first
            : Output.Tuple(first, second).Apply(pair => EqualityComparer<TValue>.Default.Equals(pair.Item1, pair.Item2)
                ? pair.Item2
                : throw new ArgumentException($"The map has two different values for the key '{key}'."));

    private sealed record Entry(string Key, Input<TValue> Value);

    private sealed record Overlay(InputMap<TValue> Map, bool Wins);
}
