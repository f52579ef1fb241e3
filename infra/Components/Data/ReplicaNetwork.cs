using System.Collections.Immutable;
using CantonInfra.Infra.Components.Foundation;
using CantonInfra.Infra.Components.Network;
using CantonInfra.Infra.Components.Observability;
using Pulumi;
using Pulumi.AzureNative.Network;
using Pulumi.AzureNative.Network.Inputs;

namespace CantonInfra.Infra.Components.Data;

/// <summary>What <see cref="ReplicaNetwork"/> needs.</summary>
internal sealed record ReplicaNetworkArgs
{
    /// <summary>The environment, with the replicas' region as its location.</summary>
    public required AzureEnvironment Azure { get; init; }

    /// <summary>The name of the resource group.</summary>
    public required Input<string> ResourceGroupName { get; init; }

    /// <summary>The address space; it overlaps nothing that the environment has.</summary>
    public required string AddressSpace { get; init; }

    /// <summary>The environment's own network.</summary>
    public required EnvironmentNetwork Network { get; init; }
}

/// <summary>The virtual network of the replicas, connected with the environment's and with nothing else (A12).</summary>
internal sealed class ReplicaNetwork : ComponentResource
{
    private readonly string _name;
    private readonly string _location;
    private readonly VirtualNetwork _network;

    /// <summary>Declares the network.</summary>
    public ReplicaNetwork(string name, ReplicaNetworkArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:data:ReplicaNetwork", name, options)
    {
        _name = name;
        _location = args.Azure.Location;
        var plan = AddressPlan.Create(args.AddressSpace);
        _network = new VirtualNetwork(
            name,
            new VirtualNetworkArgs
            {
                VirtualNetworkName = args.Azure.Names.ReplicaNetwork,
                ResourceGroupName = args.ResourceGroupName,
                Location = args.Azure.Location,
                AddressSpace = new AddressSpaceArgs { AddressPrefixes = { args.AddressSpace } },
                Tags = args.Azure.Tags,
            },
            new CustomResourceOptions
            {
                Parent = this,

                // Subnets are resources of their own; the network's inline list would fight with them.
                IgnoreChanges = { "subnets" },
            });
        KeycloakDatabase = DatabaseSubnet("psql-keycloak-replica", plan.KeycloakDatabase, after: null);
        LedgerDatabase = DatabaseSubnet("psql-ledger-replica", plan.LedgerDatabase, KeycloakDatabase);
        Peerings = args.Network.Peer(name, _network, args.ResourceGroupName, this);
        ZoneId = args.Network.PostgreSqlZone.LinkTo($"{name}-psql", args.Azure.Names.ReplicaNetwork, _network.Id, this);
        RegisterOutputs();

        GuardedSubnet DatabaseSubnet(string purpose, string prefix, GuardedSubnet? after) => new(
            purpose,
            new GuardedSubnetArgs
            {
                Azure = args.Azure,
                ResourceGroupName = args.ResourceGroupName,
                VirtualNetworkName = _network.Name,
                Purpose = purpose,
                AddressPrefix = prefix,
                Delegation = PostgreSqlServer.SubnetDelegation,
                ServiceEndpoint = PostgreSqlServer.SubnetServiceEndpoint,
                After = after,
            },
            new ComponentResourceOptions { Parent = this });
    }

    /// <summary>The replica of Keycloak's server.</summary>
    public GuardedSubnet KeycloakDatabase { get; }

    /// <summary>The replica of the ledger's server.</summary>
    public GuardedSubnet LedgerDatabase { get; }

    /// <summary>The id of the virtual network.</summary>
    public Output<string> VirtualNetworkId => _network.Id;

    /// <summary>The way to the environment's network and back.</summary>
    public ImmutableArray<Resource> Peerings { get; }

    /// <summary>The id of the servers' private DNS zone, known once this network resolves it.</summary>
    [Output("zoneId")]
    public Output<string> ZoneId { get; private set; }

    /// <summary>Logs which rules were in force, and how often each matched (A24).</summary>
    public void LogTo(LogAnalytics logs)
    {
        logs.Receive($"{_name}-logs", _network.Id, LogCategories.VirtualNetwork, this, _location);
        KeycloakDatabase.LogTo(logs);
        LedgerDatabase.LogTo(logs);
    }
}
