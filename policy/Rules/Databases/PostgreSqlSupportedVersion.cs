using System.Collections.Immutable;
using System.Globalization;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Databases;

/// <summary>PostgreSQL servers run a version that gets fixes.</summary>
internal sealed class PostgreSqlSupportedVersion : ResourcePolicy
{
    private static readonly PolicySetting<double> Least = PolicySetting.Number("least", "The oldest major version that gets fixes.", 14, 14, 99);

    public override string Id => "postgresql-supported-version";

    public override string Title => "PostgreSQL servers run a version that gets fixes";

    public override string Rationale =>
        "A major version gets fixes for five years. After that every hole that is found in a newer one is known and open in this one.";

    public override string Remediation => "Set version to 14 or newer; for a server that exists, follow the runbook for major upgrades.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(PostgreSqlTypes.Server, Good: """{"version": "17"}""", Bad: """{"version": "11"}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "PV-6"),
        new(PolicyControl.Soc2, "CC7.1"),
        new(PolicyControl.Requirement, "A11"),
    ];

    public override ImmutableArray<PolicySetting> Settings { get; } = [Least];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = [PostgreSqlTypes.Server, PostgreSqlTypes.ClassicServer];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        var version = resource.Read("version");

        // A replica or a restored server takes the version of its source.
        yield return version.State == PropertyState.Missing ? PolicyVerdict.Pass
            : !version.TryGetText(out var text) || !double.TryParse(text.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major)
                ? PolicyVerdict.Undecided(version.Path)
            : major >= stack.Get(Least) ? PolicyVerdict.Pass
            : PolicyVerdict.Violation(version.Path, $"{resource} has {version} here, a version that gets no more fixes.");
    }
}
