using System.Collections.Immutable;
using Pulumi;

namespace CantonInfra.Infra.Components.Ledger;

/// <summary>What a wallet-as-a-service knows a validator by (A19).</summary>
/// <param name="Provider">The service's name.</param>
/// <param name="ApiUrl">The address of its API.</param>
/// <param name="Registration">What it knows the validator by; no secrets.</param>
/// <param name="Credentials">What the validator signs in to it with.</param>
internal sealed record WaasRegistration(
    string Provider, Uri ApiUrl, ImmutableSortedDictionary<string, string> Registration, Output<string> Credentials)
{
    /// <summary>The secret in the validator's namespace, for whichever of its workloads calls the service.</summary>
    public ImmutableSortedDictionary<string, Output<string>> Data =>
        Registration.ToImmutableSortedDictionary(entry => entry.Key, entry => Output.Create(entry.Value), StringComparer.Ordinal)
            .Add("provider", Output.Create(Provider))
            .Add("api-url", Output.Create(ApiUrl.AbsoluteUri.TrimEnd('/')))
            .Add("credentials", Credentials);
}
