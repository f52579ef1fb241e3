using System.Collections.Immutable;
using Pulumi;
using Pulumi.AzureNative.DBforPostgreSQL;

namespace CantonInfra.Infra.Components.Data;

/// <summary>The parameters that differ from PostgreSQL's or Azure's own (A11, A24): TLS, passwords, audit, connections.</summary>
internal sealed record ServerParameters
{
    // Only a restart puts it into effect.
    private const string Static = "shared_preload_libraries";

    /// <summary>The least version of TLS.</summary>
    public required TlsVersion LeastTls { get; init; }

    /// <summary>The classes of statements that pgaudit writes down, separated by commas.</summary>
    public required string AuditClasses { get; init; }

    /// <summary>The parameters in the order in which they are set.</summary>
    public ImmutableArray<(string Name, string Value)> All =>
    [
        ("require_secure_transport", "on"),
        ("ssl_min_protocol_version", LeastTls == TlsVersion.Tls13 ? "TLSv1.3" : "TLSv1.2"),
        ("password_encryption", "scram-sha-256"),
        ("azure.accepted_password_auth_method", "scram-sha-256"),

        // pgaudit needs all three: the permission to have it, the library, and what it writes down.
        ("azure.extensions", "PGAUDIT,PG_STAT_STATEMENTS"),
        (Static, "pgaudit,pg_stat_statements"),
        ("pgaudit.log", AuditClasses),

        // To clients, audit lines would tell what others do; parameters of statements are data.
        ("pgaudit.log_client", "off"),
        ("pgaudit.log_parameter", "off"),

        // Would write passwords of CREATE ROLE in clear; pgaudit's 'role' class hides them.
        ("log_statement", "none"),
        ("log_connections", "on"),
        ("log_disconnections", "on"),
        ("log_checkpoints", "on"),
        ("log_line_prefix", "%t-%c-user=%u,db=%d,app=%a,client=%h"),
        ("logfiles.retention_days", "7"),
        ("connection_throttle.enable", "on"),

        // Without these, the logs of the query store stay empty.
        ("pg_qs.query_capture_mode", "TOP"),
        ("pgms_wait_sampling.query_capture_mode", "ON"),
    ];

    /// <summary>Whether a parameter waits for a restart.</summary>
    /// <param name="set">What <see cref="Set"/> gave.</param>
    public static Output<bool> IsRestartPending(ImmutableArray<Configuration> set) =>
        set.Single(parameter => parameter.GetResourceName().EndsWith(Kebab(Static), StringComparison.Ordinal)).IsConfigPendingRestart;

    /// <summary>Sets them, one after another: a server takes one change at a time and refuses others as busy.</summary>
    /// <param name="name">The logical name of the server, which theirs begin with.</param>
    /// <param name="server">The server.</param>
    /// <param name="resourceGroupName">The name of its resource group.</param>
    /// <param name="parent">The component of the server.</param>
    /// <returns>The parameters in their order; what comes after them depends on the last.</returns>
    public ImmutableArray<Configuration> Set(string name, Server server, Input<string> resourceGroupName, Resource parent)
    {
        var set = ImmutableArray.CreateBuilder<Configuration>();
        foreach (var (parameter, value) in All)
        {
            set.Add(new Configuration(
                $"{name}-{Kebab(parameter)}",
                new ConfigurationArgs
                {
                    ConfigurationName = parameter,
                    ServerName = server.Name,
                    ResourceGroupName = resourceGroupName,
                    Value = value,
                    Source = "user-override",
                },
                new CustomResourceOptions { Parent = parent, DependsOn = { set.Count == 0 ? server : set[^1] } }));
        }

        return set.ToImmutable();
    }

    private static string Kebab(string parameter) => parameter.Replace('.', '-').Replace('_', '-');
}
