using System.Collections.Immutable;
using System.Globalization;
using CantonInfra.Infra.Components.Access;
using CantonInfra.Infra.Components.Foundation;
using Pulumi;
using Pulumi.AzureNative.SecurityInsights;
using Pulumi.AzureNative.SecurityInsights.Inputs;

namespace CantonInfra.Infra.Components.Observability;

/// <summary>What <see cref="Sentinel"/> needs.</summary>
internal sealed record SentinelArgs
{
    /// <summary>The environment.</summary>
    public required AzureEnvironment Azure { get; init; }

    /// <summary>The name of the resource group of the workspace.</summary>
    public required Input<string> ResourceGroupName { get; init; }

    /// <summary>The workspace.</summary>
    public required LogAnalytics Logs { get; init; }

    /// <summary>The namespaces in whose pods nobody has anything to do.</summary>
    public required ImmutableArray<string> GuardedNamespaces { get; init; }
}

/// <summary>Sentinel on the workspace, and what it looks for (A25).</summary>
/// <remarks>Connecting the workspace to the Defender portal is a step for a person: Azure has no resource for it.</remarks>
internal sealed class Sentinel : ComponentResource
{
    private const string OnlyName = "default";

    // No rule of Sentinel looks back further.
    private const int LongestPeriodInDays = 14;

    /// <summary>Declares both.</summary>
    public Sentinel(string name, SentinelArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:observability:Sentinel", name, options)
    {
        var onboarding = new SentinelOnboardingState(
            name,
            new SentinelOnboardingStateArgs
            {
                SentinelOnboardingStateName = OnlyName,
                WorkspaceName = args.Logs.WorkspaceName,
                ResourceGroupName = args.ResourceGroupName,
                CustomerManagedKey = false,
            },
            new CustomResourceOptions { Parent = this });
        foreach (var rule in DetectionRules.All)
        {
            _ = new ScheduledAlertRule(
                $"{name}-{rule.Name}",
                Rule(rule, args),
                new CustomResourceOptions { Parent = this, DependsOn = { onboarding } });
        }

        RegisterOutputs();
    }

    private static ScheduledAlertRuleArgs Rule(DetectionRule rule, SentinelArgs args)
    {
        var frequency = Duration(rule.FrequencyInMinutes);

        // Beyond what the tables keep there is nothing, and Sentinel would call everything new.
        var days = rule.PeriodInDays is { } wanted
            ? (int?)Math.Min(Math.Min(wanted, LongestPeriodInDays), args.Logs.TableRetentionInDays)
            : null;
        return new ScheduledAlertRuleArgs
        {
            RuleId = NameGuid.Create($"{args.Azure.Names.LogAnalyticsWorkspace}/{rule.Name}"),
            WorkspaceName = args.Logs.WorkspaceName,
            ResourceGroupName = args.ResourceGroupName,
            Kind = "Scheduled",
            DisplayName = rule.Title,
            Description = rule.Description,
            Enabled = true,
            Severity = rule.Severity,
            Tactics = { rule.Tactic },
            Query = Query(rule, days, args.GuardedNamespaces),
            QueryFrequency = frequency,
            QueryPeriod = days is null ? frequency : string.Create(CultureInfo.InvariantCulture, $"P{days}D"),
            TriggerOperator = TriggerOperator.GreaterThan,
            TriggerThreshold = 0,
            SuppressionEnabled = false,

            // Asked for also where nothing is suppressed.
            SuppressionDuration = "PT1H",
            IncidentConfiguration = new IncidentConfigurationArgs { CreateIncident = true },
        };
    }

    private static string Query(DetectionRule rule, int? days, ImmutableArray<string> namespaces) => rule.Query
        .ReplaceLineEndings("\n")
        .Replace("{period}", string.Create(CultureInfo.InvariantCulture, $"{days}d"), StringComparison.Ordinal)
        .Replace("{namespaces}", string.Join(", ", namespaces.Select(name => $"\"{name}\"")), StringComparison.Ordinal);

    private static string Duration(int minutes) =>
        minutes % 60 == 0
            ? string.Create(CultureInfo.InvariantCulture, $"PT{minutes / 60}H")
            : string.Create(CultureInfo.InvariantCulture, $"PT{minutes}M");
}
