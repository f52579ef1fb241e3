using System.Reflection;
using CantonInfra.Protocol.Wire;

namespace Pulumi;

/// <summary>Shows messages to the user through the engine, in the order in which they were written.</summary>
internal sealed class EngineLogger(IEngine engine, InFlightWork work)
{
    private readonly Lock _lock = new();
    private Task _last = Task.CompletedTask;

    /// <summary>Whether an error was shown; the run has failed then.</summary>
    public bool HasLoggedErrors { get; private set; }

    public void Debug(string message, Resource? resource = null, int? streamId = null, bool? ephemeral = null) =>
        Write(LogSeverity.Debug, message, resource, streamId, ephemeral);

    public void Info(string message, Resource? resource = null, int? streamId = null, bool? ephemeral = null) =>
        Write(LogSeverity.Info, message, resource, streamId, ephemeral);

    public void Warn(string message, Resource? resource = null, int? streamId = null, bool? ephemeral = null) =>
        Write(LogSeverity.Warning, message, resource, streamId, ephemeral);

    public void Error(string message, Resource? resource = null, int? streamId = null, bool? ephemeral = null)
    {
        HasLoggedErrors = true;
        Write(LogSeverity.Error, message, resource, streamId, ephemeral);
    }

    /// <summary>Shows an error that ended the program.</summary>
    public void Exception(Exception exception)
    {
        switch (exception)
        {
            case RunException:
                Error(exception.Message);
                break;
            case ResourceException { HideStack: true } failure:
                Error(failure.Message, Settled(failure.Resource));
                break;
            case ResourceException failure:
                Error(Unhandled(failure), Settled(failure.Resource));
                break;
            default:
                Error(Unhandled(exception));
                break;
        }
    }

    /// <summary>Completes when all messages have been taken.</summary>
    public Task FlushAsync()
    {
        lock (_lock)
        {
            return _last;
        }
    }

    private static string Unhandled(Exception exception) =>
        $"Running program '{Assembly.GetEntryAssembly()?.GetName().Name ?? "?"}' failed with an unhandled exception:\n{exception}";

    // A resource that has no URN by now may never get one.
    private static Resource? Settled(Resource? resource) =>
        resource?.Urn is { DataTask.IsCompletedSuccessfully: true } ? resource : null;

    private void Write(LogSeverity severity, string message, Resource? resource, int? streamId, bool? ephemeral)
    {
        lock (_lock)
        {
            _last = WriteAfterAsync(_last, severity, message, resource, streamId, ephemeral);
            work.Add(_last);
        }
    }

    private async Task WriteAfterAsync(
        Task before, LogSeverity severity, string message, Resource? resource, int? streamId, bool? ephemeral)
    {
        await before.ConfigureAwait(false);
        var request = new LogRequest
        {
            Severity = severity,
            Message = message,
            Urn = await UrnOfAsync(resource).ConfigureAwait(false),
            StreamId = streamId ?? 0,
            Ephemeral = ephemeral ?? false,
        };
        try
        {
            await engine.LogAsync(request).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            throw new LogException(exception);
        }
    }

    private static async Task<string> UrnOfAsync(Resource? resource)
    {
        if (resource is null)
        {
            return "";
        }

        try
        {
            return (await resource.Urn.DataTask.ConfigureAwait(false)).Value ?? "";
        }
        catch (Exception)
        {
            // What went wrong with the resource is reported by itself; the message is worth showing without it.
            return "";
        }
    }
}
