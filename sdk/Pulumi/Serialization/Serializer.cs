using System.Collections;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using CantonInfra.Protocol.Properties;

namespace Pulumi.Serialization;

/// <summary>What is sent as itself, and what as something simpler.</summary>
/// <param name="ResourceReferences">Resources as references; else as their id or URN.</param>
/// <param name="OutputValues">Outputs with what is known of their origin; components of providers only.</param>
internal readonly record struct SerializerOptions(bool ResourceReferences, bool OutputValues = false);

/// <summary>Turns what programs give to inputs into property values, and notes which resources were met on the way.</summary>
/// <param name="shapes">What is known of the program's types.</param>
/// <param name="owner">Whose inputs these are, for messages.</param>
/// <param name="options">What is sent as itself.</param>
internal sealed class Serializer(TypeShapes shapes, string owner, SerializerOptions options)
{
    /// <summary>The resources that the values came from.</summary>
    public HashSet<Resource> Dependencies { get; } = [];

    /// <summary>The values of an args class that are there, by name and still to be written.</summary>
    public IEnumerable<(string Name, object? Value, bool IsJson)> ReadArgs(InputArgs args, InputPlace? path)
    {
        if (args is IDictionaryArgs dictionary)
        {
            foreach (var (name, value) in dictionary.Entries)
            {
                yield return (name, value, false);
            }

            yield break;
        }

        foreach (var input in shapes.Args(args.GetType()).Inputs)
        {
            var value = input.Member.Get(args);
            if (value is null && input.IsRequired)
            {
                var at = path?.Member(input.Name).ToString() ?? input.Name;
                throw new RunException($"{owner} lacks the required input '{at}' (of {args.GetType().Name}).");
            }

            if (value is not null)
            {
                yield return (input.Name, value, input.IsJson);
            }
        }
    }

    public async ValueTask<MapValue> WriteArgsAsync(InputArgs args, InputPlace? path = null)
    {
        var entries = new List<KeyValuePair<string, PropertyValue>>();
        foreach (var (name, value, isJson) in ReadArgs(args, path))
        {
            var at = path?.Member(name) ?? new InputPlace(null, name);
            var written = isJson
                ? await WriteJsonTextAsync(value, at).ConfigureAwait(false)
                : await WriteAsync(value, at).ConfigureAwait(false);
            if (written is not NullValue)
            {
                entries.Add(KeyValuePair.Create(name, written));
            }
        }

        return new MapValue(entries);
    }

    /// <summary>A value as JSON text; unknown or secret as a whole where a part of it is.</summary>
    public async ValueTask<PropertyValue> WriteJsonTextAsync(object? value, InputPlace path)
    {
        var plain = new Serializer(shapes, owner, default);
        var written = await plain.WriteAsync(value, path).ConfigureAwait(false);
        Dependencies.UnionWith(plain.Dependencies);
        if (written is NullValue or UnknownValue || written.ContainsUnknowns)
        {
            return written is NullValue ? written : PropertyValue.Unknown;
        }

        var text = PropertyValue.Of(Encoding.UTF8.GetString(PlainJson.Write(written).Span));
        return written.ContainsSecrets ? PropertyValue.Secret(text) : text;
    }

    public ValueTask<PropertyValue> WriteAsync(object? value, InputPlace path)
    {
        switch (value)
        {
            case null:
                return new(PropertyValue.Null);
            case string text:
                return new(PropertyValue.Of(text));
            case bool boolean:
                return new(PropertyValue.Of(boolean));
            case int number:
                return new(PropertyValue.Of(number));
            case double number:
                return new(PropertyValue.Of(number));
            case IInput input:
                return WriteAsync(input.Content, path);
            case IOutput output:
                return WriteOutputAsync(output, path);
            case IUnion union:
                return WriteAsync(union.Value, path);
            case InputArgs args:
                return Widen(WriteArgsAsync(args, path));
            case JsonElement element:
                return new(PlainJson.Read(element));
            case JsonDocument document:
                return new(PlainJson.Read(document.RootElement));
            case AssetOrArchive asset:
                return new(WriteAsset(asset));
            case Task:
                throw Unsupported(path, value, "Give the input an Output, such as Output.Create(task).");
            case Resource resource:
                return WriteResourceAsync(resource);
            case IDictionary map:
                return WriteMapAsync(map, path);
            case IList list:
                return IsDefaultArray(value) ? new(PropertyValue.Null) : WriteListAsync(list, path);
            default:
                return WriteDeclaredAsync(value, path);
        }
    }

    private static async ValueTask<PropertyValue> Widen(ValueTask<MapValue> map) => await map.ConfigureAwait(false);

