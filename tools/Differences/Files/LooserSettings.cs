using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CantonInfra.Tools.Differences.Dangers;
using static CantonInfra.Tools.Differences.Files.SettingDirection;

namespace CantonInfra.Tools.Differences.Files;

/// <summary>
/// The settings of this project's stack files that make a stack less safe in one direction. A plan tells much of it too, resource by
/// resource; a setting tells why, once, and also what no plan has.
/// </summary>
internal static partial class LooserSettings
{
    private const string Prefix = "canton-infra:";
    private const string None = "none";
    private const string Waits = "what happened is told from less";
    private const string Less = "keeps for less time";
    private const string Whom = "others say who is who";
    private const string Weaker = "keys are guarded by software";
    private const string Trusts = "fewer have to agree on what the network says";
    private const string Alone = "a failure reaches further";

    private static readonly Ordered On = new(["true", "false"], "true");
    private static readonly Ordered Denies = new(["deny", "audit"], "deny");

    /// <summary>The settings by key; <c>[]</c> stands for the name of a list's item, <c>*</c> for any last part.</summary>
    public static readonly ImmutableArray<Row> Rows =
    [
        new("mode", Denies, DangerKind.LooserLimits, "violations stop a deployment no more"),
        new("enforcement", Denies, DangerKind.LooserLimits, "Azure denies no more what is against its policies"),
        new("allowedRegions", new Differs(), DangerKind.LooserLimits, "the regions that the stack allows itself are others"),
        new("allowedLocations", new Grows(), DangerKind.LooserLimits, "Azure allows another region"),
        new("containers.allowedImagesRegex", new Differs(), DangerKind.LooserLimits, "other images are allowed"),
        new("containers.cpuLimit", new Differs(), DangerKind.LooserLimits, "containers may take another amount"),
        new("containers.memoryLimit", new Differs(), DangerKind.LooserLimits, "containers may take another amount"),
        new("guardrails.groups.*", Denies, DangerKind.LooserLimits, "Azure denies no more what is against a group of its policies"),
        new("guardrails.excludedResourceGroups", new Grows(), DangerKind.LooserLimits, "Azure judges fewer resource groups"),
        new("guardrails.benchmark", new Ordered(["assigned", "existing"], "existing"), DangerKind.LooserLimits, "a standard is assigned no more"),
        new("guardrails.soc2", new Ordered(["assigned", "existing"], "assigned"), DangerKind.LooserLimits, "a standard is assigned no more"),
        new("ingress.requestsPerSecond", new Higher(100), DangerKind.LooserLimits, "clients may ask more often"),
        new("exemptions", new Grows(), DangerKind.NewWaiver, "Azure does not judge what it judged"),

        new("deletionProtection", On, DangerKind.LostProtection, "a deployment may delete what holds data, keys or evidence"),
        new("locks", new Ordered(["all", "stateful", "none"], "all"), DangerKind.LostProtection, "Azure refuses less to delete"),
        new("data.backupRetentionDays", new Lower(35), DangerKind.LostProtection, Less),
        new("data.geoRedundantBackup", On, DangerKind.LostProtection, "backups have no copy in another region"),
        new("data.highAvailability", new Ordered(["zoneRedundant", "sameZone", "disabled"], "zoneRedundant"), DangerKind.LostProtection, Alone),
        new("data.sslMinProtocolVersion", new Ordered(["TLSv1.3", "TLSv1.2"], "TLSv1.3"), DangerKind.LostProtection, "clients may speak an older version of TLS"),
        new("keys.protection", new Ordered(["hsm", "software"], "hsm"), DangerKind.LostProtection, Weaker),
        new("keys.softDeleteRetentionDays", new Lower(90), DangerKind.LostProtection, Less),
        new("cluster.azureKeyVaultKms", On, DangerKind.LostProtection, "the cluster's objects are not encrypted with a key of ours"),
        new("cluster.zones", new Shrinks(), DangerKind.LostProtection, Alone),
        new("cluster.tier", new Ordered(["premium", "standard", "free"], "standard"), DangerKind.LostProtection, Alone),
        new("cluster.upgradeChannel", new Becomes("node-image"), DangerKind.LostProtection, "the cluster takes no patches by itself"),
        new("cluster.notAllowedDates", new Grows(), DangerKind.LostProtection, "patches wait on more days"),
        new("identity.keycloak.eventRetentionDays", new Lower(90), DangerKind.LostProtection, Less),
        new("ledger.validators[].pruning.cron", new Differs(), DangerKind.LostProtection, "a participant forgets the past"),
        new("ledger.validators[].pruning.retentionHours", new Lower(720), DangerKind.LostProtection, Less),
        new("ledger.scan.type", new Ordered(["bft", "bft-custom", "trust-single"], "bft"), DangerKind.LostProtection, Trusts),
        new("ledger.scan.threshold", new Lower(null), DangerKind.LostProtection, Trusts),
        new("ledger.scan.svNames", new Differs(), DangerKind.LostProtection, "others say what the network says"),
        new("ledger.synchronizer.type", new Ordered(["bft", "bft-custom", "trust-single"], "bft"), DangerKind.LostProtection, Trusts),
        new("ledger.synchronizer.threshold", new Lower(null), DangerKind.LostProtection, Trusts),
        new("ledger.synchronizer.svNames", new Differs(), DangerKind.LostProtection, "others say what the network says"),
        new("ledgerBackups.intervalHours", new Higher(4), DangerKind.LostProtection, "backups are taken less often"),
        new("ledgerBackups.retentionDays", new Lower(90), DangerKind.LostProtection, Less),
        new("ledgerBackups.appendOnly", On, DangerKind.LostProtection, "backups can be changed and deleted"),
        new("network.flowLogs.retentionDays", new Lower(90), DangerKind.LostProtection, Less),
        new("network.egress.intrusionDetection", new Ordered(["true", "false"], "false"), DangerKind.LostProtection, "the firewall looks for attacks no more"),
        new("observability.archive", On, DangerKind.LostProtection, "logs have no copy that nobody can change"),
        new("observability.auditRetentionDays", new Lower(365), DangerKind.LostProtection, Less),
        new("observability.tableRetentionDays", new Lower(30), DangerKind.LostProtection, Less),
        new("observability.dailyCapGB", new Lower(null), DangerKind.LostProtection, "whoever floods the logs goes unlogged"),
        new("observability.kubeAudit", new Ordered(["kube-audit", "kube-audit-admin"], "kube-audit"), DangerKind.LostProtection, Waits),
        new("observability.sentinel", On, DangerKind.LostProtection, "nothing watches the logs"),
        new("alerts.email", new Differs(), DangerKind.LostProtection, "alerts go to somebody else"),
        new("activityLog.archiveDays", new Lower(365), DangerKind.LostProtection, Less),
        new("activityLog.redundancy", new Ordered(["geoZone", "zone", "local"], "geoZone"), DangerKind.LostProtection, Alone),
        new("activityLog.keyProtection", new Ordered(["hsm", "software"], "hsm"), DangerKind.LostProtection, Weaker),
        new("defender.freePlans", new Grows(), DangerKind.LostProtection, "Defender watches less"),
        new("defender.malwareScanCapGB", new Lower(10_000), DangerKind.LostProtection, "Defender watches less"),
        new("defender.contactEmails", new Shrinks(), DangerKind.LostProtection, "somebody is told of alerts no more"),
        new("guardrails.deployVaultDiagnostics", On, DangerKind.LostProtection, Waits),
        new("identity.auth0.managesTenant", On, DangerKind.LostProtection, "the tenant's defences are not kept up"),

        new("cluster.apiServer", new Ordered(["private", "public"], "private"), DangerKind.Exposure, "the cluster's API server is public"),
        new("cluster.authorizedIpRanges", new Grows(), DangerKind.Exposure, "lets more in"),
        new("observability.privateIngestion", On, DangerKind.Exposure, "logs and metrics are reached from anywhere"),
        new("runner.addressPrefix", new Differs(), DangerKind.Exposure, "another machine is let in"),
        new("network.egress.mode", new Ordered(["firewall", "nat"], "firewall"), DangerKind.NewConnection, "every host can be reached"),
        new("network.egress.allowedHosts", new Grows(), DangerKind.NewConnection, "more hosts can be reached"),
        new("runner.allowedHosts", new Grows(), DangerKind.NewConnection, "more hosts can be reached"),
        new("ledger.superValidatorHosts", new Grows(), DangerKind.NewConnection, "more hosts can be reached"),
        .. from service in (string[])["apiServer", "indexer", "relayer"]
           from row in (Row[])
           [
               new($"services.{service}.hosts", new Grows(), DangerKind.NewConnection, "more hosts can be reached"),
               new($"services.{service}.addresses", new Grows(), DangerKind.NewConnection, "more addresses can be reached"),
               new($"services.{service}.addresses[].addressPrefix", new Differs(), DangerKind.NewConnection, "other addresses can be reached"),
               new($"services.{service}.addresses[].port", new Differs(), DangerKind.NewConnection, "another port can be reached"),
           ]
           select row,

        new("access.admins", new Grows(), DangerKind.WiderAccess, "gives access"),
        new("access.operators", new Grows(), DangerKind.WiderAccess, "gives access"),
        new("access.auditors", new Grows(), DangerKind.WiderAccess, "gives access"),
        new("cluster.adminGroupObjectIds", new Grows(), DangerKind.WiderAccess, "gives access"),
        new("data.entraAdministrators.objectId", new Differs(), DangerKind.WiderAccess, "gives access"),
        new("keys.managedHsm.adminObjectIds", new Grows(), DangerKind.WiderAccess, "gives access"),
        new("runner.sshPublicKey", new Differs(), DangerKind.WiderAccess, "somebody else can sign in to the machine"),
        new("ledgerUsers.extras", new Grows(), DangerKind.WiderAccess, "gives sweeping rights"),
        new("lighthouse.managingTenantId", new Differs(), DangerKind.WiderAccess, "people of another tenant get access"),
        new("lighthouse.groups", new Grows(), DangerKind.WiderAccess, "people of another tenant get access"),
        new("lighthouse.groups[].objectId", new Differs(), DangerKind.WiderAccess, "people of another tenant get access"),
        new("lighthouse.groups[].roles", new Grows(), DangerKind.WiderAccess, "gives access"),
        new("lighthouse.groups[].eligibleRoles", new Grows(), DangerKind.WiderAccess, "gives access"),
        new("identity.provider", new Differs(), DangerKind.WiderAccess, Whom),
        new("identity.keycloak.url", new Differs(), DangerKind.WiderAccess, Whom),
        new("identity.auth0.domain", new Differs(), DangerKind.WiderAccess, Whom),
        new("identity.entra.tenantId", new Differs(), DangerKind.WiderAccess, Whom),
        new("identity.entra.authority", new Differs(), DangerKind.WiderAccess, Whom),
        new("identity.okta.domain", new Differs(), DangerKind.WiderAccess, Whom),
        new("identity.okta.authorizationServerId", new Differs(), DangerKind.WiderAccess, Whom),
        new("identity.oidc.issuer", new Differs(), DangerKind.WiderAccess, Whom),
        new("identity.oidc.jwksUri", new Differs(), DangerKind.WiderAccess, Whom),
        new("identity.oidc.tokenEndpoint", new Differs(), DangerKind.WiderAccess, Whom),
        new("identity.keycloak.accessTokenMinutes", new Higher(10), DangerKind.WiderAccess, "tokens are good for longer"),
        new("identity.auth0.accessTokenMinutes", new Higher(10), DangerKind.WiderAccess, "tokens are good for longer"),
        .. from provider in (string[])["entra", "oidc", "okta"]
           from row in (Row[])
           [
               new($"identity.{provider}.validators[].walletUsers", new Grows(), DangerKind.WiderAccess, "somebody else uses a validator's wallet"),
               new($"identity.{provider}.validators[].subject", new Differs(), DangerKind.WiderAccess, "somebody else is the validator's user"),
               new($"identity.{provider}.apiServer.subject", new Differs(), DangerKind.WiderAccess, "somebody else is a service's user"),
               new($"identity.{provider}.indexer.subject", new Differs(), DangerKind.WiderAccess, "somebody else is a service's user"),
               new($"identity.{provider}.relayer.subject", new Differs(), DangerKind.WiderAccess, "somebody else is a service's user"),
           ]
           select row,
        new("ingress.peers", new Grows(), DangerKind.WiderAccess, "another peer is let in"),
        new("ingress.peers[].authority", new Differs(), DangerKind.WiderAccess, "another authority says who a peer is"),
        new("ingress.peers[].validator", new Differs(), DangerKind.WiderAccess, "a peer reaches another validator"),
        new("ingress.acmeServer", new Differs(), DangerKind.WiderAccess, "another authority issues certificates"),
        new("ingress.certificateAuthority", new Differs(), DangerKind.WiderAccess, "another authority issues certificates"),
    ];

