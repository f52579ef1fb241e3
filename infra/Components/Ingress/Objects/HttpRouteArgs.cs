using System.Collections.Immutable;
using Pulumi;
using Pulumi.Kubernetes.ApiExtensions;

namespace CantonInfra.Infra.Components.Ingress.Objects;

/// <summary>An <c>HTTPRoute</c> of the Gateway API: which paths of which hosts lead where.</summary>
internal sealed class HttpRouteArgs() : CustomResourceArgs("gateway.networking.k8s.io/v1", "HTTPRoute")
{
    /// <summary>What it says.</summary>
    [Input("spec")]
    public required HttpRouteSpecArgs Spec { get; init; }
}

/// <summary>What an <see cref="HttpRouteArgs"/> says.</summary>
internal sealed class HttpRouteSpecArgs : ResourceArgs
{
    /// <summary>The gateways' listeners.</summary>
    [Input("parentRefs")]
    public required ImmutableArray<NamedObjectArgs> ParentRefs { get; init; }

    /// <summary>The hosts.</summary>
    [Input("hostnames")]
    public required ImmutableArray<string> Hostnames { get; init; }

    /// <summary>The rules; the longest path that fits wins.</summary>
    [Input("rules")]
    public required ImmutableArray<HttpRouteRuleArgs> Rules { get; init; }
}

/// <summary>Paths and where they lead.</summary>
internal sealed class HttpRouteRuleArgs : ResourceArgs
{
    /// <summary>The paths.</summary>
    [Input("matches")]
    public required ImmutableArray<HttpRouteMatchArgs> Matches { get; init; }

    /// <summary>The Services; none where a filter answers.</summary>
    [Input("backendRefs")]
    public ImmutableArray<NamedObjectArgs>? BackendRefs { get; init; }

    /// <summary>What is done with requests on the way; nothing where left out.</summary>
    [Input("filters")]
    public ImmutableArray<HttpRouteFilterReferenceArgs>? Filters { get; init; }
}

/// <summary>A filter of a rule.</summary>
internal sealed class HttpRouteFilterReferenceArgs : ResourceArgs
{
    /// <summary>The kind of filter.</summary>
    [Input("type")]
    public string Type { get; init; } = "ExtensionRef";

    /// <summary>The object that says what is done, where the kind is <c>ExtensionRef</c>.</summary>
    [Input("extensionRef")]
    public NamedObjectArgs? ExtensionRef { get; init; }

    /// <summary>What becomes of the address, where the kind is <c>URLRewrite</c>.</summary>
    [Input("urlRewrite")]
    public UrlRewriteArgs? UrlRewrite { get; init; }
}

/// <summary>What becomes of a request's address.</summary>
internal sealed class UrlRewriteArgs : ResourceArgs
{
    /// <summary>The host that the backend is asked for; the one that the client asked for stands in <c>X-Forwarded-Host</c> then.</summary>
    [Input("hostname")]
    public required string Hostname { get; init; }
}

/// <summary>A condition of a rule.</summary>
internal sealed class HttpRouteMatchArgs : ResourceArgs
{
    /// <summary>The path.</summary>
    [Input("path")]
    public required HttpPathMatchArgs Path { get; init; }
}

/// <summary>A path.</summary>
internal sealed class HttpPathMatchArgs : ResourceArgs
{
    /// <summary>How it is compared.</summary>
    [Input("type")]
    public string Type { get; init; } = "PathPrefix";

    /// <summary>The path.</summary>
    [Input("value")]
    public required string Value { get; init; }
}
