using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Governance;

/// <summary>What costs money or holds evidence says whose it is.</summary>
internal sealed class RequiredTags : ResourcePolicy
{
    private static readonly PolicySetting<ImmutableArray<string>> Keys = PolicySetting.Texts(
        "keys", "The tags that resources must have.", ["cost-center", "env", "managed-by", "owner", "system"]);

    private static readonly PropertyPath Tags = PropertyPath.Parse("tags");

    public override string Id => "required-tags";

    public override string Title => "Resources say whose they are";

    public override string Rationale =>
        "Tags say who answers for a resource, who pays, and which environment it belongs to. Without them costs cannot be told apart, "
        + "and in an incident nobody knows whom to ask.";

    public override string Remediation => "Set the tags cost-center, env, managed-by, owner and system, each with a value.";

    public override PolicySeverity Severity => PolicySeverity.Low;

    public override PolicyExample Example { get; } = new(
        "azure-native:resources:ResourceGroup",
        Good: """{"tags": {"cost-center": "c", "env": "e", "managed-by": "pulumi", "owner": "o", "system": "s"}}""",
        Bad: """{"tags": {"env": "e"}}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "AM-1"),
        new(PolicyControl.Soc2, "CC8.1"),
        new(PolicyControl.Requirement, "A13"),
    ];

    public override ImmutableArray<PolicySetting> Settings { get; } = [Keys];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } =
    [
        "azure-native:compute:DiskEncryptionSet",
        "azure-native:compute:VirtualMachine",
        "azure-native:containerregistry:Registry",
        "azure-native:containerservice:ManagedCluster",
        "azure-native:dbforpostgresql:Server",
        "azure-native:keyvault:ManagedHsm",
        "azure-native:keyvault:Vault",
        "azure-native:managedidentity:UserAssignedIdentity",
        "azure-native:network:AzureFirewall",
        "azure-native:network:NatGateway",
        "azure-native:network:NetworkSecurityGroup",
        "azure-native:network:PublicIPAddress",
        "azure-native:operationalinsights:Workspace",
        "azure-native:resources:ResourceGroup",
        "azure-native:storage:StorageAccount",
    ];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        var tags = resource.Read(Tags);
        if (tags.State != PropertyState.Missing && tags.Value is not MapValue)
        {
            yield return PolicyVerdict.Undecided(tags.Path);
            yield break;
        }

        // One finding for a resource, however many tags it lacks.
        var read = stack.Get(Keys).Select(key => (Key: key, Tag: resource.Read(Tags.Then(key)))).ToList();
        var missing = read.Where(each => each.Tag.IsTextGiven() == false).Select(each => $"'{each.Key}'").ToList();
        if (missing.Count > 0)
        {
            yield return PolicyVerdict.Violation(tags.Path, $"{resource} has no tag {string.Join(", ", missing)}.");
        }
        else if (read.Where(each => each.Tag.IsTextGiven() is null).Select(each => each.Tag.Path).FirstOrDefault() is { } unknown)
        {
            yield return PolicyVerdict.Undecided(unknown);
        }
        else
        {
            yield return PolicyVerdict.Pass;
        }
    }
}
