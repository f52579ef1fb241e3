using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Databases;

/// <summary>Parameters of PostgreSQL servers do not weaken TLS.</summary>
internal sealed class PostgreSqlTls : ResourcePolicy
{
    private static readonly PropertyPath Value = PropertyPath.Parse("value");

    private static readonly ImmutableDictionary<string, ImmutableArray<string>> Allowed = new Dictionary<string, ImmutableArray<string>>
    {
        ["require_secure_transport"] = ["on"],
        ["ssl_min_protocol_version"] = ["TLSv1.2", "TLSv1.3"],
        ["ssl_max_protocol_version"] = ["TLSv1.3"],
    }.ToImmutableDictionary(StringComparer.OrdinalIgnoreCase);

    public override string Id => "postgresql-tls";

    public override string Title => "PostgreSQL servers take connections by TLS 1.2 or newer only";

    public override string Rationale =>
        "What clients and servers say to each other includes passwords and the ledger itself. The network between them is shared by "
        + "all pods of the environment.";

    public override string Remediation =>
        "Leave require_secure_transport on, set ssl_min_protocol_version to TLSv1.2 or TLSv1.3, and set no ssl_max_protocol_version.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        PostgreSqlTypes.Parameter,
        Good: """{"configurationName": "ssl_min_protocol_version", "value": "TLSv1.2"}""",
        Bad: """{"configurationName": "require_secure_transport", "value": "off"}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "DP-3"),
        new(PolicyControl.Soc2, "CC6.7"),
        new(PolicyControl.Requirement, "A11"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = [PostgreSqlTypes.Parameter, PostgreSqlTypes.ClassicParameter];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        var name = resource.Read(PostgreSqlParameters.NamePathOf(resource));
        if (!name.TryGetText(out var parameter))
        {
            return name.State == PropertyState.Missing ? [] : [PolicyVerdict.Undecided(name.Path)];
        }

        if (!Allowed.TryGetValue(parameter, out var allowed))
        {
            return [PolicyVerdict.NotApplicable("The parameter has nothing to do with TLS.")];
        }

        return [new Choice(resource.Type.ToString(), Value, allowed, ByDefault: null, "its clients may talk to it in clear or by an old TLS").JudgeOne(resource)];
    }
}
