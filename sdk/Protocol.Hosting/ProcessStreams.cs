using System.Diagnostics.CodeAnalysis;

namespace CantonInfra.Protocol.Hosting;

/// <summary>
/// The streams of a plugin's process: the port goes to standard output, and nothing else ever does, for the engine reads
/// it as the port. What code in the process prints goes to standard error.
/// </summary>
[SuppressMessage(
    "ApiDesign",
    "RS0030:Do not use banned APIs",
    Justification = "The one place where a plugin's process takes its streams; all else is given the writers.")]
internal sealed class ProcessStreams
{
    private ProcessStreams(TextWriter port, TextWriter errors)
    {
        Port = port;
        Errors = errors;
    }

    /// <summary>Takes the port's line.</summary>
    public TextWriter Port { get; }

    /// <summary>Takes messages to people.</summary>
    public TextWriter Errors { get; }

    /// <summary>Takes the streams of this process; from here on, printing to the console prints to standard error.</summary>
    public static ProcessStreams Take()
    {
        var output = new StreamWriter(Console.OpenStandardOutput()) { NewLine = "\n" };
        Console.SetOut(Console.Error);
        return new(output, Console.Error);
    }
}
