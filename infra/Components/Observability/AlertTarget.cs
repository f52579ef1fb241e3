namespace CantonInfra.Infra.Components.Observability;

/// <summary>What has metrics that are watched.</summary>
internal enum AlertTarget
{
    /// <summary>A PostgreSQL flexible server.</summary>
    PostgreSqlServer,

    /// <summary>A replica of a PostgreSQL flexible server in another region; it has no backups of its own.</summary>
    PostgreSqlReplica,

    /// <summary>A key vault.</summary>
    KeyVault,

    /// <summary>A NAT gateway.</summary>
    NatGateway,

    /// <summary>Azure Firewall.</summary>
    Firewall,
}
