using System.Collections.Immutable;
using CantonInfra.Policy.Limits;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Databases;

/// <summary>A program that says what a server logs leaves no gap where Azure's default is worse.</summary>
internal sealed class PostgreSqlLogsComplete(ModeLimits limits) : StackPolicy
{
    private static readonly ImmutableArray<string> Needed = ["connection_throttle.enable", "log_line_prefix"];

    // One of these shows that the program decides about the logs.
    private static readonly ImmutableArray<string> Chosen =
        ["log_connections", "log_disconnections", "log_checkpoints", "log_statement", "logfiles.retention_days", .. Needed];

    public override string Id => "postgresql-logs-complete";

    public override string Title => "PostgreSQL servers slow down guessing, and log lines say who it was";

    public override string Rationale =>
        "Azure lets passwords be tried without a pause unless it is told otherwise, and starts lines of the log with the time and the "
        + "session, not with the user and the address. Who has begun to set what is logged believes that these are set too.";

    public override string Remediation =>
        "Beside the other log parameters of a server set connection_throttle.enable to on, and log_line_prefix to a text with %u and %h.";

    public override PolicySeverity Severity => PolicySeverity.Medium;

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "LT-3"),
        new(PolicyControl.Soc2, "CC7.2"),
        new(PolicyControl.Requirement, "A11"),
        new(PolicyControl.Requirement, "A24"),
    ];

    public override IEnumerable<StackVerdict> Check(StackView resources, StackContext stack)
    {
        var verdicts = resources.OfType(PostgreSqlTypes.Server)
            .Select(server => StackVerdict.On(server, PostgreSqlTypes.Exemption(server, limits.For(stack)) ?? Judge(server, PostgreSqlParameters.Of(server, resources))))
            .ToList();
        return verdicts.Count > 0 ? verdicts : [StackVerdict.OnStack(PolicyVerdict.NotApplicable("The stack declares no PostgreSQL servers."))];
    }

    private static PolicyVerdict Judge(StackResourceView server, PostgreSqlParameters parameters)
    {
        if (!Chosen.Any(name => parameters.Find(name) is not null))
        {
            return PolicyVerdict.NotApplicable("The stack leaves the server's logs to Azure.");
        }

        var missing = Needed.Where(name => parameters.Find(name) is null).ToList();
        return missing.Count == 0 ? PolicyVerdict.Pass
            : parameters.HasUnclear ? PolicyVerdict.Undecided(PropertyPath.Root, "not known yet which parameters some resources are")
            : PolicyVerdict.Violation(PropertyPath.Root, $"{server} has log parameters and no {string.Join(" and no ", missing)}, where Azure's default is worse.");
    }
}
