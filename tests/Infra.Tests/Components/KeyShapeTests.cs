using CantonInfra.Infra.Components.Keys;
using CantonInfra.Infra.Tests.Support;
using Pulumi.AzureNative.KeyVault;

namespace CantonInfra.Infra.Tests.Components;

/// <summary>Azure ignores changes of a key; its name makes each of them another key (docs/decisions/0027).</summary>
public sealed class KeyShapeTests
{
    private static readonly KeyShape Shape = KeyShape.Wrapping(KeyProtection.Hsm);

    // Written out: another fingerprint would be another key for everybody who has one.
    [Fact]
    public void Fingerprints_stay_as_they_are() => Assert.Equal(
        ["e772cd", "0f1aaf", "6bcd94", "6d7032", "ee7f5f", "10fa26", "156655", "1acbb0"],
        new[]
        {
            KeyShape.Wrapping(KeyProtection.Hsm), KeyShape.Wrapping(KeyProtection.Software),
            KeyShape.Etcd(KeyProtection.Hsm), KeyShape.Etcd(KeyProtection.Software),
            KeyShape.CantonSigning(KeyProtection.Hsm), KeyShape.CantonSigning(KeyProtection.Software),
            KeyShape.CantonEncryption(KeyProtection.Hsm), KeyShape.CantonEncryption(KeyProtection.Software),
        }.Select(shape => shape.Fingerprint));

    [Fact]
    public void Whatever_Azure_would_ignore_changes_the_fingerprint() => Assert.Distinct(
        new[]
        {
            Shape,
            Shape with { Type = JsonWebKeyType.RSA },
            Shape with { Size = 3072 },
            Shape with { Curve = JsonWebKeyCurveName.P_256 },
            Shape with { Operations = [JsonWebKeyOperation.WrapKey] },
            Shape with { IsRotated = false },
        }.Select(shape => shape.Fingerprint));

    [Fact]
    public async Task Another_protection_is_another_key_and_other_tags_are_not()
    {
        var hsm = await CloudMocks.RunAsync(() => Scenery.Vault().AddEncryptionKey("cmk-des"));
        var software = await CloudMocks.RunAsync(() => Scenery.Vault(protection: KeyProtection.Software).AddEncryptionKey("cmk-des"));
        var retagged = await CloudMocks.RunAsync(() => Scenery.Vault(change: args => args with
        {
            Azure = args.Azure with { Tags = args.Azure.Tags.SetItem("owner", "another") },
        }).AddEncryptionKey("cmk-des"));

        Assert.NotEqual(Name(hsm), Name(software));
        Assert.Equal(Name(hsm), Name(retagged));

        static object? Name(CloudMocks mocks) => mocks.Inputs("azure-native:keyvault:Key").At("keyName");
    }
}
