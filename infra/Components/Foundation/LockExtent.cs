namespace CantonInfra.Infra.Components.Foundation;

/// <summary>What of an environment Azure itself refuses to delete, whoever asks.</summary>
internal enum LockExtent
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>What holds data or keys, and the egress address.</summary>
    Stateful,

    /// <summary>That, and all else in the resource groups of what holds data or keys.</summary>
    All,
}
