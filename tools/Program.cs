using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using CantonInfra.Tools;
using CantonInfra.Tools.Commands;
using CantonInfra.Tools.Terminals;

var terminal = Terminal.OfProcess(Environment.GetEnvironmentVariable);

// Both ways to be asked to stop end the run in order, so that no process of it is left behind.
using var cancellation = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
try
{
    return await CommandLine.RunAsync(
        args, terminal, StandardOutput(), Environment.GetEnvironmentVariable, TimeProvider.System, cancellation.Token);
}
catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
{
    return ExitCodes.Cancelled;
}

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    cancellation.Cancel();
}

[SuppressMessage("ApiDesign", "RS0030", Justification = "JSON goes to standard output as bytes, which only the console has.")]
static Stream StandardOutput() => Console.OpenStandardOutput();
