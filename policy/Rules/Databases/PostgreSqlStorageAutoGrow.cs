using System.Collections.Immutable;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Rules.Databases;

/// <summary>PostgreSQL servers' storage grows by itself.</summary>
internal sealed class PostgreSqlStorageAutoGrow : ResourcePolicy
{
    private const string Full = "it refuses to write when its storage is full";

    private static readonly Choice Native = Choice.Of(PostgreSqlTypes.Server, "storage.autoGrow", "Enabled", Full);

    private static readonly Switch Classic = Switch.On(PostgreSqlTypes.ClassicServer, "autoGrowEnabled", Full);

    public override string Id => "postgresql-storage-autogrow";

    public override string Title => "The storage of PostgreSQL servers grows by itself";

    public override string Rationale =>
        "A server whose storage is nearly full refuses to write, and the participant stops with it. A ledger only grows.";

    public override string Remediation =>
        "Set storage.autoGrow to Enabled. Premium SSD v2 cannot do it: there, watch the storage and grow it by hand.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        PostgreSqlTypes.Server,
        Good: """{"storage": {"autoGrow": "Enabled"}}""",
        Bad: """{"storage": {"storageSizeGB": 64}}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "BR-1"),
        new(PolicyControl.Soc2, "A1.2"),
        new(PolicyControl.Requirement, "A11"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = [PostgreSqlTypes.Server, PostgreSqlTypes.ClassicServer];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack) =>
        Classic.Type.Matches(resource.Type) ? Classic.Judge(resource) : Native.Judge(resource);
}
