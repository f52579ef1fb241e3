namespace Pulumi;

/// <summary>An error about one resource.</summary>
public sealed class ResourceException : Exception
{
    /// <summary>An error about that resource.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="resource">The resource, if it is known.</param>
    /// <param name="hideStack">Whether the message alone is shown, without where it was thrown.</param>
    public ResourceException(string message, Resource? resource, bool hideStack = false)
        : base(message)
    {
        Resource = resource;
        HideStack = hideStack;
    }

    internal ResourceException(string message, Resource resource, Exception innerException)
        : base(message, innerException)
    {
        Resource = resource;
        HideStack = true;
    }

    internal Resource? Resource { get; }

    internal bool HideStack { get; }
}
