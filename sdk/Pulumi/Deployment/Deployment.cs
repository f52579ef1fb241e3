using System.Diagnostics.CodeAnalysis;
using Pulumi.Serialization;

namespace Pulumi;

/// <summary>The run of a program: what it declares goes to the engine through this.</summary>
public sealed partial class Deployment
{
    // The run is that of the calling code: test runs go on side by side in one process.
    private static readonly AsyncLocal<Deployment?> Ambient = new();

    private readonly DeploymentInstance _instance;

    internal Deployment(RunSettings settings, IMonitor monitor, IEngine engine)
    {
        Settings = settings;
        Monitor = monitor;
        Work = new InFlightWork();
        Logger = new EngineLogger(engine, Work);
        Features = new Features(monitor);
        Registrations = new ResourceRegistrations(this);
        Functions = new FunctionCalls(this);
        Packages = new PackageReferences(monitor, Features);
        Types = new ResourceTypes();
        _instance = new DeploymentInstance(this);
    }

    /// <summary>The run that the calling code is part of.</summary>
    /// <exception cref="InvalidOperationException">The code is not part of one.</exception>
    public static DeploymentInstance Instance => Current._instance;

    internal static Deployment Current => Ambient.Value ?? throw new InvalidOperationException(
        "There is no deployment here. Resources, configuration and functions can be used only in code that Deployment.RunAsync "
        + "or Deployment.TestAsync runs.");

    internal RunSettings Settings { get; }

    internal IMonitor Monitor { get; }

    internal InFlightWork Work { get; }

    internal EngineLogger Logger { get; }

    internal Features Features { get; }

    internal ResourceRegistrations Registrations { get; }

    internal FunctionCalls Functions { get; }

    internal PackageReferences Packages { get; }

    internal ResourceTypes Types { get; }

    internal TypeShapes Shapes { get; } = new();

    internal string ProjectName => Settings.Project;

    internal string StackName => Settings.Stack;

    internal bool IsDryRun => Settings.IsDryRun;

    internal Stack? StackOrNull { get; private set; }

    internal static bool TryGetCurrent([NotNullWhen(true)] out Deployment? deployment)
    {
        deployment = Ambient.Value;
        return deployment is not null;
    }

    /// <summary>Makes the run wait for the task, and fail where it fails.</summary>
    internal static void Track(Task task)
    {
        if (!task.IsCompletedSuccessfully && TryGetCurrent(out var deployment))
        {
            deployment.Work.Add(task);
        }
    }

    internal void SetStack(Stack stack)
    {
        if (StackOrNull is not null)
        {
            throw new RunException("The program declares a second stack; a program has one.");
        }

        StackOrNull = stack;
    }

    /// <summary>Makes this the run of the calling method and of all that it calls.</summary>
    internal void Enter()
    {
        if (Ambient.Value is not null)
        {
            throw new InvalidOperationException("A deployment cannot be run from within another one.");
        }

        Ambient.Value = this;
    }
}
