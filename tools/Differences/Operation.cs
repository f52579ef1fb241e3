namespace CantonInfra.Tools.Differences;

/// <summary>What a deployment would do with a resource.</summary>
internal enum Operation
{
    /// <summary>It is as it was.</summary>
    Same,

    /// <summary>It is new.</summary>
    Create,

    /// <summary>It exists already, and comes under the program's care.</summary>
    Import,

    /// <summary>Its inputs differ.</summary>
    Update,

    /// <summary>Its inputs differ so that it is deleted and created again.</summary>
    Replace,

    /// <summary>It is gone.</summary>
    Delete,

    /// <summary>It is read, not managed.</summary>
    Read,
}
