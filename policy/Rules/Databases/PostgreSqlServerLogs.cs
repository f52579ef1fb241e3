using System.Collections.Immutable;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Rules.Databases;

/// <summary>Servers write down who comes, and not what is in the data.</summary>
internal sealed class PostgreSqlServerLogs() : ParameterRule(
    ParameterValue.OneOf("log_connections", NoConnections, "on"),
    ParameterValue.OneOf("log_disconnections", NoConnections, "on"),
    ParameterValue.OneOf("log_checkpoints", "nothing tells why the server was slow or lost writes", "on"),
    ParameterValue.OneOf("connection_throttle.enable", "passwords are tried without end", "on"),
    ParameterValue.OneOf("connection_throttling", "passwords are tried without end", "on"),
    ParameterValue.OneOf("log_statement", Values, "none", "ddl"),
    ParameterValue.OneOf("pgaudit.log_parameter", Values, "off"),
    ParameterValue.OneOf("pgaudit.log_client", "clients are sent what is written down about them", "off"),
    ParameterValue.AtLeast("logfiles.retention_days", 3, "logs are gone before anybody looks"),
    new(
        "log_line_prefix",
        text => Who.Any(part => text.Contains(part, StringComparison.Ordinal)) && From.Any(part => text.Contains(part, StringComparison.Ordinal)),
        "contain %u and %h or %r",
        "lines do not tell who it was, or from where"))
{
    private const string NoConnections = "nothing tells who was connected, and when";
    private const string Values = "values of statements, also passwords, stand in the logs";

    private static readonly ImmutableArray<string> Who = ["%u"];
    private static readonly ImmutableArray<string> From = ["%h", "%r"];

    public override string Id => "postgresql-server-logs";

    public override string Title => "PostgreSQL servers write down who comes, and no values";

    public override string Rationale =>
        "Who was connected, from where, is what an intrusion is traced by. Values of statements are what it is after: keys, tokens, amounts. Logs "
        + "are read by more people than databases.";

    public override string Remediation =>
        "Set log_connections, log_disconnections, log_checkpoints and connection_throttle.enable to on, log_statement to none or ddl, "
        + "pgaudit.log_parameter and pgaudit.log_client to off, and put %u and %h into log_line_prefix.";

    public override PolicySeverity Severity => PolicySeverity.Medium;

    public override PolicyExample Example { get; } = new(
        PostgreSqlTypes.Parameter,
        Good: """{"configurationName": "log_statement", "value": "none"}""",
        Bad: """{"configurationName": "log_statement", "value": "all"}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "LT-3"),
        new(PolicyControl.Soc2, "CC7.2"),
        new(PolicyControl.Requirement, "A24"),
    ];
}
