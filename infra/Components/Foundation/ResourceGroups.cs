using System.Collections.Immutable;
using Pulumi;
using Pulumi.AzureNative.Resources;

namespace CantonInfra.Infra.Components.Foundation;

/// <summary>What <see cref="ResourceGroups"/> needs.</summary>
internal sealed record ResourceGroupsArgs
{
    /// <summary>The environment.</summary>
    public required AzureEnvironment Azure { get; init; }
}

/// <summary>The resource groups of an environment: one per lifecycle, so that each can be locked and deleted by itself.</summary>
internal sealed class ResourceGroups : ComponentResource
{
    /// <summary>What the group of the network holds, a part of its name.</summary>
    public const string NetworkPurpose = "net";

    /// <summary>What the group of logs and alerts holds.</summary>
    public const string ObservabilityPurpose = "obs";

    /// <summary>What the group of vaults, keys and identities holds.</summary>
    public const string SecurityPurpose = "sec";

    /// <summary>What the group of databases holds.</summary>
    public const string DataPurpose = "data";

    /// <summary>What the group of the cluster holds.</summary>
    public const string ClusterPurpose = "aks";

    private readonly ResourceGroupsArgs _args;

    /// <summary>Declares the groups.</summary>
    public ResourceGroups(string name, ResourceGroupsArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:foundation:ResourceGroups", name, options)
    {
        _args = args;
        Network = Create(NetworkPurpose);
        Observability = Create(ObservabilityPurpose);
        Security = Create(SecurityPurpose);
        Data = Create(DataPurpose);
        Cluster = Create(ClusterPurpose);
        RegisterOutputs();
    }

    /// <summary>What the groups hold, the parts of their names.</summary>
    public static ImmutableArray<string> Purposes { get; } =
        [NetworkPurpose, ObservabilityPurpose, SecurityPurpose, DataPurpose, ClusterPurpose];

    /// <summary>The name of the group for the network.</summary>
    [Output("network")]
    public Output<string> Network { get; private set; }

    /// <summary>The name of the group for logs and alerts.</summary>
    [Output("observability")]
    public Output<string> Observability { get; private set; }

    /// <summary>The name of the group for vaults, keys and identities.</summary>
    [Output("security")]
    public Output<string> Security { get; private set; }

    /// <summary>The name of the group for databases.</summary>
    [Output("data")]
    public Output<string> Data { get; private set; }

    /// <summary>The name of the group for the cluster.</summary>
    [Output("cluster")]
    public Output<string> Cluster { get; private set; }

    /// <summary>Declares the group for the machine that deploys, which can be deleted by itself.</summary>
    /// <returns>Its name.</returns>
    public Output<string> AddRunner() => Create("runner");

    private Output<string> Create(string purpose) => new ResourceGroup(
        purpose,
        new ResourceGroupArgs
        {
            ResourceGroupName = _args.Azure.Names.ResourceGroup(purpose),
            Location = _args.Azure.Location,
            Tags = _args.Azure.Tags,
        },
        new CustomResourceOptions { Parent = this }).Name;
}
