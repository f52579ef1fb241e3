using System.Collections.Immutable;
using System.Text.Json;
using CantonInfra.Protocol.Properties;

namespace Pulumi.Serialization;

/// <summary>Assets and archives.</summary>
internal sealed class AssetReader(Type type) : ValueReader
{
    public override object? Read(PropertyValue value, ReadContext context) =>
        Convert(value) is { } asset && type.IsInstanceOfType(asset) ? asset : Misfit(value, context, "an asset or archive");

    public static AssetOrArchive? Convert(PropertyValue value) => value switch
    {
        AssetValue { Source: AssetSource.Text } asset => new StringAsset(asset.Content),
        AssetValue { Source: AssetSource.Path } asset => new FileAsset(asset.Content),
        AssetValue { Source: AssetSource.Uri } asset => new RemoteAsset(asset.Content),
        ArchiveValue { Source: AssetSource.Path } archive => new FileArchive(archive.Content),
        ArchiveValue { Source: AssetSource.Uri } archive => new RemoteArchive(archive.Content),
        ArchiveValue { Source: AssetSource.Assets } archive => new AssetArchive(archive.Assets
            .Select(part => (part.Key, Asset: Convert(part.Value.Unwrapped)))
            .Where(part => part.Asset is not null)
            .ToDictionary(part => part.Key, part => part.Asset!)),
        _ => null,
    };
}

/// <summary>References to resources.</summary>
internal sealed class ResourceReader(Type type) : ValueReader
{
    public override object? Read(PropertyValue value, ReadContext context) =>
        value is ResourceReferenceValue reference
        && context.Resolve(reference, type) is { } resource
        && type.IsInstanceOfType(resource)
            ? resource
            : Misfit(value, context, $"a resource of type {type.Name}");
}

/// <summary>Any JSON.</summary>
internal sealed class JsonElementReader : ValueReader
{
    public override object? Nothing { get; } = JsonDocument.Parse("null").RootElement;

    public override object? Read(PropertyValue value, ReadContext context)
    {
        using var document = JsonDocument.Parse(PlainJson.Write(value), new JsonDocumentOptions { MaxDepth = PlainJson.MaxDepth });
        return document.RootElement.Clone();
    }
}

/// <summary>Whatever the value is: strings, booleans, doubles, immutable lists and maps, assets, resources.</summary>
internal sealed class AnyReader : ValueReader
{
    public override object? Read(PropertyValue value, ReadContext context) => value switch
    {
        BoolValue boolean => boolean.Value,
        NumberValue number => number.Value,
        StringValue text => text.Value,
        ListValue => context.Read(typeof(ImmutableArray<object?>), value),
        MapValue => context.Read(typeof(ImmutableDictionary<string, object?>), value),
        AssetValue or ArchiveValue => AssetReader.Convert(value),
        ResourceReferenceValue reference => context.Resolve(reference, typeof(Resource)),
        _ => Misfit(value, context, "a value"),
    };
}
