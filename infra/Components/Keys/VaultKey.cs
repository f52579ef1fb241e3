using System.Collections.Immutable;
using System.Globalization;
using CantonInfra.Infra.Components.Access;
using CantonInfra.Infra.Components.Foundation;
using Pulumi;
using Pulumi.AzureNative.KeyVault;

namespace CantonInfra.Infra.Components.Keys;

/// <summary>Where keys are made.</summary>
/// <param name="Azure">The environment.</param>
/// <param name="ResourceGroupName">The name of the resource group.</param>
/// <param name="VaultName">The vault's name, known once the vault exists.</param>
/// <param name="Vault">The vault as something that roles are given on; its name is the one in Azure.</param>
internal sealed record KeyPlace(AzureEnvironment Azure, Input<string> ResourceGroupName, Input<string> VaultName, AccessScope Vault);

/// <summary>One key in a vault; it outlives the stack.</summary>
internal sealed class VaultKey
{
    /// <summary>Declares the key.</summary>
    /// <param name="name">The logical name.</param>
    /// <param name="azureName">The name in the vault without the fingerprint.</param>
    /// <param name="shape">What it is like.</param>
    /// <param name="place">Where it is made.</param>
    /// <param name="isProtected">Whether it is kept from being replaced or deleted by a deployment.</param>
    /// <param name="parent">The component that it belongs to.</param>
    /// <param name="cantonKey">What Canton uses it for, as a tag; null where Canton does not.</param>
    public VaultKey(
        string name, string azureName, KeyShape shape, KeyPlace place, bool isProtected, Resource parent, string? cantonKey = null)
    {
        Name = name;

        // Azure answers a change with the key as it is. With the fingerprint in its name a change is another key, which shows.
        var keyName = $"{azureName}-{shape.Fingerprint}";
        var key = new Key(
            name,
            new KeyArgs
            {
                KeyName = keyName,
                VaultName = place.VaultName,
                ResourceGroupName = place.ResourceGroupName,
                Properties = shape.Properties,
                Tags = cantonKey is null ? place.Azure.Tags : place.Azure.Tags.Add("canton-key", cantonKey),
            },
            new CustomResourceOptions
            {
                Parent = parent,
                Protect = isProtected,

                // What was encrypted or signed with the key outlives the stack: backups, disks, the node's identity.
                RetainOnDelete = true,

                // Azure keeps the first tags of a key too.
                IgnoreChanges = { "tags" },
            });
        Uri = key.KeyUri;
        UriWithVersion = key.KeyUriWithVersion;
        Scope = new AccessScope($"{place.Vault.Name}/{keyName}", key.Id, place.Azure.SubscriptionId);
    }

    /// <summary>The logical name.</summary>
    public string Name { get; }

    /// <summary>The URI without a version.</summary>
    public Output<string> Uri { get; }

    /// <summary>The URI of the newest version.</summary>
    public Output<string> UriWithVersion { get; }

    /// <summary>The key as something that roles are given on.</summary>
    public AccessScope Scope { get; }

    /// <summary>Declares a key once for each generation; all stay, since somewhere there may be data under an older one.</summary>
    /// <param name="name">The name of all of them.</param>
    /// <param name="count">How many generations there are; the last is the one in use.</param>
    /// <param name="shape">What they are like.</param>
    /// <param name="place">Where they are made.</param>
    /// <param name="parent">The component that they belong to.</param>
    public static ImmutableArray<VaultKey> Generations(string name, int count, KeyShape shape, KeyPlace place, Resource parent) =>
    [
        .. Enumerable.Range(1, count).Select(generation =>
        {
            var azureName = string.Create(CultureInfo.InvariantCulture, $"{name}-v{generation}");
            return new VaultKey(generation == 1 ? name : azureName, azureName, shape, place, place.Azure.IsProtected, parent);
        }),
    ];
}
