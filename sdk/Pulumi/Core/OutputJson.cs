using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pulumi;

public static partial class Output
{
    /// <summary>The value as JSON text. Outputs within it are waited for; one that is unknown or secret makes the text so.</summary>
    public static Output<string> JsonSerialize<T>(Output<T> value, JsonSerializerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new Output<string>(OutputJson.SerializeAsync(value, options));
    }

    /// <summary>The value that the JSON text holds.</summary>
    public static Output<T> JsonDeserialize<T>(Output<string> json, JsonSerializerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        var withOutputs = OutputJson.WithConverter(options, new OutputJsonConverter(new ResolvedOutputs()));
        return json.Apply(text => JsonSerializer.Deserialize<T>(text, withOutputs)!);
    }
}

/// <summary>Writes values with outputs in them as JSON.</summary>
internal static class OutputJson
{
    public static async Task<OutputData<string>> SerializeAsync<T>(Output<T> value, JsonSerializerOptions? options)
    {
        var data = await value.DataTask.ConfigureAwait(false);
        if (!data.IsKnown)
        {
            return data.With<string>(default!);
        }

        // The serialiser cannot wait, so it runs until it has met no output that is still to come.
        var outputs = new ResolvedOutputs();
        var withOutputs = WithConverter(options, new OutputJsonConverter(outputs));
        while (true)
        {
            var text = JsonSerializer.Serialize(data.Value, withOutputs);
            if (outputs.Missing.Count == 0)
            {
                return new OutputData<string>(
                    OutputData.Union(data.Resources, outputs.Resources),
                    outputs.AreKnown ? text : default!,
                    outputs.AreKnown,
                    data.IsSecret || outputs.AreSecret);
            }

            await outputs.ResolveAsync().ConfigureAwait(false);
        }
    }

    public static JsonSerializerOptions WithConverter(JsonSerializerOptions? options, JsonConverter converter)
    {
        var result = options is null ? new JsonSerializerOptions() : new JsonSerializerOptions(options);
        result.Converters.Add(converter);
        return result;
    }
}

/// <summary>The outputs that a serialisation has met, and what they resolved to.</summary>
internal sealed class ResolvedOutputs
{
    private readonly Dictionary<IOutput, OutputData<object?>> _resolved = new(ReferenceEqualityComparer.Instance);

    public HashSet<IOutput> Missing { get; } = new(ReferenceEqualityComparer.Instance);

    public ImmutableHashSet<Resource> Resources => _resolved.Values.Aggregate(
        ImmutableHashSet<Resource>.Empty, (resources, data) => OutputData.Union(resources, data.Resources));

    public bool AreKnown => _resolved.Values.All(data => data.IsKnown);

    public bool AreSecret => _resolved.Values.Any(data => data.IsSecret);

    public bool TryGet(IOutput output, out object? value)
    {
        if (_resolved.TryGetValue(output, out var data))
        {
            value = data.IsKnown ? data.Value : null;
            return true;
        }

        Missing.Add(output);
        value = null;
        return false;
    }

    public async Task ResolveAsync()
    {
        foreach (var output in Missing)
        {
            _resolved[output] = await output.GetDataAsync().ConfigureAwait(false);
        }

        Missing.Clear();
    }
}

/// <summary>Writes and reads outputs as what they hold.</summary>
internal sealed class OutputJsonConverter(ResolvedOutputs outputs) : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => ElementOf(typeToConvert) is not null;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(
            typeof(Converter<,>).MakeGenericType(typeToConvert, ElementOf(typeToConvert)!), outputs)!;

    private static Type? ElementOf(Type type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.IsConstructedGenericType
                && current.GetGenericTypeDefinition() is { } definition
                && (definition == typeof(Output<>) || definition == typeof(Input<>)))
            {
                return current.GenericTypeArguments[0];
            }
        }

        return null;
    }

    private sealed class Converter<TOutput, TElement>(ResolvedOutputs outputs) : JsonConverter<TOutput>
    {
        public override TOutput? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var output = Output.Create(JsonSerializer.Deserialize<TElement>(ref reader, options)!);
            return (object)output is TOutput same ? same
                : (object)(Input<TElement>)output is TOutput input ? input
                : throw new JsonException($"The type {typeof(TOutput)} cannot be read from JSON.");
        }

        public override void Write(Utf8JsonWriter writer, TOutput value, JsonSerializerOptions options)
        {
            var output = value as IOutput ?? ((IInput)value!).ToUntypedOutput();
            if (outputs.TryGet(output, out var element) && element is not null)
            {
                JsonSerializer.Serialize(writer, (TElement)element, options);
            }
            else
            {
                writer.WriteNullValue();
            }
        }
    }
}
