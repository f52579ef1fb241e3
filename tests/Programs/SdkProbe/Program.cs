using System.Globalization;
using Pulumi;

// The first argument says what the program does; tests look at how its process ends.
return args.FirstOrDefault() switch
{
    "fail" => await Deployment.RunAsync(Probe.Throw(new InvalidOperationException("the program is broken"))),
    "run-exception" => await Deployment.RunAsync(Probe.Throw(new RunException("only this message"))),
    "log-error" => await Deployment.RunAsync(() => Log.Error("something is wrong")),
    "apply-fails" => await Deployment.RunAsync(() =>
    {
        Output.Create(1).Apply(int (_) => throw new RunException("within an apply"));
    }),
    "many" => await Deployment.RunAsync(() => Probe.Declare(int.Parse(args[1], CultureInfo.InvariantCulture))),
    "outputs" => await Deployment.RunAsync(() => Probe.Outputs("outputs")),
    "outputs-async" => await Deployment.RunAsync(async () =>
    {
        await Task.Yield();
        return Probe.Outputs("outputs-async");
    }),
    "task" => await Deployment.RunAsync(async () =>
    {
        await Task.Yield();
        Probe.Declare(1);
    }),
    "stack" => await Deployment.RunAsync<ProbeStack>(),
    "services" => await Deployment.RunAsync<ProbeStack>(new ProbeServices()),
    "stack-fails" => await Deployment.RunAsync<FailingStack>(),
    "no-return" => await Probe.RunWithoutReturnAsync(),
    _ => await Deployment.RunAsync(() => Probe.Declare(1)),
};

internal static class Probe
{
    public static IDictionary<string, object?> Outputs(string from) => new Dictionary<string, object?> { ["from"] = from };

    public static Action Throw(Exception exception) => () => throw exception;

    public static void Declare(int count)
    {
        ProbeResource? previous = null;
        for (var index = 0; index < count; index++)
        {
            previous = new ProbeResource($"probe-{index}", new ProbeArgs
            {
                Size = index,
                After = previous is null ? null : (Input<string>)previous.Label,
                Tags = { { "a", "1" }, { "b", "2" } },
                Zones = { "1", "2", "3" },
            });
        }
    }

    // As entry points do that ignore the code: the process has to end with it all the same.
    public static async Task<int> RunWithoutReturnAsync()
    {
        await Deployment.RunAsync(Throw(new RunException("not returned")));
        return Environment.ExitCode;
    }
}

internal sealed class ProbeStack : Stack
{
    public ProbeStack()
        : this("stack")
    {
    }

    public ProbeStack(string from) => From = Output.Create(from);

    [Output("from")]
    public Output<string> From { get; private set; }
}

internal sealed class FailingStack : Stack
{
    public FailingStack() => throw new RunException("within the stack's constructor");
}

internal sealed class ProbeServices : IServiceProvider
{
    public object? GetService(Type serviceType) => serviceType == typeof(ProbeStack) ? new ProbeStack("services") : null;
}

internal sealed class ProbeArgs : ResourceArgs
{
    [Input("zones")]
    private InputList<string>? _zones;

    [Input("tags")]
    private InputMap<string>? _tags;

    [Input("size", required: true)]
    public Input<int> Size { get; set; } = null!;

    [Input("after")]
    public Input<string>? After { get; set; }

    public InputList<string> Zones
    {
        get => _zones ??= [];
        set => _zones = value;
    }

    public InputMap<string> Tags
    {
        get => _tags ??= [];
        set => _tags = value;
    }
}

internal sealed class ProbeResource(string name, ProbeArgs args, CustomResourceOptions? options = null)
    : CustomResource("probe:index:Probe", name, args, options)
{
    [Output("label")]
    public Output<string> Label { get; private set; } = null!;

    [Output("size")]
    public Output<int> Size { get; private set; } = null!;
}
