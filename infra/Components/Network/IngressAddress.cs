using System.Collections.Immutable;
using CantonInfra.Infra.Components.Access;
using CantonInfra.Infra.Components.Foundation;
using CantonInfra.Infra.Components.Observability;
using Pulumi;

namespace CantonInfra.Infra.Components.Network;

/// <summary>What <see cref="IngressAddress"/> needs.</summary>
internal sealed record IngressAddressArgs
{
    /// <summary>The environment.</summary>
    public required AzureEnvironment Azure { get; init; }

    /// <summary>The name of the resource group of the network.</summary>
    public required Input<string> ResourceGroupName { get; init; }
}

/// <summary>The one public address that web clients reach, where there is no firewall to let them in (A8).</summary>
internal sealed class IngressAddress : ComponentResource
{
    private const string Purpose = "ingress";

    private readonly IngressAddressArgs _args;
    private readonly string _azureName;
    private readonly Output<string> _id;

    /// <summary>Declares the address.</summary>
    public IngressAddress(string name, IngressAddressArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:network:IngressAddress", name, options)
    {
        _args = args;
        _azureName = args.Azure.Names.PublicIPAddress(Purpose);
        var address = StaticPublicAddress.Declare(
            "ingress", _azureName, args.ResourceGroupName, args.Azure, new CustomResourceOptions { Parent = this });
        _id = address.Id;
        IpAddress = address.IpAddress.Apply(ip => ip ?? "");

        // The name by way of the id, so that a plan shows what the address is for.
        Place = new GatewayPlace(
            ImmutableSortedDictionary<string, Input<string>>.Empty
                .Add($"{GatewayPlace.Prefix}pip-name", _id.Apply(_ => _azureName))
                .Add($"{GatewayPlace.Prefix}load-balancer-resource-group", args.Azure.Names.ResourceGroup(ResourceGroups.NetworkPurpose)),
            Clients: null);
        RegisterOutputs();
    }

    /// <summary>The address.</summary>
    [Output("ipAddress")]
    public Output<string> IpAddress { get; private set; }

    /// <summary>The place of the gateway that has the address.</summary>
    public GatewayPlace Place { get; }

    /// <summary>Logs attacks on the address (A24).</summary>
    public void LogTo(LogAnalytics logs) => logs.Receive("ingress-logs", _id, LogCategories.PublicIPAddress, this);

    /// <summary>Lets a cluster give the address to its load balancer; to find it, the cluster lists those of the group.</summary>
    /// <param name="cluster">What manages the cluster's load balancers.</param>
    /// <returns>What the load balancer waits for.</returns>
    public Resource GrantUse(ManagedIdentity cluster)
    {
        var group = _args.Azure.Names.ResourceGroup(ResourceGroups.NetworkPurpose);
        _ = new AccessScope(group, $"/subscriptions/{_args.Azure.SubscriptionId}/resourceGroups/{group}", _args.Azure.SubscriptionId)
            .Grant("ingress-group-reader", AzureRoles.Reader, cluster, this);
        return new AccessScope(_azureName, _id, _args.Azure.SubscriptionId)
            .Grant("ingress-address-user", AzureRoles.NetworkContributor, cluster, this);
    }
}
