namespace CantonInfra.Protocol.Hosting;

/// <summary>A plugin cannot serve, and the reason is for people: it is printed without a trace, and the exit code is 2.</summary>
/// <param name="message">What is wrong, where, and what to do.</param>
/// <param name="innerException">The cause, if any.</param>
public class PluginStartException(string message, Exception? innerException = null) : Exception(message, innerException);
