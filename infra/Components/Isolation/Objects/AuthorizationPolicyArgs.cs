using System.Collections.Immutable;
using Pulumi;
using Pulumi.Kubernetes.ApiExtensions;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace CantonInfra.Infra.Components.Isolation.Objects;

/// <summary>An <c>AuthorizationPolicy</c> of Istio: who may connect to pods of the mesh.</summary>
/// <remarks>From istio/istio 1.30.3, <c>manifests/charts/base/files/crd-all.gen.yaml</c>.</remarks>
internal sealed class AuthorizationPolicyArgs() : CustomResourceArgs("security.istio.io/v1", "AuthorizationPolicy")
{
    /// <summary>What it says.</summary>
    [Input("spec")]
    public required AuthorizationPolicySpecArgs Spec { get; init; }
}

/// <summary>What an <see cref="AuthorizationPolicyArgs"/> says.</summary>
internal sealed class AuthorizationPolicySpecArgs : ResourceArgs
{
    /// <summary>The pods; all of the namespace where left out.</summary>
    [Input("selector")]
    public LabelSelectorArgs? Selector { get; init; }

    /// <summary>What becomes of what the rules fit; all else is denied then.</summary>
    [Input("action")]
    public string Action { get; init; } = "ALLOW";

    /// <summary>The rules; without any nothing is allowed.</summary>
    [Input("rules")]
    public ImmutableArray<AuthorizationRuleArgs>? Rules { get; init; }
}

/// <summary>Who may connect to which ports.</summary>
internal sealed class AuthorizationRuleArgs : ResourceArgs
{
    /// <summary>Who: one of these.</summary>
    [Input("from")]
    public required ImmutableArray<AuthorizationFromArgs> From { get; init; }

    /// <summary>To what: one of these.</summary>
    [Input("to")]
    public required ImmutableArray<AuthorizationToArgs> To { get; init; }
}

/// <summary>Who.</summary>
internal sealed class AuthorizationFromArgs : ResourceArgs
{
    /// <summary>Who.</summary>
    [Input("source")]
    public required AuthorizationSourceArgs Source { get; init; }
}

/// <summary>Who: all of these hold.</summary>
internal sealed class AuthorizationSourceArgs : ResourceArgs
{
    /// <summary>Whoever shows one of these identities, without their scheme.</summary>
    [Input("principals")]
    public ImmutableArray<string>? Principals { get; init; }

    /// <summary>Whoever shows none of these.</summary>
    [Input("notPrincipals")]
    public ImmutableArray<string>? NotPrincipals { get; init; }
}

/// <summary>To what.</summary>
internal sealed class AuthorizationToArgs : ResourceArgs
{
    /// <summary>To what.</summary>
    [Input("operation")]
    public required AuthorizationOperationArgs Operation { get; init; }
}

/// <summary>To what.</summary>
internal sealed class AuthorizationOperationArgs : ResourceArgs
{
    /// <summary>The ports of the pods.</summary>
    [Input("ports")]
    public required ImmutableArray<string> Ports { get; init; }
}
