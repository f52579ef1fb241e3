using System.Collections.Immutable;
using CantonInfra.Protocol.Grpc;
using CantonInfra.Protocol.Hosting;
using CantonInfra.Protocol.Properties;
using CantonInfra.Protocol.Wire;
using Google.Protobuf.WellKnownTypes;

namespace CantonInfra.ProviderSdk;

/// <summary>A provider as engines talk to it: all calls of the ResourceProvider service, in any order and number.</summary>
/// <param name="provider">The provider.</param>
/// <param name="stop">Called when the engine has asked the provider to end and the last call is answered.</param>
public sealed class ProviderService(IResourceProvider provider, Action stop) : IDisposable
{
    // Resource references come as plain ids, outputs as plain values: nothing here asks where a value came from.
    private const bool AcceptsSecrets = true;

    private readonly ImmutableSortedDictionary<string, IResourceLifecycle> _resources =
        provider.Resources.ToImmutableSortedDictionary(resource => resource.Type, resource => resource, StringComparer.Ordinal);

    private readonly CancellationTokenSource _cancelled = new();
    private readonly Lock _lock = new();
    private SecretMask _mask = SecretMask.None;
    private bool _isConfigured;
    private int _running;

    /// <summary>The methods, ready to be served.</summary>
    public GrpcHandlers Handlers() => new GrpcHandlers()
        .Add(ProviderMethods.Handshake, Answering<ProviderHandshakeRequest, ProviderHandshakeResponse>(
            _ => new() { AcceptSecrets = AcceptsSecrets }))
        .Add(ProviderMethods.Attach, Answering<PluginAttach, Empty>(_ => new()))
        .Add(ProviderMethods.GetPluginInfo, Answering<Empty, PluginInfo>(_ => new() { Version = provider.Package.Version }))
        .Add(ProviderMethods.GetSchema, Answering<GetSchemaRequest, GetSchemaResponse>(GetSchema))
        .Add(ProviderMethods.CheckConfig, Answering<CheckRequest, CheckResponse>(request => Answer(provider.CheckSettings(Decode(request.News)))))
        .Add(ProviderMethods.DiffConfig, Answering<DiffRequest, DiffResponse>(DiffConfig))
        .Add(ProviderMethods.Configure, Answering<ConfigureRequest, ConfigureResponse>(Configure))
        .Add(ProviderMethods.Check, Answering<CheckRequest, CheckResponse>(
            request => Answer(ResourceOf(request.Urn, request.Type).Check(Decode(request.News)))))
        .Add(ProviderMethods.Diff, Answering<DiffRequest, DiffResponse>(Diff))
        .Add(ProviderMethods.Create, Working<CreateRequest, CreateResponse>(request => request.Timeout, CreateAsync))
        .Add(ProviderMethods.Read, Working<ReadRequest, ReadResponse>(request => request.Timeout, ReadAsync))
        .Add(ProviderMethods.Update, Working<UpdateRequest, UpdateResponse>(request => request.Timeout, UpdateAsync))
        .Add(ProviderMethods.Delete, Working<DeleteRequest, Empty>(request => request.Timeout, DeleteAsync))
        .Add(ProviderMethods.Invoke, Answering<InvokeRequest, InvokeResponse>(request => throw new RpcException(
            StatusCode.Unimplemented, $"The package '{provider.Package.Name}' has no function '{request.Tok}'.")))
        .Add(ProviderMethods.Cancel, Answering<Empty, Empty>(Cancel));

    /// <inheritdoc/>
    public void Dispose() => _cancelled.Dispose();

    private Func<TRequest, CancellationToken, Task<TResponse>> Answering<TRequest, TResponse>(Func<TRequest, TResponse> answer) =>
        (request, _) => GuardAsync(() => Task.FromResult(answer(request)));

    private Func<TRequest, CancellationToken, Task<TResponse>> Working<TRequest, TResponse>(
        Func<TRequest, double> timeout, Func<TRequest, CancellationToken, Task<TResponse>> answer) =>
        async (request, cancellation) =>
        {
            using var work = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _cancelled.Token);
            if (timeout(request) is > 0 and < 1e6 and var seconds)
            {
                work.CancelAfter(TimeSpan.FromSeconds(seconds));
            }

