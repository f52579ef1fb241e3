using System.Collections.Immutable;
using Pulumi;
using Pulumi.Kubernetes.ApiExtensions;

namespace CantonInfra.Infra.Components.Ingress.Objects;

/// <summary>A <c>BackendTrafficPolicy</c> of Envoy Gateway: how much a gateway lets through.</summary>
internal sealed class BackendTrafficPolicyArgs() : CustomResourceArgs("gateway.envoyproxy.io/v1alpha1", "BackendTrafficPolicy")
{
    /// <summary>What it says.</summary>
    [Input("spec")]
    public required BackendTrafficPolicySpecArgs Spec { get; init; }
}

/// <summary>What a <see cref="BackendTrafficPolicyArgs"/> says.</summary>
internal sealed class BackendTrafficPolicySpecArgs : ResourceArgs
{
    /// <summary>The gateway; each of its routes counts for itself.</summary>
    [Input("targetRefs")]
    public required ImmutableArray<NamedObjectArgs> TargetRefs { get; init; }

    /// <summary>The limits.</summary>
    [Input("rateLimit")]
    public required RateLimitArgs RateLimit { get; init; }
}

/// <summary>Limits of requests.</summary>
internal sealed class RateLimitArgs : ResourceArgs
{
    /// <summary>Those that each pod counts by itself.</summary>
    [Input("local")]
    public required LocalRateLimitArgs Local { get; init; }
}

/// <summary>Limits that each pod counts by itself.</summary>
internal sealed class LocalRateLimitArgs : ResourceArgs
{
    /// <summary>The rules; the strictest that fits counts.</summary>
    [Input("rules")]
    public required ImmutableArray<RateLimitRuleArgs> Rules { get; init; }
}

/// <summary>A limit.</summary>
internal sealed class RateLimitRuleArgs : ResourceArgs
{
    /// <summary>Whose requests are counted together.</summary>
    [Input("clientSelectors")]
    public required ImmutableArray<RateLimitSelectorArgs> ClientSelectors { get; init; }

    /// <summary>How many.</summary>
    [Input("limit")]
    public required RateLimitValueArgs Limit { get; init; }
}

/// <summary>Whose requests are counted.</summary>
internal sealed class RateLimitSelectorArgs : ResourceArgs
{
    /// <summary>Clients by address.</summary>
    [Input("sourceCIDR")]
    public required SourceCidrArgs SourceCidr { get; init; }
}

/// <summary>Clients by address.</summary>
internal sealed class SourceCidrArgs : ResourceArgs
{
    /// <summary>Whether each address is counted by itself.</summary>
    [Input("type")]
    public string Type { get; init; } = "Distinct";

    /// <summary>The network.</summary>
    [Input("value")]
    public required string Value { get; init; }
}

/// <summary>A number of requests in a time.</summary>
internal sealed class RateLimitValueArgs : ResourceArgs
{
    /// <summary>The number.</summary>
    [Input("requests")]
    public required int Requests { get; init; }

    /// <summary>The time.</summary>
    [Input("unit")]
    public string Unit { get; init; } = "Second";
}
