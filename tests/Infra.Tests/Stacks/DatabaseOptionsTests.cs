using CantonInfra.Engine.Plans;
using CantonInfra.Infra.Tests.Support;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Infra.Tests.Stacks;

/// <summary>Each option of the databases, on and off, changes what it is for and nothing else.</summary>
public sealed class DatabaseOptionsTests
{
    private const string Server = "azure-native:dbforpostgresql:Server";
    private const string Database = "postgresql:index/database:Database";

    [Fact]
    public async Task Replicas_add_to_the_plan_and_lead_clients_to_the_name_that_follows_failovers()
    {
        var without = await PreviewAsync("");
        var with = await PreviewAsync("  canton-infra:data: { replica: { location: eastus2, addressSpace: 10.43.0.0/20 } }\n");

        var difference = Difference(without, with);
        Assert.Empty(difference.Removed);
        Assert.All(difference.Added, label => Assert.Contains("replica", label, StringComparison.Ordinal));

        // Clients get the other name, and are let out to both networks.
        Assert.All(difference.Changed, label => Assert.True(
            label.StartsWith("kubernetes:helm.sh/v3:Release validator-", StringComparison.Ordinal)
            || label == "kubernetes:apps/v1:Deployment keycloak-server-servers"
            || label.StartsWith("kubernetes:networking.k8s.io/v1:NetworkPolicy ", StringComparison.Ordinal), label));
        foreach (var (plan, mode) in new[] { (without, "verify-full"), (with, "verify-ca") })
        {
            // The name that follows failovers is in no certificate; whoever asked for it there would not connect.
            Assert.All(
                plan.Resources.Where(resource => resource.Type == "kubernetes:helm.sh/v3:Release" && resource.Name.StartsWith("validator-", StringComparison.Ordinal)),
                release => Assert.Contains($"sslmode = \\\"{mode}\\\"", release.Inputs.ToString(), StringComparison.Ordinal));
            Assert.Contains(
                $"?sslmode={mode}&",
                plan.Resources.Single(resource => resource.Name == "keycloak-server-servers").Inputs.ToString(),
                StringComparison.Ordinal);
        }

        var replica = with.Resources.Single(resource => resource is { Type: Server, Name: "psql-ledger-replica" });
        Assert.Equal("eastus2", Text(replica, "location"));
        Assert.Equal("Replica", Text(replica, "createMode"));
        Assert.Contains(Urn(with, Server, "psql-ledger"), replica.PropertyDependencies["sourceServerResourceId"]);
        Assert.Contains(Urn(with, "azure-native:network:VirtualNetworkPeering", "replica-network-there"), replica.Dependencies);
        Assert.Contains(Urn(with, "azure-native:network:VirtualNetworkPeering", "replica-network-back"), replica.Dependencies);
        Assert.Contains(Urn(with, "azure-native:authorization:RoleAssignment", "cmk-psql-ledger-replica-wrapping"), replica.Dependencies);
        Assert.Contains("sourceServerResourceId", replica.Options.IgnoreChanges);
        Assert.Contains("createMode", replica.Options.IgnoreChanges);
        Assert.True(replica.Options.Protect);
        var endpoint = with.Resources.Single(resource => resource.Name == "psql-ledger-replica-endpoint");
        Assert.Contains(Urn(with, Server, "psql-ledger"), endpoint.PropertyDependencies["serverName"]);
        Assert.Contains(replica.Urn, endpoint.PropertyDependencies["members"]);
        Assert.Matches("^vep-canton-mainnet-ledger-[0-9a-f]{5}\\.writer\\.postgres\\.database\\.azure\\.com$", ((StringValue)with.Outputs["ledgerDatabaseHost"]!).Value);
    }

    [Fact]
    public async Task A_copy_of_backups_changes_the_servers_and_adds_what_reads_it()
    {
        var difference = Difference(await PreviewAsync("  canton-infra:data: { geoRedundantBackup: false }\n"), await PreviewAsync(""));

        Assert.Empty(difference.Removed);
        Assert.All(difference.Added, label => Assert.True(
            label.Contains("backup-region", StringComparison.Ordinal) || label.Contains("-geo", StringComparison.Ordinal), label));
        Assert.Equal([$"{Server} psql-keycloak", $"{Server} psql-ledger"], difference.Changed);
    }

    [Fact]
    public async Task An_older_TLS_changes_one_parameter_of_each_server()
    {
        var difference = Difference(await PreviewAsync(""), await PreviewAsync("  canton-infra:data: { sslMinProtocolVersion: TLSv1.2 }\n"));

        Assert.Empty(difference.Added.Concat(difference.Removed));
        Assert.Equal(
            [
                "azure-native:dbforpostgresql:Configuration psql-keycloak-ssl-min-protocol-version",
                "azure-native:dbforpostgresql:Configuration psql-ledger-ssl-min-protocol-version",
            ],
            difference.Changed);
    }

    [Fact]
    public async Task A_major_version_changes_what_its_runbook_lists()
    {
        var difference = Difference(await PreviewAsync("  canton-infra:data: { version: '16' }\n"), await PreviewAsync(""));

        Assert.Empty(difference.Added.Concat(difference.Removed));
        var runbook = File.ReadAllText(Path.Combine(ProjectFolder.Repository, "docs", "runbooks", "postgresql-major-upgrade.md"));
        Assert.Equal(
            difference.Changed,
            System.Text.RegularExpressions.Regex.Matches(runbook, "\\* `([^`]+)` `([^`]+)`").Select(match => $"{match.Groups[1]} {match.Groups[2]}"));
    }

