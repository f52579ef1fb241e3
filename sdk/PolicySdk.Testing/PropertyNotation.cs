using System.Text.Json;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.PolicySdk.Testing;

/// <summary>
/// Properties as tests write them: JSON in single or double quotes, with <c>'[unknown]'</c> for what a preview does not know,
/// <c>{'[secret]': value}</c> for secrets, and SECRET for a text that is watched for.
/// </summary>
public static class PropertyNotation
{
    /// <summary>What stands for the secret text that <see cref="RuleUnderTest.KeepsSecret"/> watches for.</summary>
    public const string SecretText = "SECRET";

    /// <summary>Reads properties.</summary>
    /// <exception cref="JsonException">It is not valid.</exception>
    public static MapValue Read(string properties)
    {
        using var document = JsonDocument.Parse(
            properties.Replace('\'', '"').Replace(SecretText, SecretWitness.Text, StringComparison.Ordinal));
        return (MapValue)WithSecrets(PropertyJsonReader.Read(document.RootElement));
    }

    private static PropertyValue WithSecrets(PropertyValue value) => value switch
    {
        MapValue map when map[PropertyJson.SecretMark] is { } secret => PropertyValue.Secret(WithSecrets(secret)),
        MapValue map => new MapValue(map.Entries.Select(entry => KeyValuePair.Create(entry.Key, WithSecrets(entry.Value)))),
        ListValue list => new ListValue([.. list.Items.Select(WithSecrets)]),
        _ => value,
    };
}
