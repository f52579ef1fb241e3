using Pulumi;

namespace CantonInfra.Infra.Components.Ingress.Objects;

/// <summary>Names another object; what is left out is what the place that names it takes as its default.</summary>
internal sealed class NamedObjectArgs : ResourceArgs
{
    /// <summary>The API's group; empty for the core group.</summary>
    [Input("group")]
    public string? Group { get; init; }

    /// <summary>The kind.</summary>
    [Input("kind")]
    public string? Kind { get; init; }

    /// <summary>The name.</summary>
    [Input("name")]
    public required string Name { get; init; }

    /// <summary>The namespace.</summary>
    [Input("namespace")]
    public string? Namespace { get; init; }

    /// <summary>A part of the object, such as a gateway's listener.</summary>
    [Input("sectionName")]
    public string? SectionName { get; init; }

    /// <summary>The port, where the object is a Service.</summary>
    [Input("port")]
    public int? Port { get; init; }
}
