using System.Globalization;
using CantonInfra.Infra.Components.Ledger;

namespace CantonInfra.Infra.Settings;

/// <summary>Backups of what validators are known by, <c>canton-infra:ledgerBackups</c> (A12).</summary>
/// <param name="Image">
/// <c>.image</c>: the image that takes the backups, with its digest; it needs a POSIX shell, curl, date and sed, as
/// mcr.microsoft.com/azure-cli has them. No default.
/// </param>
/// <param name="IntervalHours"><c>.intervalHours</c>: how many hours are between two of them: 1, 2, 3, 4, 6, 8, 12 or 24; 4.</param>
/// <param name="RetentionDays"><c>.retentionDays</c>: for how many days they are kept, 30 to 3650; 90.</param>
/// <param name="IsAppendOnly">
/// <c>.appendOnly</c>: whether nobody can change or delete one in that time; true. Only a new storage account can begin with it, and
/// one that has it cannot be deleted before.
/// </param>
internal sealed record LedgerBackupSettings(string Image, int IntervalHours, int RetentionDays, bool IsAppendOnly)
{
    /// <summary>Reads them.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="pruningWindowDays">For how many days the network keeps what a participant has missed.</param>
    public static LedgerBackupSettings Read(SettingsReader reader, int pruningWindowDays)
    {
        var node = reader.Structure("ledgerBackups");
        var intervalNode = node.Member("intervalHours");
        var interval = intervalNode.Integer(1, 24, 4);
        if (24 % interval != 0)
        {
            intervalNode.Refuse($"'{interval}' does not divide a day, so that times between backups would differ; take 1, 2, 3, 4, 6, 8, 12 or 24.");
        }
        else if (IdentitiesStorage.DaysWithout(interval) > pruningWindowDays)
        {
            intervalNode.Refuse(string.Create(
                CultureInfo.InvariantCulture,
                $"'{interval}' would be told to be missing after {IdentitiesStorage.DaysWithout(interval)} days, when the network has forgotten what a"
                    + $" participant missed (canton-infra:ledger.pruningWindowDays is {pruningWindowDays}); take 12 or less."));
        }

        return new LedgerBackupSettings(
            ImageReference.ReadImage(node.Member("image"), "the image that takes the backups"),
            interval,
            node.Member("retentionDays").Integer(30, 3650, 90),
            node.Member("appendOnly").Boolean(fallback: true));
    }
}
