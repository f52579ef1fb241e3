// Serves one policy, 'scripted'. What it does comes from the stack's setting 'probe:pack' (or the variable PROBE_PACK for
// what must happen before the pack knows its stack):
//   before the port:  noise | exit | silent
//   on ConfigureStack: refuse TEXT
//   on Analyze:       pass | mandatory TEXT | advisory TEXT | undecided | throw | crash | hang
//   on Remediate:     remediate PROPERTY=VALUE
using System.Diagnostics.CodeAnalysis;
using CantonInfra.Protocol.Grpc;
using CantonInfra.Protocol.Hosting;
using CantonInfra.Protocol.Properties;
using CantonInfra.Protocol.Wire;
using Google.Protobuf.WellKnownTypes;

const string Policy = "scripted";
switch (Environment.GetEnvironmentVariable("PROBE_PACK"))
{
    case "noise":
        Print("Hello from a pack that prints too early");
        break;
    case "exit":
        return 3;
    case "silent":
        await Task.Delay(Timeout.Infinite);
        break;
}

var script = "pass";
var done = new TaskCompletionSource();
var handlers = new GrpcHandlers()
    .Add(AnalyzerMethods.Handshake, (_, _) => Task.FromResult(new AnalyzerHandshakeResponse()))
    .Add(AnalyzerMethods.ConfigureStack, (request, _) =>
    {
        script = request.Config.TryGetValue("probe:pack", out var text) ? text : script;
        if (script.StartsWith("refuse ", StringComparison.Ordinal))
        {
            throw new RpcException(StatusCode.InvalidArgument, script["refuse ".Length..]);
        }

        return Task.FromResult(new AnalyzerStackConfigureResponse());
    })
    .Add(AnalyzerMethods.GetPluginInfo, (_, _) => Task.FromResult(new PluginInfo { Version = "0.0.1" }))
    .Add(AnalyzerMethods.GetAnalyzerInfo, (_, _) => Task.FromResult(Info()))
    .Add(AnalyzerMethods.Analyze, AnalyzeAsync)
    .Add(AnalyzerMethods.Remediate, (request, _) => Task.FromResult(Remediate(request)))
    .Add(AnalyzerMethods.Cancel, (_, _) =>
    {
        done.TrySetResult();
        return Task.FromResult(new Empty());
    });
await using var server = await GrpcServer.StartAsync(handlers);
Print(server.Port.ToString(System.Globalization.CultureInfo.InvariantCulture));
await done.Task;
return 0;

AnalyzerInfo Info() => new()
{
    Name = "scripted-pack",
    Policies =
    {
        new PolicyInfo
        {
            Name = Policy,
            Description = "What the test says.",
            EnforcementLevel = script.StartsWith("remediate", StringComparison.Ordinal) ? EnforcementLevel.Remediate : EnforcementLevel.Mandatory,
            Severity = PolicySeverity.High,
        },
    },
};

async Task<AnalyzeResponse> AnalyzeAsync(AnalyzeRequest request, CancellationToken cancellation)
{
    var response = new AnalyzeResponse();
    var words = script.Split(' ', 2);
    switch (words[0])
    {
        case "mandatory" or "advisory" when request.Type.StartsWith("test:index:R", StringComparison.Ordinal):
            response.Diagnostics.Add(new AnalyzeDiagnostic
            {
                PolicyName = Policy,
                PolicyPackName = "scripted-pack",
                Message = words[1],
                EnforcementLevel = words[0] == "mandatory" ? EnforcementLevel.Mandatory : EnforcementLevel.Advisory,
            });
            break;
        case "undecided":
            response.NotApplicable.Add(new PolicyNotApplicable { PolicyName = Policy, Reason = "undecided: location" });
            break;
        case "waived":
            response.NotApplicable.Add(new PolicyNotApplicable { PolicyName = Policy, Reason = "waived: too big (T-1)" });
            break;
        case "throw":
            throw new RpcException(StatusCode.Unknown, "the rule threw");
        case "crash":
            Environment.FailFast("told to");
            break;
        case "hang":
            await Task.Delay(Timeout.Infinite, cancellation);
            break;
    }

    return response;
}

RemediateResponse Remediate(AnalyzeRequest request)
{
    var response = new RemediateResponse();
    if (request.Type.StartsWith("test:index:R", StringComparison.Ordinal))
    {
        var parts = script.Split(' ', 2)[1].Split('=', 2);
        var properties = PropertyDecoding.Decode(request.Properties).With(parts[0], PropertyValue.Of(parts[1]));
        response.Remediations.Add(new Remediation
        {
            PolicyName = Policy,
            Properties = PropertyEncoding.Encode(properties, EncodingOptions.Resources),
        });
    }

    return response;
}

[SuppressMessage("ApiDesign", "RS0030", Justification = "The port goes to standard output.")]
static void Print(string text) => Console.WriteLine(text);
