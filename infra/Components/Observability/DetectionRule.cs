using System.Collections.Immutable;
using Pulumi.AzureNative.SecurityInsights;

namespace CantonInfra.Infra.Components.Observability;

/// <summary>Something in the logs that becomes an incident of Sentinel.</summary>
/// <param name="Name">The logical name; the rule's id in Sentinel is made from it.</param>
/// <param name="Title">What the incident is called.</param>
/// <param name="Description">What it means, for whoever looks into it.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Tactic">What an attacker would want with it.</param>
/// <param name="Query">
/// The query, in the Kusto Query Language; each row alerts. <c>{period}</c> stands for the time that is looked at and
/// <c>{namespaces}</c> for the namespaces that are guarded.
/// </param>
/// <param name="FrequencyInMinutes">How often it is asked.</param>
/// <param name="PeriodInDays">How many days are looked at, where the tables keep as many; null for as long as the frequency.</param>
internal sealed record DetectionRule(
    string Name,
    string Title,
    string Description,
    AlertSeverity Severity,
    AttackTactic Tactic,
    string Query,
    int FrequencyInMinutes,
    int? PeriodInDays = null)
{
    /// <summary>The tables that it reads.</summary>
    public required ImmutableArray<string> Tables { get; init; }
}
