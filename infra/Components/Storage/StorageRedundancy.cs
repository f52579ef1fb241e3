namespace CantonInfra.Infra.Components.Storage;

/// <summary>How many copies of it Azure keeps, and where.</summary>
internal enum StorageRedundancy
{
    /// <summary>Three copies in one data center.</summary>
    Local,

    /// <summary>Three copies in three availability zones.</summary>
    Zone,

    /// <summary>Three copies in three availability zones, and three more in the paired region.</summary>
    GeoZone,
}