    [Fact]
    public async Task Five_validators_have_accounts_databases_and_namespaces_of_their_own()
    {
        var one = await PreviewAsync("");
        var five = await PreviewAsync(Validators("validator", "alpha", "beta", "gamma", "north-sea"));

        var difference = Difference(one, five);
        Assert.Empty(difference.Removed);

        // Sentinel and the alert of missing backups watch over all of them, and the gateway leads to all.
        Assert.Equal(
            [
                "azure-native:monitor:ScheduledQueryRule", "azure-native:securityinsights:ScheduledAlertRule",
                "kubernetes:gateway.networking.k8s.io/v1:Gateway", "kubernetes:networking.k8s.io/v1:NetworkPolicy",
                "kubernetes:networking.k8s.io/v1:NetworkPolicy",
            ],
            difference.Changed.Select(label => label.Split(' ')[0]));
        var owners = five.Resources
            .Where(resource => resource.Type == Database)
            .ToLookup(resource => Text(resource, "owner"), resource => Text(resource, "name"), StringComparer.Ordinal);
        Assert.Equal(
            ["cnadmin", "cnadmin_alpha", "cnadmin_beta", "cnadmin_gamma", "cnadmin_north_sea", "keycloakadmin"],
            owners.Select(owner => owner.Key).Order(StringComparer.Ordinal));
        Assert.Equal(["participant", "validator"], owners["cnadmin"].Order(StringComparer.Ordinal));
        Assert.Equal(["participant_north_sea", "validator_north_sea"], owners["cnadmin_north_sea"].Order(StringComparer.Ordinal));
        foreach (var name in new[] { "validator", "alpha", "beta", "gamma", "north-sea" })
        {
            Assert.Single(five.Resources, resource => resource.Type == "kubernetes:core/v1:Namespace" && resource.Name == name);
            Assert.Single(five.Resources, resource => resource.Name == $"{name}-postgres-secrets");
        }

        Assert.Equal(five.Resources.Count(resource => resource.Type == Database), five.Resources.Count(resource =>
            resource.Type == "postgresql:index/extension:Extension"));
    }

    [Fact]
    public async Task A_migration_adds_a_participant_database_and_keeps_the_one_before()
    {
        var difference = Difference(
            await PreviewAsync(""), await PreviewAsync("  canton-infra:ledger: { validators: [ { name: validator, migrationId: 1 } ] }\n"));

        Assert.Empty(difference.Removed);
        Assert.Equal(
            ["kubernetes:helm.sh/v3:Release validator-participant", "kubernetes:helm.sh/v3:Release validator-validator"], difference.Changed);
        Assert.Equal(
            [
                $"{Database} psql-ledger-participant-1",
                "postgresql:index/extension:Extension psql-ledger-participant-1-pgaudit",
                "postgresql:index/grant:Grant psql-ledger-participant-1-cnadmin",
                "postgresql:index/grant:Grant psql-ledger-participant-1-pgadmin",
                "postgresql:index/grant:Grant psql-ledger-participant-1-public",
            ],
            difference.Added);
    }

    [Fact]
    public async Task Unknown_outputs_name_the_servers_to_restart_once_they_are_known()
    {
        var plan = await PreviewAsync("");

        Assert.True(plan.Outputs["serversPendingRestart"]!.ContainsUnknowns);
        Assert.False(plan.Outputs["recoveryObjectives"]!.ContainsUnknowns);
    }

    [Fact]
    public async Task Servers_are_named_as_they_are_declared()
    {
        var plan = await PreviewAsync("  canton-infra:data: { replica: { location: eastus2, addressSpace: 10.43.0.0/20 } }\n");

        var declared = plan.Resources.Where(resource => resource.Type == Server).Select(resource => Text(resource, "serverName"));
        var named = ((MapValue)plan.Outputs["databaseServers"]!).Entries.ToDictionary(
            entry => entry.Key, entry => ((StringValue)((MapValue)entry.Value)["name"]!).Value, StringComparer.Ordinal);
        Assert.Equal(["keycloak", "keycloak-replica", "ledger", "ledger-replica"], named.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(declared.Order(StringComparer.Ordinal), named.Values.Order(StringComparer.Ordinal));
    }

    private static string Validators(params string[] names) =>
        $"  canton-infra:ledger:\n    validators:\n{string.Concat(names.Select(name => $"      - {{ name: {name} }}\n"))}";

    private static async Task<Plan> PreviewAsync(string addition)
    {
        using var folder = new ProjectFolder("mainnet", ProjectFolder.StackFile("mainnet") + addition);
        var result = await folder.PreviewAsync();
        Assert.All(result.Diagnostics, diagnostic => Assert.Contains("no tokens as they ask today", diagnostic.Message, StringComparison.Ordinal));
        return result.Plan;
    }

    private static (string[] Added, string[] Removed, string[] Changed) Difference(Plan before, Plan after)
    {
        var old = Inputs(before);
        var now = Inputs(after);
        return (
            [.. now.Keys.Except(old.Keys)],
            [.. old.Keys.Except(now.Keys)],
            [.. now.Keys.Intersect(old.Keys).Where(label => now[label] != old[label])]);
    }

    private static SortedDictionary<string, string> Inputs(Plan plan) => new(
        plan.Resources.ToDictionary(resource => $"{resource.Type} {resource.Name}", resource => resource.Inputs.ToString()),
        StringComparer.Ordinal);

    private static string Urn(Plan plan, string type, string name) =>
        plan.Resources.Single(resource => resource.Type == type && resource.Name == name).Urn;

    private static string Text(PlannedResource resource, string property) => ((StringValue)resource.Inputs[property]!.Unwrapped).Value;
}
