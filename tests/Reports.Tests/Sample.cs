using System.Collections.Immutable;
using CantonInfra.Engine.Plans;
using CantonInfra.Engine.Policies;
using CantonInfra.PolicySdk.Tests;
using CantonInfra.Protocol.Properties;
using CantonInfra.Reports.Duties;
using CantonInfra.Reports.Licences;
using CantonInfra.Reports.Model;
using CantonInfra.Reports.Rules;
using CantonInfra.Reports.Sources;

namespace CantonInfra.Reports.Tests;

/// <summary>A report with every state, a secret in every place where one can be, and names that want to be markup.</summary>
internal static class Sample
{
    public const string Hostile = "</script><script>window.injected=1</script><img src=x onerror=\"window.injected=1\"> & 'x' | `y` \u0001\u2028";

    public const string Pack = "canton-guardrails";

    public static DateOnly Today { get; } = new(2030, 6, 15);

    public static Report Report(string odd = Hostile) => ReportBuilder.Build(Input(odd));

    public static ReportInput Input(string odd = Hostile) => new(
        "sample", Today, "1.2.3", [Run("mainnet", odd), Run("devnet", odd)], [Catalogue()], Evidence(),
        [new ShippedPackage("Some.Package", "1.0.0", "MIT", "Copyright (c) Somebody", "", "the tool")]);

    public static StackRun Run(string stack, string odd = Hostile) => new(Plan(stack, odd), Policies(stack, odd), "environment", StackSources.None);

    public static string Urn(string stack, string type, string name) => $"urn:pulumi:{stack}::sample::{type}::{name}";

    /// <param name="stack">The stack.</param>
    /// <param name="odd">A name that some things have.</param>
    public static Plan Plan(string stack, string odd = Hostile)
    {
        var root = Urn(stack, "pulumi:pulumi:Stack", $"sample-{stack}");
        PlannedResource Resource(string type, string name, MapValue inputs, params (string Property, string Urn)[] from) => new()
        {
            Urn = Urn(stack, type, name),
            Type = type,
            Name = name,
            Kind = ResourceKind.Custom,
            Parent = root,
            Inputs = inputs,
            Outputs = inputs,
            Dependencies = [.. from.Select(each => each.Urn).Order(StringComparer.Ordinal)],
            PropertyDependencies = from.ToImmutableSortedDictionary(
                each => each.Property, each => ImmutableArray.Create(each.Urn), StringComparer.Ordinal),
            Options = new ResourceOptions { Protect = type.EndsWith(":Server", StringComparison.Ordinal) },
        };
        var group = Resource("azure-native:resources:ResourceGroup", "data", Map(("location", "East US 2"), ("resourceGroupName", "rg-data")));
        var network = Resource(
            "azure-native:network:VirtualNetwork", "vnet", Map(("location", "eastus2"), ("addressSpace", Map(("addressPrefixes", PropertyValue.Of(new StringValue("10.0.0.0/16")))))),
            ("resourceGroupName", group.Urn));
        var subnet = Resource(
            "azure-native:network:Subnet", "databases", Map(("addressPrefix", "10.0.1.0/24")), ("virtualNetworkName", network.Urn), ("resourceGroupName", group.Urn));
        var server = Resource(
            "azure-native:dbforpostgresql:Server",
            "ledger",
            Map(
                ("location", "eastus2"),
                ("administratorLoginPassword", PropertyValue.Secret(Canary.Text)),
                ("backup", Map(("backupRetentionDays", 35d), ("geoRedundantBackup", "Enabled"))),
                ("dataEncryption", Map(("type", "AzureKeyVault"), ("primaryKeyURI", PropertyValue.Unknown)))),
            ("network", subnet.Urn),
            ("resourceGroupName", group.Urn));
        return Engine.Plans.Plan.Create("sample", stack,
        [
            new PlannedResource
            {
                Urn = root,
                Type = "pulumi:pulumi:Stack",
                Name = $"sample-{stack}",
                Kind = ResourceKind.Component,
                Outputs = Map(
                    ("password", PropertyValue.Secret(Canary.Text)),
                    ("access", PropertyValue.Of(Map(
                        ("plane", "Azure"), ("duty", "Admin"), ("groups", PropertyValue.Of(new StringValue("group-1"))), ("role", "Reader"), ("scope", "rg-data"), ("why", "sees")))),
                    ("recoveryObjectives", Map(("promise", "RPO 4 h, RTO 1 h"), ("isPromiseKept", true), ("zone", "RPO 0 min, RTO 2 min")))),
            },
            new PlannedResource
            {
                Urn = Urn(stack, "canton-infra:isolation:Connections", "connections"),
                Type = "canton-infra:isolation:Connections",
                Name = "connections",
                Kind = ResourceKind.Component,
                Parent = root,
                Outputs = Map(
                    ("note", PropertyValue.Secret(Canary.Text)),
                    ("ends", Map(
                        ("data/api", Map(("kind", "pods"), ("namespace", "data"), ("isPlatform", false), ("labels", Map(("app", "api"))), ("ports", new ListValue([])))),
                        (odd, Map(("kind", "addresses"), ("prefixes", PropertyValue.Of(new StringValue("10.0.1.0/24"))))))),
                    ("connections", PropertyValue.Of(Map(
                        ("from", "data/api"), ("to", odd), ("port", 5432d), ("protocol", "TCP"), ("requirement", "A11"), ("why", "Its database."))))),
            },
            group,
            network,
            subnet,
            server,
            Resource("azure-native:keyvault:Vault", "keys", Map(("location", "eastus2"), ("tags", Map(("note", odd)))), ("resourceGroupName", group.Urn)),
            Resource("azure-native:storage:StorageAccount", odd, Map(("location", "eastus2"), ("sku", Map(("name", "Standard_GRS")))), ("resourceGroupName", group.Urn)),
            Resource(
                "azure-native:authorization:RoleAssignment",
                "grant",
                Map(("principalType", "ServicePrincipal"), ("roleDefinitionId", "/subscriptions/x/providers/Microsoft.Authorization/roleDefinitions/21090545-7ca7-4776-b22c-e363652d74d2"), ("scope", "/subscriptions/x/vaults/keys")),
                ("principalId", server.Urn)),
            Resource("random:index/randomPassword:RandomPassword", "password", Map(("length", 32d), ("result", PropertyValue.Secret(Map(("inner", Canary.Text)))))),
        ]);
    }

