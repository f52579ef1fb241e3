using System.Collections.Immutable;
using CantonInfra.Policy.Rules.Access;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Keys;

/// <summary>A role assignment as far as it lets somebody use keys.</summary>
/// <param name="Role">The assignment.</param>
/// <param name="UsesKeys">Whether its role uses keys; null where the role is not known.</param>
/// <param name="Principals">The resources that the principal comes from.</param>
/// <param name="Scope">What it is for.</param>
/// <param name="Scopes">The resources that the scope comes from.</param>
internal sealed record KeyRole(
    StackResourceView Role, bool? UsesKeys, ImmutableArray<string> Principals, PropertyReading Scope, ImmutableArray<StackResourceView> Scopes)
{
    // Crypto Service Encryption User, Crypto User, Crypto Officer, Administrator.
    private static readonly ImmutableHashSet<string> Using = ImmutableHashSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "e147488a-f6f5-4113-8e2d-b22465e65bf6",
        "12338af0-0e69-4776-bea7-57ae8d297424",
        "14b46e9e-c2b7-41b4-b07b-48a6ebf60603",
        "00482a5a-887f-4fb3-b363-3b7fe8e74483",
        "Key Vault Crypto Service Encryption User",
        "Key Vault Crypto User",
        "Key Vault Crypto Officer",
        "Key Vault Administrator");

    /// <summary>Reads an assignment.</summary>
    public static KeyRole Of(StackResourceView assignment, StackView resources)
    {
        var role = HumanRole.Of(assignment).Role;
        return new KeyRole(
            assignment,
            RoleIds.Guid(role) is { } id ? Using.Contains(id) : role.State == PropertyState.Missing ? false : null,
            [.. resources.SourcesOf(assignment, "principalId").Select(source => source.Urn)],
            assignment.Read("scope"),
            resources.SourcesOf(assignment, "scope"));
    }

    /// <summary>Whether it lets one of some identities use a key; null where that is not known.</summary>
    public bool? Lets(ImmutableArray<string> identities, StackResourceView key, StackResourceView? vault, StackView resources)
    {
        if (UsesKeys == false || (!Principals.IsEmpty && !Principals.Any(identities.Contains)))
        {
            return false;
        }

        // An object id in the settings may be anybody's.
        if (Principals.IsEmpty && Role.Read("principalId").State != PropertyState.Unknown)
        {
            return false;
        }

        var isInScope = Scopes.IsEmpty ? Reaches(vault) : Scopes.Any(scope =>
            scope.Urn == key.Urn || scope.Urn == vault?.Urn
            || (vault is not null && resources.SourcesOf(vault, "resourceGroupName").Any(group => group.Urn == scope.Urn)));
        return isInScope == false ? false : Principals.IsEmpty || UsesKeys is null ? null : isInScope;
    }

    private bool? Reaches(StackResourceView? vault)
    {
        if (!Scope.TryGetText(out var scope))
        {
            return Scope.State == PropertyState.Unknown ? null : false;
        }

        // A resource's scope names it; anything wider may hold the vault.
        return !scope.Contains("/providers/", StringComparison.OrdinalIgnoreCase) ? true
            : vault is not null && vault.Read(vault.Type.Canonical == KeyTypes.Vault ? "vaultName" : "name").TryGetText(out var name)
                ? scope.Split('/').Contains(name, StringComparer.OrdinalIgnoreCase)
            : null;
    }
}
