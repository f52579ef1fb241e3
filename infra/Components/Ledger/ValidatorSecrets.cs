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

    /// <summary>The realm that has the validator's client.</summary>
    public required ValidatorRealm Realm { get; init; }

    /// <summary>The account of the validator's databases.</summary>
    public required DatabaseAccount Account { get; init; }

    /// <summary>What further validators have behind names that are shared; null for the first.</summary>
    public string? Suffix { get; init; }

    /// <summary>The sponsor's one-time secret; null where the validator is onboarded.</summary>
    public Output<string>? OnboardingSecret { get; init; }
}

/// <summary>The secrets that a validator's charts read, under the names that the charts fix.</summary>
internal sealed class ValidatorSecrets : ComponentResource
{
    private const string ClientId = "validator-app-backend";

    /// <summary>Declares the secrets and the validator's own client (A1).</summary>
    public ValidatorSecrets(string name, ValidatorSecretsArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:ledger:ValidatorSecrets", name, options)
    {
        var none = ImmutableSortedDictionary<string, Output<string>>.Empty;
        var clientId = Named(ClientId);
        var client = args.Realm.AddMachineClient(clientId, "The validator's backend.", this);
        args.Vault.AddSecret(clientId, client.Secret);
        args.Namespace.AddSecret("postgres-secrets", none.Add("postgresPassword", args.Account.Password));
        args.Namespace.AddSecret("splice-app-validator-ledger-api-auth", none
            .Add("ledger-api-user", client.Subject)
            .Add("url", Output.Create(args.Realm.DiscoveryUrl))
            .Add("client-id", client.ClientId)
            .Add("client-secret", client.Secret)
            .Add("audience", Output.Create(args.Realm.LedgerApiAudience))
            .Add("scope", Output.Create(ValidatorRealm.LedgerApiScope)));
        if (args.OnboardingSecret is { } onboarding)
        {
            args.Vault.AddSecret(Named("validator-onboarding"), onboarding);
            args.Namespace.AddSecret("splice-app-validator-onboarding-validator", none.Add("secret", onboarding));
        }

        LedgerApiUser = client.Subject;
        LedgerApiClientId = client.ClientId;
        LedgerApiClientSecret = client.Secret;
        RegisterOutputs();

        string Named(string shared) => args.Suffix is null ? shared : $"{shared}-{args.Suffix}";
    }

    /// <summary>The id of the validator's own Canton user.</summary>
    [Output("ledgerApiUser")]
    public Output<string> LedgerApiUser { get; private set; }

    /// <summary>The client of that user, which administers the participant's users.</summary>
    public Output<string> LedgerApiClientId { get; }

    /// <summary>Its secret.</summary>
    public Output<string> LedgerApiClientSecret { get; }
}
