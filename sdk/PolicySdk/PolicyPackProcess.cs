using System.Diagnostics.CodeAnalysis;
using CantonInfra.Protocol;
using CantonInfra.Protocol.Hosting;

namespace CantonInfra.PolicySdk;

/// <summary>The entry point of a policy pack's program.</summary>
public static class PolicyPackProcess
{
    /// <summary>Serves the pack until the engine is done with it; the result is the exit code.</summary>
    /// <remarks>With <see cref="PolicyCatalogue.Argument"/> as the one argument it prints what its rules are, and ends.</remarks>
    /// <param name="arguments">The program's arguments.</param>
    /// <param name="load">
    /// Makes the pack. A <see cref="PluginStartException"/> from it is printed, and no port is: engines then fail the run.
    /// </param>
    public static Task<int> RunAsync(IReadOnlyList<string> arguments, Func<PolicyPack> load)
    {
        if (arguments is [PolicyCatalogue.Argument])
        {
            return Task.FromResult(PrintCatalogue(load));
        }

        // Threads for all judges and for the conversation beside them, without the pool's hesitation to add some.
        ThreadPool.GetMinThreads(out _, out var completionThreads);
        ThreadPool.SetMinThreads(AnalyzerService.Judges + 4, completionThreads);
        return PluginProcess.RunAsync(arguments, plugin => new AnalyzerService(load(), plugin.Stop)
        {
            SumsUp = Environment.GetEnvironmentVariable(EngineAbilities.ShowsVerdicts) != EngineAbilities.Yes,
        }.Handlers());
    }

    [SuppressMessage("ApiDesign", "RS0030", Justification = "The catalogue is for whoever started the process, and no engine is.")]
    private static int PrintCatalogue(Func<PolicyPack> load)
    {
        try
        {
            using var output = Console.OpenStandardOutput();
            PolicyCatalogue.Write(output, load());
            return PluginProcess.Ended;
        }
        catch (PluginStartException exception)
        {
            Console.Error.WriteLine(exception.Message);
            return PluginProcess.Unusable;
        }
    }
}