    public static MapValue Map(params (string Name, PropertyValue Value)[] entries) =>
        new(entries.Select(entry => new KeyValuePair<string, PropertyValue>(entry.Name, entry.Value)));

    public static PolicyResult Policies(string stack, string odd = Hostile)
    {
        var server = Urn(stack, "azure-native:dbforpostgresql:Server", "ledger");
        var account = Urn(stack, "azure-native:storage:StorageAccount", odd);
        var vault = Urn(stack, "azure-native:keyvault:Vault", "keys");
        var root = Urn(stack, "pulumi:pulumi:Stack", $"sample-{stack}");
        var all = Plan(stack, odd).Resources.Select(resource => resource.Urn).ToList();
        IEnumerable<NoVerdict> Except(string rule, params string[] judged) => all.Except(judged).Select(urn => new NoVerdict(Pack, rule, urn, "The policy judges resources of other types."));
        PolicySummary Rule(string id, string level) => new(id, $"What {id} demands", Enum.Parse<PolicyLevel>(level), "high");
        return new PolicyResult(
            [
                new PolicyPackSummary(Pack, "1.0.0", "policy",
                [
                    Rule("closed", "Mandatory"), Rule("encrypted", "Mandatory"), Rule("faulty", "Mandatory"), Rule("none", "Mandatory"),
                    Rule("off", "Disabled"), Rule("together", "Advisory"), Rule("waivable", "Mandatory"),
                ]),
            ],
            [
                new Finding(Pack, "closed", PolicyLevel.Mandatory, "critical", account, $"publicNetworkAccess: {odd} is open.\nTo fix: Close closed."),
                new Finding(Pack, "faulty", PolicyLevel.Mandatory, "high", vault, "The policy faulty itself failed with InvalidOperationException, so nothing is known of this resource."),
                new Finding(Pack, "together", PolicyLevel.Advisory, "low", server, "It stands alone."),
            ],
            [
                new NoVerdict(Pack, "encrypted", server, "undecided: dataEncryption.primaryKeyURI"),
                new NoVerdict(Pack, "encrypted", server, "undecided: dataEncryption.geoBackupKeyURI"),
            ],
            [new NoVerdict(Pack, "waivable", vault, "waived: sku: standard is too little (waiver T-1 of somebody until 2030-07-01: until the move)")],
            [])
        {
            NotApplicable =
            [
                .. Except("closed", account, vault, server),
                .. Except("encrypted", server),
                .. Except("faulty", vault),
                .. Except("none"),
                .. Except("waivable", vault, server),
                new NoVerdict(Pack, "together", root, "azure-native:keyvault:Vault 'keys': it is alone by nature"),
            ],
        };
    }

    public static RuleCatalogue Catalogue()
    {
        RuleEntry Rule(string id, string severity, string judges, params (string Framework, string Id)[] controls) => new(
            id, $"Title of {id}", severity, judges, NeverLowered: false, $"Why {id}.", $"Close {id}.",
            [.. controls.Select(control => new RuleControl(control.Framework, control.Id))], [], [], Example: null);
        return new RuleCatalogue(
            Pack,
            "Rules.",
            [
                Rule("closed", "critical", "resource", ("soc2", "CC6.1"), ("soc2", "CC6.6"), ("mcsb", "NS-2")),
                Rule("encrypted", "high", "resource", ("soc2", "CC6.7"), ("mcsb", "DP-5"), ("requirement", "A18")),
                Rule("faulty", "high", "resource", ("mcsb", "DP-8")),
                Rule("none", "low", "resource", ("mcsb", "AM-2")),
                Rule("off", "medium", "resource", ("mcsb", "PV-1")),
                Rule("together", "low", "stack", ("requirement", "A9"), ("requirement", "A10")),
                Rule("waivable", "medium", "resource", ("soc2", "CC8.1")),
            ])
        {
            Waivers = [new WaiverEntry("waivable", "the vault 'keys'", "somebody", "until the move", "T-1", new DateOnly(2030, 7, 1))],
        };
    }

    public static ImmutableArray<EvidenceRecord> Evidence() =>
    [
        new("evidence/recovery.yaml", "recovery-test", ["devnet", "mainnet"], new DateOnly(2030, 6, 1), "Somebody", "drill.log", new string('a', 64), 380),
        new("evidence/review.yaml", "access-review", ["mainnet"], new DateOnly(2030, 1, 1), "Somebody", "review.pdf", new string('b', 64), 100),
    ];
}