            return await GuardAsync(() => answer(request, work.Token));
        };

    // No exception's message leaves unless it was written for people, and none without being masked.
    private async Task<TResponse> GuardAsync<TResponse>(Func<Task<TResponse>> answer)
    {
        Enter();
        try
        {
            return await answer();
        }
        catch (RpcException exception)
        {
            throw new RpcException(exception.Code, Mask(exception.Message), exception.Details);
        }
        catch (MalformedPropertyException exception)
        {
            throw new RpcException(StatusCode.InvalidArgument, Mask(exception.Message));
        }
        catch (ProviderException exception)
        {
            throw new RpcException(exception.Code, Mask(exception.Message));
        }
        catch (PartialResourceException exception)
        {
            throw Partial(exception);
        }
        catch (MissingSettingsException exception)
        {
            throw Missing(exception);
        }
        catch (OperationCanceledException)
        {
            throw new RpcException(
                StatusCode.Cancelled, "The operation was cancelled, or its time (customTimeouts) ran out, before anything was changed.");
        }
        catch (Exception exception)
        {
            throw new RpcException(StatusCode.Internal, $"The provider '{provider.Package.Name}' failed with {exception.GetType().FullName}.");
        }
        finally
        {
            Leave();
        }
    }

    private RpcException Partial(PartialResourceException exception)
    {
        var reason = Mask(exception.Message);
        var detail = new ErrorResourceInitFailed
        {
            Id = exception.State.Id,
            Properties = Encode(exception.State.Outputs),
            Inputs = Encode(exception.State.Inputs),
            Reasons = { reason },
        };

        // 'Unknown' is what the engine expects of a resource that is there but not as it is to be; the detail says the rest.
        return new RpcException(StatusCode.Unknown, reason, [Any.Pack(detail)]);
    }

    private static RpcException Missing(MissingSettingsException exception)
    {
        var detail = new ConfigureErrorMissingKeys();
        detail.MissingKeys.AddRange(exception.Keys.Select(
            key => new ConfigureErrorMissingKeys.Types.MissingKey { Name = key.Name, Description = key.Meaning }));
        return new RpcException(StatusCode.InvalidArgument, exception.Message, [Any.Pack(detail)]);
    }

    private GetSchemaResponse GetSchema(GetSchemaRequest request) => request.Version is 0 or 1
        ? new() { Schema = provider.Package.Schema }
        : throw new RpcException(StatusCode.InvalidArgument, $"There is no version {request.Version} of the schema's format here; there is 1.");

    private DiffResponse DiffConfig(DiffRequest request)
    {
        var olds = request.OldInputs is { Fields.Count: > 0 } ? request.OldInputs : request.Olds;
        return Answer(ResourceDifference.Between(Decode(olds), Decode(request.News), _ => false, (_, _, _) => false), request.IgnoreChanges);
    }

    private ConfigureResponse Configure(ConfigureRequest request)
    {
        var settings = Decode(request.Args);
        if (request.Args is null or { Fields.Count: 0 })
        {
            settings = new MapValue(request.Variables.Select(
                variable => KeyValuePair.Create(variable.Key[(variable.Key.LastIndexOf(':') + 1)..], PropertyValue.Of(variable.Value))));
        }

        var failures = provider.CheckSettings(settings);
        if (failures.Failures is [var failure, ..])
        {
            throw new ProviderException(failure.Reason) { Code = StatusCode.InvalidArgument };
        }

        provider.Configure(failures.Inputs);
        _isConfigured = true;
        return new() { AcceptSecrets = AcceptsSecrets, SupportsPreview = true };
    }

    private DiffResponse Diff(DiffRequest request)
    {
        // Engines of old send outputs only, which hold the inputs too.
        var olds = request.OldInputs is { Fields.Count: > 0 } ? request.OldInputs : request.Olds;
        return Answer(ResourceOf(request.Urn, request.Type).Compare(Decode(olds), Decode(request.News)), request.IgnoreChanges);
    }

    private async Task<CreateResponse> CreateAsync(CreateRequest request, CancellationToken cancellation)
    {
        var resource = ResourceOf(request.Urn, request.Type);
        var inputs = Decode(request.Properties);
        if (request.Preview)
        {
            return new() { Properties = Encode(resource.Foresee(inputs, MapValue.Empty)) };
        }

        RequireKnown(request.Urn, inputs);
        RequireConfigured();
        var state = await resource.CreateAsync(new ResourceCall(request.Urn), inputs, cancellation);
        return new() { Id = state.Id, Properties = Encode(state.Outputs) };
    }

    private async Task<ReadResponse> ReadAsync(ReadRequest request, CancellationToken cancellation)
    {
        var resource = ResourceOf(request.Urn, request.Type);
        RequireConfigured();

        // An import brings an id and nothing else.
        var properties = Decode(request.Properties);
        var inputs = Decode(request.Inputs);
        var known = inputs.Entries.IsEmpty && properties.Entries.IsEmpty ? null : new ResourceState(request.Id, properties, inputs);
        var state = await resource.ReadAsync(new ResourceCall(request.Urn), request.Id, known, cancellation);
        return state is null ? new() : new() { Id = state.Id, Properties = Encode(state.Outputs), Inputs = Encode(state.Inputs) };
    }

    private async Task<UpdateResponse> UpdateAsync(UpdateRequest request, CancellationToken cancellation)
    {
        var resource = ResourceOf(request.Urn, request.Type);
        var state = Decode(request.Olds);
        var inputs = Decode(request.News);
        if (request.Preview)
        {
            return new() { Properties = Encode(resource.Foresee(inputs, state)) };
        }

        RequireKnown(request.Urn, inputs);
        RequireConfigured();
        var oldInputs = request.OldInputs is { Fields.Count: > 0 } ? Decode(request.OldInputs) : state;
        var outputs = await resource.UpdateAsync(
            new ResourceCall(request.Urn), new ResourceState(request.Id, state, oldInputs), inputs, cancellation);
        return new() { Properties = Encode(outputs) };
    }

    private async Task<Empty> DeleteAsync(DeleteRequest request, CancellationToken cancellation)
    {
        var resource = ResourceOf(request.Urn, request.Type);
        RequireConfigured();
        var state = Decode(request.Properties);
        var inputs = request.OldInputs is { Fields.Count: > 0 } ? Decode(request.OldInputs) : state;
        await resource.DeleteAsync(new ResourceCall(request.Urn), new ResourceState(request.Id, state, inputs), cancellation);
        return new();
    }

    private Empty Cancel(Empty request)
    {
        _cancelled.Cancel();
        return request;
    }

    private IResourceLifecycle ResourceOf(string urn, string type)
    {
        // Older engines name the type in the URN only, behind its parents'.
        var token = type.Length > 0 ? type : Protocol.Urn.TryParse(urn, out var parsed) ? parsed.Type : "";
        return _resources.GetValueOrDefault(token) ?? throw new RpcException(
            StatusCode.InvalidArgument,
            $"The package '{provider.Package.Name}' has no resource '{token}'; there are: {string.Join(", ", _resources.Keys)}.");
    }

    private void RequireConfigured()
    {
        if (!_isConfigured)
        {
            throw new ProviderException($"The provider '{provider.Package.Name}' is not configured.");
        }
    }

    private static void RequireKnown(string urn, MapValue inputs)
    {
        if (inputs.ContainsUnknowns)
        {
            throw new RpcException(StatusCode.InvalidArgument, $"Inputs of '{urn}' are not known, which only a preview may have.");
        }
    }

    private static CheckResponse Answer(CheckedInputs checkedInputs)
    {
        var response = new CheckResponse();
        if (checkedInputs.Failures.IsEmpty)
        {
            response.Inputs = Encode(checkedInputs.Inputs);
        }

        response.Failures.AddRange(checkedInputs.Failures.Select(
            failure => new CheckFailure { Property = failure.Property, Reason = failure.Reason }));
        return response;
    }

    private static DiffResponse Answer(ResourceDifference difference, IReadOnlyCollection<string> ignored)
    {
        var changes = difference.Changes.Where(change => !ignored.Contains(change.Key)).ToArray();
        var response = new DiffResponse
        {
            Changes = changes.Length > 0 ? DiffResponse.Types.DiffChanges.DiffSome : DiffResponse.Types.DiffChanges.DiffNone,
            DeleteBeforeReplace = difference.DeleteBeforeReplace,
            HasDetailedDiff = true,
        };
        foreach (var (name, change) in changes)
        {
            response.Diffs.Add(name);
            if (change.Replaces)
            {
                response.Replaces.Add(name);
            }

            response.DetailedDiff[name] = new PropertyDiff { InputDiff = true, Kind = KindOf(change) };
        }

        return response;
    }

    private static PropertyDiff.Types.Kind KindOf(PropertyChange change) => (change.Kind, change.Replaces) switch
    {
        (PropertyChangeKind.Add, false) => PropertyDiff.Types.Kind.Add,
        (PropertyChangeKind.Add, true) => PropertyDiff.Types.Kind.AddReplace,
        (PropertyChangeKind.Delete, false) => PropertyDiff.Types.Kind.Delete,
        (PropertyChangeKind.Delete, true) => PropertyDiff.Types.Kind.DeleteReplace,
        (_, false) => PropertyDiff.Types.Kind.Update,
        (_, true) => PropertyDiff.Types.Kind.UpdateReplace,
    };

    private MapValue Decode(Struct? properties)
    {
        var values = PropertyDecoding.Decode(properties);
        if (values.ContainsSecrets)
        {
            lock (_lock)
            {
                _mask = _mask.With(values);
            }
        }

        return values;
    }

    private static Struct Encode(MapValue values) => PropertyEncoding.Encode(values, new EncodingOptions(AcceptsSecrets, false, false));

    private string Mask(string text)
    {
        lock (_lock)
        {
            return _mask.Apply(provider.Mask(text));
        }
    }

    private void Enter()
    {
        lock (_lock)
        {
            _running++;
        }
    }

    // After a cancellation the last call that is answered ends the plugin: none is cut off.
    private void Leave()
    {
        bool isLast;
        lock (_lock)
        {
            isLast = --_running == 0;
        }

        if (isLast && _cancelled.IsCancellationRequested)
        {
            stop();
        }
    }
}
