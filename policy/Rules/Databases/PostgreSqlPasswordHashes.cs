using System.Collections.Immutable;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Rules.Databases;

/// <summary>Passwords of PostgreSQL are kept and proven with SCRAM.</summary>
internal sealed class PostgreSqlPasswordHashes() : ParameterRule(
    ParameterValue.OneOf("password_encryption", "passwords are kept as hashes that are quickly tried", "scram-sha-256"),
    ParameterValue.OneOf("azure.accepted_password_auth_method", "who has the hash can sign in with it", "scram-sha-256"))
{
    public override string Id => "postgresql-password-hashes";

    public override string Title => "Passwords of PostgreSQL are proven with SCRAM";

    public override string Rationale =>
        "An MD5 hash is all that is needed to sign in, and is tried a thousand million times a second. SCRAM proves a password without giving "
        + "anything away that is as good.";

    public override string Remediation => "Set password_encryption and azure.accepted_password_auth_method to scram-sha-256.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        PostgreSqlTypes.Parameter,
        Good: """{"configurationName": "password_encryption", "value": "scram-sha-256"}""",
        Bad: """{"configurationName": "password_encryption", "value": "md5"}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "IM-3"),
        new(PolicyControl.Soc2, "CC6.1"),
        new(PolicyControl.Requirement, "A11"),
    ];
}
