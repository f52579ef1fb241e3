using System.Globalization;
using System.Text.Json;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Conformance.Tests.Twins;

/// <summary>Values as texts that show everything: secrets with what they hold, unknowns, references, assets.</summary>
internal static class ValueText
{
    public static string Of(PropertyValue value) => value switch
    {
        NullValue => "null",
        UnknownValue => "unknown",
        BoolValue flag => flag.Value ? "true" : "false",
        NumberValue number => number.Value.ToString("R", CultureInfo.InvariantCulture),
        StringValue text => JsonSerializer.Serialize(text.Value),
        ListValue list => $"[{string.Join(", ", list.Items.Select(Of))}]",
        MapValue map => $"{{{string.Join(", ", map.Entries
            .OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => $"{JsonSerializer.Serialize(entry.Key)}: {Of(entry.Value)}"))}}}",
        SecretValue secret => $"secret({Of(secret.Element)})",
        ResourceReferenceValue reference => $"resource({reference.Urn}, id {reference.Id ?? "none"})",
        AssetValue asset => $"asset({asset.Source} {JsonSerializer.Serialize(asset.Content)})",
        ArchiveValue { Source: AssetSource.Assets } archive =>
            $"archive({string.Join(", ", archive.Assets.Select(entry => $"{entry.Key}: {Of(entry.Value)}"))})",
        ArchiveValue archive => $"archive({archive.Source} {JsonSerializer.Serialize(archive.Content)})",
        _ => throw new NotSupportedException(value.GetType().Name),
    };
}
