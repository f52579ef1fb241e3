using System.Collections.Immutable;
using CantonInfra.Infra.Components.Foundation;
using Pulumi;
using Pulumi.AzureNative.Authorization;
using Pulumi.AzureNative.Authorization.Inputs;

namespace CantonInfra.Infra.Components.Governance;

/// <summary>What <see cref="NoPublicAddresses"/> needs.</summary>
internal sealed record NoPublicAddressesArgs
{
    /// <summary>The environment.</summary>
    public required AzureEnvironment Azure { get; init; }

    /// <summary>What the resource groups hold, the parts of their names.</summary>
    public required ImmutableArray<string> Purposes { get; init; }

    /// <summary>What has to be there before: the resource groups.</summary>
    public required Resource Groups { get; init; }

    /// <summary>What Azure does about a public address.</summary>
    public required Enforcement Enforcement { get; init; }
}

/// <summary>Keeps public addresses out of the resource groups of an environment that have no use for one (A13).</summary>
/// <remarks>
/// The network's group has the egress address and is not among them. Addresses of single nodes are no resources of their own
/// and escape Azure Policy; the policy pack refuses them where they are declared.
/// </remarks>
internal sealed class NoPublicAddresses : ComponentResource
{
    // "Not allowed resource types" (facts/azure.md, section 8.2).
    private const string DefinitionId = "6c112d4e-5bc7-47ae-a041-ea2d9dccd749";

    private static readonly ImmutableArray<string> Types =
        ["Microsoft.Network/publicIPAddresses", "Microsoft.Network/publicIPPrefixes"];

    /// <summary>Declares an assignment for each group.</summary>
    public NoPublicAddresses(string name, NoPublicAddressesArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:governance:NoPublicAddresses", name, options)
    {
        foreach (var purpose in args.Purposes)
        {
            Assign(purpose, args);
        }

        RegisterOutputs();
    }

    private void Assign(string purpose, NoPublicAddressesArgs args) => _ = new PolicyAssignment(
        $"no-public-addresses-{purpose}",
        new PolicyAssignmentArgs
        {
            PolicyAssignmentName = AzureNameRule.PolicyAssignment.Check("canton-no-public-addresses"),
            DisplayName = "Canton: no public addresses",
            Description = "Nodes, databases and vaults are reached from within the network only.",
            Scope = $"/subscriptions/{args.Azure.SubscriptionId}/resourceGroups/{args.Azure.Names.ResourceGroup(purpose)}",
            PolicyDefinitionId = $"/providers/Microsoft.Authorization/policyDefinitions/{DefinitionId}",
            EnforcementMode = EnforcementMode.Default,
            Parameters =
            {
                ["listOfResourceTypesNotAllowed"] = new ParameterValuesValueArgs { Value = Types },
                ["effect"] = new ParameterValuesValueArgs { Value = args.Enforcement.ToString() },
            },
            NonComplianceMessages = { new NonComplianceMessageArgs { Message = "Nothing in this resource group has a public address." } },
        },
        new CustomResourceOptions { Parent = this, DependsOn = { args.Groups } });
}
