using CantonInfra.Infra.Components.Foundation;
using Pulumi;
using Pulumi.AzureNative.ManagedIdentity;

namespace CantonInfra.Infra.Components.Access;

/// <summary>What <see cref="WorkloadIdentity"/> needs.</summary>
internal sealed record WorkloadIdentityArgs
{
    /// <summary>The environment.</summary>
    public required AzureEnvironment Azure { get; init; }

    /// <summary>The name of the resource group.</summary>
    public required Input<string> ResourceGroupName { get; init; }

    /// <summary>What it is for, a part of its name in Azure.</summary>
    public required string Purpose { get; init; }

    /// <summary>The issuer of the cluster's tokens, exactly as the cluster gives it.</summary>
    public required Input<string> Issuer { get; init; }

    /// <summary>The Kubernetes namespace of the service account.</summary>
    public required string Namespace { get; init; }

    /// <summary>The one service account whose pods may act as the identity.</summary>
    public required string ServiceAccount { get; init; }
}

/// <summary>An identity in Azure that the pods of one service account act as, without any secret (A20).</summary>
internal sealed class WorkloadIdentity : ComponentResource
{
    private const string Audience = "api://AzureADTokenExchange";

    /// <summary>Declares the identity and whom it trusts.</summary>
    public WorkloadIdentity(string name, WorkloadIdentityArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:access:WorkloadIdentity", name, options)
    {
        Identity = new ManagedIdentity(name, args.Purpose, args.Azure, args.ResourceGroupName, this);
        _ = new FederatedIdentityCredential(
            name,
            new FederatedIdentityCredentialArgs
            {
                FederatedIdentityCredentialResourceName = $"{args.Namespace}-{args.ServiceAccount}",
                ResourceName = Identity.AzureName,
                ResourceGroupName = args.ResourceGroupName,
                Issuer = args.Issuer,
                Subject = $"system:serviceaccount:{args.Namespace}:{args.ServiceAccount}",
                Audiences = { Audience },
            },

            // The credential names its identity by a text, which orders nothing.
            new CustomResourceOptions { Parent = this, DependsOn = { Identity.Resource } });
        ClientId = Identity.ClientId;
        RegisterOutputs();
    }

    /// <summary>The id that the service account's annotation <c>azure.workload.identity/client-id</c> gives.</summary>
    [Output("clientId")]
    public Output<string> ClientId { get; private set; }

    /// <summary>The identity, to which roles are given.</summary>
    public ManagedIdentity Identity { get; }
}
