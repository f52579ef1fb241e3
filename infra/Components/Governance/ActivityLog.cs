using System.Collections.Immutable;
using CantonInfra.Infra.Components.Observability;
using CantonInfra.Infra.Components.Storage;
using Pulumi;
using Pulumi.AzureNative.Monitor;
using Pulumi.AzureNative.Monitor.Inputs;

namespace CantonInfra.Infra.Components.Governance;

/// <summary>What <see cref="ActivityLog"/> needs.</summary>
internal sealed record ActivityLogArgs
{
    /// <summary>The name of the setting that sends it; unique in the subscription, which has at most five.</summary>
    public string SettingName { get; init; } = "canton-activity-log";

    /// <summary>The workspace in which it is queried.</summary>
    public required LogAnalytics Logs { get; init; }

    /// <summary>The account to which it is only appended; null where another setting keeps it.</summary>
    public LogStorage? Archive { get; init; }

    /// <summary>Whether a deployment is refused that would stop it.</summary>
    public required bool IsProtected { get; init; }
}

/// <summary>Who did what to the resources of a subscription, to query and to keep (A23).</summary>
internal sealed class ActivityLog : ComponentResource
{
    private static readonly ImmutableArray<string> Categories =
        ["Administrative", "Security", "ServiceHealth", "Alert", "Recommendation", "Policy", "Autoscale", "ResourceHealth"];

    /// <summary>Declares where it goes. The subscription is the provider's: Azure takes no other.</summary>
    public ActivityLog(string name, ActivityLogArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:governance:ActivityLog", name, options)
    {
        _ = new SubscriptionDiagnosticSetting(
            name,
            new SubscriptionDiagnosticSettingArgs
            {
                Name = args.SettingName,
                WorkspaceId = args.Logs.WorkspaceId,
                StorageAccountId = args.Archive is { } archive ? (Input<string>)archive.Id : null,
                Logs = Categories.Select(category => new SubscriptionLogSettingsArgs { Category = category, Enabled = true }).ToArray(),
            },
            new CustomResourceOptions { Parent = this, Protect = args.IsProtected });
        RegisterOutputs();
    }
}
