using CantonInfra.Policy.Limits;
using CantonInfra.Policy.Rules.Cluster;
using CantonInfra.Policy.Rules.Databases;
using CantonInfra.Policy.Rules.Disks;
using CantonInfra.Policy.Rules.Keys;
using CantonInfra.Policy.Rules.NetworkPolicies;
using CantonInfra.Policy.Rules.Regions;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy;

/// <summary>The pack: all rules of this project.</summary>
internal static class Guardrails
{
    public const string Name = "canton-guardrails";

    /// <summary>
    /// The namespace of the pack's keys in a stack file. It is the name of our project, where <c>mode</c> is short for
    /// <c>canton-infra:mode</c>; for programs of other projects the full key is written out.
    /// </summary>
    public const string ConfigNamespace = "canton-infra";

    public static string Version { get; } = typeof(Guardrails).Assembly.GetName().Version!.ToString(3);

    public static PolicyPack Create(OuterLimits limits) => new(
        Name,
        Version,
        new AllowedRegions(limits.Regions),
        new PostgreSqlNoPublicAccess(),
        new KeyVaultPurgeProtection(),
        new AksPrivateApi(),
        new AksNoLocalAccounts(),
        new DiskEncryption(),
        new NamespaceDefaultDeny())
    {
        Description = "Guardrails for Canton validator platforms on Azure.",
        ConfigNamespace = ConfigNamespace,
    };
}
