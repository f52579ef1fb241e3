using System.Collections.Immutable;
using CantonInfra.Infra.Components.Foundation;
using CantonInfra.Infra.Components.Governance;

namespace CantonInfra.Infra.Settings;

/// <summary>What a subscription has once, whatever environments are in it.</summary>
/// <param name="Name">The subscription's name in resource names and tags: the stack's.</param>
/// <param name="Owner"><c>canton-infra:owner</c>: who answers for it; a tag.</param>
/// <param name="CostCenter"><c>canton-infra:costCenter</c>: who pays; a tag.</param>
/// <param name="DeletionProtection">
/// <c>canton-infra:deletionProtection</c>: whether what holds data, keys or evidence refuses to be deleted by a deployment; true.
/// </param>
/// <param name="Locks">
/// <c>canton-infra:locks</c>: what Azure refuses to delete, whoever asks: none, stateful (vaults, databases, log storage, the egress
/// address) or all (these, and all else in the resource groups of keys, data and logs); all.
/// </param>
/// <param name="Azure">The subscription.</param>
/// <param name="Environments">
/// <c>canton-infra:environments</c>: the stacks of the environments in this subscription; none. The resource groups that AKS fills
/// for them are not judged by our initiative.
/// </param>
/// <param name="AllowedLocations"><c>canton-infra:allowedLocations</c>: the regions that Azure Policy allows. No default.</param>
/// <param name="Enforcement">
/// <c>canton-infra:enforcement</c>: what Azure does about what is against the policies of the stack, audit or deny. Regions, purge
/// protection and what else is cheap to keep are denied in any case; deny.
/// </param>
/// <param name="Guardrails">The policies.</param>
/// <param name="Containers">What containers may be.</param>
/// <param name="Exemptions">What the policies do not judge.</param>
/// <param name="Defender">Defender for Cloud.</param>
/// <param name="ActivityLog">The activity log.</param>
/// <param name="Lighthouse">A provider in another tenant; null for none.</param>
/// <param name="Budget">What it may cost.</param>
internal sealed record SubscriptionSettings(
    string Name,
    string Owner,
    string CostCenter,
    bool DeletionProtection,
    LockExtent Locks,
    AzureSettings Azure,
    ImmutableArray<string> Environments,
    ImmutableArray<string> AllowedLocations,
    Enforcement Enforcement,
    GuardrailSettings Guardrails,
    ContainerSettings Containers,
    ImmutableArray<ExemptionSettings> Exemptions,
    DefenderSettings Defender,
    ActivityLogSettings ActivityLog,
    LighthouseSettings? Lighthouse,
    BudgetSettings Budget)
{
    /// <summary>What Azure can do, by its name in settings.</summary>
    public static ImmutableSortedDictionary<string, Enforcement> Enforcements { get; } =
        ImmutableSortedDictionary.Create<string, Enforcement>(StringComparer.Ordinal)
            .Add("audit", Enforcement.Audit)
            .Add("deny", Enforcement.Deny);

    /// <summary>Reads the settings of a stack.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="stack">The stack's name.</param>
    public static SubscriptionSettings Read(SettingsReader reader, string stack)
    {
        EnvironmentSettings.CheckStackName(reader, stack);
        var azure = AzureSettings.Read(reader);
        return new SubscriptionSettings(
            stack,
            reader.Key("owner").Text("who answers for the subscription"),
            reader.Key("costCenter").Text("who pays for the subscription"),
            reader.Key("deletionProtection").Boolean(fallback: true),
            LockSettings.Read(reader),
            azure,
            [.. reader.Structure("environments").Items().Select(item => item.Text(
                "the stack of an environment",
                EnvironmentSettings.StackName(),
                $"the name of an environment, 2 to {ResourceNames.LongestEnvironment} lowercase letters, digits and single hyphens"))],
            Locations(reader),
            reader.Key("enforcement").OneOf("what Azure does about what is against our policies", Enforcements, Enforcement.Deny),
            GuardrailSettings.Read(reader),
            ContainerSettings.Read(reader),
            ExemptionSettings.Read(reader, azure.SubscriptionId),
            DefenderSettings.Read(reader),
            ActivityLogSettings.Read(reader),
            LighthouseSettings.Read(reader),
            BudgetSettings.Read(reader));
    }

    private static ImmutableArray<string> Locations(SettingsReader reader)
    {
        var node = reader.Structure("allowedLocations");
        var locations = node.Items()
            .Select(item => item.Text("an Azure region", AzureSettings.RegionName(), AzureSettings.RegionForm))
            .ToImmutableArray();
        if (locations.IsEmpty)
        {
            node.Refuse("missing; it must give the regions that Azure Policy allows, a list of at least one.");
        }

        return locations;
    }
}
