using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Cluster;

/// <summary>Secrets that pods mount from a vault follow the vault.</summary>
internal sealed class AksSecretRotation : ResourcePolicy
{
    private const string Stale = "a secret that was replaced in the vault stays in use until somebody restarts the pods";

    private static readonly PropertyPath Enabled = PropertyPath.Parse("addonProfiles.azureKeyvaultSecretsProvider.enabled");
    private static readonly PropertyPath Rotation = PropertyPath.Parse("addonProfiles.azureKeyvaultSecretsProvider.config.enableSecretRotation");
    private static readonly PropertyPath ClassicAddOn = PropertyPath.Parse("keyVaultSecretsProvider");

    private static readonly Choice Rotates = new(AksTypes.Cluster, Rotation, ["true"], "false", Stale);

    private static readonly Switch ClassicRotates =
        Switch.On(AksTypes.ClassicCluster, "keyVaultSecretsProvider.secretRotationEnabled", Stale);

    public override string Id => "aks-secret-rotation";

    public override string Title => "Clusters follow secrets that change in the vault";

    public override string Rationale =>
        "A secret is replaced because somebody may have seen it. Where the cluster does not look again, pods keep the old one, and it "
        + "cannot be withdrawn without stopping them.";

    public override string Remediation =>
        "Set addonProfiles.azureKeyvaultSecretsProvider.config.enableSecretRotation to the text 'true', with a rotationPollInterval.";

    public override PolicySeverity Severity => PolicySeverity.Medium;

    public override PolicyExample Example { get; } = new(
        AksTypes.Cluster,
        Good: """{"addonProfiles": {"azureKeyvaultSecretsProvider": {"enabled": true, "config": {"enableSecretRotation": "true"}}}}""",
        Bad: """{"addonProfiles": {"azureKeyvaultSecretsProvider": {"enabled": true}}}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "IM-8"),
        new(PolicyControl.Soc2, "CC6.1"),
        new(PolicyControl.Requirement, "A7"),
        new(PolicyControl.Requirement, "B8"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = [AksTypes.Cluster, AksTypes.ClassicCluster];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        var isClassic = ClassicRotates.Type.Matches(resource.Type);
        var addOn = resource.Read(isClassic ? ClassicAddOn : Enabled);
        var isOn = isClassic ? addOn.State == PropertyState.Unknown ? null : addOn.State != PropertyState.Missing : addOn.ToFlag(whenMissing: false);
        return isOn switch
        {
            null => [PolicyVerdict.Undecided(addOn.Path)],
            false => [PolicyVerdict.NotApplicable("The cluster does not mount secrets from vaults.")],
            true => isClassic ? ClassicRotates.Judge(resource) : Rotates.Judge(resource),
        };
    }

    /// <summary>The switch alone is set, where the add-on is on.</summary>
    public override PolicyRemedy Mend(ResourceView resource, StackContext stack) =>
        Check(resource, stack).OfType<ViolationVerdict>().Any()
            ? ClassicRotates.Type.Matches(resource.Type)
                ? PolicyRemedy.Set(resource, ClassicRotates.Path, true)
                : PolicyRemedy.Set(resource, Rotation, "true")
            : PolicyRemedy.Nothing;
}