    private static bool IsDefaultArray(object value) =>
        value is IStructuralEquatable
        && value.GetType() is { IsConstructedGenericType: true } type
        && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>)
        && value.Equals(Activator.CreateInstance(type));

    private static PropertyValue WriteAsset(AssetOrArchive asset) => asset switch
    {
        StringAsset text => new AssetValue(AssetSource.Text, text.Text),
        FileAsset file => new AssetValue(AssetSource.Path, file.Path),
        RemoteAsset remote => new AssetValue(AssetSource.Uri, remote.Uri),
        FileArchive file => new ArchiveValue(AssetSource.Path, file.Path),
        RemoteArchive remote => new ArchiveValue(AssetSource.Uri, remote.Uri),
        AssetArchive parts => new ArchiveValue(parts.Assets.ToImmutableSortedDictionary(
            part => part.Key, part => WriteAsset(part.Value), StringComparer.Ordinal)),
        _ => throw new InvalidOperationException($"An asset of type {asset.GetType()} cannot be sent."),
    };

    private async ValueTask<PropertyValue> WriteOutputAsync(IOutput output, InputPlace path)
    {
        var data = await output.GetDataAsync().ConfigureAwait(false);
        Dependencies.UnionWith(data.Resources);
        if (options.OutputValues && (!data.IsKnown || data.IsSecret || !data.Resources.IsEmpty))
        {
            var element = data.IsKnown ? await WriteAsync(data.Value, path).ConfigureAwait(false) : null;
            var urns = await Dependency.ExpandAsync(data.Resources, null).ConfigureAwait(false);
            return new OutputValue(element, data.IsSecret, [.. urns]);
        }

        // As the official SDK sends it: an unknown secret is unknown, and no longer marked secret.
        if (!data.IsKnown)
        {
            return PropertyValue.Unknown;
        }

        var value = await WriteAsync(data.Value, path).ConfigureAwait(false);
        return data.IsSecret ? PropertyValue.Secret(value) : value;
    }

    private async ValueTask<PropertyValue> WriteResourceAsync(Resource resource)
    {
        var urn = await resource.Urn.DataTask.ConfigureAwait(false);
        if (!options.OutputValues)
        {
            Dependencies.Add(resource);
        }

        if (resource is not CustomResource custom)
        {
            return options.ResourceReferences ? new ResourceReferenceValue(urn.Value, null) : PropertyValue.Of(urn.Value);
        }

        var id = await custom.Id.DataTask.ConfigureAwait(false);
        var reference = new ResourceReferenceValue(urn.Value, id.IsKnown ? id.Value : "");
        return options.ResourceReferences ? reference : reference.AsPlainValue();
    }

    private async ValueTask<PropertyValue> WriteMapAsync(IDictionary map, InputPlace path)
    {
        var entries = new List<KeyValuePair<string, PropertyValue>>(map.Count);
        foreach (DictionaryEntry entry in map)
        {
            if (entry.Key is not string name)
            {
                throw Unsupported(path, map, "The keys of a map must be strings.");
            }

            var value = await WriteAsync(entry.Value, path.Member(name)).ConfigureAwait(false);
            if (value is not NullValue)
            {
                entries.Add(KeyValuePair.Create(name, value));
            }
        }

        return new MapValue(entries);
    }

    private async ValueTask<PropertyValue> WriteListAsync(IList list, InputPlace path)
    {
        var items = ImmutableArray.CreateBuilder<PropertyValue>(list.Count);
        for (var index = 0; index < list.Count; index++)
        {
            items.Add(await WriteAsync(list[index], path.Index(index)).ConfigureAwait(false));
        }

        return new ListValue(items.MoveToImmutable());
    }

    private ValueTask<PropertyValue> WriteDeclaredAsync(object value, InputPlace path)
    {
        var type = value.GetType();
        if (type.IsEnum && Enum.GetUnderlyingType(type) == typeof(int))
        {
            return new(PropertyValue.Of((int)value));
        }

        if (shapes.Enum(type) is { } enumeration)
        {
            return WriteAsync(enumeration.ToValue(value), path);
        }

        return shapes.OutputType(type) is { } outputType
            ? WriteOutputTypeAsync(value, outputType, path)
            : throw Unsupported(
                path,
                value,
                "Inputs are null, bool, int, double, string, JsonElement, args, assets, resources, enumerations, [OutputType] "
                + "classes, outputs and unions of these, and lists and string-keyed dictionaries of them.");
    }

    private async ValueTask<PropertyValue> WriteOutputTypeAsync(object value, OutputTypeShape shape, InputPlace path)
    {
        var entries = new List<KeyValuePair<string, PropertyValue>>(shape.Parts.Length);
        foreach (var part in shape.Parts)
        {
            var written = await WriteAsync(part.Member?.Get(value), path.Member(part.Name)).ConfigureAwait(false);
            if (written is not NullValue)
            {
                entries.Add(KeyValuePair.Create(part.Name, written));
            }
        }

        return new MapValue(entries);
    }

    private RunException Unsupported(InputPlace path, object value, string advice) =>
        new($"{owner} has in '{path}' a value of type {value.GetType()}, which cannot be sent. {advice}");
}
