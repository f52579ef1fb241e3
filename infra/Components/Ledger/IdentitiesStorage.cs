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

    /// <summary>
    /// Tells when a validator has no new backup for <see cref="DaysWithout"/>, before the network forgets what an older one would need.
    /// </summary>
    /// <param name="alerts">Who tells.</param>
    public void AlertTo(Alerting alerts)
    {
        var days = DaysWithout(_args.IntervalInHours);
        alerts.Watch(
            new QueryAlertRule(
                "identities-backup-missing",
                1,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"A validator has no new backup of its identities for {days * 24} hours, and should have one every {_args.IntervalInHours}: without it and its databases, what it owns is lost."),
                Query(),
                0,
                string.Create(CultureInfo.InvariantCulture, $"P{days}D"),
                "PT1H"),
            this);
    }

    /// <summary>After how many days without a backup somebody is told: one, or two where there is one backup a day, which may be late.</summary>
    /// <param name="intervalInHours">The hours between two backups of a validator.</param>
    public static int DaysWithout(int intervalInHours) => intervalInHours < 24 ? 1 : 2;

    // Containers that have nothing new. The table has the status as a text, and a number beside it is an error that nobody sees.
    private string Query()
    {
        var containers = string.Join(", ", _args.Validators.Select(validator => $"'{ContainerOf(validator)}'"));
        return $"""
            datatable(Container: string) [{containers}]
            | join kind=leftanti (
                StorageBlobLogs
                | where AccountName == '{Account.AzureName}' and OperationName == 'PutBlob' and tostring(StatusCode) == '201'
                | extend Container = tostring(split(parse_url(Uri).Path, '/')[1])
                | distinct Container) on Container
            """;
    }
}
