using System.Collections.Immutable;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Rules.Storage;

/// <summary>The storage accounts of a stack that logs are written to, and those with what brings a participant back.</summary>
internal static class LogStorages
{
    private static readonly ResourceTypePattern Container = "azure-native:storage:BlobContainer";
    private static readonly ResourceTypePattern Account = "azure-native:storage:StorageAccount";

    private static readonly ImmutableArray<(ResourceTypePattern Type, string Property)> Archiving =
    [
        ("azure-native:monitor:DiagnosticSetting", "storageAccountId"),
        ("azure-native:insights:DiagnosticSetting", "storageAccountId"),
        ("azure-native:monitor:SubscriptionDiagnosticSetting", "storageAccountId"),
        ("azure-native:insights:SubscriptionDiagnosticSetting", "storageAccountId"),
    ];

    private static readonly (ResourceTypePattern Type, string Property) FlowLog = ("azure-native:network:FlowLog", "storageId");

    /// <summary>Accounts with backups of participants' identities: all that gets coins back when the databases are lost.</summary>
    public static IEnumerable<StackResourceView> Identities(StackView resources) => resources.OfType(Container)
        .Where(container => container.Read("containerName").TryGetText(out var name) && name.Contains("identities", StringComparison.OrdinalIgnoreCase))
        .SelectMany(container => resources.SourcesOf(container, "accountName"))
        .Where(source => Account.Matches(source.Type))
        .DistinctBy(account => account.Urn);

    /// <summary>Accounts that keep the logs of resources and subscriptions.</summary>
    public static IEnumerable<StackResourceView> Archives(StackView resources) => Of(resources, Archiving);

    /// <summary>Accounts that keep logs of any kind, those of traffic too.</summary>
    public static IEnumerable<StackResourceView> All(StackView resources) => Of(resources, [.. Archiving, FlowLog]);

    /// <summary>What of a type belongs to an account.</summary>
    public static IEnumerable<StackResourceView> PartsOf(StackResourceView account, ResourceTypePattern type, StackView resources) =>
        resources.OfType(type).Where(part => resources.SourcesOf(part, "accountName").Any(source => source.Urn == account.Urn));

    private static IEnumerable<StackResourceView> Of(
        StackView resources, ImmutableArray<(ResourceTypePattern Type, string Property)> senders) => senders
        .SelectMany(sender => resources.OfType(sender.Type).SelectMany(each => resources.SourcesOf(each, sender.Property)))
        .Where(source => Account.Matches(source.Type))
        .DistinctBy(account => account.Urn);
}
