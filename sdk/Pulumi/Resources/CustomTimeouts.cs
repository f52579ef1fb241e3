namespace Pulumi;

/// <summary>How long operations on a resource may take.</summary>
public sealed class CustomTimeouts
{
    /// <summary>How long creating may take.</summary>
    public TimeSpan? Create { get; set; }

    /// <summary>How long updating may take.</summary>
    public TimeSpan? Update { get; set; }

    /// <summary>How long deleting may take.</summary>
    public TimeSpan? Delete { get; set; }
}
