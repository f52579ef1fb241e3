using System.Globalization;
using CantonInfra.Engine.Diagnostics;

namespace CantonInfra.Engine.Programs;

/// <summary>What a program's exit code means, as the official language hosts read it.</summary>
internal static class ProgramExit
{
    // The program has shown its errors itself.
    private const int Bail = 32;

    // Shells and .NET report an end by signal N as 128 + N.
    private const int SignalBase = 128;

    private const int LastSignal = 64;

    /// <summary>Returns where the program succeeded.</summary>
    /// <exception cref="RunFailedException">It failed in a way that it has not told itself.</exception>
    public static void Check(int code, DiagnosticLog log)
    {
        if (code == 0)
        {
            return;
        }

        var hasTold = log.Snapshot().Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        if (code == Bail && hasTold)
        {
            return;
        }

        var number = code.ToString(CultureInfo.InvariantCulture);
        var message = code is > SignalBase and <= SignalBase + LastSignal
            ? $"The program was ended by signal {(code - SignalBase).ToString(CultureInfo.InvariantCulture)} (exit code {number})."
            : $"The program ended with exit code {number}.";
        throw new RunFailedException(Diagnostic.Error("program-exit", message));
    }
}
