using System.Collections.Immutable;
using CantonInfra.Infra.Components.Governance;

namespace CantonInfra.Infra.Settings;

/// <summary>Defender for Cloud, <c>canton-infra:defender</c> (A14).</summary>
/// <param name="FreePlans">
/// <c>.freePlans</c>: the plans that are off, by Azure's names: Arm, CloudPosture, Containers, KeyVaults, OpenSourceRelationalDatabases,
/// StorageAccounts, VirtualMachines; none.
/// </param>
/// <param name="MalwareScanCapGB">
/// <c>.malwareScanCapGB</c>: the most that is scanned of what is uploaded to one storage account in a month, 10 to 100000 GB; 10000.
/// </param>
/// <param name="ContactEmails"><c>.contactEmails</c>: the addresses that alerts are mailed to, at least one. No default.</param>
/// <param name="ContactPhone"><c>.contactPhone</c>: the telephone number for alerts; none.</param>
internal sealed record DefenderSettings(
    ImmutableArray<string> FreePlans, int MalwareScanCapGB, ImmutableArray<string> ContactEmails, string? ContactPhone)
{
    private static readonly ImmutableSortedDictionary<string, int> Plans = DefenderPlan.All
        .Select((plan, index) => KeyValuePair.Create(plan.Name, index))
        .ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>Reads them.</summary>
    public static DefenderSettings Read(SettingsReader reader)
    {
        var node = reader.Structure("defender");
        var phone = node.Member("contactPhone");
        return new DefenderSettings(
            [.. node.Member("freePlans").Items().Select(item => DefenderPlan.All[item.OneOf("a plan", Plans)].Name)],
            node.Member("malwareScanCapGB").Integer(10, 100_000, 10_000),
            EmailAddresses.Read(node.Member("contactEmails"), "who is told of alerts"),
            phone.IsMissing ? null : phone.Text("a telephone number"));
    }
}
