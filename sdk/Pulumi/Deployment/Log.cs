namespace Pulumi;

/// <summary>Shows messages to the user.</summary>
public static class Log
{
    /// <summary>Shows what helps to find an error.</summary>
    public static void Debug(string message, Resource? resource = null, int? streamId = null, bool? ephemeral = null) =>
        Deployment.Current.Logger.Debug(message, resource, streamId, ephemeral);

    /// <summary>Shows what may interest.</summary>
    public static void Info(string message, Resource? resource = null, int? streamId = null, bool? ephemeral = null) =>
        Deployment.Current.Logger.Info(message, resource, streamId, ephemeral);

    /// <summary>Shows what should be looked at.</summary>
    public static void Warn(string message, Resource? resource = null, int? streamId = null, bool? ephemeral = null) =>
        Deployment.Current.Logger.Warn(message, resource, streamId, ephemeral);

    /// <summary>Shows an error, which makes the run fail; the program goes on.</summary>
    public static void Error(string message, Resource? resource = null, int? streamId = null, bool? ephemeral = null) =>
        Deployment.Current.Logger.Error(message, resource, streamId, ephemeral);

    /// <summary>Shows an exception as an error, which makes the run fail; the program goes on.</summary>
    public static void Exception(Exception exception, Resource? resource = null, int? streamId = null, bool? ephemeral = null)
    {
        ArgumentNullException.ThrowIfNull(exception);
        Deployment.Current.Logger.Error(exception.ToString(), resource, streamId, ephemeral);
    }
}
