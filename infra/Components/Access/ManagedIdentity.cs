using CantonInfra.Infra.Components.Foundation;
using Pulumi;
using Pulumi.AzureNative.ManagedIdentity;

namespace CantonInfra.Infra.Components.Access;

/// <summary>A user-assigned identity, made before what runs as it, so that its roles can be in place first.</summary>
internal sealed class ManagedIdentity
{
    /// <summary>Declares the identity.</summary>
    /// <param name="name">The logical name.</param>
    /// <param name="purpose">What it is for, a part of its name in Azure.</param>
    /// <param name="azure">The environment.</param>
    /// <param name="resourceGroupName">The name of the resource group.</param>
    /// <param name="parent">The component that it belongs to.</param>
    public ManagedIdentity(
        string name, string purpose, AzureEnvironment azure, Input<string> resourceGroupName, Resource parent)
    {
        Purpose = purpose;
        AzureName = azure.Names.Identity(purpose);
        var identity = new UserAssignedIdentity(
            name,
            new UserAssignedIdentityArgs
            {
                ResourceName = AzureName,
                ResourceGroupName = resourceGroupName,
                Location = azure.Location,
                Tags = azure.Tags,
            },
            new CustomResourceOptions { Parent = parent });
        Resource = identity;
        Id = identity.Id;
        PrincipalId = identity.PrincipalId;
        ClientId = identity.ClientId;
        Scope = new AccessScope(AzureName, identity.Id, azure.SubscriptionId);
    }

    /// <summary>What it is for.</summary>
    public string Purpose { get; }

    /// <summary>The name in Azure.</summary>
    public string AzureName { get; }

    /// <summary>The identity's resource, for what must wait for it.</summary>
    public Resource Resource { get; }

    /// <summary>The resource id.</summary>
    public Output<string> Id { get; }

    /// <summary>The object id in Entra that roles are given to.</summary>
    public Output<string> PrincipalId { get; }

    /// <summary>The id that clients sign in with.</summary>
    public Output<string> ClientId { get; }

    /// <summary>The identity as something that roles are given on.</summary>
    public AccessScope Scope { get; }
}
