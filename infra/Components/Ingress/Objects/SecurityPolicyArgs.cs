using System.Collections.Immutable;
using Pulumi;
using Pulumi.Kubernetes.ApiExtensions;

namespace CantonInfra.Infra.Components.Ingress.Objects;

/// <summary>A <c>SecurityPolicy</c> of Envoy Gateway: who may use a route.</summary>
internal sealed class SecurityPolicyArgs() : CustomResourceArgs("gateway.envoyproxy.io/v1alpha1", "SecurityPolicy")
{
    /// <summary>What it says.</summary>
    [Input("spec")]
    public required SecurityPolicySpecArgs Spec { get; init; }
}

/// <summary>What a <see cref="SecurityPolicyArgs"/> says.</summary>
internal sealed class SecurityPolicySpecArgs : ResourceArgs
{
    /// <summary>The routes.</summary>
    [Input("targetRefs")]
    public required ImmutableArray<NamedObjectArgs> TargetRefs { get; init; }

    /// <summary>Who may use them.</summary>
    [Input("authorization")]
    public required AuthorizationArgs Authorization { get; init; }
}

/// <summary>Who may.</summary>
internal sealed class AuthorizationArgs : ResourceArgs
{
    /// <summary>What holds for all others.</summary>
    [Input("defaultAction")]
    public string DefaultAction { get; init; } = "Deny";

    /// <summary>Who may.</summary>
    [Input("rules")]
    public required ImmutableArray<AuthorizationRuleArgs> Rules { get; init; }
}

/// <summary>One who may.</summary>
internal sealed class AuthorizationRuleArgs : ResourceArgs
{
    /// <summary>What is done.</summary>
    [Input("action")]
    public string Action { get; init; } = "Allow";

    /// <summary>Whom it is.</summary>
    [Input("principal")]
    public required PrincipalArgs Principal { get; init; }
}

/// <summary>Clients.</summary>
internal sealed class PrincipalArgs : ResourceArgs
{
    /// <summary>Their networks.</summary>
    [Input("clientCIDRs")]
    public required ImmutableArray<string> ClientNetworks { get; init; }
}
