using System.Collections.Immutable;
using Pulumi;
using Pulumi.Keycloak;

namespace CantonInfra.Infra.Components.Identity;

/// <summary>What <see cref="ValidatorRealm"/> needs.</summary>
internal sealed record ValidatorRealmArgs
{
    /// <summary>The connection to Keycloak.</summary>
    public required Pulumi.Keycloak.Provider Connection { get; init; }

    /// <summary>Keycloak's address, without the base path.</summary>
    public required Uri Url { get; init; }

    /// <summary>The audience that the ledger API expects in tokens.</summary>
    public required string LedgerApiAudience { get; init; }

    /// <summary>The audience that the validator's API expects in tokens.</summary>
    public required string ValidatorApiAudience { get; init; }

    /// <summary>For how long access tokens are good, in minutes.</summary>
    public required int AccessTokenMinutes { get; init; }

    /// <summary>For how long the database keeps sign-ins and changes, in days.</summary>
    public required int EventRetentionInDays { get; init; }

    /// <summary>Whether the realm refuses to be deleted.</summary>
    public required bool IsProtected { get; init; }
}

/// <summary>The realm of Keycloak that people and services of an environment sign in to (A1).</summary>
internal sealed class ValidatorRealm : ComponentResource, IIdentityProvider
{
    /// <summary>The realm's name.</summary>
    public const string RealmName = "validator";

    private readonly ValidatorRealmArgs _args;
    private readonly CustomResourceOptions _inKeycloak;
    private readonly Realm _realm;
    private readonly RealmScopes _scopes;

    /// <summary>Declares the realm.</summary>
    public ValidatorRealm(string name, ValidatorRealmArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:identity:ValidatorRealm", name, options)
    {
        _args = args;
        _inKeycloak = new CustomResourceOptions { Parent = this, Provider = args.Connection };
        _realm = new Realm(
            name,
            RealmProtection.For(RealmName, args.AccessTokenMinutes, args.IsProtected),
            new CustomResourceOptions { Parent = this, Provider = args.Connection, Protect = args.IsProtected });
        RecordEvents();
        RequireSecondFactor();
        var roles = DeclareRoles();
        _scopes = new RealmScopes(_realm.Id, roles, args, _inKeycloak);
        Issuer = $"{args.Url.GetLeftPart(UriPartial.Authority)}{KeycloakAdministration.BasePath}/realms/{RealmName}";
        RegisterOutputs();
    }

    /// <inheritdoc/>
    public string Product => "Keycloak";

    /// <inheritdoc/>
    public string Issuer { get; }

    /// <inheritdoc/>
    public Output<string> TokenEndpoint => Output.Create($"{Issuer}/protocol/openid-connect/token");

    /// <inheritdoc/>
    public Output<string> JwksUri => Output.Create($"{Issuer}/protocol/openid-connect/certs");

    /// <inheritdoc/>
    public ApiAccess LedgerApi => new(_args.LedgerApiAudience, ApiAccess.LedgerScope);

    /// <inheritdoc/>
    public ApiAccess ValidatorApi => new(_args.ValidatorApiAudience, ApiAccess.LedgerScope);

    /// <inheritdoc/>
    public TokenRequestRules TokenRequests { get; } = new(TakesJson: false, TakesAudience: true, NeedsScope: false);

    /// <inheritdoc/>
    public MachineIdentity AddMachine(MachineRequest request)
    {
        var client = new KeycloakMachineClient(
            request.Name,
            new KeycloakMachineClientArgs
            {
                Connection = _args.Connection,
                RealmId = _realm.Id,
                ClientId = request.Name,
                Description = request.Description,
                SecretGeneration = request.SecretGeneration,
                Scopes = _scopes.OfMachines(request.UsesValidatorApi),
            },
            new ComponentResourceOptions { Parent = request.Parent });
        return new MachineIdentity(client.ClientId, client.Secret, client.Subject);
    }

    /// <inheritdoc/>
    public UserInterfaceLogins AddUserInterfaces(UserInterfaceRequest request)
    {
        var wallet = UserInterface(
            request.WalletClient, $"The wallet of {request.Validator}.", request.Addresses.Wallet, request.Parent);
        var names = UserInterface(
            request.NameServiceClient, $"The name service of {request.Validator}.", request.Addresses.NameService, request.Parent);
        var user = new KeycloakWalletUser(
            request.WalletUser,
            new KeycloakWalletUserArgs { Connection = _args.Connection, RealmId = _realm.Id },
            new ComponentResourceOptions { Parent = request.Parent });
        return new UserInterfaceLogins(wallet.ClientId, names.ClientId, [user.Subject], user.FirstPassword);
    }

    private KeycloakUserInterfaceClient UserInterface(string clientId, string description, string address, Resource parent) => new(
        clientId,
        new KeycloakUserInterfaceClientArgs
        {
            Connection = _args.Connection,
            RealmId = _realm.Id,
            ClientId = clientId,
            Description = description,
            Address = address,
            Scopes = _scopes.OfUserInterfaces,
        },
        new ComponentResourceOptions { Parent = parent });

    // To the database for the console, and to the server's log for shipping (A26).
    private void RecordEvents() => _ = new RealmEvents(
        "events",
        new RealmEventsArgs
        {
            RealmId = _realm.Id,
            EventsEnabled = true,
            EventsExpiration = (int)TimeSpan.FromDays(_args.EventRetentionInDays).TotalSeconds,
            EventsListeners = { "jboss-logging" },
            AdminEventsEnabled = true,
            AdminEventsDetailsEnabled = true,
        },
        _inKeycloak);

    // Everyone who signs in sets up a second factor first (A21); service accounts never sign in.
    private void RequireSecondFactor() => _ = new RequiredAction(
        "second-factor",
        new RequiredActionArgs
        {
            RealmId = _realm.Id,
            Alias = KeycloakWalletUser.SetUpSecondFactor,
            Name = "Configure OTP",
            Enabled = true,
            DefaultAction = true,
        },
        _inKeycloak);

    private ImmutableSortedDictionary<string, Output<string>> DeclareRoles()
    {
        var roles = HumanRole.RolesByName.ToImmutableSortedDictionary(
            role => role.Key,
            role => new Role(
                role.Key, new RoleArgs { RealmId = _realm.Id, Name = role.Key, Description = role.Value }, _inKeycloak).Id,
            StringComparer.Ordinal);
        foreach (var human in HumanRole.All)
        {
            var group = new Group(
                human.Group,
                new GroupArgs { RealmId = _realm.Id, Name = human.Group, Description = $"{human.Duty}: {human.Why}." },
                _inKeycloak);
            _ = new GroupRoles(
                human.Group,
                new GroupRolesArgs
                {
                    RealmId = _realm.Id,
                    GroupId = group.Id,
                    RoleIds = human.RealmRoles.Select(role => (Input<string>)roles[role]).ToArray(),
                },
                _inKeycloak);
        }

        return roles;
    }
}
