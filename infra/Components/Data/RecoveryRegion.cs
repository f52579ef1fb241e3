using System.Collections.Immutable;
using CantonInfra.Infra.Components.Foundation;
using CantonInfra.Infra.Components.Keys;
using Pulumi;
using Pulumi.AzureNative.Resources;

namespace CantonInfra.Infra.Components.Data;

/// <summary>What <see cref="RecoveryRegion"/> needs.</summary>
internal sealed record RecoveryRegionArgs
{
    /// <summary>The environment.</summary>
    public required AzureEnvironment Azure { get; init; }

    /// <summary>The Azure region.</summary>
    public required string Location { get; init; }

    /// <summary>What it is for, a part of names in Azure; at most four letters.</summary>
    public required string Purpose { get; init; }

    /// <summary>What guards the keys.</summary>
    public required KeyProtection Protection { get; init; }

    /// <summary>For how long deleted keys can be brought back, in days.</summary>
    public required int SoftDeleteRetentionInDays { get; init; }

    /// <summary>How often keys were made anew, by name; once where a name is not there.</summary>
    public ImmutableSortedDictionary<string, int> Generations { get; init; } = ImmutableSortedDictionary<string, int>.Empty;
}

/// <summary>
/// What must be in another region so that databases survive the loss of their own (A12): a vault for keys, in a resource group
/// that does not depend on the lost region either.
/// </summary>
internal sealed class RecoveryRegion : ComponentResource
{
    /// <summary>Declares it.</summary>
    public RecoveryRegion(string name, RecoveryRegionArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:data:RecoveryRegion", name, options)
    {
        Azure = args.Azure with { Location = args.Location };
        ResourceGroupName = new ResourceGroup(
            name,
            new ResourceGroupArgs
            {
                ResourceGroupName = args.Azure.Names.ResourceGroup(args.Purpose),
                Location = args.Location,
                Tags = args.Azure.Tags,
            },
            new CustomResourceOptions { Parent = this }).Name;
        Keys = new KeyVault(
            $"{name}-keys",
            new KeyVaultArgs
            {
                Azure = Azure,
                ResourceGroupName = ResourceGroupName,
                Purpose = args.Purpose,
                Protection = args.Protection,
                SoftDeleteRetentionInDays = args.SoftDeleteRetentionInDays,
                Generations = args.Generations,
            },
            new ComponentResourceOptions { Parent = this });
        RegisterOutputs();
    }

    /// <summary>The environment as it is in this region.</summary>
    public AzureEnvironment Azure { get; }

    /// <summary>The name of the resource group.</summary>
    [Output("resourceGroupName")]
    public Output<string> ResourceGroupName { get; private set; }

    /// <summary>The vault for keys.</summary>
    public KeyVault Keys { get; }

    /// <summary>Makes a key of this region for a server's data.</summary>
    /// <param name="name">The key's name.</param>
    public EncryptionRegion AddEncryption(string name) => new(Keys.AddEncryptionKey(name), Azure, ResourceGroupName);
}
