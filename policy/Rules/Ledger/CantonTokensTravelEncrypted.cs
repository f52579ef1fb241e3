using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CantonInfra.Policy.Rules.Pods;
using CantonInfra.Policy.Rules.SupplyChain;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Ledger;

/// <summary>Tokens for a participant travel over TLS.</summary>
internal sealed partial class CantonTokensTravelEncrypted : ResourcePolicy
{
    private const string Provider = "pulumi:providers:canton";
    private const string Encrypted = "https://";

    public override string Id => "canton-tokens-travel-encrypted";

    public override string Title => "Tokens for a participant travel over TLS";

    public override string Rationale =>
        "The client that administers users sends its secret to the identity provider and its token to the participant. In the clear, "
        + "whoever listens on the way administers the participant.";

    public override string Remediation => "Reach them, and the keys that tokens are checked with (jwksUrl), with https:// addresses: through an ingress with a certificate where they have none themselves.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        "pulumi:providers:canton",
        Good: """{"ledgerApiUrl": "https://ledger.example.com", "tokenUrl": "https://auth.example.com/token"}""",
        Bad: """{"ledgerApiUrl": "http://participant:7575", "tokenUrl": "https://auth.example.com/token"}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "DP-3"),
        new(PolicyControl.Soc2, "CC6.7"),
        new(PolicyControl.Requirement, "B1"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = [Provider, .. PodPlaces.Types, .. ChartView.Types];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack) =>
        PodPlaces.Of(resource.Type) is { } place ? JudgePod(new PodView(resource, place))
        : resource.IsAny(ChartView.Types) ? JudgeKeys(resource) : JudgeProvider(resource);

    // Whoever is on the way gives the participant keys of its own, and then makes any token.
    private static IEnumerable<PolicyVerdict> JudgeKeys(ResourceView chart) =>
        from values in new ChartView(chart).Values
        from entry in values.Map.Entries
        where entry.Key.Contains("jwks", StringComparison.OrdinalIgnoreCase) && values.Text(entry.Key) is { Length: > 0 }
        let reading = chart.Read(values.Path.Then(entry.Key))
        select values.Text(entry.Key)!.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            ? PolicyVerdict.Violation(reading.Path, $"{chart} has {reading} here: the keys that tokens are checked with come unencrypted.")
            : PolicyVerdict.Pass;

    // Within a cluster services answer each other behind network policies; an address with a domain leads out of it.
    private static IEnumerable<PolicyVerdict> JudgePod(PodView pod) =>
        from container in pod.Containers
        from variable in container.Select("env[*]")
        where variable.State == PropertyState.Known && pod.Resource.Read(variable.Path.Then("name")).TryGetText(out var name) && OfTokens().IsMatch(name)
        let value = pod.Resource.Read(variable.Path.Then("value"))
        where value.State == PropertyState.Unknown || (value.TryGetText(out var address) && OutInClear().IsMatch(address))
        select value.State == PropertyState.Unknown
            ? PolicyVerdict.Undecided(value.Path)
            : PolicyVerdict.Violation(value.Path, $"{pod.Resource} has {value} here, which is not encrypted.");

    private static IEnumerable<PolicyVerdict> JudgeProvider(ResourceView resource) =>
        from name in (string[])["ledgerApiUrl", "tokenUrl"]
        let reading = resource.Read(name)
        select reading.State == PropertyState.Missing ? PolicyVerdict.Pass
            : !reading.TryGetText(out var address) ? PolicyVerdict.Undecided(reading.Path)
            : address.StartsWith(Encrypted, StringComparison.OrdinalIgnoreCase) ? PolicyVerdict.Pass
            : PolicyVerdict.Violation(reading.Path, $"{resource} has {reading}, which is not encrypted.");

    [GeneratedRegex(@"(TOKEN|JWKS|ISSUER|OIDC|OAUTH2?|AUTH)[A-Z0-9_]*(URL|URI|ENDPOINT|ISSUER)$|^ISSUER$", RegexOptions.IgnoreCase)]
    private static partial Regex OfTokens();

    [GeneratedRegex(@"^http://(?![^/:]*\.(svc|local|cluster\.local|internal)\b)(?!127\.|localhost)[^/:]+\.[^/:]+", RegexOptions.IgnoreCase)]
    private static partial Regex OutInClear();
}
