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

    /// <summary>Where its client is.</summary>
    public required IIdentityProvider Identity { get; init; }

    /// <summary>How the service asks for tokens.</summary>
    public required TokenRequestForm TokenRequest { get; init; }

    /// <summary>Another number is another secret, of this service alone.</summary>
    public required int SecretGeneration { get; init; }

    /// <summary>The vault that keeps its id and secret.</summary>
    public required KeyVault Vault { get; init; }

    /// <summary>The service's own namespace.</summary>
    public required TrustZoneNamespace Namespace { get; init; }
}

/// <summary>The OAuth client of one service; its secret goes to the vault and to that service's namespace only (B1, B5, B8).</summary>
internal sealed class ServiceClient : ComponentResource
{
    /// <summary>The secret of the service's namespace, whose keys are names of variables.</summary>
    public const string SecretName = "canton-auth";

    /// <summary>Declares the client and its secret's places.</summary>
    public ServiceClient(string name, ServiceClientArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:identity:ServiceClient", name, options)
    {
        var service = args.Service;
        var client = args.Identity.AddMachine(
            new MachineRequest(service.Name, service.Description, this, args.SecretGeneration));
        var suffix = service.VariableSuffix.ToLowerInvariant();
        args.Vault.AddSecret($"canton-auth-client-id-{suffix}", client.ClientId);
        args.Vault.AddSecret($"canton-auth-client-secret-{suffix}", client.Secret);
        args.Namespace.AddSecret(SecretName, Variables(args, client));
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

    private static ImmutableSortedDictionary<string, Output<string>> Variables(ServiceClientArgs args, MachineIdentity client)
    {
        var identity = args.Identity;
        var variables = ImmutableSortedDictionary<string, Output<string>>.Empty
            .Add($"CANTON_AUTH_CLIENT_ID_{args.Service.VariableSuffix}", client.ClientId)
            .Add($"CANTON_AUTH_CLIENT_SECRET_{args.Service.VariableSuffix}", client.Secret)

            // The names that today's services read, with this service's own values.
            .Add("CANTON_AUTH_CLIENT_ID", client.ClientId)
            .Add("CANTON_AUTH_CLIENT_SECRET", client.Secret)
            .Add("CANTON_AUTH_TOKEN_URL", identity.TokenEndpoint);
        if (args.TokenRequest == TokenRequestForm.Json || identity.TokenRequests.TakesAudience)
        {
            variables = variables.Add("CANTON_AUTH_AUDIENCE", Output.Create(identity.LedgerApi.Audience));
        }

        return args.TokenRequest == TokenRequestForm.Form
            ? variables.Add("CANTON_AUTH_SCOPE", Output.Create(identity.LedgerApi.Scope))
            : variables;
    }
}
