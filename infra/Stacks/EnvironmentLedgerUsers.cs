using System.Collections.Immutable;
using CantonInfra.Canton.Rights;
using CantonInfra.Infra.Components.Identity;
using CantonInfra.Infra.Components.Ledger;
using CantonInfra.Infra.Settings;
using Pulumi;

namespace CantonInfra.Infra.Stacks;

/// <summary>The Canton users of an environment's services, on the participant of its first validator.</summary>
internal static class EnvironmentLedgerUsers
{
    /// <summary>Declares them, where the settings say how the participant is reached.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="realm">The realm that gives tokens.</param>
    /// <param name="administrator">The validator whose client administers users.</param>
    /// <param name="services">The services by name.</param>
    /// <returns>The rights of each service, and why it has them.</returns>
    public static ImmutableDictionary<string, ImmutableDictionary<string, string>> Declare(
        LedgerUserSettings settings,
        ValidatorRealm realm,
        ValidatorSecrets administrator,
        IReadOnlyDictionary<string, ServiceClient> services)
    {
        if (settings.ApiUrl is not { } address)
        {
            return ImmutableDictionary<string, ImmutableDictionary<string, string>>.Empty;
        }

        var users = new LedgerUsers("ledger-users", new LedgerUsersArgs
        {
            ApiUrl = address,
            TokenUrl = Output.Create(realm.TokenUrl),
            ClientId = administrator.LedgerApiClientId,
            ClientSecret = administrator.LedgerApiClientSecret,
            Scope = ValidatorRealm.LedgerApiScope,
            OperatorParty = settings.OperatorParty,
            Extras = settings.Extras,
            UntouchableUsers = settings.UntouchableUsers,
        });
        return services.ToImmutableDictionary(
            service => service.Key,
            service => users.Add(
                ServiceRights.Find(service.Key) ?? throw new InvalidOperationException($"The table of rights has no service '{service.Key}'."),
                service.Value.Subject));
    }
}
