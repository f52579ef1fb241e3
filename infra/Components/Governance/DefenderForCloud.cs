using System.Collections.Immutable;
using System.Globalization;
using CantonInfra.Infra.Components.Foundation;
using Pulumi;
using Pulumi.AzureNative.Resources;
using Pulumi.AzureNative.Resources.Inputs;
using Pulumi.AzureNative.Security;
using Pulumi.AzureNative.Security.Inputs;

namespace CantonInfra.Infra.Components.Governance;

/// <summary>What <see cref="DefenderForCloud"/> needs.</summary>
internal sealed record DefenderForCloudArgs
{
    /// <summary>The subscription as an environment.</summary>
    public required AzureEnvironment Azure { get; init; }

    /// <summary>The name of the resource group for the export.</summary>
    public required Input<string> ResourceGroupName { get; init; }

    /// <summary>The id of the workspace that findings go to.</summary>
    public required Input<string> WorkspaceId { get; init; }

    /// <summary>The plans that are left at the tier without cost.</summary>
    public required ImmutableArray<string> FreePlans { get; init; }

    /// <summary>The most that is scanned of what is uploaded to one storage account in a month, in GB.</summary>
    public required int MalwareScanCapInGB { get; init; }

    /// <summary>The addresses that alerts are mailed to.</summary>
    public required ImmutableArray<string> ContactEmails { get; init; }

    /// <summary>The telephone number for alerts; null for none.</summary>
    public string? ContactPhone { get; init; }
}

/// <summary>Defender for Cloud on a subscription: its plans, whom it tells, and where its findings go (A14).</summary>
internal sealed class DefenderForCloud : ComponentResource
{
    private const string On = "True";
    private const string Off = "False";

    private static readonly ImmutableArray<EventSource> Exported =
    [
        EventSource.Alerts, EventSource.Assessments, EventSource.SubAssessments, EventSource.SecureScores,
        EventSource.SecureScoreControls, EventSource.RegulatoryComplianceAssessment, EventSource.AttackPaths,
    ];

    private static readonly ImmutableArray<string> EndpointSettings = ["WDATP", "WDATP_UNIFIED_SOLUTION"];

    private readonly DefenderForCloudArgs _args;

    /// <summary>Declares it.</summary>
    public DefenderForCloud(string name, DefenderForCloudArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:governance:DefenderForCloud", name, options)
    {
        _args = args;
        var plans = Plans();
        Servers(plans);
        Contact();
        Export();
        RegisterOutputs();
    }

    // Plans are there on every subscription and cannot be deleted: a deletion would only lower them.
    private CustomResourceOptions Kept(Resource? after = null)
    {
        var options = new CustomResourceOptions { Parent = this, RetainOnDelete = true };
        if (after is not null)
        {
            options.DependsOn.Add(after);
        }

        return options;
    }

    private Resource Plans()
    {
        Resource? previous = null;
        foreach (var plan in DefenderPlan.All)
        {
            // One after another: Azure refuses changes of plans that meet.
            var isFree = _args.FreePlans.Contains(plan.Name, StringComparer.Ordinal);
            previous = new Pricing(
                plan.Name,
                new PricingArgs
                {
                    PricingName = plan.Name,
                    ScopeId = $"subscriptions/{_args.Azure.SubscriptionId}",
                    PricingTier = isFree ? PricingTier.Free : PricingTier.Standard,
                    SubPlan = isFree || plan.SubPlan is null ? null! : plan.SubPlan,
                    Extensions = isFree ? [] : plan.Extensions.Select(Extension).ToArray(),
                },
                Kept(previous));
        }

        return previous!;
    }

    private ExtensionArgs Extension((string Name, bool IsEnabled) extension) => new()
    {
        Name = extension.Name,

        // Text: Azure takes no booleans here.
        IsEnabled = extension.IsEnabled ? On : Off,
        AdditionalExtensionProperties = extension.Name == DefenderPlan.MalwareScanning
            ? (InputMap<object>)new InputMap<object>
            {
                ["CapGBPerMonthPerStorageAccount"] = _args.MalwareScanCapInGB.ToString(CultureInfo.InvariantCulture),
            }
            : null!,
    };

    private void Servers(Resource plans)
    {
        // There is no resource for these settings, but Resource Manager takes them in a template.
        var endpoint = new DeploymentAtSubscriptionScope(
            "endpoint-integration",
            new DeploymentAtSubscriptionScopeArgs
            {
                DeploymentName = "canton-endpoint-integration",
                Location = _args.Azure.Location,
                Properties = new DeploymentPropertiesArgs { Mode = DeploymentMode.Incremental, Template = EndpointIntegration() },
            },
            Kept(plans));
        _ = new AzureServersSetting(
            "vulnerability-scanner",
            new AzureServersSettingArgs
            {
                Kind = "AzureServersSetting",
                SettingKind = "azureServersSetting",
                SelectedProvider = ServerVulnerabilityAssessmentsAzureSettingSelectedProvider.MdeTvm,
            },
            Kept(endpoint));
    }

    private static Dictionary<string, object> EndpointIntegration() => new()
    {
        ["$schema"] = "https://schema.management.azure.com/schemas/2018-05-01/subscriptionDeploymentTemplate.json#",
        ["contentVersion"] = "1.0.0.0",
        ["resources"] = EndpointSettings
            .Select(name => new Dictionary<string, object>
            {
                ["type"] = "Microsoft.Security/settings",
                ["apiVersion"] = "2022-05-01",
                ["name"] = name,
                ["kind"] = "DataExportSettings",
                ["properties"] = new Dictionary<string, object> { ["enabled"] = true },
            })
            .ToArray(),
    };

    private void Contact() => _ = new SecurityContact(
        "contact",
        new SecurityContactArgs
        {
            SecurityContactName = "default",
            IsEnabled = true,
            Emails = string.Join(';', _args.ContactEmails),
            Phone = _args.ContactPhone!,
            NotificationsByRole = new SecurityContactPropertiesNotificationsByRoleArgs
            {
                State = State.On,
                Roles = { SecurityContactRole.Owner },
            },
            NotificationsSources =
            {
                new NotificationsSourceAlertArgs { SourceType = "Alert", MinimalSeverity = MinimalSeverity.Medium },
                new NotificationsSourceAttackPathArgs { SourceType = "AttackPath", MinimalRiskLevel = MinimalRiskLevel.High },
            },
        },
        Kept());

    private void Export() => _ = new Automation(
        "export",
        new AutomationArgs
        {
            AutomationName = "exportToWorkspace",
            ResourceGroupName = _args.ResourceGroupName,
            Location = _args.Azure.Location,
            Description = "All that Defender for Cloud finds.",
            IsEnabled = true,
            Scopes = { new AutomationScopeArgs { ScopePath = $"/subscriptions/{_args.Azure.SubscriptionId}" } },
            Sources = Exported.Select(source => new AutomationSourceArgs { EventSource = source }).ToArray(),
            Actions = new InputList<object>
            {
                (Input<object>)new AutomationActionWorkspaceArgs { ActionType = "Workspace", WorkspaceResourceId = _args.WorkspaceId },
            },
            Tags = _args.Azure.Tags,
        },
        new CustomResourceOptions { Parent = this });
}
