using System.Diagnostics.CodeAnalysis;

namespace Pulumi;

/// <summary>Sees what a resource is declared with, and may give something else instead.</summary>
/// <param name="args">The resource, its inputs and its options.</param>
/// <returns>The inputs and options to use, or null to leave them as they are.</returns>
public delegate ResourceTransformationResult? ResourceTransformation(ResourceTransformationArgs args);

/// <summary>What a transformation is given.</summary>
[SuppressMessage("Performance", "CA1815", Justification = "Not compared; the official type has no equality either.")]
public readonly struct ResourceTransformationArgs
{
    /// <summary>The resource, its inputs and its options.</summary>
    public ResourceTransformationArgs(Resource resource, ResourceArgs args, ResourceOptions options)
    {
        Resource = resource;
        Args = args;
        Options = options;
    }

    /// <summary>The resource, whose outputs are not there yet.</summary>
    public Resource Resource { get; }

    /// <summary>Its inputs.</summary>
    public ResourceArgs Args { get; }

    /// <summary>Its options.</summary>
    public ResourceOptions Options { get; }
}

/// <summary>What a transformation gives.</summary>
[SuppressMessage("Performance", "CA1815", Justification = "Not compared; the official type has no equality either.")]
public readonly struct ResourceTransformationResult
{
    /// <summary>The inputs and options to use.</summary>
    public ResourceTransformationResult(ResourceArgs args, ResourceOptions options)
    {
        Args = args;
        Options = options;
    }

    /// <summary>The inputs.</summary>
    public ResourceArgs Args { get; }

    /// <summary>The options.</summary>
    public ResourceOptions Options { get; }
}
