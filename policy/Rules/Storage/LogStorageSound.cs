using System.Collections.Immutable;
using CantonInfra.Policy.Rules.Observability;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Storage;

/// <summary>Storage that keeps logs is encrypted with our own key, outlives a zone, gives containers back, and takes what Azure writes.</summary>
internal sealed class LogStorageSound : StackPolicy
{
    private const double LeastDays = 7;

    private static readonly ResourceTypePattern BlobService = "azure-native:storage:BlobServiceProperties";
    private static readonly PropertyPath KeySource = PropertyPath.Parse("encryption.keySource");
    private static readonly PropertyPath IdentityType = PropertyPath.Parse("identity.type");
    private static readonly PropertyPath Identities = PropertyPath.Parse("identity.userAssignedIdentities");
    private static readonly PropertyPath Sku = PropertyPath.Parse("sku.name");
    private static readonly PropertyPath Bypass = PropertyPath.Parse("networkRuleSet.bypass");
    private static readonly PropertyPath Recovery = PropertyPath.Parse("containerDeleteRetentionPolicy.enabled");
    private static readonly PropertyPath RecoveryDays = PropertyPath.Parse("containerDeleteRetentionPolicy.days");

    private static readonly ImmutableArray<PropertyPath> Key =
    [
        PropertyPath.Parse("encryption.keyVaultProperties.keyName"), PropertyPath.Parse("encryption.keyVaultProperties.keyVaultUri"),
        PropertyPath.Parse("encryption.encryptionIdentity.encryptionUserAssignedIdentity"),
    ];

    public override string Id => "log-storage-sound";

    public override string Title => "Storage that keeps logs is encrypted with own keys and outlives a zone";

    public override string Rationale =>
        "Archived logs are evidence about everybody. With a key of our own, access ends when we end it, backups of Azure included. What "
        + "lies in one zone, or what a deleted container takes along, is gone when it is needed.";

    public override string Remediation =>
        "On a storage account that diagnostic settings or flow logs write to, set encryption.keySource to Microsoft.Keyvault with a key and "
        + "an identity, take a sku in several zones or regions, networkRuleSet.bypass with AzureServices, and declare BlobServiceProperties "
        + "whose containerDeleteRetentionPolicy is enabled for 7 days or more. Devnet and testnet may lie in one zone.";

    public override PolicySeverity Severity => PolicySeverity.Medium;

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "DP-5"),
        new(PolicyControl.CloudSecurityBenchmark, "BR-2"),
        new(PolicyControl.Soc2, "CC6.1"),
        new(PolicyControl.Soc2, "A1.2"),
        new(PolicyControl.Requirement, "A23"),
    ];

    public override IEnumerable<StackVerdict> Check(StackView resources, StackContext stack) => LogStorages.All(resources).Concat(LogStorages.Identities(resources))
        .DistinctBy(account => account.Urn)
        .SelectMany(account => (IEnumerable<StackVerdict>)
        [
            .. OwnKey(account).Select(verdict => StackVerdict.On(account, verdict)),
            StackVerdict.On(account, TestNetwork.Is(stack) ? PolicyVerdict.Pass : OutlivesZone(account)),
            .. LogStorages.All(resources).Any(each => each.Urn == account.Urn) ? [StackVerdict.On(account, TakesLogs(account))] : Array.Empty<StackVerdict>(),
            .. GivesBack(account, resources),
        ]);

    private static IEnumerable<PolicyVerdict> OwnKey(StackResourceView account)
    {
        var source = account.Read(KeySource);
        if (source.State == PropertyState.Unknown)
        {
            return [PolicyVerdict.Undecided(source.Path)];
        }

        if (!source.TryGetText(out var text) || !text.Equals("Microsoft.Keyvault", StringComparison.OrdinalIgnoreCase))
        {
            return [PolicyVerdict.Violation(source.Path, $"{account} keeps logs and has {source} here, so Azure's own key encrypts them.")];
        }

        // What is not known yet is the id of something that is yet to be.
        return
        [
            .. Key.Select(account.Read).Select(reading => reading.IsTextGiven() == false
                ? PolicyVerdict.Violation(reading.Path, $"{account} does not set this, so it has no key of its own.")
                : PolicyVerdict.Pass),
            account.Read(IdentityType) is var type && (type.State == PropertyState.Missing || (type.TryGetText(out var kind) && kind == "None"))
                ? PolicyVerdict.Violation(type.Path, $"{account} has {type} here, so it cannot reach its key.")
                : PolicyVerdict.Pass,
            account.Read(Identities).IsNothing() == true && account.Read(Key[^1]).State != PropertyState.Missing
                ? PolicyVerdict.Violation(Identities, $"{account} does not have the identity that it reaches its key with.")
                : PolicyVerdict.Pass,
        ];
    }

    private static PolicyVerdict OutlivesZone(StackResourceView account)
    {
        var sku = account.Read(Sku);
        return !sku.TryGetText(out var name) ? PolicyVerdict.Undecided(sku.Path)
            : name.EndsWith("_LRS", StringComparison.OrdinalIgnoreCase)
                ? PolicyVerdict.Violation(sku.Path, $"{account} has {sku} here, so its logs are lost with one zone.")
                : PolicyVerdict.Pass;
    }

    // Diagnostic settings and flow logs come from services that Azure trusts; a closed account drops what they write.
    private static PolicyVerdict TakesLogs(StackResourceView account)
    {
        var bypass = account.Read(Bypass);
        return bypass.State == PropertyState.Missing ? PolicyVerdict.Pass
            : !bypass.TryGetText(out var text) ? PolicyVerdict.Undecided(bypass.Path)
            : text.Contains("AzureServices", StringComparison.OrdinalIgnoreCase) ? PolicyVerdict.Pass
            : PolicyVerdict.Violation(bypass.Path, $"{account} has {bypass} here, so Azure cannot write logs into it.");
    }

    private static IEnumerable<StackVerdict> GivesBack(StackResourceView account, StackView resources)
    {
        var services = LogStorages.PartsOf(account, BlobService, resources).ToList();
        if (services.Count == 0)
        {
            return [StackVerdict.On(account, PolicyVerdict.Violation(
                PropertyPath.Root, $"{account} has no BlobServiceProperties, so a container that is deleted takes its logs along."))];
        }

        return services.Select(service => StackVerdict.On(service, (service.Read(Recovery).ToFlag(whenMissing: false), service.Read(RecoveryDays)) switch
        {
            (null, _) => PolicyVerdict.Undecided(Recovery),
            (false, _) => PolicyVerdict.Violation(Recovery, $"{service} gives no deleted container of {account} back."),
            (_, { Value: NumberValue { Value: >= LeastDays } }) => PolicyVerdict.Pass,
            (_, { State: PropertyState.Unknown }) => PolicyVerdict.Undecided(RecoveryDays),
            (_, var days) => PolicyVerdict.Violation(RecoveryDays, $"{service} gives deleted containers back for {days} days; the least is 7."),
        }));
    }
}
