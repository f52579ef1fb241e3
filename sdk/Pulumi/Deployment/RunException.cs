namespace Pulumi;

/// <summary>An error whose message is all that the user needs: it is shown without where it was thrown.</summary>
public class RunException : Exception
{
    /// <summary>An error with that message.</summary>
    public RunException(string message)
        : base(message)
    {
    }

    /// <summary>An error with that message and cause.</summary>
    public RunException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
