using CantonInfra.Infra.Components.Foundation;
using CantonInfra.Infra.Components.Keys;
using Pulumi;

namespace CantonInfra.Infra.Stacks;

/// <summary>A network whose flows are kept, and what they are kept with (A24).</summary>
internal sealed record WatchedNetwork
{
    /// <summary>What logical names begin with; nothing for the environment's own network.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>The environment, with the network's region as its location: Azure keeps flows in that region only.</summary>
    public required AzureEnvironment Azure { get; init; }

    /// <summary>The name of the resource group of the account.</summary>
    public required Input<string> ResourceGroupName { get; init; }

    /// <summary>The name of the resource group of the identities that write and decrypt.</summary>
    public required Input<string> IdentityResourceGroupName { get; init; }

    /// <summary>A part of the account's name in Azure; at most four letters.</summary>
    public required string StoragePurpose { get; init; }

    /// <summary>What the account is encrypted with.</summary>
    public required EncryptionKey Key { get; init; }

    /// <summary>The id of the virtual network.</summary>
    public required Input<string> Id { get; init; }
}
