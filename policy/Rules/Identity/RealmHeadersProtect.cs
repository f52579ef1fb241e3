using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Identity;

/// <summary>Browsers are told to guard a realm's pages.</summary>
internal sealed partial class RealmHeadersProtect : ResourcePolicy
{
    private const double LeastAge = 15_552_000;

    // What each header must be like, where it is given: the provider's defaults are fine.
    private static readonly ImmutableArray<(PropertyPath Path, Func<string, bool> IsFine, string Wanted)> Headers =
    [
        (Header("contentSecurityPolicy"), IsFramed, "have frame-ancestors of 'none' or 'self', and no star"),
        (Header("xFrameOptions"), text => text.Equals("DENY", StringComparison.OrdinalIgnoreCase) || text.Equals("SAMEORIGIN", StringComparison.OrdinalIgnoreCase), "be DENY or SAMEORIGIN"),
        (Header("xContentTypeOptions"), text => text.Equals("nosniff", StringComparison.OrdinalIgnoreCase), "be nosniff"),
        (Header("strictTransportSecurity"), IsLong, "have a max-age of half a year or more"),
    ];

    public override string Id => "keycloak-realm-headers";

    public override string Title => "Browsers guard the sign-in pages of realms";

    public override string Rationale =>
        "A sign-in page in a frame of somebody else's page takes clicks and passwords for them. Without a remembered https, the first request of "
        + "a day can be answered by anybody.";

    public override string Remediation =>
        "Leave securityDefenses.headers out, or set contentSecurityPolicy with frame-ancestors 'none' or 'self', xFrameOptions DENY, "
        + "xContentTypeOptions nosniff and strictTransportSecurity max-age=31536000; includeSubDomains.";

    public override PolicySeverity Severity => PolicySeverity.Medium;

    public override PolicyExample Example { get; } = new(
        IdentityTypes.KeycloakRealm,
        Good: """{"securityDefenses": {"headers": {"xFrameOptions": "DENY"}}}""",
        Bad: """{"securityDefenses": {"headers": {"xFrameOptions": "ALLOWALL"}}}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "IM-1"),
        new(PolicyControl.Soc2, "CC6.7"),
        new(PolicyControl.Requirement, "A1"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = [IdentityTypes.KeycloakRealm];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack) =>
        from header in Headers
        let reading = resource.Read(header.Path)
        select reading.State == PropertyState.Missing ? PolicyVerdict.Pass
            : !reading.TryGetText(out var text) ? PolicyVerdict.Undecided(reading.Path)
            : header.IsFine(text.Trim()) ? PolicyVerdict.Pass
            : PolicyVerdict.Violation(reading.Path, $"{resource} has {reading} here; it must {header.Wanted}.");

    private static PropertyPath Header(string name) => PropertyPath.Parse($"securityDefenses.headers.{name}");

    private static bool IsFramed(string policy) =>
        policy.Contains("frame-ancestors", StringComparison.OrdinalIgnoreCase) && !policy.Contains('*', StringComparison.Ordinal);

    private static bool IsLong(string header) =>
        Age().Match(header) is { Success: true } match && double.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) >= LeastAge;

    [GeneratedRegex(@"max-age=(\d{1,12})", RegexOptions.IgnoreCase)]
    private static partial Regex Age();
}
