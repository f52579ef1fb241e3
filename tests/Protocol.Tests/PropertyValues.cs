using CantonInfra.Protocol.Properties;
using FsCheck;
using FsCheck.Fluent;

namespace CantonInfra.Protocol.Tests;

/// <summary>Random property values of every kind, nested a few levels deep.</summary>
internal static class PropertyValues
{
    private const string Alphabet = "abcZ09 .:[]\"\\/%é€😀\u0001";

    /// <summary>Values as they may stand anywhere.</summary>
    public static Arbitrary<PropertyValue> Any { get; } = Gen.Sized(size => Value(Math.Min(size, 16))).ToArbitrary();

    /// <summary>The properties of a resource.</summary>
    public static Arbitrary<MapValue> Maps { get; } = Gen.Sized(size => Map(Math.Min(size, 16))).ToArbitrary();

    // Text that happens to be a protocol mark would not come back as text; that is the protocol's own limit.
    private static Gen<string> Text { get; } =
        Gen.ArrayOf(Gen.Elements(Alphabet.EnumerateRunes().Select(rune => rune.ToString()).ToArray()))
            .Select(parts => string.Concat(parts));

    private static Gen<string> NonEmpty => Text.Select(text => $"x{text}");

    private static Gen<PropertyValue> Scalar { get; } = Gen.OneOf(
        Gen.Constant(PropertyValue.Null),
        Gen.Constant(PropertyValue.Unknown),
        Gen.Elements(true, false).Select(PropertyValue.Of),
        ArbMap.Default.GeneratorFor<double>().Select(PropertyValue.Of),
        Text.Select(PropertyValue.Of),
        Content([AssetSource.Text, AssetSource.Path, AssetSource.Uri])
            .Select(content => (PropertyValue)new AssetValue(content.Source, content.Text, content.Hash)),
        NonEmpty.Select(hash => (PropertyValue)new AssetValue(AssetSource.HashOnly, "", hash)),
        Content([AssetSource.Path, AssetSource.Uri])
            .Select(content => (PropertyValue)new ArchiveValue(content.Source, content.Text, content.Hash)),
        Reference());

    private static Gen<PropertyValue> Value(int size) => size <= 1
        ? Scalar
        : Gen.OneOf(
            Scalar,
            Gen.ListOf(Value(size / 3)).Select(items => PropertyValue.Of(items)),
            Map(size).Select(map => (PropertyValue)map),
            Value(size / 2).Select(element => (PropertyValue)new SecretValue(element)),
            Output(size),
            Archive());

    private static Gen<MapValue> Map(int size) =>
        Gen.ListOf(Entry(size)).Select(entries => new MapValue(entries.Select(entry => KeyValuePair.Create(entry.Item1, entry.Item2))));

    private static Gen<(string, PropertyValue)> Entry(int size) =>
        from name in NonEmpty
        from value in Value(size / 3)
        select (name, value);

    private static Gen<PropertyValue> Output(int size) =>
        from element in Gen.OneOf(Gen.Constant<PropertyValue?>(null), Value(size / 2).Select(value => (PropertyValue?)value))
        from secret in Gen.Elements(true, false)
        from urns in Gen.ListOf(NonEmpty)
        select (PropertyValue)new OutputValue(element, secret, [.. urns]);

    private static Gen<PropertyValue> Archive() =>
        from assets in Gen.ListOf(
            from name in NonEmpty
            from content in Content([AssetSource.Text])
            select KeyValuePair.Create(name, (PropertyValue)new AssetValue(content.Source, content.Text, content.Hash)))
        from hash in Text
        select (PropertyValue)new ArchiveValue(new MapValue(assets).Entries, hash);

    private static Gen<(AssetSource Source, string Text, string Hash)> Content(AssetSource[] sources) =>
        from source in Gen.Elements(sources)
        from text in Text
        from hash in Text
        select (source, text, hash);

    private static Gen<PropertyValue> Reference() =>
        from urn in NonEmpty
        from id in Gen.OneOf(Gen.Constant<string?>(null), Text.Select(text => (string?)text))
        from version in Text
        select (PropertyValue)new ResourceReferenceValue(urn, id, version);
}
