namespace Pulumi;

/// <summary>A message could not be shown.</summary>
public sealed class LogException : Exception
{
    /// <summary>It could not be shown because of that.</summary>
    public LogException(Exception exception)
        : base("A message could not be handed to the engine.", exception)
    {
    }
}
