using System.Collections.Immutable;
using CantonInfra.Infra.Components.Foundation;
using Pulumi;
using Pulumi.AzureNative.Authorization;
using Pulumi.AzureNative.Authorization.Inputs;

namespace CantonInfra.Infra.Components.Governance;

/// <summary>What <see cref="AllowedLocations"/> needs.</summary>
internal sealed record AllowedLocationsArgs
{
    /// <summary>The subscription.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>The regions.</summary>
    public required ImmutableArray<string> Locations { get; init; }

    /// <summary>What Azure does about other regions.</summary>
    public required Enforcement Enforcement { get; init; }
}

/// <summary>Keeps everything in a subscription, resource groups included, in a few regions (A13).</summary>
internal sealed class AllowedLocations : ComponentResource
{
    /// <summary>Declares the policy assignments.</summary>
    public AllowedLocations(string name, AllowedLocationsArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:governance:AllowedLocations", name, options)
    {
        Assign("resources", BuiltInPolicy.AllowedLocations, args);
        Assign("groups", BuiltInPolicy.AllowedLocationsForResourceGroups, args);
        RegisterOutputs();
    }

    private void Assign(string what, BuiltInPolicy policy, AllowedLocationsArgs args) => _ = new PolicyAssignment(
        what,
        new PolicyAssignmentArgs
        {
            PolicyAssignmentName = AzureNameRule.PolicyAssignment.Check($"canton-locations-{what}"),
            DisplayName = $"Canton: {policy.Name}",
            Description = "Ledger data and keys stay in the regions that the platform is built for.",
            Scope = $"/subscriptions/{args.SubscriptionId}",
            PolicyDefinitionId = policy.DefinitionId,
            EnforcementMode = EnforcementMode.Default,
            Parameters =
            {
                ["listOfAllowedLocations"] = new ParameterValuesValueArgs { Value = args.Locations },

                // The definition's own effect, so that audited resources still show in compliance.
                ["effect"] = new ParameterValuesValueArgs { Value = args.Enforcement == Enforcement.Deny ? "Deny" : "Audit" },
            },
            NonComplianceMessages =
            {
                new NonComplianceMessageArgs { Message = $"The allowed regions are: {string.Join(", ", args.Locations)}." },
            },
        },
        new CustomResourceOptions { Parent = this });
}
