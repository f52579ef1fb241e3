using System.Collections.Immutable;
using CantonInfra.Infra.Components.Identity;
using Pulumi;

namespace CantonInfra.Infra.Settings;

/// <summary>
/// The clients of a validator that the customer made, one entry of <c>canton-infra:identity.{entra,okta,oidc}.validators[]</c>.
/// </summary>
/// <param name="Name"><c>.name</c>: the validator's name. No default.</param>
/// <param name="ClientId"><c>.clientId</c>: the client of its backend; with Entra a GUID. No default.</param>
/// <param name="Subject">
/// <c>.subject</c>: the <c>sub</c> of the backend's tokens, which is the id of the validator's Canton user: with Entra the object
/// id of the client's service principal; with Okta the client's id, which is the default there; otherwise as a token says.
/// </param>
/// <param name="Secret">The secret of the backend's client.</param>
/// <param name="WalletClientId"><c>.walletClientId</c>: the client of the wallet's page. No default.</param>
/// <param name="CnsClientId">
/// <c>.cnsClientId</c>: the client of the name service's page; with Entra best the wallet's, since a person has another
/// <c>sub</c> in each. No default.
/// </param>
/// <param name="WalletUsers">
/// <c>.walletUsers</c>: the <c>sub</c> of everyone who uses the validator's own wallet, at least one. No default.
/// </param>
internal sealed record PreconfiguredValidatorSettings(
    string Name,
    string ClientId,
    string Subject,
    Output<string> Secret,
    string WalletClientId,
    string CnsClientId,
    ImmutableArray<string> WalletUsers)
{
    /// <summary>What the backend signs in as.</summary>
    public MachineIdentity Backend => new(Output.Create(ClientId), Secret, Output.Create(Subject));

    /// <summary>What the pages sign in with.</summary>
    public UserInterfaceLogins UserInterfaces => new(
        Output.Create(WalletClientId),
        Output.Create(CnsClientId),
        [.. WalletUsers.Select(user => Output.Create(user))],
        FirstPassword: null);

    /// <summary>Reads them.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="node">The entry.</param>
    /// <param name="form">What ids look like.</param>
    /// <param name="name">The validator's name.</param>
    /// <param name="machine">The name of its backend.</param>
    public static PreconfiguredValidatorSettings Read(
        SettingsReader reader, SettingNode node, ClientIdForm form, string name, string machine)
    {
        var backend = PreconfiguredMachineSettings.Read(reader, node, form, machine);
        var users = node.Member("walletUsers");
        var subjects = users.Items().Select(user => user.Text("a user of the wallet")).ToImmutableArray();
        if (subjects.IsEmpty)
        {
            users.Refuse("missing; it must give the 'sub' of everyone who uses the validator's wallet, a list of at least one.");
        }

        return new PreconfiguredValidatorSettings(
            name,
            backend.ClientId,
            backend.Subject,
            backend.Secret,
            form.Read(node.Member("walletClientId"), "the client of the wallet's page"),
            form.Read(node.Member("cnsClientId"), "the client of the name service's page"),
            subjects);
    }
}
