using System.Collections.Immutable;

namespace CantonInfra.Policy.Rules.Network;

/// <summary>The private zones in which services look for their private endpoints.</summary>
internal static class PrivateZones
{
    // Without the end, which differs between Azure's clouds.
    private static readonly ImmutableDictionary<string, string> Starts = new Dictionary<string, string>
    {
        ["vault"] = "privatelink.vaultcore.",
        ["managedhsm"] = "privatelink.managedhsm.",
        ["blob"] = "privatelink.blob.core.",
        ["blob_secondary"] = "privatelink.blob.core.",
        ["file"] = "privatelink.file.core.",
        ["registry"] = "privatelink.azurecr.",
        ["postgresqlServer"] = "privatelink.postgres.database.",
        ["azuremonitor"] = "privatelink.monitor.",
    }.ToImmutableDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether services, and no machines, are looked up in a zone of that name.</summary>
    public static bool IsOfServices(string zone) =>
        zone.StartsWith("privatelink.", StringComparison.OrdinalIgnoreCase)
        || zone.EndsWith(".postgres.database.azure.com", StringComparison.OrdinalIgnoreCase);

    /// <summary>How the name of the zone starts; null for services that are not listed.</summary>
    /// <param name="group">The part of the service, as in <c>groupIds</c>.</param>
    public static string? StartFor(string group) => Starts.GetValueOrDefault(group);
}
