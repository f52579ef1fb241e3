using System.Collections.Immutable;

namespace Pulumi;

/// <summary>The root of all resources. Its properties marked with <see cref="OutputAttribute"/> are the stack's outputs.</summary>
public class Stack : ComponentResource
{
    internal const string RootType = "pulumi:pulumi:Stack";

    /// <summary>Declares the stack; to be called by a subclass whose constructor declares the resources.</summary>
    public Stack(StackOptions? options = null)
        : base(RootType, NameOf(Deployment.Current), Convert(options)) =>
        Deployment.Current.SetStack(this);

    /// <summary>A stack whose resources and outputs come from a function.</summary>
    internal Stack(Func<Task<IDictionary<string, object?>>> program, StackOptions? options)
        : this(options)
    {
        var outputs = Output.Create(RunAsync(program));
        ProgramOutputs = outputs;
        RegisterOutputs(outputs);
    }

    /// <summary>What the output properties hold until the constructor of a subclass sets them.</summary>
    internal ImmutableHashSet<object> InitialOutputs { get; set; } = [];

    /// <summary>What the function gave; null for a subclass.</summary>
    internal Output<IDictionary<string, object?>>? ProgramOutputs { get; }

    /// <summary>Publishes the properties of a subclass, once its constructor is through.</summary>
    internal void RegisterPropertyOutputs() => RegisterOutputs(Deployment.Current.Shapes.ReadStackOutputs(this));

    private static string NameOf(Deployment deployment) => $"{deployment.ProjectName}-{deployment.StackName}";

    private static ComponentResourceOptions Convert(StackOptions? options) =>
        new() { ResourceTransformations = options?.ResourceTransformations };

    private static async Task<IDictionary<string, object?>> RunAsync(Func<Task<IDictionary<string, object?>>> program) =>
        await program().ConfigureAwait(false) ?? new Dictionary<string, object?>();
}

/// <summary>How a stack is to be treated.</summary>
public sealed class StackOptions
{
    /// <summary>Functions that see, and may change, what all resources are declared with.</summary>
    public List<ResourceTransformation>? ResourceTransformations { get; set; }
}
