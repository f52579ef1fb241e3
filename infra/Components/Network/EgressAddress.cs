using CantonInfra.Infra.Components.Foundation;
using CantonInfra.Infra.Components.Observability;
using Pulumi;

namespace CantonInfra.Infra.Components.Network;

/// <summary>What <see cref="EgressAddress"/> needs.</summary>
internal sealed record EgressAddressArgs
{
    /// <summary>The environment.</summary>
    public required AzureEnvironment Azure { get; init; }

    /// <summary>The name of the resource group.</summary>
    public required Input<string> ResourceGroupName { get; init; }
}

/// <summary>
/// The one address that the environment's traffic comes from, and which stays (A10): super validators allow it by number.
/// Whatever the traffic leaves by has this address, so it is a component of its own.
/// </summary>
internal sealed class EgressAddress : ComponentResource
{
    private const string Purpose = "egress";

    /// <summary>Declares the address.</summary>
    public EgressAddress(string name, EgressAddressArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:network:EgressAddress", name, options)
    {
        var address = StaticPublicAddress.Declare(
            "address",
            args.Azure.Names.PublicIPAddress(Purpose),
            args.ResourceGroupName,
            args.Azure,
            new CustomResourceOptions
            {
                Parent = this,

                // A lost address is a validator off the network until every super validator has changed its list.
                Protect = args.Azure.IsProtected,
            });
        Id = address.Id;
        IpAddress = address.IpAddress.Apply(ip => ip ?? "");
        RegisterOutputs();
    }

    /// <summary>The id.</summary>
    [Output("id")]
    public Output<string> Id { get; private set; }

    /// <summary>The address.</summary>
    [Output("ipAddress")]
    public Output<string> IpAddress { get; private set; }

    /// <summary>Logs attacks on the address (A24).</summary>
    public void LogTo(LogAnalytics logs) => logs.Receive("egress-logs", Id, LogCategories.PublicIPAddress, this);
}
