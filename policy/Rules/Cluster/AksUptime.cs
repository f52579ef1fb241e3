using System.Collections.Immutable;
using CantonInfra.Policy.Limits;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Cluster;

/// <summary>Clusters that hold money outlive a zone.</summary>
internal sealed class AksUptime(ModeLimits limits) : ResourcePolicy
{
    private const string NoPromise = "Azure promises nothing about its API server";

    private static readonly ImmutableArray<Choice> Tiers =
    [
        Choice.Of(AksTypes.Cluster, "sku.tier", ["Standard", "Premium"], "Free", NoPromise),
        Choice.Of(AksTypes.ClassicCluster, "skuTier", ["Standard", "Premium"], "Free", NoPromise),
    ];

    private static readonly ImmutableArray<(ResourceTypePattern Type, PropertyPath Pools, string Zones)> Pools =
    [
        (AksTypes.Cluster, PropertyPath.Parse("agentPoolProfiles[*]"), "availabilityZones"),
        (AksTypes.Pool, PropertyPath.Root, "availabilityZones"),
        (AksTypes.ClassicCluster, PropertyPath.Parse("defaultNodePool"), "zones"),
        (AksTypes.ClassicPool, PropertyPath.Root, "zones"),
    ];

    public override string Id => "aks-uptime";

    public override string Title => "Clusters of the production network outlive the loss of a zone";

    public override string Rationale =>
        "A pool in one zone, or in none that is named, is gone with that zone, and its zones are chosen once. The free tier has an API "
        + "server without a promise, which is missed when pods have to move.";

    public override string Remediation =>
        "Set sku.tier to Standard or Premium, and availabilityZones of every pool to two zones or more. Stacks that limits.yaml lets "
        + "into audit mode may do without.";

    public override PolicySeverity Severity => PolicySeverity.Medium;

    public override PolicyExample Example { get; } = new(
        AksTypes.Cluster,
        Good: """{"sku": {"name": "Base", "tier": "Standard"}, "agentPoolProfiles": [{"availabilityZones": ["1", "2", "3"]}]}""",
        Bad: """{"sku": {"name": "Base", "tier": "Free"}}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "BR-1"),
        new(PolicyControl.Soc2, "A1.2"),
        new(PolicyControl.Requirement, "A7"),
        new(PolicyControl.Requirement, "A12"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = [.. Pools.Select(pool => pool.Type)];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack) =>
        limits.For(stack).Least != PolicyMode.Deny
            ? [PolicyVerdict.NotApplicable("The limits allow the stack to be in audit mode: it holds nothing of worth.")]
            : [
                .. Tiers.Where(tier => tier.Type.Matches(resource.Type)).Select(tier => tier.JudgeOne(resource)),
                .. Pools.Where(pool => pool.Type.Matches(resource.Type))
                    .SelectMany(pool => resource.Select(pool.Pools).Where(IsThere).Select(found => JudgeZones(resource, found, pool.Zones))),
            ];

    private static bool IsThere(PropertyReading pool) => pool.State != PropertyState.Missing;

    private static PolicyVerdict JudgeZones(ResourceView resource, PropertyReading pool, string zones)
    {
        if (pool.State != PropertyState.Known)
        {
            return PolicyVerdict.Undecided(pool.Path);
        }

        var path = pool.Path.Then(zones);
        var reading = resource.Read(path);
        return (reading.State, reading.Value) switch
        {
            (PropertyState.Missing, _) => PolicyVerdict.Violation(path, $"{resource} names no zones, so its nodes may all be in one place."),
            (_, ListValue { Items.Length: >= 2 }) => PolicyVerdict.Pass,
            (_, ListValue) => PolicyVerdict.Violation(path, $"{resource} has {reading} here, so the loss of one zone takes all its nodes."),
            _ => PolicyVerdict.Undecided(reading.Path),
        };
    }
}
