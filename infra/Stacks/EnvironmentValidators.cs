using System.Collections.Immutable;
using CantonInfra.Infra.Components.Data;
using CantonInfra.Infra.Components.Identity;
using CantonInfra.Infra.Components.Isolation;
using CantonInfra.Infra.Components.Keys;
using CantonInfra.Infra.Components.Ledger;
using CantonInfra.Infra.Settings;

namespace CantonInfra.Infra.Stacks;

/// <summary>The validators of an environment: each has an account, databases, a namespace and secrets of its own.</summary>
internal static class EnvironmentValidators
{
    /// <summary>Declares them.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="databases">The ledger's server.</param>
    /// <param name="identity">Where their clients are.</param>
    /// <param name="secrets">The vault for passwords.</param>
    /// <param name="namespaceOf">Makes the namespace of a validator.</param>
    /// <returns>The secrets of each, by the validator's name.</returns>
    public static ImmutableSortedDictionary<string, ValidatorSecrets> Declare(
        EnvironmentSettings settings,
        PostgreSqlServer databases,
        IIdentityProvider identity,
        KeyVault secrets,
        Func<ValidatorSettings, TrustZoneNamespace> namespaceOf) =>
        settings.Ledger.Validators.ToImmutableSortedDictionary(
            validator => validator.Name,
            validator =>
            {
                var names = validator.Databases;
                var account = databases.AddAccount(names.Account, settings.Data.PasswordGenerations[names.Account]);
                foreach (var database in names.All)
                {
                    databases.AddDatabase(database, account);
                }

                return new ValidatorSecrets(validator.Name, new ValidatorSecretsArgs
                {
                    Namespace = namespaceOf(validator),
                    Vault = secrets,
                    Identity = identity,
                    Addresses = UserInterfaceAddresses.Of(validator.Name, settings.Identity.Host),
                    Account = account,
                    SecretGeneration = validator.SecretGeneration,
                    Suffix = names.Suffix,
                    OnboardingSecret = validator.OnboardingSecret,
                });
            },
            StringComparer.Ordinal);
}
