namespace CantonInfra.Protocol.Hosting;

/// <summary>What a plugin is given when it starts.</summary>
/// <param name="engineAddress">See <see cref="EngineAddress"/>.</param>
/// <param name="errors">See <see cref="Errors"/>.</param>
/// <param name="stop">Called by <see cref="Stop"/>.</param>
public sealed class PluginContext(string engineAddress, TextWriter errors, Action stop)
{
    /// <summary>Host and port of the engine that started the plugin.</summary>
    public string EngineAddress => engineAddress;

    /// <summary>Takes messages to people: the process's standard error.</summary>
    public TextWriter Errors => errors;

    /// <summary>Ends the plugin as soon as the answer to the current call is on its way.</summary>
    public void Stop() => stop();
}
