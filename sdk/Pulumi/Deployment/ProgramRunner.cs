using System.Reflection;
using CantonInfra.Protocol.Grpc;

namespace Pulumi;

/// <summary>Runs a program to its end: declares, waits for all that it started, reports, signals.</summary>
/// <param name="deployment">The run.</param>
/// <param name="guard">Whether the program may run at all; null in tests.</param>
/// <param name="tell">Tells the user what the engine cannot be told any more.</param>
internal sealed class ProgramRunner(Deployment deployment, StandInGuard? guard, Action<string> tell)
{
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(Func<Stack> declare)
    {
        deployment.Enter();
        try
        {
            if (guard is not null)
            {
                // All three questions in one go: the others are asked anyway.
                deployment.Features.Ask(Features.ResourceReferences, Features.AliasSpecs);
                if (!await guard.PassAsync().ConfigureAwait(false))
                {
                    await deployment.Logger.FlushAsync().ConfigureAwait(false);
                    return ExitCodes.Bail;
                }
            }

            Declare(declare);
            await deployment.Work.SettleAsync().ConfigureAwait(false);
            return await FinishAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (LostEngine(exception) is { } lost)
        {
            return Lost(lost);
        }
        catch (LogException exception)
        {
            tell($"Messages could not be handed to the engine: {exception.InnerException?.Message}");
            return ExitCodes.Error;
        }
        catch (Exception exception) when (exception is RpcException or RunException)
        {
            tell($"The engine cannot be worked with: {exception.Message}");
            return ExitCodes.Error;
        }
    }

    /// <summary>The call that shows that the engine is gone, if that is what the exception comes from.</summary>
    private static RpcException? LostEngine(Exception? exception) => exception switch
    {
        null => null,
        RpcException { Code: StatusCode.Unavailable } rpc => rpc,
        AggregateException aggregate => aggregate.InnerExceptions.Select(LostEngine).FirstOrDefault(lost => lost is not null),
        _ => LostEngine(exception.InnerException),
    };

    private void Declare(Func<Stack> declare)
    {
        try
        {
            declare();
        }
        catch (TargetInvocationException exception) when (exception.InnerException is not null)
        {
            deployment.Work.Fail(exception.InnerException);
        }
        catch (Exception exception)
        {
            deployment.Work.Fail(exception);
        }
    }

    private async Task<int> FinishAsync()
    {
        var errors = deployment.Work.Errors;
        if (errors.Select(LostEngine).FirstOrDefault(lost => lost is not null) is { } lost)
        {
            return Lost(lost);
        }

        foreach (var error in errors)
        {
            if (error is not LogException)
            {
                deployment.Logger.Exception(error);
            }
        }

        await deployment.Logger.FlushAsync().ConfigureAwait(false);
        if (errors.OfType<LogException>().FirstOrDefault() is { } unlogged)
        {
            throw unlogged;
        }

        if (!errors.IsEmpty)
        {
            return ExitCodes.Bail;
        }

        if (deployment.Logger.HasLoggedErrors)
        {
            return ExitCodes.Error;
        }

        await deployment.Monitor.SignalAndWaitForShutdownAsync().ConfigureAwait(false);
        return ExitCodes.Success;
    }

    private int Lost(RpcException lost)
    {
        tell($"The engine is gone, so the program cannot go on. {lost.Message.ReplaceLineEndings(" ")}");
        return ExitCodes.Error;
    }
}
