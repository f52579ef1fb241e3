using System.Collections.Immutable;
using System.Globalization;
using CantonInfra.Infra.Components.Identity;
using CantonInfra.Infra.Components.Isolation;
using CantonInfra.Infra.Components.Keys;
using CantonInfra.Infra.Components.Ledger;
using CantonInfra.Infra.Components.Services;
using CantonInfra.Infra.Settings;

namespace CantonInfra.Infra.Stacks;

/// <summary>What <see cref="EnvironmentServices"/> needs.</summary>
internal sealed record EnvironmentServicesArgs
{
    /// <summary>What the environment stands on.</summary>
    public required EnvironmentFoundation Foundation { get; init; }

    /// <summary>The cluster.</summary>
    public required EnvironmentCluster Cluster { get; init; }

    /// <summary>Who connects to whom.</summary>
    public required EnvironmentConnections Connections { get; init; }

    /// <summary>Where clients are.</summary>
    public required IIdentityProvider Identity { get; init; }

    /// <summary>The vault for passwords.</summary>
    public required KeyVault Secrets { get; init; }

    /// <summary>The validators.</summary>
    public required EnvironmentValidators Validators { get; init; }
}

/// <summary>The services of the middleware, each with a namespace, a client and a Canton user of its own (B1–B7).</summary>
internal sealed class EnvironmentServices
{
    private readonly EnvironmentServicesArgs _args;
    private readonly EnvironmentSettings _settings;

    /// <summary>Declares them.</summary>
    public EnvironmentServices(EnvironmentServicesArgs args)
    {
        _args = args;
        _settings = args.Foundation.Settings;
        ByName = _settings.Services.Enabled.ToImmutableSortedDictionary(
            service => service.Service.Name, Declare, StringComparer.Ordinal);
        var administrator = args.Validators.ByName[_settings.Services.Validator].Secrets;
        var clients = ByName.ToImmutableSortedDictionary(service => service.Key, service => service.Value.Client, StringComparer.Ordinal);
        Rights = EnvironmentLedgerUsers.Declare(_settings, args.Identity, administrator, clients);
        LedgerAccess = EnvironmentLedgerUsers.Access(_settings, args.Identity, administrator, clients);
    }

    /// <summary>The services by name.</summary>
    public ImmutableSortedDictionary<string, MiddlewareService> ByName { get; }

    /// <summary>The rights of each service, and why it has them; empty where users are not declared.</summary>
    public ImmutableDictionary<string, ImmutableDictionary<string, string>> Rights { get; }

    /// <summary>What holds the users against their rights; null where users are not declared.</summary>
    public ImmutableDictionary<string, object?>? LedgerAccess { get; }

    private MiddlewareService Declare(CantonServiceSettings settings)
    {
        var service = settings.Service;
        var home = _args.Cluster.AddMember(service.Name, TrustZone.Applications, PodSecurity.Restricted);
        _args.Connections.AddService(settings, home);
        return _args.Foundation.Locks.Cover(new MiddlewareService(service.Name, new MiddlewareServiceArgs
        {
            Azure = _args.Foundation.Azure,
            IdentityResourceGroupName = _args.Foundation.Groups.Security,
            TokenIssuer = _args.Cluster.Aks.OidcIssuerUrl,
            Service = service,
            Identity = _args.Identity,
            TokenRequest = _settings.Services.TokenRequest,
            SecretGeneration = settings.SecretGeneration,
            Vault = _args.Secrets,
            Namespace = home,
            LedgerApi = Participant("lg-api"),
            Image = settings.Image,
            RightsCheck = _settings.Services.RightsImage is { } image
                ? new RightsCheck(
                    image,
                    new Uri($"http://{Participant("json-api")}"),
                    _settings.Services.Relayer.PartyHint is { Length: > 0 } party ? party : null,
                    _settings.LedgerUsers.Extras)
                : null,
        }));
    }

    // The Service that the participant's chart makes, by its full name in the cluster.
    private string Participant(string port)
    {
        var home = _settings.Services.Validator;
        var number = _settings.Ledger.Release.ParticipantIn(home).ServicePort(Validator.ParticipantName, port);
        return string.Create(CultureInfo.InvariantCulture, $"{Validator.ParticipantName}.{home}.svc.cluster.local:{number}");
    }
}
