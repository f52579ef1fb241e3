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
                // A lock that goes with what it locks protects nothing that is left.
                if (Locks.Contains(change.Resource.PlainType(), StringComparer.Ordinal) && !change.Resource.Dependencies.Any(gone.Contains))
                {
                    yield return Lost(urn, "a lock against deletion is gone");
                }

                continue;
            }

            if (change.Former!.Options.Protect && !change.Resource.Options.Protect)
            {
                yield return Lost(urn, "is protected no more");
            }

            foreach (var property in change.Properties)
            {
                if (Of(property) is { } what)
                {
                    yield return Lost(urn, what, $"{property.Path}: {property.Former.Shown()} → {property.Present.Shown()}");
                }
            }
        }
    }

    private static string? Of(PropertyChange property)
    {
        var name = property.Path.Elements is [.., { Key: { } key }] ? key : "";
        if (Switches.FirstOrDefault(entry => entry.Name == name) is { Name: not null } entry)
        {
            return property.Former?.Text()?.Equals(entry.Protecting, StringComparison.OrdinalIgnoreCase) == true ? "is protected less" : null;
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
