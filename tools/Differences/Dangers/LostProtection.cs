using CantonInfra.Protocol.Properties;

namespace CantonInfra.Tools.Differences.Dangers;

/// <summary>What kept something from being deleted or lost, and does so no more or for less time.</summary>
internal sealed class LostProtection : IDangerDetector
{
    // Inputs, at any depth, by the value that protects.
    private static readonly (string Name, string Protecting)[] Switches =
    [
        ("enablePurgeProtection", "true"),
        ("enableSoftDelete", "true"),
        ("purgeProtectionEnabled", "true"),
        ("geoRedundantBackup", "Enabled"),
        ("infrastructureEncryption", "Enabled"),
        ("requireInfrastructureEncryption", "true"),
        ("deletionProtection", "true"),
    ];

    private static readonly string[] Days =
    [
        "backupRetentionDays", "immutabilityPeriodSinceCreationInDays", "retentionInDays", "softDeleteRetentionInDays", "totalRetentionInDays",
    ];

    // Inputs with the strictest value first; a later one protects less.
    private static readonly (string Name, string[] Values, string What)[] Orders =
    [
        ("minTlsVersion", ["TLS1_3", "1.3", "TLS1_2", "1.2", "TLS1_1", "1.1", "TLS1_0", "1.0"], OldTls),
        ("minimumTlsVersion", ["TLS1_3", "1.3", "TLS1_2", "1.2", "TLS1_1", "1.1", "TLS1_0", "1.0"], OldTls),
        ("pod-security.kubernetes.io/enforce", ["restricted", "baseline", "privileged"], "pods may have more of their node"),
        ("pricingTier", ["Standard", "Free"], "Defender watches less"),
    ];

    // What a server is told by name and value.
    private const string TlsParameter = "ssl_min_protocol_version";
    private const string OldTls = "clients may speak an older version of TLS";

    private static readonly string[] Logging =
        ["azure-native:monitor:DiagnosticSetting", "azure-native:monitor:SubscriptionDiagnosticSetting", "azure:monitoring/diagnosticSetting:DiagnosticSetting"];

    private static readonly string[] Locks = ["azure-native:authorization:ManagementLockByScope", "azure:management/lock:Lock"];

    /// <inheritdoc/>
    public IEnumerable<Danger> Find(PlanDifference difference)
    {
        var gone = difference.Changes.Where(change => change.Operation == Operation.Delete).Select(change => change.Resource.Urn).ToHashSet(StringComparer.Ordinal);
        foreach (var change in difference.Changes.Where(change => change.Former is not null))
        {
            var urn = change.Resource.Urn;
            if (change.Operation == Operation.Delete)
            {
                // What goes with what it is for protects nothing that is left.
                if (!change.Resource.Dependencies.Any(gone.Contains) && Guard(change.Resource.PlainType()) is { } guard)
                {
                    yield return Lost(urn, guard);
                }

                continue;
            }

            if (change.Former!.Options.Protect && !change.Resource.Options.Protect)
            {
                yield return Lost(urn, "is protected no more");
            }

            foreach (var property in change.Properties)
            {
                if (Of(change, property) is { } what)
                {
                    yield return Lost(urn, what, $"{property.Path}: {property.Former.Shown()} → {property.Present.Shown()}");
                }
            }
        }
    }

    private static string? Guard(string type) => type switch
    {
        _ when Locks.Contains(type, StringComparer.Ordinal) => "a lock against deletion is gone",
        _ when Logging.Contains(type, StringComparer.Ordinal) => "what happened is told from less",
        _ => null,
    };

    private static string? Of(ResourceChange change, PropertyChange property)
    {
        if (property.Path.Elements is [{ Key: "value" }] && change.Resource.Inputs.Text("configurationName") == TlsParameter)
        {
            return string.CompareOrdinal(property.Former?.Text(), property.Present?.Text()) > 0 ? OldTls : null;
        }

        var name = property.Path.Elements is [.., { Key: { } key }] ? key : "";
        if (Switches.FirstOrDefault(entry => entry.Name == name) is { Name: not null } entry)
        {
            return property.Former?.Text()?.Equals(entry.Protecting, StringComparison.OrdinalIgnoreCase) == true ? "is protected less" : null;
        }

        if (Orders.FirstOrDefault(entry => entry.Name == name) is { Name: not null } order)
        {
            // Nothing said is the cloud's default, which nobody here knows to be as strict.
            var now = property.Present?.Text() is { } text ? Array.IndexOf(order.Values, text) : order.Values.Length;
            return property.Former?.Text() is { } past && Array.IndexOf(order.Values, past) is >= 0 and var was && (now < 0 || now > was) ? order.What : null;
        }

        var isRetention = property.Path.Elements is [.., { Key: { } parent }, { Key: "days" }] && parent.Contains("retention", StringComparison.OrdinalIgnoreCase);
        if ((isRetention || Days.Contains(name, StringComparer.Ordinal)) && property.Former?.Unwrapped is NumberValue before)
        {
            return property.Present?.Unwrapped is not NumberValue after || after.Value < before.Value ? "keeps for less time" : null;
        }

        return null;
    }

    private static Danger Lost(string urn, string what, string detail = "") => new(DangerKind.LostProtection, DangerGrade.Grave, urn, what, detail);
}
