using System.Collections.Immutable;
using Pulumi;
using Pulumi.Kubernetes.ApiExtensions;

namespace CantonInfra.Infra.Components.Ingress.Objects;

/// <summary>A <c>ClusterIssuer</c> of cert-manager: where certificates come from.</summary>
internal sealed class ClusterIssuerArgs() : CustomResourceArgs("cert-manager.io/v1", "ClusterIssuer")
{
    /// <summary>What it says.</summary>
    [Input("spec")]
    public required IssuerSpecArgs Spec { get; init; }
}

/// <summary>An <c>Issuer</c> of cert-manager: where the certificates of its namespace come from.</summary>
internal sealed class IssuerArgs() : CustomResourceArgs("cert-manager.io/v1", "Issuer")
{
    /// <summary>What it says.</summary>
    [Input("spec")]
    public required IssuerSpecArgs Spec { get; init; }
}

/// <summary>What an issuer says: one of these.</summary>
internal sealed class IssuerSpecArgs : ResourceArgs
{
    /// <summary>A certificate authority that speaks ACME.</summary>
    [Input("acme")]
    public AcmeIssuerArgs? Acme { get; init; }

    /// <summary>Each certificate signs itself.</summary>
    [Input("selfSigned")]
    public SelfSignedIssuerArgs? SelfSigned { get; init; }

    /// <summary>An authority whose key is in a secret.</summary>
    [Input("ca")]
    public SecretIssuerArgs? Authority { get; init; }
}

/// <summary>Each certificate signs itself; there is nothing to say.</summary>
internal sealed class SelfSignedIssuerArgs : ResourceArgs;

/// <summary>An authority whose key is in a secret.</summary>
internal sealed class SecretIssuerArgs : ResourceArgs
{
    /// <summary>The secret.</summary>
    [Input("secretName")]
    public required string SecretName { get; init; }
}

/// <summary>A certificate authority that speaks ACME.</summary>
internal sealed class AcmeIssuerArgs : ResourceArgs
{
    /// <summary>Its directory.</summary>
    [Input("server")]
    public required string Server { get; init; }

    /// <summary>Whom it writes to.</summary>
    [Input("email")]
    public required string Email { get; init; }

    /// <summary>The secret that the account's key is kept in.</summary>
    [Input("privateKeySecretRef")]
    public required NamedObjectArgs PrivateKeySecretRef { get; init; }

    /// <summary>How it is shown whose a name is.</summary>
    [Input("solvers")]
    public required ImmutableArray<AcmeSolverArgs> Solvers { get; init; }
}

/// <summary>How it is shown whose a name is.</summary>
internal sealed class AcmeSolverArgs : ResourceArgs
{
    /// <summary>By a record of the name.</summary>
    [Input("dns01")]
    public required Dns01SolverArgs Dns01 { get; init; }
}

/// <summary>Records as an answer.</summary>
internal sealed class Dns01SolverArgs : ResourceArgs
{
    /// <summary>In a zone of Azure.</summary>
    [Input("azureDNS")]
    public required AzureDnsArgs AzureDns { get; init; }
}

/// <summary>A zone of Azure.</summary>
internal sealed class AzureDnsArgs : ResourceArgs
{
    /// <summary>The zone.</summary>
    [Input("hostedZoneName")]
    public required string HostedZoneName { get; init; }

    /// <summary>Its resource group.</summary>
    [Input("resourceGroupName")]
    public required string ResourceGroupName { get; init; }

    /// <summary>Its subscription.</summary>
    [Input("subscriptionID")]
    public required string SubscriptionId { get; init; }

    /// <summary>Which Azure it is in.</summary>
    [Input("environment")]
    public string Environment { get; init; } = "AzurePublicCloud";

    /// <summary>What cert-manager acts as.</summary>
    [Input("managedIdentity")]
    public required ManagedIdentityArgs ManagedIdentity { get; init; }
}

/// <summary>What cert-manager acts as.</summary>
internal sealed class ManagedIdentityArgs : ResourceArgs
{
    /// <summary>The identity's client id.</summary>
    [Input("clientID")]
    public required Input<string> ClientId { get; init; }
}
