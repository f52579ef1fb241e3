using System.Collections.Immutable;
using CantonInfra.Protocol.Grpc;
using CantonInfra.Protocol.Properties;
using CantonInfra.Protocol.Wire;
using Pulumi.Serialization;

namespace Pulumi;

/// <summary>Calls functions of providers.</summary>
internal sealed class FunctionCalls(Deployment deployment)
{
    /// <summary>Calls with inputs: the call waits for them, and is left out where one of them is unknown.</summary>
    public Output<T> Call<T>(string token, InvokeArgs? args, InvokeOptions? options, RegisterPackageRequest? package, bool single)
    {
        return new Output<T>(CallAsync());

        async Task<OutputData<T>> CallAsync()
        {
            var serializer = await SerializerAsync(token).ConfigureAwait(false);
            var written = await serializer.WriteArgsAsync(args ?? InvokeArgs.Empty).ConfigureAwait(false);
            var dependencies = serializer.Dependencies.ToImmutableHashSet();
            var isKnown = !written.ContainsUnknowns;
            if (options is InvokeOutputOptions { DependsOn: { IsEmpty: false } dependsOn })
            {
                var data = await dependsOn.ToOutput().DataTask.ConfigureAwait(false);
                isKnown &= data.IsKnown;
                dependencies = dependencies.Union(data.IsKnown ? data.Value : []).Union(data.Resources);
            }

            if (!isKnown || !await AreThereAsync(dependencies).ConfigureAwait(false))
            {
                // Both official SDKs forget what a call that was left out would have depended on.
                return new OutputData<T>([], default!, IsKnown: false, written.ContainsSecrets);
            }

            var (value, isSecret, isAnswerKnown) = await SendAsync<T>(token, written, options, package, single).ConfigureAwait(false);
            return new OutputData<T>(dependencies, value, isAnswerKnown, isSecret || written.ContainsSecrets);
        }
    }

    /// <summary>Calls with what is there now.</summary>
    public async Task<T> CallAsync<T>(string token, InvokeArgs? args, InvokeOptions? options, RegisterPackageRequest? package, bool single)
    {
        var serializer = await SerializerAsync(token).ConfigureAwait(false);
        var written = await serializer.WriteArgsAsync(args ?? InvokeArgs.Empty).ConfigureAwait(false);
        return (await SendAsync<T>(token, written, options, package, single).ConfigureAwait(false)).Value;
    }

    private static async Task<bool> AreThereAsync(ImmutableHashSet<Resource> dependencies)
    {
        foreach (var resource in Dependency.Leaves(dependencies))
        {
            if (resource is CustomResource custom && !(await custom.Id.DataTask.ConfigureAwait(false)).IsKnown)
            {
                return false;
            }
        }

        return true;
    }

    private async Task<Serializer> SerializerAsync(string token)
    {
        var keepsReferences = await deployment.Features.SupportsAsync(Features.ResourceReferences).ConfigureAwait(false);
        return new Serializer(deployment.Shapes, $"The call of {token}", new SerializerOptions(keepsReferences));
    }

    private async Task<(T Value, bool IsSecret, bool IsKnown)> SendAsync<T>(
        string token, MapValue args, InvokeOptions? options, RegisterPackageRequest? package, bool single)
    {
        var provider = options?.Provider ?? options?.Parent?.FindProvider(token);
        var request = new ResourceInvokeRequest
        {
            Tok = token,
            Args = PropertyEncoding.Encode(args, EncodingOptions.Full),
            Provider = provider is null ? "" : await provider.GetReferenceAsync().ConfigureAwait(false),
            Version = options?.Version ?? "",
            PluginDownloadURL = options?.PluginDownloadURL ?? "",
            AcceptResources = deployment.Settings.AcceptsResources,
            PackageRef = await deployment.Packages.GetAsync(package).ConfigureAwait(false),
        };
        var response = await AnswerAsync(token, request).ConfigureAwait(false);
        if (response.Failures.Count > 0)
        {
            var reasons = response.Failures.Select(failure =>
                failure.Property.Length > 0 ? $"{failure.Reason} ({failure.Property})" : failure.Reason);
            throw new RunException($"The call of {token} failed: {string.Join("; ", reasons)}");
        }

        PropertyValue answer = Decode(token, response);
        if (single)
        {
            answer = ((MapValue)answer).Entries.Values.FirstOrDefault() ?? PropertyValue.Null;
        }

        var isKnown = !response.Unknown && !Unknowns.IsUnknownAnywhere(answer);
        var context = new ReadContext(deployment.Shapes, deployment.Types.Resolve);
        var value = isKnown ? context.Read(typeof(T), answer) : null;
        foreach (var problem in context.Problems)
        {
            deployment.Logger.Warn($"In the result of {token}, {problem}; the type's default is used.");
        }

        return (value is null ? default! : (T)value, answer.ContainsSecrets, isKnown);
    }

    private async Task<ResourceInvokeResponse> AnswerAsync(string token, ResourceInvokeRequest request)
    {
        try
        {
            return await deployment.Monitor.InvokeAsync(request).ConfigureAwait(false);
        }
        catch (RpcException exception)
        {
            throw new RunException($"The call of {token} failed: {exception.Message}", exception);
        }
    }

    private static MapValue Decode(string token, ResourceInvokeResponse response)
    {
        try
        {
            return PropertyDecoding.Decode(response.Return);
        }
        catch (MalformedPropertyException exception)
        {
            throw new RunException($"The engine's answer to the call of {token} is wrong: {exception.Message}", exception);
        }
    }
}
