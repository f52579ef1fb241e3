using System.Collections.Concurrent;
using System.Diagnostics;
using CantonInfra.Protocol.Grpc;
using CantonInfra.Protocol.Hosting;
using CantonInfra.Protocol.Wire;
using Google.Protobuf.WellKnownTypes;

namespace CantonInfra.Infra.Tests.Support;

/// <summary>
/// An engine that knows every output, as after a deployment, and marks none of them secret: what is still marked, the program marks.
/// </summary>
internal sealed class KnowingEngine
{
    private readonly ConcurrentQueue<RegisterResourceRequest> _requests = [];

    /// <summary>What the program declared, and as 'outputs' what components and the stack give out.</summary>
    public IReadOnlyCollection<RegisterResourceRequest> Requests => _requests;

    /// <summary>Runs the program.</summary>
    public static async Task<KnowingEngine> RunAsync(string stack, IReadOnlyDictionary<string, string> configuration)
    {
        var engine = new KnowingEngine();
        await using var server = await GrpcServer.StartAsync(new GrpcHandlers()
            .Add(MonitorMethods.SupportsFeature, (request, _) => Task.FromResult(new SupportsFeatureResponse
            {
                HasSupport = request.Id is "secrets" or "resourceReferences" or "outputValues" or "aliasSpecs" or "cantonInfraEngine",
            }))
            .Add(MonitorMethods.RegisterResource, (request, _) => Task.FromResult(engine.Register(stack, request)))
            .Add(MonitorMethods.RegisterResourceOutputs, (request, _) =>
            {
                engine._requests.Enqueue(new RegisterResourceRequest { Type = "outputs", Name = request.Urn, Object = request.Outputs });
                return Task.FromResult(new Empty());
            })
            .Add(MonitorMethods.Invoke, (_, _) => Task.FromResult(new ResourceInvokeResponse { Return = Kubeconfigs() }))
            .Add(MonitorMethods.SignalAndWaitForShutdown, (_, _) => Task.FromResult(new Empty()))
            .Add(EngineMethods.Log, (request, _) => Task.FromResult(new Empty()))
            .Add(EngineMethods.GetRootResource, (_, _) => Task.FromResult(new GetRootResourceResponse()))
            .Add(EngineMethods.SetRootResource, (_, _) => Task.FromResult(new SetRootResourceResponse())));
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "CantonInfra.Infra.dll")])
        {
            RedirectStandardError = true,
        };
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["PULUMI_MONITOR"] = server.Address,
            ["PULUMI_ENGINE"] = server.Address,
            ["PULUMI_PROJECT"] = "canton-infra",
            ["PULUMI_STACK"] = stack,
            ["PULUMI_ORGANIZATION"] = "organization",
            ["PULUMI_ROOT_DIRECTORY"] = "/nowhere",
            ["PULUMI_DRY_RUN"] = "true",
            ["PULUMI_PARALLEL"] = "16",
            ["PULUMI_CONFIG"] = System.Text.Json.JsonSerializer.Serialize(configuration),
            ["PULUMI_CONFIG_SECRET_KEYS"] = "[\"canton-infra:onboardingSecret\"]",
        })
        {
            start.Environment[name] = value;
        }

        using var program = Process.Start(start)!;
        var errors = await program.StandardError.ReadToEndAsync();
        await program.WaitForExitAsync();
        Assert.True(program.ExitCode == 0, errors);
        return engine;
    }

    private static Struct Kubeconfigs() => Struct.Parser.ParseJson(
        $$"""{ "kubeconfigs": [ { "name": "clusterUser", "value": "{{Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(CloudMocks.Secret))}}" } ] }""");

    private RegisterResourceResponse Register(string stack, RegisterResourceRequest request)
    {
        _requests.Enqueue(request);
        var outputs = request.Object?.Clone() ?? new Struct();
        foreach (var name in new[] { "name", "principalId", "clientId", "keyUri", "keyUriWithVersion", "fullyQualifiedDomainName", "serviceAccountUserId", "ipAddress" })
        {
            if (!outputs.Fields.ContainsKey(name))
            {
                outputs.Fields[name] = Value.ForString($"{name} of {request.Name}");
            }
        }

        if (request.Type == "random:index/randomPassword:RandomPassword")
        {
            // Another generation is another password.
            var generation = request.Object?.Fields["keepers"].StructValue.Fields["generation"].StringValue;
            outputs.Fields["result"] = Value.ForString($"{CloudMocks.Secret}-{generation}");
        }

        return new RegisterResourceResponse
        {
            Urn = $"urn:pulumi:{stack}::canton-infra::{request.Type}::{request.Name}",
            Id = request.Custom ? $"/{request.Type}/{request.Name}" : "",
            Object = outputs,
        };
    }
}
