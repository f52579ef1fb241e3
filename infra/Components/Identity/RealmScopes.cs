using System.Collections.Immutable;
using Pulumi;
using Pulumi.Keycloak;
using Pulumi.Keycloak.OpenId;

namespace CantonInfra.Infra.Components.Identity;

/// <summary>The client scopes of a realm: which audience, scope and roles are in whose tokens.</summary>
internal sealed class RealmScopes
{
    // Without it tokens have no 'sub' since Keycloak 25, and Canton finds no user.
    private const string Subject = "basic";

    // What the server brings along and browsers need: how one signed in, the name, and which origins may use the token.
    private static readonly ImmutableArray<Input<string>> BuiltInForBrowsers = ["acr", "profile", "web-origins"];

    private readonly Input<string> _realmId;
    private readonly CustomResourceOptions _options;
    private readonly Input<string> _ledgerScope;
    private readonly Input<string> _ledgerAudience;
    private readonly Input<string> _validatorAudience;
    private readonly Input<string> _roles;

    /// <summary>Declares them.</summary>
    /// <param name="realmId">The realm's id.</param>
    /// <param name="roles">The ids of the roles that tokens of people carry, by name.</param>
    /// <param name="args">The audiences.</param>
    /// <param name="options">Parent and provider.</param>
    public RealmScopes(
        Input<string> realmId,
        ImmutableSortedDictionary<string, Output<string>> roles,
        ValidatorRealmArgs args,
        CustomResourceOptions options)
    {
        _realmId = realmId;
        _options = options;

        // The audiences have scopes of their own: a browser's token says the scope that Canton knows, and yet is of no use
        // at the ledger API.
        _ledgerScope = Scope(ApiAccess.LedgerScope, "Access to a Canton API.", isInToken: true).Name;
        _ledgerAudience = Audience("ledger-api", args.LedgerApiAudience);
        _validatorAudience = Audience("validator-api", args.ValidatorApiAudience);
        _roles = Roles(roles);
    }

    /// <summary>Those of user interfaces.</summary>
    public ImmutableArray<Input<string>> OfUserInterfaces =>
        [Subject, .. BuiltInForBrowsers, _ledgerScope, _validatorAudience, _roles];

    /// <summary>Those of machines.</summary>
    /// <param name="usesValidatorApi">Whether it calls the validator's API besides the ledger's.</param>
    public ImmutableArray<Input<string>> OfMachines(bool usesValidatorApi) => usesValidatorApi
        ? [Subject, _ledgerScope, _ledgerAudience, _validatorAudience]
        : [Subject, _ledgerScope, _ledgerAudience];

    private ClientScope Scope(string name, string description, bool isInToken) => new(
        name,
        new ClientScopeArgs { RealmId = _realmId, Name = name, Description = description, IncludeInTokenScope = isInToken },
        _options);

    private Output<string> Audience(string api, string audience)
    {
        var name = $"{api}-audience";
        var scope = Scope(name, $"The audience {audience}.", isInToken: false);
        _ = new AudienceProtocolMapper(
            name,
            new AudienceProtocolMapperArgs
            {
                RealmId = _realmId,
                ClientScopeId = scope.Id,
                Name = name,
                IncludedCustomAudience = audience,
                AddToAccessToken = true,
                AddToIdToken = false,
                AddToTokenIntrospection = true,
            },
            _options);
        return scope.Name;
    }

    // One flat claim, as the validator's tools read it (A1).
    private Output<string> Roles(ImmutableSortedDictionary<string, Output<string>> roles)
    {
        const string Name = "canton-roles";
        var scope = Scope(Name, "The roles of a person.", isInToken: false);
        _ = new UserRealmRoleProtocolMapper(
            Name,
            new UserRealmRoleProtocolMapperArgs
            {
                RealmId = _realmId,
                ClientScopeId = scope.Id,
                Name = Name,
                ClaimName = HumanRole.Claim,
                ClaimValueType = "String",
                Multivalued = true,
                AddToAccessToken = true,
                AddToIdToken = true,
                AddToUserinfo = false,
                AddToTokenIntrospection = true,
            },
            _options);

        // Clients carry no role but these: full scope is off.
        foreach (var (name, id) in roles)
        {
            _ = new GenericRoleMapper(
                name, new GenericRoleMapperArgs { RealmId = _realmId, ClientScopeId = scope.Id, RoleId = id }, _options);
        }

        return scope.Name;
    }
}
