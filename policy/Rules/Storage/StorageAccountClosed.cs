using System.Collections.Immutable;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Rules.Storage;

/// <summary>Storage accounts answer to named identities from the private network, and to nobody else.</summary>
internal sealed class StorageAccountClosed : ResourcePolicy
{
    private const string Account = "azure-native:storage:StorageAccount";
    private const string ClassicAccount = "azure:storage/account:Account";

    private const string Anonymous = "a container can be opened to anybody without signing in";
    private const string Open = "anybody reads what is in it without signing in, once the account lets containers be public";
    private const string Keys = "whoever has an account key reads, changes and forges everything, and nobody knows who it was";
    private const string Local = "users that only the account knows sign in by passwords and keys of their own";
    private const string Plain = "requests without TLS are answered";
    private const string Copied = "data can be copied to accounts of other tenants";
    private const string Outdated = "clients may use versions of TLS that are broken";
    private const string Reached = "the account answers on the internet";

    private static readonly ImmutableArray<Switch> Switches =
    [
        Switch.Off(Account, "allowBlobPublicAccess", Anonymous),
        Switch.Off(Account, "allowSharedKeyAccess", Keys, byDefault: true),
        Switch.Off(Account, "allowCrossTenantReplication", Copied),
        Switch.On(Account, "enableHttpsTrafficOnly", Plain, byDefault: true),
        Switch.Off(Account, "isSftpEnabled", Local),
        Switch.Off(ClassicAccount, "sftpEnabled", Local),
        Switch.Off(ClassicAccount, "allowNestedItemsToBePublic", Anonymous, byDefault: true),
        Switch.Off(ClassicAccount, "sharedAccessKeyEnabled", Keys, byDefault: true),
        Switch.Off(ClassicAccount, "crossTenantReplicationEnabled", Copied),
        Switch.On(ClassicAccount, "httpsTrafficOnlyEnabled", Plain, byDefault: true),
        Switch.Off(ClassicAccount, "publicNetworkAccessEnabled", Reached, byDefault: true),
    ];

    private static readonly ImmutableArray<Choice> Choices =
    [
        Choice.Of(Account, "minimumTlsVersion", ["TLS1_2", "TLS1_3"], "TLS1_0", Outdated),
        Choice.Of(Account, "publicNetworkAccess", ["Disabled", "SecuredByPerimeter"], "Enabled", Reached),
        Choice.Of(
            Account, "networkRuleSet.defaultAction", ["Deny"], "Allow", "the account is open to all networks once public access is on"),
        Choice.Of("azure-native:storage:BlobContainer", "publicAccess", ["None"], "None", Open),
        Choice.Of("azure:storage/container:Container", "containerAccessType", ["private"], "private", Open),
        Choice.Of(ClassicAccount, "minTlsVersion", ["TLS1_2", "TLS1_3"], "TLS1_2", Outdated),
    ];

    public override string Id => "storage-account-closed";

    public override string Title => "Storage accounts answer to identities from the private network only";

    public override string Rationale =>
        "Logs and backups are evidence, and hold what others want to know. An account key is a password that cannot be told apart by "
        + "user and does not expire; public access leaves it as the only defence.";

    public override string Remediation =>
        "Set allowBlobPublicAccess, allowSharedKeyAccess and allowCrossTenantReplication to false, minimumTlsVersion to TLS1_2, "
        + "publicNetworkAccess to Disabled and networkRuleSet.defaultAction to Deny; use a private endpoint and roles such as Storage "
        + "Blob Data Contributor. What writes as a service that Azure trusts needs networkRuleSet.bypass: AzureServices.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        Account,
        Good: """{"allowSharedKeyAccess": false, "minimumTlsVersion": "TLS1_2", "publicNetworkAccess": "Disabled", "networkRuleSet": {"defaultAction": "Deny"}}""",
        Bad: """{"allowSharedKeyAccess": true}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "NS-2"),
        new(PolicyControl.CloudSecurityBenchmark, "IM-1"),
        new(PolicyControl.CloudSecurityBenchmark, "DP-3"),
        new(PolicyControl.Soc2, "CC6.1"),
        new(PolicyControl.Soc2, "CC6.6"),
        new(PolicyControl.Soc2, "CC6.7"),
        new(PolicyControl.Requirement, "A13"),
        new(PolicyControl.Requirement, "A23"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } =
        [Account, ClassicAccount, "azure-native:storage:BlobContainer", "azure:storage/container:Container"];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack) =>
    [
        .. Switches.Where(each => each.Type.Matches(resource.Type)).SelectMany(each => each.Judge(resource)),
        .. Choices.Where(each => each.Type.Matches(resource.Type)).SelectMany(each => each.Judge(resource)),
    ];
}
