using System.Collections.Immutable;
using System.Globalization;
using CantonInfra.Infra.Components.Foundation;
using CantonInfra.Infra.Components.Keys;
using CantonInfra.Infra.Components.Observability;
using CantonInfra.Infra.Components.Storage;
using Pulumi;

namespace CantonInfra.Infra.Components.Ledger;

/// <summary>What <see cref="IdentitiesStorage"/> needs.</summary>
internal sealed record IdentitiesStorageArgs
{
    /// <summary>The environment.</summary>
    public required AzureEnvironment Azure { get; init; }

    /// <summary>The name of the resource group of the account.</summary>
    public required Input<string> ResourceGroupName { get; init; }

    /// <summary>The name of the resource group of identities.</summary>
    public required Input<string> IdentityResourceGroupName { get; init; }

    /// <summary>What the account is encrypted with.</summary>
    public required EncryptionKey Key { get; init; }

    /// <summary>For how many days backups are kept.</summary>
    public required int RetentionInDays { get; init; }

    /// <summary>Whether nobody can change or delete one in that time.</summary>
    public required bool IsAppendOnly { get; init; }

    /// <summary>The hours between two backups of a validator.</summary>
    public required int IntervalInHours { get; init; }

    /// <summary>The validators.</summary>
    public required ImmutableArray<string> Validators { get; init; }
}

/// <summary>
/// Where backups of what validators are known by are kept (A12): in zones of this region and a paired one, a container a validator, and
/// nobody but the validator's own job writes there.
/// </summary>
internal sealed class IdentitiesStorage : ComponentResource
{
    private const string LogicalName = "identities";

    // From when a blob may be deleted until it is.
    private const int GraceInDays = 7;

    private readonly IdentitiesStorageArgs _args;

    /// <summary>Declares the account.</summary>
    public IdentitiesStorage(string name, IdentitiesStorageArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:ledger:IdentitiesStorage", name, options)
    {
        _args = args;
        Account = new LogStorage(
            LogicalName,
            new LogStorageArgs
            {
                Azure = args.Azure,
                ResourceGroupName = args.ResourceGroupName,
                IdentityResourceGroupName = args.IdentityResourceGroupName,
                Purpose = "iden",
                Redundancy = StorageRedundancy.GeoZone,
                Key = args.Key,
                AppendOnlyInDays = args.IsAppendOnly ? args.RetentionInDays : null,
                DeleteAfterInDays = args.RetentionInDays + GraceInDays,
            },
            new ComponentResourceOptions { Parent = this });
        RegisterOutputs();
    }

    /// <summary>The account.</summary>
    public LogStorage Account { get; }

    /// <summary>The container of a validator.</summary>
    /// <param name="validator">The validator's name.</param>
    public static string ContainerOf(string validator) => $"identities-{validator}";

    /// <summary>The address of a validator's container.</summary>
    /// <param name="validator">The validator's name.</param>
    public string AddressOf(string validator) =>
        $"https://{Account.AzureName}.blob.core.windows.net/{ContainerOf(validator)}";

    /// <summary>Tells when a validator has no new backup for a day, long before the network forgets what an older one would need.</summary>
    /// <param name="alerts">Who tells.</param>
    public void AlertTo(Alerting alerts) => alerts.Watch(
        new QueryAlertRule(
            "identities-backup-missing",
            1,
            string.Create(
                CultureInfo.InvariantCulture,
                $"A validator has no new backup of its identities for a day, and should have one every {_args.IntervalInHours} hours: without it and its databases, what it owns is lost."),
            Query(),
            0,
            "P1D",
            "PT1H"),
        this);

    // Containers that have nothing new.
    private string Query()
    {
        var containers = string.Join(", ", _args.Validators.Select(validator => $"'{ContainerOf(validator)}'"));
        return $"""
            datatable(Container: string) [{containers}]
            | join kind=leftanti (
                StorageBlobLogs
                | where AccountName == '{Account.AzureName}' and OperationName == 'PutBlob' and StatusCode == 201
                | extend Container = tostring(split(parse_url(Uri).Path, '/')[1])
                | distinct Container) on Container
            """;
    }
}
