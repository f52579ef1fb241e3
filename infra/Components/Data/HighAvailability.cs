namespace CantonInfra.Infra.Components.Data;

/// <summary>Where the standby of a PostgreSQL server is.</summary>
internal enum HighAvailability
{
    /// <summary>In another availability zone.</summary>
    ZoneRedundant,

    /// <summary>In the same availability zone.</summary>
    SameZone,

    /// <summary>There is none.</summary>
    Disabled,
}
