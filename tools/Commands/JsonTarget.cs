using System.Collections.Immutable;
using CantonInfra.Engine.Diagnostics;
using CantonInfra.Tools.Rendering;

namespace CantonInfra.Tools.Commands;

/// <summary>Where a command's JSON goes.</summary>
/// <param name="IsWanted">Whether there is any.</param>
/// <param name="File">A file; null or <c>-</c> for standard output.</param>
internal sealed record JsonTarget(bool IsWanted, string? File)
{
    /// <summary>No JSON.</summary>
    public static JsonTarget None { get; } = new(false, null);

    /// <summary>Whether standard output holds JSON and so no text.</summary>
    public bool TakesOutput => IsWanted && File is null or "-";

    /// <summary>Writes the JSON where it is wanted.</summary>
    public void Write(Stream standardOutput, Action<Stream> write)
    {
        if (!IsWanted)
        {
            return;
        }

        if (TakesOutput)
        {
            write(standardOutput);
            standardOutput.Flush();
            return;
        }

        OutputFile.Write(File!, write);
    }

    /// <summary>Writes what went wrong as JSON where it is wanted; where it cannot be written, that has been told before or hardly matters.</summary>
    public void WriteFailure(Stream standardOutput, ImmutableArray<Diagnostic> diagnostics)
    {
        try
        {
            Write(standardOutput, stream => PreviewJson.WriteFailure(stream, diagnostics));
        }
        catch (ConfigurationException)
        {
            // A file that cannot be written was the first mistake, or is one besides that.
        }
    }
}
