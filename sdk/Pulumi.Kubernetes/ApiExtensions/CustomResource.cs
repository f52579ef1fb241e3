#nullable enable

using System;

namespace Pulumi.Kubernetes.ApiExtensions;

/// <summary>An object of a kind that a CustomResourceDefinition adds to a cluster.</summary>
public class CustomResource : KubernetesResource
{
    /// <summary>Declares an object; its type is <c>kubernetes:&lt;apiVersion&gt;:&lt;kind&gt;</c>.</summary>
    /// <param name="name">A name that is unique for the type and parent.</param>
    /// <param name="args">The object: a class for its kind.</param>
    /// <param name="options">How the resource is to be treated.</param>
    public CustomResource(string name, CustomResourceArgs args, CustomResourceOptions? options = null)
        : base(TypeOf(args), name, args, WithVersion(options))
    {
    }

    /// <summary>The API's group and version.</summary>
    [Output("apiVersion")]
    public Output<string> ApiVersion { get; private set; } = null!;

    /// <summary>The kind.</summary>
    [Output("kind")]
    public Output<string> Kind { get; private set; } = null!;

    /// <summary>Name, namespace, labels and annotations.</summary>
    [Output("metadata")]
    public Output<Types.Outputs.Meta.V1.ObjectMeta> Metadata { get; private set; } = null!;

    private static string TypeOf(CustomResourceArgs args)
    {
        ArgumentNullException.ThrowIfNull(args);
        return args.Type;
    }

    private static CustomResourceOptions WithVersion(CustomResourceOptions? options) =>
        CustomResourceOptions.Merge(new CustomResourceOptions { Version = Utilities.Version }, options);
}
