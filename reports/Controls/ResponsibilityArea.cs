using System.Collections.Immutable;

namespace CantonInfra.Reports.Controls;

/// <summary>An area of the shared responsibility (C7).</summary>
/// <param name="Name">The area.</param>
/// <param name="Provider">What Azure answers for.</param>
/// <param name="Platform">What this program declares, keeps and guards.</param>
/// <param name="Customer">What the customer must do.</param>
/// <param name="Requirements">The requirement rows that the platform's part is about.</param>
internal sealed record ResponsibilityArea(
    string Name, string Provider, string Platform, string Customer, ImmutableArray<string> Requirements)
{
    /// <summary>All areas.</summary>
    public static ImmutableArray<ResponsibilityArea> All { get; } =
    [
        new(
            "Facilities and hardware",
            "Data centres, hardware, hypervisors, the fabric of the network",
            "Chooses regions and zones, and keeps to the allowed ones",
            "Decides which regions its data may be in",
            ["A13"]),
        new(
            "People and access",
            "The directory service and its sign-in",
            "Roles of people by duty in Azure, Kubernetes and the identity provider; no standing write access; the access review of this report",
            "The tenant's second factor, privileged roles, emergency accounts; joining and leaving of people; the review every quarter",
            ["A6", "A21"]),
        new(
            "Workload identities",
            "Issues tokens",
            "One identity for each workload, without stored keys; one OAuth client and one ledger user for each service",
            "Registrations at an identity provider that it runs itself",
            ["A1", "A3", "B1", "B3"]),
        new(
            "Network",
            "Isolation between customers, protection of the fabric",
            "Private endpoints, security groups, default deny in namespaces, one way out through allowed hosts or ports, flow logs",
            "Names of hosts that are allowed, peerings and lines into its own network",
            ["A9", "A10"]),
        new(
            "Cluster",
            "The control plane and its availability",
            "Private API server, patched images, node pools, encryption of the store, admission policies",
            "Accepts maintenance windows; what it runs there beside the platform",
            ["A7", "A13"]),
        new(
            "Keys and secrets",
            "Hardware security modules, storage of keys",
            "Customer-managed keys, rotation, purge protection, separate vaults; secrets never in clear in state, logs or reports",
            "Custody of Canton's own keys; decides on a key management service before a validator is created",
            ["A18", "A20", "B5"]),
        new(
            "Databases",
            "The servers, their patches and their hosts",
            "Private servers, roles without more than they need, audit, standby, backups, copies in a second region",
            "Restarts and major upgrades at a time of its choice; the contents",
            ["A11", "A24"]),
        new(
            "Backup and recovery",
            "Keeps backups and moves servers between zones",
            "Retention and copies from settings, objectives computed from them, runbooks with the stack's names, a drill script",
            "The recovery test every year; the decision to fail over",
            ["A12"]),
        new(
            "Logs and detection",
            "Keeps the workspace and its availability",
            "Diagnostic settings for all that can log, retention, archive, alerts, detection rules",
            "Answers alerts day and night; locks the archive for good; the Defender portal",
            ["A14", "A22", "A23", "A24", "A25", "A26"]),
        new(
            "Guardrails",
            "Evaluates policies",
            "The same rules before a deployment, as policy packs, and after it, as policies of the subscription; waivers with an end",
            "Decides on waivers and exemptions, and answers for them",
            ["A13"]),
        new(
            "Ledger",
            "",
            "Rights of ledger users, one for each service, no more than it needs",
            "The validator's sponsor, its parties, its contracts and its funds",
            ["B1", "B3"]),
    ];
}
