using CantonInfra.Infra.Components.Foundation;
using Pulumi;
using Pulumi.AzureNative.Resources;

namespace CantonInfra.Infra.Components.Governance;

/// <summary>What <see cref="SubscriptionGroup"/> needs.</summary>
internal sealed record SubscriptionGroupArgs
{
    /// <summary>The subscription as an environment.</summary>
    public required AzureEnvironment Azure { get; init; }
}

/// <summary>The resource group for what a subscription has for itself; nobody who works on an environment has a role on it.</summary>
internal sealed class SubscriptionGroup : ComponentResource
{
    private const string Purpose = "gov";

    /// <summary>Declares the group.</summary>
    public SubscriptionGroup(string name, SubscriptionGroupArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:governance:SubscriptionGroup", name, options)
    {
        AzureName = args.Azure.Names.ResourceGroup(Purpose);
        ResourceGroupName = new ResourceGroup(
            Purpose,
            new ResourceGroupArgs
            {
                ResourceGroupName = AzureName,
                Location = args.Azure.Location,
                Tags = args.Azure.Tags,
            },
            new CustomResourceOptions { Parent = this }).Name;
        RegisterOutputs();
    }

    /// <summary>The name as text.</summary>
    public string AzureName { get; }

    /// <summary>The name, known once the group exists.</summary>
    [Output("resourceGroupName")]
    public Output<string> ResourceGroupName { get; private set; }
}
