using System.Collections.Immutable;
using CantonInfra.Policy.Rules.Access;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Keys;

/// <summary>What encrypts with a key of ours may use that key.</summary>
internal sealed class CustomerKeysUsable : StackPolicy
{
    /// <summary>What encrypts with a key, which property names the key, and which name the identity that uses it.</summary>
    private static readonly ImmutableArray<(ResourceTypePattern Type, string Key, ImmutableArray<string> Identities)> Consumers =
    [
        ("azure-native:dbforpostgresql:Server", "dataEncryption", ["dataEncryption", "identity"]),
        ("azure-native:compute:DiskEncryptionSet", "activeKey", ["identity"]),
        ("azure-native:storage:StorageAccount", "encryption", ["encryption", "identity"]),
        ("azure-native:containerservice:ManagedCluster", "securityProfile", ["identity"]),
        ("azure-native:containerregistry:Registry", "encryption", ["encryption", "identity"]),
        ("azure:postgresql/flexibleServer:FlexibleServer", "customerManagedKey", ["customerManagedKey", "identity"]),
        ("azure:compute/diskEncryptionSet:DiskEncryptionSet", "keyVaultKeyId", ["identity"]),
        ("azure:storage/account:Account", "customerManagedKey", ["customerManagedKey", "identity"]),
        ("azure:containerservice/kubernetesCluster:KubernetesCluster", "keyManagementService", ["identity"]),
        ("azure:containerservice/registry:Registry", "encryption", ["encryption", "identity"]),
    ];

    private const string Server = "azure-native:dbforpostgresql:Server";
    private const string NoIdentity = "it has no identity to use its key with";

    // A server names its identity twice: those that it has, and the one for the key.
    private static readonly ImmutableArray<IPropertyCheck> Identity =
    [
        Choice.Of(Server, "identity.type", ["UserAssigned", "SystemAssigned,UserAssigned"], "None", NoIdentity),
        Given.Of(Server, "dataEncryption.primaryUserAssignedIdentityId", NoIdentity),
    ];

    private static readonly ResourceTypePattern ClassicPolicy = "azure:keyvault/accessPolicy:AccessPolicy";

    public override string Id => "customer-keys-usable";

    public override string Title => "What encrypts with a key of ours has a role on it";

    public override string Rationale =>
        "A server, disk set or account that may not use its key is not made, or stops within the hour when the role goes. The role belongs "
        + "on the key, or its vault, for the identity that the service uses.";

    public override string Remediation =>
        "Declare a RoleAssignment with the role Key Vault Crypto Service Encryption User (for the store of a cluster Key Vault Crypto User) "
        + "whose scope is the id of the key and whose principalId is that of the identity that the resource names.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "DP-5"),
        new(PolicyControl.CloudSecurityBenchmark, "PA-7"),
        new(PolicyControl.Soc2, "CC6.1"),
        new(PolicyControl.Soc2, "A1.2"),
        new(PolicyControl.Requirement, "A18"),
    ];

    public override IEnumerable<StackVerdict> Check(StackView resources, StackContext stack)
    {
        var roles = resources.Resources.Where(resource => resource.IsAny(AccessTypes.RoleAssignments)).Select(role => KeyRole.Of(role, resources)).ToList();
        var found = (from resource in resources.Resources
                     from consumer in Consumers
                     where consumer.Type.Matches(resource.Type)
                     from key in resources.SourcesOf(resource, consumer.Key)
                     where key.IsAny(KeyTypes.Keys)
                     select StackVerdict.On(resource, Judge(resource, consumer.Key, key, IdentitiesOf(resource, consumer.Identities, resources), roles, resources)))
            .ToList();
        found.AddRange(resources.OfType(Server)
            .Where(server => resources.SourcesOf(server, "dataEncryption").Any(source => source.IsAny(KeyTypes.Keys)))
            .SelectMany(server => Identity.SelectMany(check => check.Judge(server))
                .Where(verdict => verdict is not UndecidedVerdict || !resources.SourcesOf(server, "dataEncryption").Any(source => source.IsAny(AccessTypes.Identities)))
                .Select(verdict => StackVerdict.On(server, verdict))));
        return found.Count > 0 ? found
            : [StackVerdict.OnStack(PolicyVerdict.NotApplicable("Nothing in the stack encrypts with a key of the stack."))];
    }

    // A resource with an identity of its own is itself what a role is for.
    private static ImmutableArray<string> IdentitiesOf(StackResourceView resource, ImmutableArray<string> properties, StackView resources) =>
        [resource.Urn, .. properties.SelectMany(property => resources.SourcesOf(resource, property)).Where(source => source.IsAny(AccessTypes.Identities)).Select(source => source.Urn)];

    private static PolicyVerdict Judge(
        StackResourceView consumer, string property, StackResourceView key, ImmutableArray<string> identities, List<KeyRole> roles, StackView resources)
    {
        var vault = KeyTypes.VaultOf(key, resources);
        if (vault is not null && HasAccessPolicy(vault, resources))
        {
            return PolicyVerdict.NotApplicable("The vault gives access by policies.");
        }

        var answers = roles.Select(role => (role.Role, Uses: role.Lets(identities, key, vault, resources))).ToList();
        var path = PropertyPath.Root.Then(property);
        return answers.Any(answer => answer.Uses == true) ? PolicyVerdict.Pass
            : answers.Where(answer => answer.Uses is null).Select(answer => answer.Role).FirstOrDefault() is { } unclear
                ? PolicyVerdict.Undecided(path, $"not known yet whether {unclear} lets it use {key}")
            : PolicyVerdict.Violation(path, $"{consumer} encrypts with {key}, and none of its identities has a role to use that.");
    }

    private static bool HasAccessPolicy(StackResourceView vault, StackView resources) =>
        vault.Read(vault.Type.Canonical == KeyTypes.Vault ? "properties.accessPolicies" : "accessPolicies").IsNothing() == false
        || resources.OfType(ClassicPolicy).Any(policy => resources.SourcesOf(policy, "keyVaultId").Any(source => source.Urn == vault.Urn));
}
