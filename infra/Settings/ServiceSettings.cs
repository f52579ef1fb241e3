using System.Collections.Immutable;
using CantonInfra.Infra.Components.Identity;

namespace CantonInfra.Infra.Settings;

/// <summary>The services that use the ledger, <c>canton-infra:services</c> (B1).</summary>
/// <param name="Validator"><c>.validator</c>: the validator whose participant they use, by its name; validator.</param>
/// <param name="TokenRequest">
/// <c>.tokenRequest</c>: how they ask for tokens: json, with an audience and no scope, as the services do today; form, with a
/// scope, which is given to them as CANTON_AUTH_SCOPE; json. A warning tells where the identity provider refuses it.
/// </param>
/// <param name="ApiServer">The API server.</param>
/// <param name="Relayer">The relayer.</param>
/// <param name="Indexer">The indexer.</param>
/// <param name="AutopilotUserId">
/// <c>.autopilotUserId</c>: the id of the Canton user that the autopilot has; it is looked at and never managed (B1, B6). None
/// where there is no autopilot.
/// </param>
/// <param name="RightsImage">
/// <c>.rightsImage</c>: an image of this project's command line, with tag and digest: it keeps a service from starting whose user lacks
/// a right (B7). None: then the output <c>rightsAtStart</c> says that nothing enforces it.
/// </param>
internal sealed record ServiceSettings(
    string Validator,
    TokenRequestForm TokenRequest,
    ApiServerSettings ApiServer,
    RelayerSettings Relayer,
    IndexerSettings Indexer,
    string? AutopilotUserId,
    string? RightsImage)
{
    /// <summary>The services that the environment has.</summary>
    public ImmutableArray<CantonServiceSettings> Enabled =>
        [.. new CantonServiceSettings[] { ApiServer, Relayer, Indexer }.Where(service => service.IsEnabled)];

    /// <summary>Reads them.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="validators">The names of the environment's validators.</param>
    /// <param name="addressSpaces">The environment's own networks.</param>
    public static ServiceSettings Read(SettingsReader reader, ImmutableArray<string> validators, ImmutableArray<string> addressSpaces)
    {
        var node = reader.Structure("services");
        var validatorNode = node.Member("validator");
        var validator = validatorNode.Text("the validator whose participant the services use", validators[0]);
        if (!validators.Contains(validator, StringComparer.Ordinal))
        {
            validatorNode.Refuse(
                $"'{validator}' is not one of: {string.Join(", ", validators)}.{NearestName.Hint(validator, validators)}");
        }

        var autopilot = node.Member("autopilotUserId");
        return new ServiceSettings(
            validator,
            node.Member("tokenRequest").OneOf("how the services ask for tokens", TokenRequestForms.ByName, TokenRequestForm.Json),
            ApiServerSettings.Read(node.Member("apiServer"), addressSpaces),
            RelayerSettings.Read(node.Member("relayer"), addressSpaces),
            IndexerSettings.Read(node.Member("indexer"), addressSpaces),
            autopilot.IsMissing ? null : autopilot.Text("the autopilot's Canton user"),
            ContainerImages.ReadOptional(node.Member("rightsImage")));
    }
}
