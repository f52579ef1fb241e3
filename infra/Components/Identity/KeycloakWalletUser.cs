using CantonInfra.Infra.Components.Keys;
using Pulumi;
using Pulumi.Keycloak;
using Pulumi.Keycloak.Inputs;

namespace CantonInfra.Infra.Components.Identity;

/// <summary>What <see cref="KeycloakWalletUser"/> needs.</summary>
internal sealed record KeycloakWalletUserArgs
{
    /// <summary>The connection to Keycloak.</summary>
    public required Pulumi.Keycloak.Provider Connection { get; init; }

    /// <summary>The id of the realm.</summary>
    public required Input<string> RealmId { get; init; }
}

/// <summary>The first user of a validator's wallet, with a password that is good for one sign-in (A1).</summary>
internal sealed class KeycloakWalletUser : ComponentResource
{
    /// <summary>What the server calls setting up a second factor.</summary>
    public const string SetUpSecondFactor = "CONFIGURE_TOTP";

    private const string ChangePassword = "UPDATE_PASSWORD";

    /// <summary>Declares the user.</summary>
    /// <param name="name">The user's name, also the logical one.</param>
    /// <param name="args">What it needs.</param>
    /// <param name="options">The options.</param>
    public KeycloakWalletUser(string name, KeycloakWalletUserArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:identity:KeycloakWalletUser", name, options)
    {
        FirstPassword = GeneratedPassword.CreateForPerson(name, this);
        var user = new User(
            name,
            new UserArgs
            {
                RealmId = args.RealmId,
                Username = name,
                Enabled = true,
                InitialPassword = new UserInitialPasswordArgs { Value = FirstPassword, Temporary = true },
                RequiredActions = { ChangePassword, SetUpSecondFactor },
            },
            new CustomResourceOptions
            {
                Parent = this,
                Provider = args.Connection,

                // The server takes the actions off once they are done, and later passwords are the user's own.
                IgnoreChanges = { "initialPassword", "requiredActions" },
            });
        Subject = user.Id;
        RegisterOutputs();
    }

    /// <summary>The <c>sub</c> that the user's tokens carry.</summary>
    [Output("subject")]
    public Output<string> Subject { get; private set; }

    /// <summary>The first password.</summary>
    public Output<string> FirstPassword { get; }
}
