using Pulumi;

namespace CantonInfra.Infra.Components.Identity;

/// <summary>A provider that the customer runs and configures: the program takes its clients as they are (A2, A4, A5).</summary>
/// <param name="clients">The clients.</param>
/// <param name="endpoints">Where its endpoints are.</param>
internal abstract class PreconfiguredProvider(PreconfiguredClients clients, OidcEndpoints endpoints) : IIdentityProvider
{
    /// <inheritdoc/>
    public abstract string Product { get; }

    /// <inheritdoc/>
    public abstract string Issuer { get; }

    /// <inheritdoc/>
    public Output<string> TokenEndpoint { get; } = endpoints.Token;

    /// <inheritdoc/>
    public Output<string> JwksUri { get; } = endpoints.Jwks;

    /// <inheritdoc/>
    public abstract ApiAccess LedgerApi { get; }

    /// <inheritdoc/>
    public abstract ApiAccess ValidatorApi { get; }

    /// <inheritdoc/>
    public abstract TokenRequestRules TokenRequests { get; }

    /// <inheritdoc/>
    public MachineIdentity AddMachine(MachineRequest request) => clients.Machines[request.Name];

    /// <inheritdoc/>
    public UserInterfaceLogins AddUserInterfaces(UserInterfaceRequest request) => clients.UserInterfaces[request.Validator];
}
