using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CantonInfra.Policy.Limits;
using CantonInfra.Policy.Rules.SupplyChain;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Ledger;

/// <summary>Values of the ledger's charts prove who calls, whom they call, and trust no single node.</summary>
/// <param name="charts">Which charts are the ledger's.</param>
/// <param name="limits">How strict each stack is at least.</param>
internal sealed partial class SpliceValuesSound(ChartLimits charts, ModeLimits limits) : ResourcePolicy
{
    private const string Release = "kubernetes:helm.sh/v3:Release";

    // What each node that takes tokens calls its audience.
    private static readonly ImmutableDictionary<string, string> Audiences = new Dictionary<string, string>
    {
        ["splice-participant"] = "values.auth.targetAudience",
        ["splice-validator"] = "values.auth.audience",
    }.ToImmutableDictionary();

    private static readonly ImmutableArray<PropertyPath> Addresses =
    [
        .. new[]
        {
            "values.scanAddress", "values.scanClient.scanAddress", "values.scanClient.seedUrls[*]", "values.svSponsorAddress",
            "values.decentralizedSynchronizerUrl", "values.synchronizer.url",
        }.Select(PropertyPath.Parse),
    ];

    private static readonly PropertyPath Variables = PropertyPath.Parse("values.additionalEnvVars[*].value");

    private static readonly ImmutableArray<string> Proven = ["verify-full", "verify-ca"];
    private static readonly ImmutableArray<string> Encrypted = ["verify-full", "verify-ca", "require"];

    private static readonly ImmutableArray<IPropertyCheck> Checks =
    [
        Switch.Off(Release, "values.disableAuth", "whoever reaches it acts as any party"),
        Switch.On(Release, "values.failOnAppVersionMismatch", "it goes on with a version that the network has left", byDefault: true),
    ];

    private static readonly ImmutableArray<string> Majorities = ["bft", "bft-custom"];

    // A network without a majority to ask has nothing else.
    private static readonly ImmutableArray<IPropertyCheck> OfProduction =
    [
        Switch.On(Release, "values.useSequencerConnectionsFromScan", "it believes one sequencer", byDefault: true),
        Switch.Off(Release, "values.nonSvValidatorTrustSingleScan", "it believes one node of the network"),
        Choice.Of(Release, "values.scanClient.scanType", Majorities, "bft", "it believes one node of the network"),
        Choice.Of(Release, "values.synchronizer.connectionType", Majorities, "bft", "it believes one sequencer"),
    ];

    public override string Id => "splice-values-sound";

    public override string Title => "Nodes of the ledger prove who calls and whom they call";

    public override string Rationale =>
        "A participant without authentication acts for whoever reaches it, and one that takes another network's audience for whoever has a token there. "
        + "Keys for tokens that are fetched in clear are those of whoever is on the way, and a database that proves nothing may be anybody's.";