    private static readonly ILookup<string, Row> ByKey = Rows.ToLookup(row => row.Key, StringComparer.Ordinal);

    /// <summary>A setting that makes a stack less safe in one direction.</summary>
    /// <param name="Key">Its key, without the project's name.</param>
    /// <param name="Direction">Which values are looser.</param>
    /// <param name="Kind">What kind of danger it is.</param>
    /// <param name="What">What happens.</param>
    internal sealed record Row(string Key, SettingDirection Direction, DangerKind Kind, string What);

    /// <summary>The dangers of the settings that differ.</summary>
    /// <param name="settings">The settings that differ.</param>
    /// <param name="file">The stack file's name.</param>
    public static IEnumerable<Danger> Find(ImmutableArray<SettingChange> settings, string file) =>
        from setting in settings
        where setting.Key.StartsWith(Prefix, StringComparison.Ordinal) && !IsOfNew(setting, settings)
        from row in RowsOf(setting.Key[Prefix.Length..])
        where row.Direction.IsLooser(setting.Former, setting.Present)
        select new Danger(
            row.Kind, DangerGrade.Grave, file, row.What, $"{setting.Key}: {setting.Former ?? None} → {setting.Present ?? None}");

    // What is said of an item that the list had not is of something that is new itself.
    private static bool IsOfNew(SettingChange setting, ImmutableArray<SettingChange> settings)
    {
        var end = setting.Key.IndexOf('[', StringComparison.Ordinal);
        var close = end < 0 ? -1 : setting.Key.IndexOf(']', end);
        return setting.Former is null && close > end
            && settings.Any(list => list.Key == setting.Key[..end] && !SettingDirection.Items(list.Former).Contains(setting.Key[(end + 1)..close]));
    }

    /// <summary>The rows for a key; none where nothing about it is looser.</summary>
    /// <param name="key">The key, without the project's name.</param>
    public static IEnumerable<Row> RowsOf(string key)
    {
        var place = Name().Replace(key, "[]");
        var end = place.LastIndexOf('.');
        return ByKey[place].Concat(end < 0 ? [] : ByKey[$"{place[..end]}.*"]);
    }

    [GeneratedRegex(@"\[[^\]]*\]", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
