using System.Collections.Immutable;
using System.Globalization;
using CantonInfra.Policy.Rules.Identity;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Gateways;

/// <summary>Certificates have keys that hold, from authorities that are asked over TLS.</summary>
internal sealed class CertificatesSound : ResourcePolicy
{
    private const string Certificate = "kubernetes:cert-manager.io/v1:Certificate";
    private const string Issuer = "kubernetes:cert-manager.io/v1:Issuer";
    private const string ClusterIssuer = "kubernetes:cert-manager.io/v1:ClusterIssuer";

    private static readonly ImmutableArray<string> Servers = ["spec.acme.server", "spec.vault.server", "spec.venafi.tpp.url"];

    // The fewest bits by algorithm; a key of Ed25519 has one size only.
    private static readonly ImmutableDictionary<string, double> LeastBits = new Dictionary<string, double>
    {
        ["RSA"] = 2048,
        ["ECDSA"] = 256,
        ["Ed25519"] = 0,
    }.ToImmutableDictionary(StringComparer.OrdinalIgnoreCase);

    public override string Id => "certificates-sound";

    public override string Title => "Certificates have strong keys and come from authorities over TLS";

    public override string Rationale =>
        "Whoever works out the key of a gateway's certificate reads every token that passes. An authority that is asked without TLS, or without "
        + "looking who answers, gives the account's key and the challenges to whoever is on the way.";

    public override string Remediation =>
        "Set spec.privateKey to ECDSA with 256 bits or more, or RSA with 2048 or more; give issuers an https:// server and leave skipTLSVerify off.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        Certificate,
        Good: """{"spec": {"privateKey": {"algorithm": "ECDSA", "size": 256}}}""",
        Bad: """{"spec": {"privateKey": {"algorithm": "RSA", "size": 1024}}}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "DP-3"),
        new(PolicyControl.CloudSecurityBenchmark, "DP-7"),
        new(PolicyControl.Soc2, "CC6.7"),
        new(PolicyControl.Requirement, "A8"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = [Certificate, Issuer, ClusterIssuer];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack) => resource.Is(Certificate)
        ? [JudgeKey(resource)]
        : [.. Servers.Select(path => JudgeServer(resource, resource.Read(path))), JudgeChecked(resource)];

    private static PolicyVerdict JudgeKey(ResourceView certificate)
    {
        var algorithm = certificate.Read("spec.privateKey.algorithm");
        var size = certificate.Read("spec.privateKey.size");
        if (algorithm.State != PropertyState.Missing && !algorithm.TryGetText(out _))
        {
            return PolicyVerdict.Undecided(algorithm.Path);
        }

        // What cert-manager takes by itself is fine: RSA with 2048 bits, ECDSA with 256.
        var name = algorithm.TryGetText(out var text) ? text : "RSA";
        return !LeastBits.TryGetValue(name, out var least)
            ? PolicyVerdict.Violation(algorithm.Path, $"{certificate} has a key of {algorithm}; it must be of {string.Join(", ", LeastBits.Keys.Order(StringComparer.Ordinal))}.")
            : size.State == PropertyState.Missing ? PolicyVerdict.Pass
            : size.Value is not NumberValue bits ? PolicyVerdict.Undecided(size.Path)
            : name.Equals("ECDSA", StringComparison.OrdinalIgnoreCase) && bits.Value is not (256 or 384 or 521)
                ? PolicyVerdict.Violation(size.Path, $"{certificate} has a key of ECDSA with {size} bits; curves have 256, 384 or 521.")
            : bits.Value >= least ? PolicyVerdict.Pass
            : PolicyVerdict.Violation(size.Path, string.Create(
                CultureInfo.InvariantCulture, $"{certificate} has a key of {name} with {size} bits, which can be worked out; {least} are the fewest."));
    }

    private static PolicyVerdict JudgeServer(ResourceView issuer, PropertyReading server) =>
        server.State == PropertyState.Missing ? PolicyVerdict.Pass
        : !server.TryGetText(out var address) ? PolicyVerdict.Undecided(server.Path)
        : address.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? PolicyVerdict.Pass
        : PolicyVerdict.Violation(server.Path, $"{issuer} asks {server} for certificates, without TLS.");

    private static PolicyVerdict JudgeChecked(ResourceView issuer)
    {
        var skip = issuer.Read("spec.acme.skipTLSVerify");
        return skip.ToFlag(whenMissing: false) switch
        {
            null => PolicyVerdict.Undecided(skip.Path),
            true => PolicyVerdict.Violation(skip.Path, $"{issuer} does not look who answers in the place of the authority."),
            false => PolicyVerdict.Pass,
        };
    }
}
