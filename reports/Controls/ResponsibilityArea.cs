using System.Collections.Immutable;

namespace CantonInfra.Reports.Controls;

/// <summary>An area of the shared responsibility (C7).</summary>
/// <param name="Name">The area.</param>
/// <param name="Provider">What Azure answers for; empty for nothing.</param>
/// <param name="Platform">What this program declares, keeps and guards.</param>
/// <param name="Customer">What the customer must do.</param>
/// <param name="Requirements">The requirement rows that the platform's part is about.</param>
/// <param name="Duties">The duties, by id, whose evidence shows that the customer did its part; empty where only the customer's own records do.</param>
internal sealed record ResponsibilityArea(
    string Name, string Provider, string Platform, string Customer, ImmutableArray<string> Requirements, ImmutableArray<string> Duties)
{
    /// <summary>All areas.</summary>
    public static ImmutableArray<ResponsibilityArea> All { get; } =
    [
        new(
            "Facilities and hardware",
            "Data centres, hardware, hypervisors and the fabric of the network",
            "Declares resources in the regions of the settings only, and a policy denies others; spreads over zones where the settings say so",
            "Decides which regions its data may be in, and what its regulators are told of them",
            ["A13"],
            []),
        new(
            "People and access",
            "The directory service and its sign-in",
            "Roles by duty for groups of people in Azure, Kubernetes and Keycloak: in Azure they read, in namespaces operators restart and scale, and "
            + "changes come by deployments; the access review of this report",
            "Who is in the groups; joining, moving and leaving; the tenant's second factor, privileged roles and emergency accounts; the review every quarter",
            ["A6", "A21"],
            ["access-review", "emergency-access", "privileged-access", "tenant-mfa"]),
        new(
            "Identities of workloads",
            "Issues and checks tokens of managed identities",
            "An identity of its own for each workload that needs Azure, signed in by the cluster's tokens without a stored key; an OAuth client with a "
            + "secret of its own in the vault, and a ledger user, for each service",
            "Registrations at an identity provider that the customer runs; replacing clients' secrets when somebody who knew them leaves",
            ["A1", "A3", "B1", "B2", "B5", "B8"],
            []),
        new(
            "Network",
            "Isolation of customers from each other, protection of the fabric",
            "Private endpoints, security groups, default deny between pods, one way out that is limited to hosts or, as the settings say, to ports; flow logs",
            "Which hosts and peers are allowed; peerings and lines into the customer's own network, and what comes through them",
            ["A9", "A10", "C1"],
            []),
        new(
            "Names and certificates",
            "Servers of the public and private zones",
            "The zone and its records, certificates that are renewed by themselves, an alert before one expires, certificates of peers that are asked for",
            "Delegates the zone; decides which peers and which certificate authorities are trusted",
            ["A8"],
            []),
        new(
            "Cluster",
            "The control plane, its patches and its availability as its tier promises",
            "Private API server, channels of automatic upgrades within maintenance windows, encryption of its store and of disks, admission policies",
            "The windows and versions; whatever runs there beside the platform",
            ["A7", "A13"],
            []),
        new(
            "Keys and secrets",
            "Hardware security modules; the service that keeps keys",
            "Customer-managed keys and their rotation, purge protection, separate vaults; secrets are marked, so that state keeps them encrypted and "
            + "previews, logs and reports show none",
            "Custody of Canton's own keys and of the state's encryption; decides on a key management service before a validator is created",
            ["A17", "A18", "A20", "B5"],
            []),
        new(
            "Databases",
            "The servers, their patches and hosts, the storage of backups",
            "Private servers, accounts that own nothing but their databases, audit of statements, and standby, backups and copies as the settings say",
            "Restarts and major upgrades at a time of the customer's choice; what is in the databases",
            ["A11", "A24"],
            []),
        new(
            "Backup and recovery",
            "Makes backups and takes over to a standby as its service promises",
            "Retention, copies and dumps of identities from the settings, objectives computed from them, runbooks with the stack's names, a drill script",
            "The recovery test every year; the decision to fail over, and who may take it; evidence of identities kept outside",
            ["A12"],
            ["recovery-test"]),
        new(
            "Logs and detection",
            "Keeps the workspace, its data and its availability",
            "Diagnostic settings for all that can log, retention, the archive, alerts, detection rules, access of a security provider with least rights",
            "Answers alerts day and night and practises it; locks the archive for good; connects the Defender portal",
            ["A14", "A22", "A23", "A24", "A25", "A26"],
            ["activity-log-lock", "defender-portal", "incident-exercise"]),
        new(
            "Guardrails and changes",
            "Evaluates policies of the subscription",
            "Rules that judge every plan before it is deployed, an initiative that judges resources afterwards, waivers that end, locks against deletion",
            "Reviews and approves changes; decides on waivers and exemptions; guards the identity that deploys and the state's store",
            ["A13"],
            []),
        new(
            "Software of others",
            "Images of nodes and of managed services",
            "Pinned versions and digests, a bill of materials and the licences of what is shipped with the tools",
            "Decides when Canton, Keycloak and charts are upgraded, and follows their security notices",
            ["A15"],
            []),
        new(
            "Ledger",
            "",
            "Rights of ledger users, one user for each service, no more than it needs; none of them is an administrator",
            "The validator's sponsor, its parties, contracts and funds; who signs with which wallet",
            ["B1", "B2", "B3", "B4", "B6"],
            []),
    ];
}
