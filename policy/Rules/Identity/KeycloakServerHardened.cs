using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CantonInfra.Policy.Limits;
using CantonInfra.Policy.Rules.Ledger;
using CantonInfra.Policy.Rules.Pods;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Identity;

/// <summary>A server of Keycloak runs as in production and tells whom it talks to.</summary>
/// <param name="limits">How strict each stack is at least.</param>
internal sealed partial class KeycloakServerHardened(ModeLimits limits) : PodRule
{
    private static readonly ImmutableArray<string> Proven = ["verify-full", "verify-ca"];
    private static readonly ImmutableArray<string> Encrypted = ["verify-full", "verify-ca", "require"];

    public override string Id => "keycloak-server-hardened";

    public override string Title => "Servers of Keycloak run as in production and know whom they talk to";

    public override string Rationale =>
        "A few settings decide what a sign-in is worth: development mode serves plain HTTP under any name, a database without a proven certificate "
        + "is whoever answers, and a server that trusts every proxy takes any address for that of its caller.";

    public override string Remediation =>
        "Start with 'start'; set KC_HOSTNAME to an https:// address and leave KC_HOSTNAME_STRICT on; KC_DB_URL_PROPERTIES to ?sslmode=verify-full; "
        + "KC_PROXY_TRUSTED_ADDRESSES to the proxies' network beside KC_PROXY_HEADERS; leave KC_CACHE_EMBEDDED_MTLS_ENABLED on, the log on the console, "
        + "and set KC_SPI_EVENTS_LISTENER__JBOSS_LOGGING__SUCCESS_LEVEL to info. Stacks that limits.yaml lets into audit mode may leave some out.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        "kubernetes:core/v1:Pod",
        Good: """{"spec": {"containers": [{"name": "keycloak", "image": "quay.io/keycloak/keycloak:26.4.0", "args": ["start"], "env": [{"name": "KC_HOSTNAME", "value": "https://auth.example.com"}]}]}}""",
        Bad: """{"spec": {"containers": [{"name": "keycloak", "image": "quay.io/keycloak/keycloak:26.4.0", "args": ["start-dev"]}]}}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "IM-1"),
        new(PolicyControl.CloudSecurityBenchmark, "DP-3"),
        new(PolicyControl.Soc2, "CC6.1"),
        new(PolicyControl.Soc2, "CC6.7"),
        new(PolicyControl.Requirement, "A1"),
    ];

    protected override IEnumerable<PolicyVerdict> Check(PodView pod, StackContext stack)
    {
        var isStrict = limits.For(stack).Least == PolicyMode.Deny;

        // What may be left out elsewhere; a program that does not say which network it is for is judged by what it says.
        var isWhole = isStrict && StackNetwork.NameOf(stack) is not null;
        var servers = pod.Main.Where(container => container.IsKnown).Select(ServerOptions.Of).OfType<ServerOptions>().ToList();
        return servers.Count == 0
            ? [PolicyVerdict.NotApplicable("It runs no Keycloak.")]
            : servers.SelectMany(server => Judge(server, isStrict, isWhole)).DefaultIfEmpty(PolicyVerdict.Pass);
    }

    private static IEnumerable<PolicyVerdict> Judge(ServerOptions server, bool isStrict, bool isWhole)
    {
        var pod = server.Container.Pod.Resource;
        yield return server.Commands.FirstOrDefault(command => command.Text == "start-dev") is { } development
            ? PolicyVerdict.Violation(development.Path, $"{pod} starts Keycloak for development, which serves plain HTTP under any name.")
            : PolicyVerdict.Pass;
        foreach (var address in new[] { "hostname", "hostname-admin" })
        {
            yield return Judge(server.Find(address), text => !text.StartsWith("http://", StringComparison.OrdinalIgnoreCase), shown => $"{pod} has Keycloak answer at {shown}, without TLS.");
        }

        yield return Judge(server.Find("hostname-strict"), IsNotFalse, _ => $"{pod} lets whoever asks say what Keycloak is called, and where links in its mails lead.");
        yield return Judge(server.Find("cache-embedded-mtls-enabled"), IsNotFalse, _ => $"{pod} has servers of Keycloak share sessions in clear.");
        yield return Judge(server.Find("log"), text => text.Contains("console", StringComparison.OrdinalIgnoreCase), shown => $"{pod} has Keycloak log to {shown}, from where nothing is shipped.");
        yield return Judge(
            server.Find("spi-events-listener-jboss-logging-success-level"),
            text => text.ToLowerInvariant() is "info" or "warn" or "error",
            shown => $"{pod} has Keycloak log sign-ins at level {shown}, which is not written.",
            isWhole ? (server.Container.At("env"), $"{pod} does not set KC_SPI_EVENTS_LISTENER__JBOSS_LOGGING__SUCCESS_LEVEL, so no sign-in is written to the log.") : null);
        yield return Judge(
            server.Find("proxy-trusted-addresses"),
            text => text.Length > 0 && !text.Split(',').Any(each => each.Trim().EndsWith("/0", StringComparison.Ordinal)),
            shown => $"{pod} has Keycloak take the word of {shown} for who calls, which is anybody.",
            isWhole && server.Find("proxy-headers") is not null
                ? (server.Container.At("env"), $"{pod} has Keycloak take the word of anybody for who calls: it does not set KC_PROXY_TRUSTED_ADDRESSES.") : null);
        yield return JudgeDatabase(server, isStrict, isWhole);
    }

    // The properties are added to an address that is made of parts, and are not to one that is given whole.
    private static PolicyVerdict JudgeDatabase(ServerOptions server, bool isStrict, bool isWhole)
    {
        var kind = server.Find("db");
        if (kind?.Text != "postgres")
        {
            return PolicyVerdict.Pass;
        }

        var given = server.Find("db-url") ?? server.Find("db-url-properties");
        var fine = isStrict ? Proven : Encrypted;
        var pod = server.Container.Pod.Resource;
        return given is { Text: null } ? PolicyVerdict.Undecided(given.Path)
            : given is not null && SslMode().Match(given.Text!) is { Success: true } match
                ? fine.Contains(match.Groups[1].Value, StringComparer.OrdinalIgnoreCase)
                    ? PolicyVerdict.Pass
                    : PolicyVerdict.Violation(given.Path, $"{pod} has Keycloak talk to its database by {given.Shown}; sslmode must be {string.Join(" or ", fine)}.")
            : isWhole
                ? PolicyVerdict.Violation(given?.Path ?? server.Container.At("env"), $"{pod} names no sslmode for Keycloak's database, so whoever answers is taken for it.")
            : PolicyVerdict.Pass;
    }

    private static PolicyVerdict Judge(
        ServerOption? option, Func<string, bool> isFine, Func<string, string> message, (PropertyPath Path, string Message)? whenMissing = null) =>
        option is null ? whenMissing is { } missing ? PolicyVerdict.Violation(missing.Path, missing.Message) : PolicyVerdict.Pass
        : option.Text is null ? PolicyVerdict.Undecided(option.Path)
        : isFine(option.Text) ? PolicyVerdict.Pass
        : PolicyVerdict.Violation(option.Path, message(option.Shown));

    private static bool IsNotFalse(string text) => !text.Equals("false", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"\bsslmode=([a-z-]+)", RegexOptions.IgnoreCase)]
    private static partial Regex SslMode();
}
