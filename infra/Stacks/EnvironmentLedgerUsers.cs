using System.Collections.Immutable;
using CantonInfra.Canton.Rights;
using CantonInfra.Infra.Components.Identity;
using CantonInfra.Infra.Components.Ledger;
using CantonInfra.Infra.Settings;

namespace CantonInfra.Infra.Stacks;

/// <summary>The Canton users of an environment's services, on the participant that they use.</summary>
internal static class EnvironmentLedgerUsers
{
    /// <summary>
    /// What <c>rights plan</c> needs to hold the users against their rights, as <c>.github/scripts/drift</c> reads it; null where the settings
    /// do not say how the participant is reached. The client's secret is in the vault, under the name that is told.
    /// </summary>
    /// <param name="settings">The settings.</param>
    /// <param name="identity">What gives tokens.</param>
    /// <param name="administrator">The validator whose client administers users.</param>
    /// <param name="services">The services by name.</param>
    public static ImmutableDictionary<string, object?>? Access(
        EnvironmentSettings settings,
        IIdentityProvider identity,
        ValidatorSecrets administrator,
        IReadOnlyDictionary<string, ServiceClient> services)
    {
        if (settings.LedgerUsers.ApiUrl is not { } address)
        {
            return null;
        }

        var access = ImmutableDictionary<string, object?>.Empty
            .Add("ledgerUrl", address.AbsoluteUri.TrimEnd('/'))
            .Add("tokenUrl", identity.TokenEndpoint)
            .Add("clientId", administrator.LedgerApiClientId)
            .Add("clientSecretName", administrator.LedgerApiSecretName)
            .Add("scope", identity.LedgerApi.Scope)
            .Add("extras", settings.LedgerUsers.Extras)
            .Add("users", services.ToImmutableDictionary(service => RightsOf(service.Key).Name, service => service.Value.Subject));
        if (identity.TokenRequests.TakesAudience)
        {
            access = access.Add("audience", identity.LedgerApi.Audience);
        }

        return settings.Services.Relayer.PartyHint is { Length: > 0 } party ? access.Add("party", party) : access;
    }

    /// <summary>Declares them, where the settings say how the participant is reached.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="identity">What gives tokens.</param>
    /// <param name="administrator">The validator whose client administers users.</param>
    /// <param name="services">The services by name.</param>
    /// <returns>The rights of each service, and why it has them.</returns>
    public static ImmutableDictionary<string, ImmutableDictionary<string, string>> Declare(
        EnvironmentSettings settings,
        IIdentityProvider identity,
        ValidatorSecrets administrator,
        IReadOnlyDictionary<string, ServiceClient> services)
    {
        if (settings.LedgerUsers.ApiUrl is not { } address)
        {
            return ImmutableDictionary<string, ImmutableDictionary<string, string>>.Empty;
        }

        var party = settings.Services.Relayer.PartyHint;
        var users = new LedgerUsers("ledger-users", new LedgerUsersArgs
        {
            ApiUrl = address,
            TokenUrl = identity.TokenEndpoint,
            ClientId = administrator.LedgerApiClientId,
            ClientSecret = administrator.LedgerApiClientSecret,
            Audience = identity.TokenRequests.TakesAudience ? identity.LedgerApi.Audience : null,
            Scope = identity.LedgerApi.Scope,
            OperatorParty = party.Length == 0 ? null : party,
            Extras = settings.LedgerUsers.Extras,
            UntouchableUsers = settings.Services.AutopilotUserId is { } autopilot ? [autopilot] : [],
        });
        return services.ToImmutableDictionary(
            service => service.Key,
            service => users.Add(RightsOf(service.Key), service.Value.Subject));
    }

    private static ServiceRights RightsOf(string service) =>
        ServiceRights.Find(service) ?? throw new InvalidOperationException($"The table of rights has no service '{service}'.");
}
