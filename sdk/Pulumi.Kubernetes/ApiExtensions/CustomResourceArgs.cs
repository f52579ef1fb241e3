#nullable enable

namespace Pulumi.Kubernetes.ApiExtensions;

/// <summary>What all objects of added kinds have; a class for one kind derives from it and adds what that kind has.</summary>
public abstract class CustomResourceArgs : ResourceArgs
{
    /// <summary>Begins an object.</summary>
    /// <param name="apiVersion">The API's group and version, such as <c>cert-manager.io/v1</c>.</param>
    /// <param name="kind">The kind, such as <c>Certificate</c>.</param>
    public CustomResourceArgs(string apiVersion, string kind)
    {
        ApiVersion = apiVersion;
        Kind = kind;
        Type = $"kubernetes:{apiVersion}:{kind}";
    }

    /// <summary>The API's group and version.</summary>
    [Input("apiVersion")]
    public Input<string> ApiVersion { get; }

    /// <summary>The kind.</summary>
    [Input("kind")]
    public Input<string> Kind { get; }

    /// <summary>Name, namespace, labels and annotations.</summary>
    [Input("metadata")]
    public Input<Types.Inputs.Meta.V1.ObjectMetaArgs>? Metadata { get; set; }

    /// <summary>The type's token.</summary>
    internal string Type { get; }
}