    public override string Remediation =>
        "Give splice-participant auth.jwksUrl with https:// and auth.targetAudience, splice-validator auth.jwksUrl and auth.audience, each of its own network; leave "
        + "disableAuth off; set sslmode = \"verify-full\" in an ADDITIONAL_CONFIG of additionalEnvVars; leave failOnAppVersionMismatch on, and "
        + "scanClient.scanType and synchronizer.connectionType (useSequencerConnectionsFromScan before 0.5.12) at bft or bft-custom. Stacks that limits.yaml lets into audit mode may have another sslmode that encrypts, and one sequencer.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        Release,
        Good: """{"chart": "oci://ghcr.io/digital-asset/decentralized-canton-sync/helm/splice-participant", "values": {"auth": {"jwksUrl": "https://auth.example.com/certs", "targetAudience": "https://ledger-api.example.com"}}}""",
        Bad: """{"chart": "oci://ghcr.io/digital-asset/decentralized-canton-sync/helm/splice-participant", "values": {"disableAuth": true}}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "IM-1"),
        new(PolicyControl.CloudSecurityBenchmark, "DP-3"),
        new(PolicyControl.Soc2, "CC6.1"),
        new(PolicyControl.Soc2, "CC6.7"),
        new(PolicyControl.Requirement, "A1"),
        new(PolicyControl.Requirement, "A11"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes => ChartView.Types;

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        var chart = new ChartView(resource).Chart;
        var values = resource.Read("values");
        if (chart.State == PropertyState.Missing)
        {
            return [PolicyVerdict.NotApplicable("The chart lies beside the program.")];
        }

        if (!chart.TryGetText(out var address) || values.State == PropertyState.Unknown)
        {
            return [PolicyVerdict.Undecided(chart.TryGetText(out _) ? values.Path : chart.Path)];
        }

        if (!charts.Has(address))
        {
            return [PolicyVerdict.NotApplicable("The chart is none of the ledger's.")];
        }

        // Files beside the program are not seen here.
        var isElsewhere = resource.Read("valueYamlFiles").IsNothing() != true;
        var isStrict = limits.For(stack).Least == PolicyMode.Deny;
        var isWhole = isStrict && !isElsewhere && StackNetwork.NameOf(stack) is not null;
        var audience = Audiences.GetValueOrDefault(address[(address.LastIndexOf('/') + 1)..]);
        return
        [
            .. Checks.Concat(isStrict ? OfProduction : []).SelectMany(check => check.Judge(resource)),
            .. Addresses.SelectMany(resource.Select).Select(address => JudgeAddress(resource, address)),
            .. audience is null ? [] : isElsewhere ? [] : JudgeTokens(resource, audience),
            .. JudgeDatabase(resource, audience is not null && isWhole, isStrict ? Proven : Encrypted),
        ];
    }

    // What they are is for the rules about audiences and tokens to say.
    private static IEnumerable<PolicyVerdict> JudgeTokens(ResourceView node, string audience)
    {
        var keys = node.Read("values.auth.jwksUrl");
        var own = node.Read(audience);
        yield return keys.State != PropertyState.Missing ? PolicyVerdict.Pass
            : PolicyVerdict.Violation(keys.Path, $"{node} does not say with which keys tokens are signed, so it cannot tell whose they are.");
        yield return own.State != PropertyState.Missing ? PolicyVerdict.Pass
            : PolicyVerdict.Violation(own.Path, $"{node} names no audience, so it takes any token that the same keys signed.");
    }

    private static PolicyVerdict JudgeAddress(ResourceView node, PropertyReading address) =>
        address.State == PropertyState.Missing ? PolicyVerdict.Pass
        : !address.TryGetText(out var text) ? PolicyVerdict.Undecided(address.Path)
        : !text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? PolicyVerdict.Pass
        : PolicyVerdict.Violation(address.Path, $"{node} has {address} here, and whoever is on the way answers in its place.");

    private static IEnumerable<PolicyVerdict> JudgeDatabase(ResourceView node, bool isNeeded, ImmutableArray<string> fine)
    {
        var found = false;
        foreach (var variable in node.Select(Variables).Where(variable => variable.State != PropertyState.Missing))
        {
            if (!variable.TryGetText(out var text))
            {
                found = true;
                yield return PolicyVerdict.Undecided(variable.Path);
                continue;
            }

            foreach (Match match in SslMode().Matches(text))
            {
                found = true;
                yield return fine.Contains(match.Groups[1].Value, StringComparer.OrdinalIgnoreCase) ? PolicyVerdict.Pass
                    : PolicyVerdict.Violation(variable.Path, $"{node} does not prove that its database is its own: sslmode must be {string.Join(" or ", fine)}.");
            }

            if (NoSsl().IsMatch(text))
            {
                yield return PolicyVerdict.Violation(variable.Path, $"{node} talks to its database without TLS.");
            }
        }

        yield return found || !isNeeded ? PolicyVerdict.Pass
            : PolicyVerdict.Violation(PropertyPath.Parse("values.additionalEnvVars"), $"{node} names no sslmode for its database, so whoever answers is taken for it.");
    }

    [GeneratedRegex(@"\bsslmode\s*[=:]\s*""?([a-z-]+)", RegexOptions.IgnoreCase)]
    private static partial Regex SslMode();

    [GeneratedRegex(@"\bssl\s*[=:]\s*""?false\b", RegexOptions.IgnoreCase)]
    private static partial Regex NoSsl();
}
