using System.Collections.Immutable;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Rules.SupplyChain;

/// <summary>Registries of our own take images from identities on the private network, and give them to nobody else.</summary>
internal sealed class RegistryClosed() : PropertyRule(
    Switch.Off(Registry, "adminUserEnabled", Shared),
    Switch.Off(Registry, "anonymousPullEnabled", Anonymous),
    Choice.Of(Registry, "publicNetworkAccess", ["Disabled"], "Enabled", Reached),
    Switch.Off(ClassicRegistry, "adminEnabled", Shared),
    Switch.Off(ClassicRegistry, "anonymousPullEnabled", Anonymous),
    Switch.Off(ClassicRegistry, "publicNetworkAccessEnabled", Reached, byDefault: true))
{
    private const string Registry = "azure-native:containerregistry:Registry";
    private const string ClassicRegistry = "azure:containerservice/registry:Registry";

    private const string Shared = "whoever has one password replaces any image, and nobody knows who it was";
    private const string Anonymous = "anybody takes its images without signing in";
    private const string Reached = "it answers on the internet";

    public override string Id => "registry-closed";

    public override string Title => "Container registries answer to identities from the private network only";

    public override string Rationale =>
        "What lies in a registry that the limits allow runs beside the ledger's keys. The admin user is a password for all images that no "
        + "role bounds and no log tells apart, and a registry on the internet can be tried by everybody.";

    public override string Remediation =>
        "Leave adminUserEnabled and anonymousPullEnabled off (classic: adminEnabled), set publicNetworkAccess to Disabled (classic: "
        + "publicNetworkAccessEnabled to false), give clusters AcrPull and builds AcrPush, and reach it by a private endpoint.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        Registry,
        Good: """{"adminUserEnabled": false, "publicNetworkAccess": "Disabled"}""",
        Bad: """{"adminUserEnabled": true, "publicNetworkAccess": "Disabled"}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "NS-2"),
        new(PolicyControl.CloudSecurityBenchmark, "IM-1"),
        new(PolicyControl.CloudSecurityBenchmark, "DS-2"),
        new(PolicyControl.Soc2, "CC6.1"),
        new(PolicyControl.Soc2, "CC6.8"),
        new(PolicyControl.Requirement, "A13"),
    ];
}
