using System.Collections.Immutable;
using CantonInfra.Infra.Components.Isolation;
using CantonInfra.Infra.Components.Keys;
using Pulumi;

namespace CantonInfra.Infra.Components.Identity;

/// <summary>What <see cref="KeycloakAdministration"/> needs.</summary>
internal sealed record KeycloakAdministrationArgs
{
    /// <summary>The address of Keycloak's administration, without the base path.</summary>
    public required Uri Url { get; init; }

    /// <summary>The vault that keeps the administrator's password.</summary>
    public required KeyVault Vault { get; init; }

    /// <summary>The namespace that Keycloak runs in.</summary>
    public required TrustZoneNamespace Namespace { get; init; }

    /// <summary>What must be there before realms can be managed: the server, and the way to it.</summary>
    public ImmutableArray<Resource> Needs { get; init; } = [];
}

/// <summary>The first administrator of Keycloak, and the connection that realms are managed by.</summary>
internal sealed class KeycloakAdministration : ComponentResource
{
    /// <summary>The path that Keycloak serves everything below (A1).</summary>
    public const string BasePath = "/auth";

    /// <summary>The secret with the administrator's name and password, in the vault and in Keycloak's namespace.</summary>
    public const string SecretName = "keycloak-admin";

    private const string Username = "canton-admin";

    /// <summary>Declares the administrator and the connection.</summary>
    public KeycloakAdministration(string name, KeycloakAdministrationArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:identity:KeycloakAdministration", name, options)
    {
        var password = GeneratedPassword.Create($"{name}-password", this);
        args.Vault.AddSecret(SecretName, password);
        args.Namespace.AddSecret(SecretName, ImmutableSortedDictionary<string, Output<string>>.Empty
            .Add("username", Output.Create(Username))
            .Add("password", password));
        Connection = new Pulumi.Keycloak.Provider(
            name,
            new Pulumi.Keycloak.ProviderArgs
            {
                Url = args.Url.GetLeftPart(UriPartial.Authority),
                BasePath = BasePath,
                ClientId = "admin-cli",
                Username = Username,
                Password = password,

                // The server may not run yet when the first deployment begins.
                InitialLogin = false,
            },
            new CustomResourceOptions { Parent = this, DependsOn = [.. args.Needs] });
        RegisterOutputs();
    }

    /// <summary>The connection.</summary>
    public Pulumi.Keycloak.Provider Connection { get; }
}
