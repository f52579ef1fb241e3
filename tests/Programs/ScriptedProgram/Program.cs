// Runs the commands of the setting 'probe:script', one a line, against the engine that started it:
//   stack | component NAME | resource TYPE NAME [PROPERTY=VALUE…] | log SEVERITY TEXT | print TEXT | signal
//   exit CODE | crash | hang | wait MILLISECONDS | touch FILE
// A value that begins with '!' is sent as a secret.
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using CantonInfra.Protocol.Grpc;
using CantonInfra.Protocol.Properties;
using CantonInfra.Protocol.Wire;
using Google.Protobuf.WellKnownTypes;

var config = JsonSerializer.Deserialize<Dictionary<string, string>>(Environment.GetEnvironmentVariable("PULUMI_CONFIG")!)!;
using var channel = new GrpcChannel(Environment.GetEnvironmentVariable("PULUMI_MONITOR")!);
var project = Environment.GetEnvironmentVariable("PULUMI_PROJECT");
var stack = Environment.GetEnvironmentVariable("PULUMI_STACK");
var root = "";

foreach (var line in config["probe:script"].Split('\n', StringSplitOptions.RemoveEmptyEntries))
{
    var words = line.Trim().Split(' ');
    switch (words[0])
    {
        case "stack":
            root = await RegisterAsync("pulumi:pulumi:Stack", $"{project}-{stack}", custom: false, []);
            break;
        case "component":
            await RegisterAsync("test:index:Component", words[1], custom: false, []);
            break;
        case "resource":
            await RegisterAsync(words[1], words[2], custom: true, words[3..]);
            break;
        case "log":
            await channel.CallAsync(EngineMethods.Log, new LogRequest
            {
                Severity = System.Enum.Parse<LogSeverity>(words[1], ignoreCase: true),
                Message = string.Join(' ', words[2..]),
            });
            break;
        case "print":
            Print(string.Join(' ', words[1..]));
            break;
        case "signal":
            await channel.CallAsync(MonitorMethods.SignalAndWaitForShutdown, new Empty());
            break;
        case "touch":
            await File.WriteAllTextAsync(words[1], Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture));
            break;
        case "exit":
            return int.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture);
        case "crash":
            Environment.FailFast("told to");
            break;
        case "wait":
            await Task.Delay(int.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture));
            break;
        case "hang":
            await Task.Delay(Timeout.Infinite);
            break;
        default:
            throw new InvalidOperationException($"There is no command '{line}'.");
    }
}

return 0;

async Task<string> RegisterAsync(string type, string name, bool custom, string[] properties)
{
    var inputs = new MapValue(properties.Select(property => property.Split('=', 2)).Select(parts => KeyValuePair.Create(
        parts[0],
        parts[1].StartsWith('!') ? PropertyValue.Secret(parts[1][1..]) : PropertyValue.Of(parts[1]))));
    var response = await channel.CallAsync(MonitorMethods.RegisterResource, new RegisterResourceRequest
    {
        Type = type,
        Name = name,
        Parent = root,
        Custom = custom,
        AcceptSecrets = true,
        Object = PropertyEncoding.Encode(inputs, EncodingOptions.Resources),
    });
    return response.Urn;
}

[SuppressMessage("ApiDesign", "RS0030", Justification = "Printing is what the test asks for.")]
static void Print(string text) => Console.WriteLine(text);
