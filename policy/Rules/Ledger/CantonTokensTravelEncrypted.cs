using System.Collections.Immutable;
using CantonInfra.Policy.Rules.SupplyChain;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Ledger;

/// <summary>Tokens for a participant travel over TLS.</summary>
internal sealed class CantonTokensTravelEncrypted : ResourcePolicy
{
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

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = ["pulumi:providers:canton", .. ChartView.Types];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack) =>
        resource.IsAny(ChartView.Types) ? JudgeKeys(resource) : JudgeProvider(resource);

    // Whoever is on the way gives the participant keys of its own, and then makes any token.
    private static IEnumerable<PolicyVerdict> JudgeKeys(ResourceView chart) =>
        from values in new ChartView(chart).Values
        from entry in values.Map.Entries
        where entry.Key.Contains("jwks", StringComparison.OrdinalIgnoreCase) && values.Text(entry.Key) is { Length: > 0 }
        let reading = chart.Read(values.Path.Then(entry.Key))
        select values.Text(entry.Key)!.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            ? PolicyVerdict.Violation(reading.Path, $"{chart} has {reading} here: the keys that tokens are checked with come unencrypted.")
            : PolicyVerdict.Pass;

    private static IEnumerable<PolicyVerdict> JudgeProvider(ResourceView resource) =>
        from name in (string[])["ledgerApiUrl", "tokenUrl"]
        let reading = resource.Read(name)
        select reading.State == PropertyState.Missing ? PolicyVerdict.Pass
            : !reading.TryGetText(out var address) ? PolicyVerdict.Undecided(reading.Path)
            : address.StartsWith(Encrypted, StringComparison.OrdinalIgnoreCase) ? PolicyVerdict.Pass
            : PolicyVerdict.Violation(reading.Path, $"{resource} has {reading}, which is not encrypted.");
}
