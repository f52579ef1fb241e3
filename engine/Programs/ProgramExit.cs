using System.Globalization;
using CantonInfra.Engine.Diagnostics;

namespace CantonInfra.Engine.Programs;

/// <summary>What a program's exit code means, as the official language hosts read it.</summary>
internal static class ProgramExit
{
    // The program has shown its errors itself.
    private const int Bail = 32;

    // What our own program, like the Pulumi CLI, says with this code: the settings are wrong.
    private const int Configuration = 2;

    // Shells and .NET report an end by signal N as 128 + N.
    private const int SignalBase = 128;

    private const int LastSignal = 64;

    /// <summary>Reads a code.</summary>
    /// <returns>Whether the program found its configuration wrong, and said so.</returns>
    /// <exception cref="RunFailedException">It failed in a way that it has not told itself.</exception>
    public static bool IsConfigurationError(int code, DiagnosticLog log)
    {
        if (code == 0)
        {
            return false;
        }

        var hasTold = log.Snapshot().Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        if (code is Bail or Configuration && hasTold)
        {
            return code == Configuration;
        }

        var number = code.ToString(CultureInfo.InvariantCulture);
        var message = code is > SignalBase and <= SignalBase + LastSignal
            ? $"The program was ended by signal {(code - SignalBase).ToString(CultureInfo.InvariantCulture)} (exit code {number})."
            : $"The program ended with exit code {number}.";
        throw new RunFailedException(Diagnostic.Error("program-exit", message));
    }
}
