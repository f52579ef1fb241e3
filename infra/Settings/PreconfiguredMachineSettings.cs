using CantonInfra.Infra.Components.Identity;
using Pulumi;

namespace CantonInfra.Infra.Settings;

/// <summary>
/// The client of a service that the customer made, <c>canton-infra:identity.{entra,okta,oidc}.{apiServer,relayer,indexer}</c>.
/// </summary>
/// <param name="ClientId"><c>.clientId</c>: the client's id; with Entra a GUID. No default.</param>
/// <param name="Subject">
/// <c>.subject</c>: the <c>sub</c> of the client's tokens, which is the id of its Canton user (B2): with Entra the object id of
/// the client's service principal; with Okta the client's id, which is the default there; otherwise as a token says.
/// </param>
/// <param name="Secret">
/// <c>canton-infra:clientSecret-{validator-app-backend,canton-mw-api-server,canton-mw-relayer,canton-mw-indexer}</c>: that
/// client's secret, encrypted. No default; only where the customer configures the provider.
/// </param>
internal sealed record PreconfiguredMachineSettings(string ClientId, string Subject, Output<string> Secret)
{
    /// <summary>What the machine signs in as.</summary>
    public MachineIdentity Identity => new(Output.Create(ClientId), Secret, Output.Create(Subject));

    /// <summary>Reads them.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="node">The client.</param>
    /// <param name="form">What ids look like.</param>
    /// <param name="machine">The machine's name.</param>
    public static PreconfiguredMachineSettings Read(SettingsReader reader, SettingNode node, ClientIdForm form, string machine)
    {
        var id = form.Read(node.Member("clientId"), $"the client of {machine}");
        var subject = node.Member("subject");
        return new PreconfiguredMachineSettings(
            id,
            subject.IsMissing && form.IsSubject ? id : form.Read(subject, $"the 'sub' in tokens of {machine}"),
            reader.RequiredSecret($"clientSecret-{machine}", $"the secret of the client of {machine}"));
    }
}
