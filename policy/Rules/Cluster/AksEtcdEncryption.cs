using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CantonInfra.Policy.Limits;
using CantonInfra.Policy.Rules.Keys;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Cluster;

/// <summary>The store of a cluster's objects is encrypted with a key of ours.</summary>
internal sealed partial class AksEtcdEncryption(ModeLimits limits) : ResourcePolicy, IDecidedByStack
{
    private const string Cluster = "azure-native:containerservice:ManagedCluster";
    private const string ClassicCluster = "azure:containerservice/kubernetesCluster:KubernetesCluster";
    private const string Plain = "the secrets in its store of objects lie there under Azure's key only";
    private const string Unfound = "the API server does not reach the vault of its key";
    private const string Public = "the vault with the key of its store has to answer on the internet";

    private static readonly Switch Enabled = Switch.On(Cluster, "securityProfile.azureKeyVaultKms.enabled", Plain);
    private static readonly Given Given = Given.Of(ClassicCluster, "keyManagementService.keyVaultKeyId", Plain);

    private static readonly ImmutableArray<IPropertyCheck> Private =
    [
        Choice.Of(Cluster, "securityProfile.azureKeyVaultKms.keyVaultNetworkAccess", ["Private"], "Public", Public),
        Choice.Of(ClassicCluster, "keyManagementService.keyVaultNetworkAccess", ["Private"], "Public", Public),
    ];

    // Without it the API server does not find a vault that is not on the internet.
    private static readonly Given Vault = Given.Of(Cluster, "securityProfile.azureKeyVaultKms.keyVaultResourceId", Unfound)
        with { CountsUnknown = true };

    private static readonly PropertyPath Access = PropertyPath.Parse("securityProfile.azureKeyVaultKms.keyVaultNetworkAccess");

    private static readonly ImmutableArray<PropertyPath> Keys =
        [PropertyPath.Parse("securityProfile.azureKeyVaultKms.keyId"), PropertyPath.Parse("keyManagementService.keyVaultKeyId")];

    public override string Id => "aks-etcd-encryption";

    public override string Title => "The store of a cluster's objects is encrypted with our own key";

    public override string Rationale =>
        "Secrets of Kubernetes lie in the cluster's store: passwords of databases, tokens, certificates. With a key of our own they "
        + "can be read only while we allow it, and every use of the key is logged. Stacks that limits.yaml lets into audit mode may do "
        + "without; where there is a key it must be private.";

    public override string Remediation =>
        "Set securityProfile.azureKeyVaultKms: enabled, keyId with the version of a key for encrypt and decrypt, keyVaultResourceId "
        + "and keyVaultNetworkAccess: Private, for which the API server has to be in the network. Give the control plane's identity "
        + "Key Vault Crypto User on the key and Key Vault Contributor on the vault before.";

    public override PolicySeverity Severity => PolicySeverity.Medium;

    public override PolicyExample Example { get; } = new(
        Cluster,
        Good: """{"securityProfile": {"azureKeyVaultKms": {"enabled": true, "keyVaultNetworkAccess": "Private", "keyVaultResourceId": "/subscriptions/0/vaults/vault", "keyId": "https://vault.vault.azure.net/keys/etcd/0123456789abcdef0123456789abcdef"}}}""",
        Bad: """{"securityProfile": {"workloadIdentity": {"enabled": true}}}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "DP-5"),
        new(PolicyControl.Soc2, "CC6.1"),
        new(PolicyControl.Requirement, "A7"),
        new(PolicyControl.Requirement, "A18"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = [Cluster, ClassicCluster];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        var isClassic = Given.Type.Matches(resource.Type);
        var isThere = (isClassic ? Given.Judge(resource) : Enabled.Judge(resource)).ToList();

        // Without one Azure's own key remains. A stack that may be in audit mode may save the vault of another.
        if (isThere.OfType<ViolationVerdict>().Any())
        {
            return limits.For(stack).Least == PolicyMode.Deny
                ? isThere
                : [PolicyVerdict.NotApplicable("Only stacks that deny violations (policy/limits.yaml) need a key of their own for it.")];
        }

        return
        [
            .. isThere,
            .. Private.Where(check => check.Type.Matches(resource.Type)).SelectMany(check => check.Judge(resource)),
            JudgeKey(resource, Keys[isClassic ? 1 : 0]),
            .. resource.Read(Access).TryGetText(out var access) && access == "Private" ? Vault.Judge(resource) : [],
        ];
    }

    // Whether the id has the version only shows in the update, before the cluster is made.
    public PolicyVerdict? Decide(UndecidedVerdict undecided, StackResourceView resource, StackView resources) =>
        Keys.Contains(undecided.Path) && resources.SourcesOf(resource, undecided.Path, KeyTypes.Keys).Any() ? PolicyVerdict.Pass : null;

    private static PolicyVerdict JudgeKey(ResourceView resource, PropertyPath path)
    {
        var reading = resource.Read(path);
        return reading.State == PropertyState.Missing
            ? PolicyVerdict.Violation(reading.Path, $"{resource} names no key here, so {Plain}.")
            : !reading.TryGetText(out var key) ? PolicyVerdict.Undecided(reading.Path)
            : Versioned().IsMatch(key) ? PolicyVerdict.Pass
            : PolicyVerdict.Violation(reading.Path, $"{resource} has {reading} here, which names no version, as the cluster needs it.");
    }

    [GeneratedRegex("/keys/[^/]+/[0-9a-fA-F]{32}$")]
    private static partial Regex Versioned();
}
