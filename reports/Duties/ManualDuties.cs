using System.Collections.Immutable;

namespace CantonInfra.Reports.Duties;

/// <summary>The duties: what docs/governance.md and the runbooks leave to people (A12, A14, A21, A23, A25, C7).</summary>
internal static class ManualDuties
{
    private const string Environment = "environment";
    private const string Subscription = "subscription";

    // Days that evidence counts: the period, and a week or two until the next is on record.
    private const int Quarter = 100;
    private const int Year = 380;
    private const string EveryQuarter = "every quarter";
    private const string EveryYear = "every year";

    /// <summary>All duties by id.</summary>
    public static ImmutableArray<ManualDuty> All { get; } =
    [
        new(
            "access-review",
            "Review who may do what",
            "Go through the access review of this report with the owners of the roles, have what is not needed removed from the stack file, and keep "
            + "the signed list.",
            EveryQuarter,
            Quarter,
            Environment,
            "docs/reports.md",
            ["soc2:CC6.2", "soc2:CC6.3", "mcsb:PA-4", "requirement:A21"]),
        new(
            "activity-log-lock",
            "Lock the archive of the activity log for good",
            "Lock the immutability policy of the archive; it cannot be undone, so no program does it. Keep the policy as the portal shows it locked.",
            "once, and shown again every year",
            Year,
            Subscription,
            "docs/runbooks/lock-activity-log-archive.md",
            ["soc2:CC7.2", "mcsb:LT-6", "requirement:A23"]),
        new(
            "defender-portal",
            "Connect the workspace to the Defender portal",
            "Connect the workspace, choose the primary one and give people their roles there; no resource exists for it. Keep the portal's page of settings.",
            "once, and shown again every year",
            Year,
            Subscription,
            "docs/governance.md",
            ["soc2:CC7.3", "mcsb:LT-1", "requirement:A25"]),
        new(
            "emergency-access",
            "Try the emergency accounts",
            "Sign in with each emergency account, see that the alert comes, and store new credentials; also when somebody who knew them leaves. Keep the alert "
            + "and the record of the sign-in.",
            EveryQuarter,
            Quarter,
            Subscription,
            "docs/governance.md",
            ["soc2:CC6.1", "mcsb:PA-5"]),
        new(
            "incident-exercise",
            "Practise the response to an incident",
            "Play one detection of Sentinel or one alert from its first message to its end with those who are on call. Keep the notes.",
            EveryYear,
            Year,
            Environment,
            "docs/governance.md",
            ["soc2:CC7.4", "soc2:CC7.5", "mcsb:IR-1"]),
        new(
            "privileged-access",
            "Review Privileged Identity Management",
            "Review the tenant's eligible and permanent roles over the subscription; the tenant is not this program's. Keep the export.",
            EveryQuarter,
            Quarter,
            Subscription,
            "docs/governance.md",
            ["soc2:CC6.3", "mcsb:PA-2"]),
        new(
            "recovery-test",
            "Restore a database and time it",
            "Follow the runbook with the drill script into a server of its own, compare what came back, and keep the log with both times.",
            EveryYear,
            Year,
            Environment,
            "docs/runbooks/restore-database.md",
            ["soc2:A1.3", "mcsb:BR-4", "requirement:A12"]),
        new(
            "tenant-mfa",
            "Prove the tenant's second factor",
            "Show that Conditional Access asks everybody who can reach the subscription for a second factor. Keep the export of the policies.",
            EveryQuarter,
            Quarter,
            Subscription,
            "docs/governance.md",
            ["soc2:CC6.1", "mcsb:IM-6", "requirement:A21"]),
    ];

    /// <summary>The duty of an id; null where there is none.</summary>
    public static ManualDuty? Find(string id) => All.FirstOrDefault(duty => duty.Id == id);
}
