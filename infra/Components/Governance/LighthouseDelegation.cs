using System.Collections.Immutable;
using CantonInfra.Infra.Components.Access;
using Pulumi;
using Pulumi.AzureNative.ManagedServices;
using Pulumi.AzureNative.ManagedServices.Inputs;

namespace CantonInfra.Infra.Components.Governance;

/// <summary>What <see cref="LighthouseDelegation"/> needs.</summary>
internal sealed record LighthouseDelegationArgs
{
    /// <summary>The subscription that is delegated.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>The tenant that it is delegated to.</summary>
    public required string ManagingTenantId { get; init; }

    /// <summary>The groups of that tenant.</summary>
    public required ImmutableArray<DelegatedGroup> Groups { get; init; }
}

/// <summary>Lets groups of another tenant work on a subscription, with little and for short (A25).</summary>
internal sealed class LighthouseDelegation : ComponentResource
{
    private const string LongestActivation = "PT4H";

    /// <summary>Declares what is delegated, and that it is.</summary>
    public LighthouseDelegation(string name, LighthouseDelegationArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:governance:LighthouseDelegation", name, options)
    {
        var scope = $"/subscriptions/{args.SubscriptionId}";
        var definition = new RegistrationDefinition(
            "definition",
            new RegistrationDefinitionArgs
            {
                Scope = scope,
                RegistrationDefinitionId = NameGuid.Create($"{args.SubscriptionId}/{args.ManagingTenantId}/registration-definition"),
                Properties = new RegistrationDefinitionPropertiesArgs
                {
                    RegistrationDefinitionName = "Canton security operations",
                    Description = "A provider of security services reads findings and logs, and works on incidents.",
                    ManagedByTenantId = args.ManagingTenantId,
                    Authorizations = args.Groups.SelectMany(Authorizations).ToArray(),
                    EligibleAuthorizations = args.Groups.SelectMany(EligibleAuthorizations).ToArray(),
                },
            },
            new CustomResourceOptions { Parent = this });
        _ = new RegistrationAssignment(
            "assignment",
            new RegistrationAssignmentArgs
            {
                Scope = scope,
                RegistrationAssignmentId = NameGuid.Create($"{args.SubscriptionId}/{args.ManagingTenantId}/registration-assignment"),
                Properties = new RegistrationAssignmentPropertiesArgs { RegistrationDefinitionId = definition.Id },
            },
            new CustomResourceOptions { Parent = this });
        RegisterOutputs();
    }

    // Whoever is let in can also leave by itself.
    private static IEnumerable<AuthorizationArgs> Authorizations(DelegatedGroup group) =>
        group.Roles.Append(AzureRoles.ManagedServicesDelete).Select(role => new AuthorizationArgs
        {
            PrincipalId = group.ObjectId,
            PrincipalIdDisplayName = group.Name,
            RoleDefinitionId = role.Id,
        });

    private static IEnumerable<EligibleAuthorizationArgs> EligibleAuthorizations(DelegatedGroup group) =>
        group.EligibleRoles.Select(role => new EligibleAuthorizationArgs
        {
            PrincipalId = group.ObjectId,
            PrincipalIdDisplayName = group.Name,
            RoleDefinitionId = role.Id,
            JustInTimeAccessPolicy = new JustInTimeAccessPolicyArgs
            {
                MultiFactorAuthProvider = MultiFactorAuthProvider.Azure,
                MaximumActivationDuration = LongestActivation,
            },
        });
}
