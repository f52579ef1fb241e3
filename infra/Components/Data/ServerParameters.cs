using System.Collections.Immutable;

namespace CantonInfra.Infra.Components.Data;

/// <summary>The parameters that differ from PostgreSQL's or Azure's own (A11): TLS, passwords, audit, connections.</summary>
internal static class ServerParameters
{
    /// <summary>The parameters in the order in which they are set; a server takes one at a time.</summary>
    public static ImmutableArray<(string Name, string Value)> All { get; } =
    [
        ("require_secure_transport", "on"),
        ("ssl_min_protocol_version", "TLSv1.2"),
        ("password_encryption", "scram-sha-256"),
        ("azure.extensions", "PGAUDIT,PG_STAT_STATEMENTS"),

        // Takes effect at the next restart; until then the server says that one is pending.
        ("shared_preload_libraries", "pgaudit,pg_stat_statements"),

        // Not 'all' or 'read': on a ledger that costs more than the queries themselves.
        ("pgaudit.log", "ddl,role,misc"),
        ("pgaudit.log_client", "off"),
        ("pgaudit.log_parameter", "off"),

        // Would write passwords of CREATE ROLE in clear; pgaudit's 'role' class hides them.
        ("log_statement", "none"),
        ("log_connections", "on"),
        ("log_disconnections", "on"),
        ("connection_throttle.enable", "on"),
    ];
}
