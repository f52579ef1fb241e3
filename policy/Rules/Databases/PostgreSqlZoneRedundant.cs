using System.Collections.Immutable;
using CantonInfra.Policy.Limits;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Rules.Databases;

/// <summary>PostgreSQL servers that hold money have a standby in another zone.</summary>
internal sealed class PostgreSqlZoneRedundant(ModeLimits limits) : ResourcePolicy
{
    private const string Stops = "the loss of its zone stops it";

    private static readonly ImmutableArray<Choice> Choices =
    [
        Choice.Of(PostgreSqlTypes.Server, "highAvailability.mode", "ZoneRedundant", Stops),
        Choice.Of(PostgreSqlTypes.ClassicServer, "highAvailability.mode", "ZoneRedundant", Stops),
    ];

    public override string Id => "postgresql-zone-redundant";

    public override string Title => "PostgreSQL servers have a standby in another zone";

    public override string Rationale =>
        "Without a standby, or with one in the same zone, the loss of a zone stops the ledger and every sign-in until a backup is "
        + "restored, which takes an hour.";

    public override string Remediation =>
        "Set highAvailability.mode to ZoneRedundant with a standbyAvailabilityZone of its own, in a region that has it for new servers. "
        + "Between SameZone and ZoneRedundant a server passes through Disabled.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        PostgreSqlTypes.Server,
        Good: """{"highAvailability": {"mode": "ZoneRedundant"}}""",
        Bad: """{"highAvailability": {"mode": "SameZone"}}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "BR-1"),
        new(PolicyControl.Soc2, "A1.2"),
        new(PolicyControl.Requirement, "A11"),
        new(PolicyControl.Requirement, "A12"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = [.. Choices.Select(choice => choice.Type)];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        yield return PostgreSqlTypes.Exemption(resource, limits.For(stack))
            ?? Choices.First(choice => choice.Type.Matches(resource.Type)).JudgeOne(resource);
    }
}
