using System.Collections.Immutable;
using CantonInfra.Policy.Rules.Ledger;
using CantonInfra.Policy.Rules.SupplyChain;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Identity;

/// <summary>A token of one network opens nothing in another.</summary>
internal sealed class AudiencesAreOwn : ResourcePolicy
{
    private const string Mapper = "keycloak:openid/audienceProtocolMapper:AudienceProtocolMapper";
    private const string OfExamples = "https://canton.network.global";

    private static readonly ImmutableArray<string> Networks = ["devnet", "testnet", "mainnet"];

    // Clients that every realm has: what is for them is for no API.
    private static readonly ImmutableArray<string> BuiltIn = ["account", "account-console", "admin-cli", "broker", "realm-management", "security-admin-console"];

    private static readonly Switch IntoAccessToken =
        Switch.On(Mapper, "addToAccessToken", "access tokens are without the audience", byDefault: true);

    public override string Id => "oidc-audience-own";

    public override string Title => "Tokens name an audience of their own network";

    public override string Rationale =>
        "A participant takes any token with its audience that the provider's key signed. Without an audience "
        + "tokens for one API open the other; with the audience that examples use, https://canton.network.global, "
        + "tokens of a test network open the production network wherever they share a provider.";

    public override string Remediation =>
        "Give each API of each network an audience of its own, such as https://ledger-api.mainnet.example.com, "
        + "and put it into access tokens.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        IdentityTypes.Auth0Api,
        Good: """{"identifier": "https://ledger-api.mainnet.example.com"}""",
        Bad: """{"identifier": "https://canton.network.global"}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "IM-3"),
        new(PolicyControl.Soc2, "CC6.1"),
        new(PolicyControl.Requirement, "A1"),
        new(PolicyControl.Requirement, "A3"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = [Mapper, IdentityTypes.Auth0Api, .. ChartView.Types];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        if (resource.IsAny(ChartView.Types))
        {
            return
                from values in new ChartView(resource).Values
                from entry in values.Map.Entries
                where entry.Key.EndsWith("audience", StringComparison.OrdinalIgnoreCase) && values.Text(entry.Key) is { Length: > 0 }
                select Judge(resource, resource.Read(values.Path.Then(entry.Key)), stack);
        }

        if (resource.Is(IdentityTypes.Auth0Api))
        {
            return [Judge(resource, resource.Read("identifier"), stack)];
        }

        var custom = resource.Read("includedCustomAudience");
        var client = resource.Read("includedClientAudience");
        return
        [
            client.State == PropertyState.Missing ? Judge(resource, custom, stack) : PolicyVerdict.Pass,
            .. IntoAccessToken.Judge(resource),
        ];
    }

    private static PolicyVerdict Judge(ResourceView resource, PropertyReading audience, StackContext stack)
    {
        if (audience.State != PropertyState.Missing && !audience.TryGetText(out _))
        {
            return PolicyVerdict.Undecided(audience.Path);
        }

        audience.TryGetText(out var text);
        if (string.IsNullOrWhiteSpace(text))
        {
            return PolicyVerdict.Violation(audience.Path, $"{resource} names no audience.");
        }

        return text.TrimEnd('/').Equals(OfExamples, StringComparison.OrdinalIgnoreCase)
            ? PolicyVerdict.Violation(
                audience.Path, $"{resource} has {audience} here, the audience of examples, which other networks have too.")
            : BuiltIn.Contains(text, StringComparer.OrdinalIgnoreCase)
                ? PolicyVerdict.Violation(audience.Path, $"{resource} has {audience} here, which every token of the realm may be for.")
            : OfOther(text, stack) is { } other
                ? PolicyVerdict.Violation(audience.Path, $"{resource} has {audience} here, an audience of {other}, on {StackNetwork.NameOf(stack)}.")
            : PolicyVerdict.Pass;
    }

    // Words, so that 'premainnet' is none.
    private static string? OfOther(string audience, StackContext stack) =>
        StackNetwork.NameOf(stack) is not { } own ? null
        : Networks.Where(network => !network.Equals(own, StringComparison.OrdinalIgnoreCase)).FirstOrDefault(
            network => audience.Split('.', '/', '-', ':', '_').Contains(network, StringComparer.OrdinalIgnoreCase));
}
