namespace CantonInfra.Infra.Components.Observability;

/// <summary>What has metrics that are watched.</summary>
internal enum AlertTarget
{
    /// <summary>A PostgreSQL flexible server.</summary>
    PostgreSqlServer,

    /// <summary>A key vault.</summary>
    KeyVault,

    /// <summary>A NAT gateway.</summary>
    NatGateway,

    /// <summary>Azure Firewall.</summary>
    Firewall,
}
