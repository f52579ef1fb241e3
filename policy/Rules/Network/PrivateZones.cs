using System.Collections.Immutable;

namespace CantonInfra.Policy.Rules.Network;

/// <summary>The private zones in which services look for their private endpoints.</summary>
internal static class PrivateZones
{
    // Without the end, which differs between Azure's clouds.
    private static readonly ImmutableDictionary<string, ImmutableArray<string>> Starts = new Dictionary<string, ImmutableArray<string>>
    {
        ["vault"] = ["privatelink.vaultcore."],
        ["managedhsm"] = ["privatelink.managedhsm."],
        ["blob"] = ["privatelink.blob.core."],
        ["blob_secondary"] = ["privatelink.blob.core."],
        ["file"] = ["privatelink.file.core."],
        ["registry"] = ["privatelink.azurecr."],
        ["postgresqlServer"] = ["privatelink.postgres.database."],
        ["azuremonitor"] =
        [
            "privatelink.monitor.",
            "privatelink.oms.opinsights.",
            "privatelink.ods.opinsights.",
            "privatelink.agentsvc.azure-automation.",
            "privatelink.blob.core.",
        ],
    }.ToImmutableDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether services, and no machines, are looked up in a zone of that name.</summary>
    public static bool IsOfServices(string zone) =>
        zone.StartsWith("privatelink.", StringComparison.OrdinalIgnoreCase)
        || zone.EndsWith(".postgres.database.azure.com", StringComparison.OrdinalIgnoreCase);

    /// <summary>How the names of the zones start in which a service is looked up, one or several; none for services that are not listed.</summary>
    /// <param name="group">The part of the service, as in <c>groupIds</c>.</param>
    public static ImmutableArray<string> StartsFor(string group) => Starts.GetValueOrDefault(group, []);
}
