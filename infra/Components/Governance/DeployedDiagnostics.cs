using CantonInfra.Infra.Components.Access;
using CantonInfra.Infra.Components.Foundation;
using Pulumi;
using Pulumi.AzureNative.Authorization;
using Pulumi.AzureNative.Authorization.Inputs;
using Pulumi.AzureNative.PolicyInsights;

namespace CantonInfra.Infra.Components.Governance;

/// <summary>What <see cref="DeployedDiagnostics"/> needs.</summary>
internal sealed record DeployedDiagnosticsArgs
{
    /// <summary>The subscription as an environment.</summary>
    public required AzureEnvironment Azure { get; init; }

    /// <summary>The name of the resource group for identities.</summary>
    public required Input<string> ResourceGroupName { get; init; }

    /// <summary>The id of the workspace that the logs go to.</summary>
    public required Input<string> WorkspaceId { get; init; }

    /// <summary>The name of the resource group whose vault logs there already: Azure refuses the same logs a second time.</summary>
    public required string ExcludedResourceGroup { get; init; }
}

/// <summary>
/// A policy that gives every vault of the subscription a diagnostic setting to the subscription's workspace, those too that
/// nobody declared (A21): what administrators of an environment do with keys is then also where they cannot reach it.
/// </summary>
internal sealed class DeployedDiagnostics : ComponentResource
{
    // "Deploy Diagnostic Settings for Key Vault to Log Analytics workspace" (facts/azure.md, section 8.2).
    private const string DefinitionId = "951af2fa-529b-416e-ab6e-066fd85ac459";

    /// <summary>Declares the assignment, what it acts as, and a run for the vaults that are there already.</summary>
    public DeployedDiagnostics(string name, DeployedDiagnosticsArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:governance:DeployedDiagnostics", name, options)
    {
        var identity = new ManagedIdentity("identity", "diagnostics", args.Azure, args.ResourceGroupName, this);
        var subscription = AccessScope.Subscription(args.Azure.SubscriptionId);
        var assignment = new PolicyAssignment(
            "assignment",
            new PolicyAssignmentArgs
            {
                PolicyAssignmentName = AzureNameRule.PolicyAssignment.Check("canton-vault-diagnostics"),
                DisplayName = "Canton: vaults log to the subscription's workspace",
                Description = "Every operation on a vault is also logged where the vault's administrators cannot reach it.",
                Scope = $"/subscriptions/{args.Azure.SubscriptionId}",
                PolicyDefinitionId = $"/providers/Microsoft.Authorization/policyDefinitions/{DefinitionId}",
                NotScopes = { $"/subscriptions/{args.Azure.SubscriptionId}/resourceGroups/{args.ExcludedResourceGroup}" },
                EnforcementMode = EnforcementMode.Default,
                Location = args.Azure.Location,
                Identity = new IdentityArgs { Type = ResourceIdentityType.UserAssigned, UserAssignedIdentities = { identity.Id } },
                Parameters =
                {
                    ["effect"] = new ParameterValuesValueArgs { Value = nameof(PolicyEffect.DeployIfNotExists) },
                    ["diagnosticsSettingNameToUse"] = new ParameterValuesValueArgs { Value = "to-subscription" },
                    ["logAnalytics"] = new ParameterValuesValueArgs { Value = args.WorkspaceId },
                },
                NonComplianceMessages = { new NonComplianceMessageArgs { Message = "Vaults log to the subscription's workspace." } },
            },
            new CustomResourceOptions
            {
                Parent = this,
                DependsOn =
                {
                    // The roles that the definition asks for; an assignment that is made by a program gets none by itself.
                    subscription.Grant("monitoring", AzureRoles.MonitoringContributor, identity, this),
                    subscription.Grant("log-analytics", AzureRoles.LogAnalyticsContributor, identity, this),
                },
            });
        _ = new RemediationAtSubscription(
            "remediation",
            new RemediationAtSubscriptionArgs
            {
                RemediationName = "canton-vault-diagnostics",
                PolicyAssignmentId = assignment.Id,
                ResourceDiscoveryMode = ResourceDiscoveryMode.ExistingNonCompliant,
            },
            new CustomResourceOptions { Parent = this });
        RegisterOutputs();
    }
}
