using System.Collections.Immutable;
using CantonInfra.Policy.Limits;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Databases;

/// <summary>Deployments talk to databases and identity providers over TLS, and know whom they talk to.</summary>
internal sealed class ProvidersConnectEncrypted(ModeLimits limits) : ResourcePolicy
{
    private const string Database = "pulumi:providers:postgresql";
    private const string Keycloak = "pulumi:providers:keycloak";
    private const string Unproven = "whoever answers gets the administrator's password";

    private static readonly Choice Proven = Choice.Of(Database, "sslmode", ["verify-full", "verify-ca"], "require", Unproven);

    private static readonly Choice Encrypted =
        Choice.Of(Database, "sslmode", ["verify-full", "verify-ca", "require"], "require", "the administrator's password may travel in clear");

    private static readonly ImmutableArray<string> Unchecked = ["tlsInsecureSkipVerify"];

    public override string Id => "providers-connect-encrypted";

    public override string Title => "Deployments talk to databases and identity providers over TLS, and know whom they talk to";

    public override string Rationale =>
        "A deployment signs in as the administrator of a server or a realm. Without TLS its password is read on the way; without looking at the "
        + "certificate, whoever answers gets it.";

    public override string Remediation =>
        "Set sslmode of the PostgreSQL provider to verify-full, the url of the Keycloak provider to an https:// address, and leave "
        + "tlsInsecureSkipVerify off. Stacks that limits.yaml lets into audit mode may do with sslmode require.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(Database, Good: """{"sslmode": "verify-full"}""", Bad: """{"sslmode": "disable"}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "DP-3"),
        new(PolicyControl.Soc2, "CC6.7"),
        new(PolicyControl.Requirement, "A11"),
        new(PolicyControl.Requirement, "A1"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = [Database, Keycloak];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack) =>
        Proven.Type.Matches(resource.Type)
            ? (limits.For(stack).Least == PolicyMode.Deny ? Proven : Encrypted).Judge(resource)
            : [JudgeAddress(resource), .. Unchecked.Select(name => JudgeOff(resource, resource.Read(name)))];

    private static PolicyVerdict JudgeAddress(ResourceView provider)
    {
        var url = provider.Read("url");
        return url.State == PropertyState.Missing ? PolicyVerdict.Pass
            : !url.TryGetText(out var text) ? PolicyVerdict.Undecided(url.Path)
            : text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? PolicyVerdict.Pass
            : PolicyVerdict.Violation(url.Path, $"{provider} has {url}, which is not encrypted.");
    }

    // Settings of providers travel as texts.
    private static PolicyVerdict JudgeOff(ResourceView provider, PropertyReading flag) => flag switch
    {
        { State: PropertyState.Missing } => PolicyVerdict.Pass,
        { State: PropertyState.Unknown } => PolicyVerdict.Undecided(flag.Path),
        _ when flag.ToFlag(whenMissing: false) == false || (flag.TryGetText(out var text) && text.Equals("false", StringComparison.OrdinalIgnoreCase)) => PolicyVerdict.Pass,
        _ => PolicyVerdict.Violation(flag.Path, $"{provider} has {flag} here, so {Unproven}."),
    };
}
