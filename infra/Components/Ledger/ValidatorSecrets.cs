using System.Collections.Immutable;
using CantonInfra.Infra.Components.Data;
using CantonInfra.Infra.Components.Identity;
using CantonInfra.Infra.Components.Isolation;
using CantonInfra.Infra.Components.Keys;
using Pulumi;

namespace CantonInfra.Infra.Components.Ledger;

/// <summary>What <see cref="ValidatorSecrets"/> needs.</summary>
internal sealed record ValidatorSecretsArgs
{
    /// <summary>The validator's namespace.</summary>
    public required TrustZoneNamespace Namespace { get; init; }

    /// <summary>The vault that keeps a copy.</summary>
    public required KeyVault Vault { get; init; }

    /// <summary>Where the validator's clients are.</summary>
    public required IIdentityProvider Identity { get; init; }

    /// <summary>Where the validator's user interfaces are.</summary>
    public required UserInterfaceAddresses Addresses { get; init; }

    /// <summary>The account of the validator's databases.</summary>
    public required DatabaseAccount Account { get; init; }

    /// <summary>Another number is another secret of the backend's client.</summary>
    public int SecretGeneration { get; init; } = 1;

    /// <summary>What further validators have behind names that are shared; null for the first.</summary>
    public string? Suffix { get; init; }

    /// <summary>The sponsor's one-time secret; null where the validator is onboarded.</summary>
    public Output<string>? OnboardingSecret { get; init; }

    /// <summary>The file of credentials for the cloud that has its keys; null where none has.</summary>
    public Output<string>? KmsCredentials { get; init; }

    /// <summary>The wallet-as-a-service that it is registered with; null for none.</summary>
    public WaasRegistration? Waas { get; init; }
}

/// <summary>The secrets that a validator's charts read, under the names that the charts fix.</summary>
internal sealed class ValidatorSecrets : ComponentResource
{
    /// <summary>The machine that the validator's backend signs in as.</summary>
    public const string Backend = "validator-app-backend";

    /// <summary>The secret with the account of its databases.</summary>
    public const string Database = "postgres-secrets";

    /// <summary>The secret with the backend's client.</summary>
    public const string LedgerApiAuth = "splice-app-validator-ledger-api-auth";

    /// <summary>The secret with the sponsor's one-time secret.</summary>
    public const string Onboarding = "splice-app-validator-onboarding-validator";

    /// <summary>The secret with the registration at a wallet-as-a-service.</summary>
    public const string Waas = "waas";

    /// <summary>Declares the secrets and the validator's three clients (A1).</summary>
    public ValidatorSecrets(string name, ValidatorSecretsArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:ledger:ValidatorSecrets", name, options)
    {
        var none = ImmutableSortedDictionary<string, Output<string>>.Empty;
        var backend = Named(Backend, args.Suffix);
        var client = args.Identity.AddMachine(
            new MachineRequest(backend, "The validator's backend.", this, args.SecretGeneration, UsesValidatorApi: true));
        var logins = args.Identity.AddUserInterfaces(new UserInterfaceRequest(name, args.Suffix, args.Addresses, this));
        args.Vault.AddSecret(backend, client.Secret);
        Keep(Database, none.Add("postgresPassword", args.Account.Password));
        Keep(LedgerApiAuth, none
            .Add("ledger-api-user", client.Subject)
            .Add("url", Output.Create(args.Identity.DiscoveryUrl))
            .Add("client-id", client.ClientId)
            .Add("client-secret", client.Secret)
            .Add("audience", Output.Create(args.Identity.LedgerApi.Audience))
            .Add("scope", Output.Create(args.Identity.LedgerApi.Scope)));
        AddUserInterface("wallet", logins.WalletClientId);
        AddUserInterface("cns", logins.NameServiceClientId);
        if (logins.FirstPassword is { } password)
        {
            args.Vault.AddSecret($"{name}-walletuser", password);
        }

        if (args.OnboardingSecret is { } onboarding)
        {
            args.Vault.AddSecret(Named("validator-onboarding", args.Suffix), onboarding);
            Keep(Onboarding, none.Add("secret", onboarding));
        }

        if (args.KmsCredentials is { } credentials)
        {
            args.Vault.AddSecret(Named(ParticipantKms.CredentialsSecret, args.Suffix), credentials);
            Keep(ParticipantKms.CredentialsSecret, none.Add(ParticipantKms.CredentialsKey, credentials));
        }

        if (args.Waas is { } waas)
        {
            args.Vault.AddSecret(Named(Waas, args.Suffix), waas.Credentials);
            Keep(Waas, waas.Data);
        }

        LedgerApiUser = client.Subject;
        WalletUsers = Output.All(logins.WalletUsers);
        LedgerApiClientId = client.ClientId;
        LedgerApiClientSecret = client.Secret;
        LedgerApiSecretName = backend;
        RegisterOutputs();

        void AddUserInterface(string page, Output<string> clientId) => Keep(
            $"splice-app-{page}-ui-auth",
            none.Add("url", Output.Create(args.Identity.Authority)).Add("client-id", clientId));

        void Keep(string secret, ImmutableSortedDictionary<string, Output<string>> data) =>
            All = All.Add(args.Namespace.AddSecret(secret, data));
    }

    /// <summary>The secrets in the namespace; pods that read them wait for them.</summary>
    public ImmutableArray<Resource> All { get; private set; } = [];

    /// <summary>The id of the validator's own Canton user.</summary>
    [Output("ledgerApiUser")]
    public Output<string> LedgerApiUser { get; private set; }

    /// <summary>The ids of the users of the validator's own wallet.</summary>
    [Output("walletUsers")]
    public Output<ImmutableArray<string>> WalletUsers { get; private set; }

    /// <summary>The client of that user, which administers the participant's users.</summary>
    public Output<string> LedgerApiClientId { get; }

    /// <summary>Its secret.</summary>
    public Output<string> LedgerApiClientSecret { get; }

    /// <summary>The name that it has in the vault.</summary>
    public string LedgerApiSecretName { get; }

    /// <summary>A name that validators share, with what tells them apart.</summary>
    /// <param name="shared">The name.</param>
    /// <param name="suffix">What further validators have behind it; null for the first.</param>
    public static string Named(string shared, string? suffix) => suffix is null ? shared : $"{shared}-{suffix}";
}
