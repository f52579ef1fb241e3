using System.Collections.Immutable;
using CantonInfra.Infra.Components.Isolation;
using CantonInfra.Infra.Components.Keys;
using Pulumi;

namespace CantonInfra.Infra.Components.Identity;

/// <summary>What <see cref="ServiceClient"/> needs.</summary>
internal sealed record ServiceClientArgs
{
    /// <summary>The service.</summary>
    public required CantonService Service { get; init; }

    /// <summary>The realm that has its client.</summary>
    public required ValidatorRealm Realm { get; init; }

    /// <summary>The vault that keeps its secret.</summary>
    public required KeyVault Vault { get; init; }

    /// <summary>The service's own namespace.</summary>
    public required TrustZoneNamespace Namespace { get; init; }
}

/// <summary>The OAuth client of one service; its secret goes to the vault and to that service's namespace only (B1, B5).</summary>
internal sealed class ServiceClient : ComponentResource
{
    private const string SecretName = "canton-auth";

    /// <summary>Declares the client and its secret's places.</summary>
    public ServiceClient(string name, ServiceClientArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:identity:ServiceClient", name, options)
    {
        var service = args.Service;
        var client = args.Realm.AddMachineClient(service.ClientId, service.Description, this);
        args.Vault.AddSecret(service.ClientId, client.Secret);
        args.Namespace.AddSecret(SecretName, ImmutableSortedDictionary<string, Output<string>>.Empty
            .Add($"CANTON_AUTH_CLIENT_ID_{service.VariableSuffix}", client.ClientId)
            .Add($"CANTON_AUTH_CLIENT_SECRET_{service.VariableSuffix}", client.Secret)

            // The names that today's services read, with this service's own values.
            .Add("CANTON_AUTH_CLIENT_ID", client.ClientId)
            .Add("CANTON_AUTH_CLIENT_SECRET", client.Secret)
            .Add("CANTON_AUTH_AUDIENCE", Output.Create(args.Realm.LedgerApiAudience))
            .Add("CANTON_AUTH_TOKEN_URL", Output.Create(args.Realm.TokenUrl)));
        ClientId = client.ClientId;
        Subject = client.Subject;
        RegisterOutputs();
    }

    /// <summary>The client's id.</summary>
    [Output("clientId")]
    public Output<string> ClientId { get; private set; }

    /// <summary>The id of the service's Canton user.</summary>
    [Output("subject")]
    public Output<string> Subject { get; private set; }
}
