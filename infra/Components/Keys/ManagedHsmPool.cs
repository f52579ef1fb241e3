using System.Collections.Immutable;
using CantonInfra.Infra.Components.Foundation;
using CantonInfra.Infra.Components.Network;
using CantonInfra.Infra.Components.Observability;
using Pulumi;
using Pulumi.AzureNative.KeyVault;
using Pulumi.AzureNative.KeyVault.Inputs;

namespace CantonInfra.Infra.Components.Keys;

/// <summary>What <see cref="ManagedHsmPool"/> needs.</summary>
internal sealed record ManagedHsmPoolArgs
{
    /// <summary>The environment.</summary>
    public required AzureEnvironment Azure { get; init; }

    /// <summary>The name of the resource group.</summary>
    public required Input<string> ResourceGroupName { get; init; }

    /// <summary>The object ids in Entra of those who activate the pool.</summary>
    public required ImmutableArray<string> AdminObjectIds { get; init; }

    /// <summary>For how long what is deleted can be brought back, in days.</summary>
    public required int SoftDeleteRetentionInDays { get; init; }
}

/// <summary>A managed HSM, reached only from within the network (A18). It is of use once people have activated it.</summary>
internal sealed class ManagedHsmPool : ComponentResource
{
    private readonly string _name;

    /// <summary>Declares the pool.</summary>
    public ManagedHsmPool(string name, ManagedHsmPoolArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:keys:ManagedHsmPool", name, options)
    {
        _name = name;
        var pool = new ManagedHsm(
            name,
            new Pulumi.AzureNative.KeyVault.ManagedHsmArgs
            {
                Name = args.Azure.Names.ManagedHsm,
                ResourceGroupName = args.ResourceGroupName,
                Location = args.Azure.Location,
                Sku = new ManagedHsmSkuArgs { Family = ManagedHsmSkuFamily.B, Name = ManagedHsmSkuName.Standard_B1 },
                Properties = new ManagedHsmPropertiesArgs
                {
                    TenantId = args.Azure.TenantId,
                    InitialAdminObjectIds = args.AdminObjectIds,
                    EnableSoftDelete = true,
                    SoftDeleteRetentionInDays = args.SoftDeleteRetentionInDays,
                    EnablePurgeProtection = true,
                    PublicNetworkAccess = PublicNetworkAccess.Disabled,

                    // PostgreSQL, disks and storage reach their keys as trusted services.
                    NetworkAcls = new MHSMNetworkRuleSetArgs
                    {
                        DefaultAction = NetworkRuleAction.Deny,
                        Bypass = NetworkRuleBypassOptions.AzureServices,
                    },
                },
                Tags = args.Azure.Tags,
            },
            new CustomResourceOptions
            {
                Parent = this,
                Protect = args.Azure.IsProtected,

                // They count once, at the ceremony; administrators are changed in the pool.
                IgnoreChanges = { "properties.initialAdminObjectIds" },
            });
        Id = pool.Id;
        RegisterOutputs();
    }

    /// <summary>The id.</summary>
    [Output("id")]
    public Output<string> Id { get; private set; }

    /// <summary>Lets the network reach the pool, by a private endpoint.</summary>
    public void AllowFrom(EnvironmentNetwork network) => network.Connect(
        $"{_name}-link", "hsm", Id, "managedhsm", network.Zone("hsm-zone", "privatelink.managedhsm.azure.net"), this);

    /// <summary>Logs every operation of the pool (A21).</summary>
    public void LogTo(LogAnalytics logs) => logs.Receive($"{_name}-logs", Id, LogCategories.KeyVault, this);
}
