using System.Collections.Immutable;
using CantonInfra.Engine.Plans;
using CantonInfra.Protocol.Properties;
using CantonInfra.Tools.Differences;
using CantonInfra.Tools.Differences.Dangers;
using static CantonInfra.Tools.Tests.Differences.Plans;

namespace CantonInfra.Tools.Tests.Differences;

public sealed class DangerTests
{
    private const string Server = "azure-native:dbforpostgresql:Server";
    private const string Rule = "azure-native:network:SecurityRule";
    private const string Storage = "azure-native:storage:StorageAccount";

    private static readonly PlannedResource Database = Resource(Server, "psql", """{"serverName":"psql","resourceGroupName":"rg"}""");

    [Fact]
    public void Nothing_changed_is_no_danger() => Assert.Empty(Dangers([Database], [Database]));

    [Fact]
    public void Deleting_what_keeps_data_is_one()
    {
        var danger = Assert.Single(Dangers([Database.Protected()], []));

        Assert.Equal((DangerKind.LossOfState, DangerGrade.Grave, Database.Urn), (danger.Kind, danger.Grade, danger.Urn));
        Assert.Equal(("is deleted: a database server with its databases", "although it is protected"), (danger.What, danger.Detail));
    }

    [Fact]
    public void So_is_replacing_it_and_the_property_is_named()
    {
        var danger = Assert.Single(Dangers([Database], [Resource(Server, "psql", """{"serverName":"other","resourceGroupName":"rg"}""")]));

        Assert.Equal((DangerKind.LossOfState, "serverName"), (danger.Kind, danger.Detail));
    }

    [Fact]
    public void What_is_retained_is_a_notice()
    {
        var retained = Database with { Options = new ResourceOptions { RetainOnDelete = true } };

        Assert.Equal(DangerGrade.Notice, Assert.Single(Dangers([retained], [])).Grade);
    }

    [Fact]
    public void A_protected_resource_counts_whatever_its_type() => Assert.Equal(
        DangerKind.LossOfState, Assert.Single(Dangers([Resource("aws:x:Y", "y", "{}").Protected()], [])).Kind);

    [Fact]
    public void Deleting_what_keeps_nothing_is_none() => Assert.Empty(Dangers([Resource("random:index/randomPassword:RandomPassword", "p", "{}")], []));

    [Fact]
    public void A_component_that_moves_without_an_alias_is_named_once_with_what_is_in_it()
    {
        var component = Component("canton-infra:data:PostgreSqlServer", "ledger");
        var server = Resource(Server, "ledger-psql", """{"serverName":"psql","resourceGroupName":"rg"}""", component);
        var setting = Resource(
            "azure-native:dbforpostgresql:Configuration", "ledger-tls", """{"serverName":"psql","resourceGroupName":"rg","configurationName":"tls"}""", component);
        var before = Of(component, server, setting);

        var moved = DangerSearch.Find(PlanDifference.Create(Renamed(before, component, "books", withAlias: false), before));
        var aliased = PlanDifference.Create(Renamed(before, component, "books", withAlias: true), before);

        Assert.Contains(moved, danger => danger.Kind == DangerKind.LossOfState);
        var danger = Assert.Single(moved, danger => danger.Kind == DangerKind.MovedWithoutAlias);
        Assert.Equal((DangerGrade.Grave, component.Urn), (danger.Grade, danger.Urn));
        Assert.Equal("is replaced, for it moves without an alias: 2 resources are deleted and created again under the same physical names", danger.What);
        Assert.Equal("to keep it: new Alias { Name = \"ledger\" } on books", danger.Detail);
        Assert.Empty(DangerSearch.Find(aliased));
        Assert.DoesNotContain(aliased.Changes, change => change.IsChange);
    }

    [Fact]
    public void A_move_of_what_keeps_something_is_told_before_moves_that_come_of_it()
    {
        var component = Component("canton-infra:keys:KeyVault", "secrets");
        var vault = Resource("azure-native:keyvault:Vault", "secrets", """{"vaultName":"kv","resourceGroupName":"rg"}""", component);
        PlannedResource Grant(string name) => Resource(
            "azure-native:authorization:RoleAssignment", name, """{"roleAssignmentName":"a","scope":"/vaults/kv","principalId":"p","roleDefinitionId":"r"}""");
        var before = Of(component, vault);

        var moves = DangerSearch.Find(PlanDifference.Create(
            Of([.. Renamed(before, component, "app-secrets", withAlias: false).Resources.Skip(1), Grant("new")]), Of(component, vault, Grant("old"))))
            .Where(IsMove).Select(danger => danger.Urn).ToArray();

        Assert.Equal([component.Urn, Grant("old").Urn], moves);
    }

    [Theory]
    [InlineData("kubernetes:core/v1:ConfigMap", """{"metadata":{"name":"a","namespace":"n"},"data":{"x":"1"}}""")]
    [InlineData("postgresql:index/grant:Grant", """{"database":"d","role":"r"}""")]
    public void A_resource_that_moves_alone_is_named_itself(string type, string inputs)
    {
        var danger = Assert.Single(
            Dangers([Resource(type, "old", inputs)], [Resource(type, "new", inputs)]), danger => danger.Kind == DangerKind.MovedWithoutAlias);

        Assert.Equal("is replaced, for it moves without an alias: deleted and created again under the same physical name", danger.What);
        Assert.Equal("to keep it: new Alias { Name = \"old\" } on new", danger.Detail);
    }

    [Fact]
    public void What_moves_to_another_parent_or_type_is_told_its_alias()
    {
        var first = Component("x:y:Area", "first");
        var second = Component("x:y:Other", "second");
        PlannedResource Map(PlannedResource? parent) =>
            Resource("kubernetes:core/v1:ConfigMap", "map", """{"metadata":{"name":"a","namespace":"n"}}""", parent);

        Assert.Equal(
            $"to keep it: new Alias {{ ParentUrn = \"{first.Urn}\" }} on map",
            Assert.Single(Dangers([first, second, Map(first)], [first, second, Map(second)]), IsMove).Detail);
        Assert.Equal(
            "to keep it: new Alias { NoParent = true } on map", Assert.Single(Dangers([first, Map(null)], [first, Map(first)]), IsMove).Detail);
        var other = Component("x:y:Other", "first");
        Assert.Equal(
            "to keep it: new Alias { Type = \"x:y:Area\" } on first", Assert.Single(Dangers([first, Map(first)], [other, Map(other)]), IsMove).Detail);
    }

    [Fact]
    public void The_same_name_at_another_server_is_no_move()
    {
        PlannedResource Provider(string name) => Resource("pulumi:providers:postgresql", name, "{}");
        PlannedResource Grant(string name, PlannedResource provider) =>
            Resource("postgresql:index/grant:Grant", name, """{"database":"d","role":"r"}""") with { Provider = provider.Urn };
        var (a, b) = (Provider("a"), Provider("b"));

        Assert.DoesNotContain(Dangers([a, b, Grant("old", a)], [b, Grant("new", b)]), IsMove);
        Assert.DoesNotContain(Dangers([a, Grant("old", a)], [a, b, Grant("new", b)]), IsMove);

        // A provider that moves as well, or that is known by its alias, leads to the same server.
        Assert.Single(Dangers([a, Grant("old", a)], [b, Grant("new", b)]), IsMove);
        Assert.Single(Dangers([a, Grant("old", a)], [b.Known(a.Urn), Grant("new", b)]), IsMove);
    }

    [Fact]
    public void Another_thing_of_the_same_type_is_no_move() => Assert.DoesNotContain(
        Dangers(
            [Resource("kubernetes:core/v1:ConfigMap", "old", """{"metadata":{"name":"a"}}""")],
            [Resource("kubernetes:core/v1:ConfigMap", "new", """{"metadata":{"name":"b"}}""")]),
        danger => danger.Kind == DangerKind.MovedWithoutAlias);

    [Theory]
    [InlineData("*", "22", "opens a port to anybody", "* → 10.0.0.0/24:22")]
    [InlineData("Internet", "22", "opens a port to anybody", "Internet → 10.0.0.0/24:22")]
    [InlineData("10.1.0.0/16", "22", "opens a port", "10.1.0.0/16 → 10.0.0.0/24:22")]
    public void A_port_that_is_opened_is_one(string source, string port, string what, string detail)
    {
        var before = Inbound("web", "10.1.0.0/16", "443");

        var danger = Assert.Single(Dangers([before], [before, Inbound("ssh", source, port)]));

        Assert.Equal((DangerKind.Exposure, DangerGrade.Grave, what, detail), (danger.Kind, danger.Grade, danger.What, danger.Detail));
    }

    [Fact]
    public void A_rule_that_is_split_in_two_opens_nothing() => Assert.Empty(Dangers(
        [Resource(Rule, "both", Json("Inbound", "10.1.0.0/16", "[\"80\",\"443\"]"))],
        [Inbound("web", "10.1.0.0/16", "80"), Inbound("tls", "10.1.0.0/16", "443")]));

    [Fact]
    public void A_rule_in_the_groups_list_counts_as_well()
    {
        const string Group = "azure-native:network:NetworkSecurityGroup";
        var danger = Assert.Single(Dangers(
            [Resource(Group, "g", """{"networkSecurityGroupName":"nsg"}""")],
            [Resource(Group, "g", """{"networkSecurityGroupName":"nsg","securityRules":[{"name":"x","direction":"Inbound","access":"Allow","sourceAddressPrefix":"*","destinationPortRange":"22"}]}""")]));

        Assert.Equal("opens a port to anybody", danger.What);
    }

    [Fact]
    public void A_denying_rule_that_goes_is_one()
    {
        var deny = Resource(Rule, "deny", Json("Inbound", "*", "[\"*\"]").Replace("Allow", "Deny", StringComparison.Ordinal));
        var web = Inbound("web", "10.1.0.0/16", "443");

        Assert.Equal("a rule that denies is gone", Assert.Single(Dangers([deny, web], [web])).What);
    }

    [Theory]
    [InlineData(Storage, """{"publicNetworkAccess":"Disabled"}""", """{"publicNetworkAccess":"Enabled"}""", "is opened")]
    [InlineData(Storage, """{"publicNetworkAccess":"Disabled"}""", "{}", "does not say any more that it is closed")]
    [InlineData(Storage, """{"networkRuleSet":{"defaultAction":"Deny"}}""", """{"networkRuleSet":{"defaultAction":"Allow"}}""", "is opened")]
    [InlineData(Storage, """{"networkRuleSet":{"ipRules":["1.1.1.1"]}}""", """{"networkRuleSet":{"ipRules":["1.1.1.1","2.2.2.2"]}}""", "lets more in")]
    [InlineData("azure-native:containerservice:ManagedCluster", """{"apiServerAccessProfile":{"enablePrivateCluster":true}}""", """{"apiServerAccessProfile":{"enablePrivateCluster":false}}""", "is opened")]
    [InlineData("kubernetes:core/v1:Service", """{"spec":{"type":"ClusterIP"}}""", """{"spec":{"type":"LoadBalancer"}}""", "a service that is reached from outside of the cluster")]
    [InlineData("kubernetes:networking.k8s.io/v1:NetworkPolicy", """{"spec":{"ingress":[{"from":[{"podSelector":{}}]}]}}""", """{"spec":{"ingress":[{"from":[{"ipBlock":{"cidr":"0.0.0.0/0"}}]}]}}""", "a network policy that admits anybody")]
    public void What_can_be_reached_and_could_not_is_one(string type, string before, string after, string what)
    {
        var danger = Assert.Single(Dangers([Resource(type, "x", before)], [Resource(type, "x", after)]), danger => danger.Kind == DangerKind.Exposure);

        Assert.Equal((DangerGrade.Grave, what), (danger.Grade, danger.What));
        Assert.DoesNotContain(Dangers([Resource(type, "x", after)], [Resource(type, "x", after)]), danger => danger.Kind == DangerKind.Exposure);
    }

    [Fact]
    public void A_port_counts_that_another_group_has_open_where_previews_do_not_know_names_of_groups()
    {
        const string Open = """{"access":"Allow","direction":"Inbound","sourceAddressPrefix":"Internet","destinationPortRange":"443"}""";
        PlannedResource Group(string name) => Resource("azure-native:network:NetworkSecurityGroup", name, $$"""{"networkSecurityGroupName":"nsg-{{name}}"}""");
        PlannedResource InGroup(string name, PlannedResource group) => Resource("azure-native:network:SecurityRule", name, Open) with
        {
            Inputs = OfUnknownGroup(Open),
            Dependencies = [group.Urn],
            PropertyDependencies = ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty.Add("networkSecurityGroupName", [group.Urn]),
        };
        var (web, data) = (Group("web"), Group("data"));

        var opened = Assert.Single(Dangers([web, data, InGroup("web-443", web)], [web, data, InGroup("web-443", web), InGroup("data-443", data)]));
        Assert.Equal((DangerGrade.Grave, "opens a port to anybody", InGroup("data-443", data).Urn), (opened.Grade, opened.What, opened.Urn));
        Assert.Empty(Dangers([web, data, InGroup("web-443", web)], [web, data, InGroup("web-https", web), InGroup("web-443", web)]));
    }

    [Fact]
    public void Ports_within_a_group_that_is_new_are_notices_where_previews_do_not_know_its_name()
    {
        var group = Resource("azure-native:network:NetworkSecurityGroup", "web", """{"networkSecurityGroupName":"nsg-web"}""");
        var rule = Resource("azure-native:network:SecurityRule", "web-443", "{}") with
        {
            Inputs = OfUnknownGroup("""{"access":"Allow","direction":"Inbound","sourceAddressPrefix":"10.0.0.0/24","destinationPortRange":"443"}"""),
            Dependencies = [group.Urn],
        };

        Assert.Equal(DangerGrade.Notice, Assert.Single(Dangers([], [group, rule])).Grade);
    }

    private static MapValue OfUnknownGroup(string rule) =>
        new([.. Map(rule).Entries, new("networkSecurityGroupName", PropertyValue.Unknown)]);

    [Fact]
    public void A_default_action_that_is_no_access_is_none() => Assert.Empty(
        Dangers([], [Resource("keycloak:index/requiredAction:RequiredAction", "second-factor", """{"alias":"CONFIGURE_TOTP","defaultAction":true}""")]));

    [Fact]
    public void A_new_public_address_is_one_and_an_internal_load_balancer_is_not()
    {
        Assert.Equal(
            "a new public address", Assert.Single(Dangers([], [Resource("azure-native:network:PublicIPAddress", "ip", "{}")])).What);
        Assert.Empty(Dangers([], [Resource(
            "kubernetes:core/v1:Service", "s", """{"metadata":{"annotations":{"service.beta.kubernetes.io/azure-load-balancer-internal":"true"}},"spec":{"type":"LoadBalancer"}}""")]));
    }

    [Fact]
    public void A_network_policy_that_goes_alone_is_one()
    {
        var home = Resource("kubernetes:core/v1:Namespace", "n", """{"metadata":{"name":"canton"}}""");
        var policy = Resource("kubernetes:networking.k8s.io/v1:NetworkPolicy", "p", """{"metadata":{"name":"deny","namespace":"canton"}}""");

        Assert.Equal(DangerKind.Exposure, Assert.Single(Dangers([home, policy], [home])).Kind);
        Assert.DoesNotContain(Dangers([home, policy], []), danger => danger.Kind == DangerKind.Exposure);
    }

    [Fact]
    public void The_firewall_is_a_notice_on_the_way_out_and_grave_on_the_way_in()
    {
        const string Type = "azure-native:network:FirewallPolicyRuleCollectionGroup";
        string Group(string rules) => $$"""{"ruleCollections":[{"rules":[{{rules}}]}]}""";
        const string Known = """{"name":"a","ruleType":"ApplicationRule","targetFqdns":["a.example.com"]}""";

        var dangers = Dangers(
            [Resource(Type, "g", Group(Known))],
            [Resource(Type, "g", Group(
                """{"name":"a","ruleType":"ApplicationRule","targetFqdns":["a.example.com","b.example.com"]},{"name":"n","ruleType":"NatRule","destinationAddresses":["9.9.9.9"]}"""))]);

        Assert.Equal(
            [(DangerGrade.Grave, "n: 9.9.9.9"), (DangerGrade.Notice, "a: b.example.com")], dangers.Select(danger => (danger.Grade, danger.Detail)));
    }

    [Theory]
    [InlineData("""{"properties":{"enablePurgeProtection":true}}""", """{"properties":{}}""", "is protected less")]
    [InlineData("""{"backup":{"backupRetentionDays":35}}""", """{"backup":{"backupRetentionDays":7}}""", "keeps for less time")]
    [InlineData("""{"retentionPolicy":{"days":90}}""", """{"retentionPolicy":{"days":7}}""", "keeps for less time")]
    [InlineData("""{"minimumTlsVersion":"TLS1_2"}""", """{"minimumTlsVersion":"TLS1_0"}""", "clients may speak an older version of TLS")]
    [InlineData("""{"configurationName":"ssl_min_protocol_version","value":"TLSv1.3"}""", """{"configurationName":"ssl_min_protocol_version","value":"TLSv1.2"}""", "clients may speak an older version of TLS")]
    [InlineData("""{"metadata":{"labels":{"pod-security.kubernetes.io/enforce":"restricted"}}}""", """{"metadata":{"labels":{"pod-security.kubernetes.io/enforce":"baseline"}}}""", "pods may have more of their node")]
    [InlineData("""{"pricingTier":"Standard"}""", """{"pricingTier":"Free"}""", "Defender watches less")]
    public void Less_protection_is_one_and_more_is_not(string before, string after, string what)
    {
        Assert.Equal(what, Assert.Single(Dangers([Resource("x:y:Z", "z", before)], [Resource("x:y:Z", "z", after)])).What);
        Assert.Empty(Dangers([Resource("x:y:Z", "z", after)], [Resource("x:y:Z", "z", before)]));
    }

    [Theory]
    [InlineData("""{"enforcementMode":"Default"}""", """{"enforcementMode":"DoNotEnforce"}""", "an assignment of Azure's policies is not enforced")]
    [InlineData("""{"notScopes":["a"]}""", """{"notScopes":["a","b"]}""", "an assignment of Azure's policies leaves more out")]
    [InlineData("""{"parameters":{"x":{"value":"Deny"}}}""", """{"parameters":{"x":{"value":"Audit"}}}""", "an assignment of Azure's policies denies no more")]
    [InlineData("""{"parameters":{"x":{"value":"deny"}}}""", """{"parameters":{}}""", "an assignment of Azure's policies denies no more")]
    public void Policies_of_azure_that_hold_back_less_are_one(string before, string after, string what)
    {
        const string Assignment = "azure-native:authorization:PolicyAssignment";
        var danger = Assert.Single(Dangers([Resource(Assignment, "a", before)], [Resource(Assignment, "a", after)]));

        Assert.Equal((DangerKind.LooserLimits, DangerGrade.Grave, what), (danger.Kind, danger.Grade, danger.What));
        Assert.Empty(Dangers([Resource(Assignment, "a", after)], [Resource(Assignment, "a", before)]));
        Assert.Equal("an assignment of Azure's policies is gone", Assert.Single(Dangers([Resource(Assignment, "a", before)], [])).What);
    }

    [Fact]
    public void An_exemption_from_azures_policies_is_a_waiver()
    {
        var danger = Assert.Single(Dangers([], [Resource("azure-native:authorization:PolicyExemption", "e", """{"expiresOn":"2030-01-31"}""")]));

        Assert.Equal((DangerKind.NewWaiver, DangerGrade.Grave, "2030-01-31"), (danger.Kind, danger.Grade, danger.Detail));
    }

    [Fact]
    public void Logs_that_are_sent_no_more_are_one_unless_what_logged_goes_as_well()
    {
        var vault = Resource("azure-native:keyvault:Key", "v", "{}");
        var logs = Resource("azure-native:monitor:DiagnosticSetting", "l", """{"name":"logs"}""").DependingOn(vault);

        Assert.Equal("what happened is told from less", Assert.Single(Dangers([vault, logs], [vault])).What);
        Assert.DoesNotContain(Dangers([vault, logs], []), danger => danger.Kind == DangerKind.LostProtection);
    }

    [Fact]
    public void Protection_and_locks_that_go_are_one()
    {
        var locked = Resource("azure-native:authorization:ManagementLockByScope", "lock", """{"lockName":"keep"}""").DependingOn(Database);

        Assert.Contains(Dangers([Database.Protected()], [Database]), danger => danger.What == "is protected no more");
        Assert.Contains(Dangers([Database, locked], [Database]), danger => danger.What == "a lock against deletion is gone");
        Assert.DoesNotContain(Dangers([Database, locked], []), danger => danger.Kind == DangerKind.LostProtection);
    }

    [Fact]
    public void Access_to_something_new_is_a_notice_and_to_what_is_there_grave()
    {
        var vault = Resource("azure-native:keyvault:Vault", "v", "{}");
        var identity = Resource("azure-native:managedidentity:UserAssignedIdentity", "i", "{}");
        var role = Resource("azure-native:authorization:RoleAssignment", "r", """{"roleAssignmentName":"g"}""").DependingOn(vault, identity);

        Assert.Equal(DangerGrade.Notice, Assert.Single(Dangers([vault], [vault, identity, role]), IsAccess).Grade);
        Assert.Equal(DangerGrade.Grave, Assert.Single(Dangers([vault, identity], [vault, identity, role]), IsAccess).Grade);
    }

    // Diagnostic settings of everything have one name; whose they are is in an id that no preview knows.
    [Fact]
    public void What_is_told_apart_by_what_is_unknown_has_not_moved()
    {
        static PlannedResource Setting(string name) => Resource("azure-native:monitor:DiagnosticSetting", name, """{"name":"to-logs"}""") with
        {
            Inputs = new MapValue([new("name", PropertyValue.Of("to-logs")), new("resourceUri", PropertyValue.Unknown)]),
        };

        Assert.DoesNotContain(Dangers([Setting("of-one")], [Setting("of-another")]), IsMove);
    }

    [Fact]
    public void A_role_in_a_new_namespace_is_a_notice_and_in_one_that_is_there_grave()
    {
        var cluster = Resource("azure-native:containerservice:ManagedCluster", "c", "{}");
        var home = Resource("kubernetes:core/v1:Namespace", "n", """{"metadata":{"name":"validator-two"}}""");
        var role = Resource("azure-native:authorization:RoleAssignment", "r", """{"scope":"/clusters/c/namespaces/validator-two"}""")
            .DependingOn(cluster);
        var elsewhere = Resource("azure-native:authorization:RoleAssignment", "r", """{"scope":"/clusters/c/namespaces/other-validator-two"}""")
            .DependingOn(cluster);

        Assert.Equal(DangerGrade.Notice, Assert.Single(Dangers([cluster], [cluster, home, role]), IsAccess).Grade);
        Assert.Equal(DangerGrade.Grave, Assert.Single(Dangers([cluster, home], [cluster, home, role]), IsAccess).Grade);
        Assert.Equal(DangerGrade.Grave, Assert.Single(Dangers([cluster], [cluster, home, elsewhere]), IsAccess).Grade);
    }

    [Theory]
    [InlineData("canton:index:User", """{"rights":["canReadAs:a"]}""", """{"rights":["canReadAs:a","canActAs:b"]}""")]
    [InlineData("postgresql:index/grant:Grant", """{"privileges":["SELECT"]}""", """{"privileges":["SELECT","DELETE"]}""")]
    [InlineData("azure-native:containerservice:ManagedCluster", """{"disableLocalAccounts":true}""", """{"disableLocalAccounts":false}""")]
    [InlineData("kubernetes:rbac.authorization.k8s.io/v1:Role", """{"rules":[{"verbs":["get"]}]}""", """{"rules":[{"verbs":["get","delete"]}]}""")]
    public void More_rights_are_one_and_fewer_are_not(string type, string before, string after)
    {
        Assert.Equal(DangerGrade.Grave, Assert.Single(Dangers([Resource(type, "x", before)], [Resource(type, "x", after)]), IsAccess).Grade);
        Assert.DoesNotContain(Dangers([Resource(type, "x", after)], [Resource(type, "x", before)]), IsAccess);
    }

    [Fact]
    public void Rights_over_everything_are_grave_even_for_who_is_new()
    {
        var participant = Resource("x:y:Z", "new", "{}");
        var user = Resource("canton:index:User", "u", """{"rights":[{"participantAdmin":{}}]}""").DependingOn(participant);

        Assert.Equal((DangerGrade.Grave, "gives sweeping rights"), Assert.Single(Dangers([], [participant, user]).Select(danger => (danger.Grade, danger.What))));
    }

    [Fact]
    public void A_connection_that_appears_is_grave_between_what_is_there()
    {
        PlannedResource Table(string ends, string rows) => Component(
            "canton-infra:isolation:Connections", "connections", $$"""{"ends":{{{ends}}},"connections":[{{rows}}]}""");
        const string Known = """{"from":"a","to":"b","port":80,"protocol":"TCP"}""";
        var before = Table("""  "a":{},"b":{"hosts":["x.example.com"]}  """, Known);

        var among = Dangers([before], [Table("""  "a":{},"b":{"hosts":["x.example.com"]}  """, $$"""{{Known}},{"from":"b","to":"a","port":1,"protocol":"TCP"}""")]);
        var fresh = Dangers([before], [Table("""  "a":{},"b":{"hosts":["x.example.com"]},"c":{}  """, $$"""{{Known}},{"from":"c","to":"a","port":1,"protocol":"TCP"}""")]);
        var farther = Dangers([before], [Table("""  "a":{},"b":{"hosts":["x.example.com","*"]}  """, Known)]);

        Assert.Equal((DangerGrade.Grave, "b → a:1/TCP"), Assert.Single(among.Select(danger => (danger.Grade, danger.Detail))));
        Assert.Equal((DangerGrade.Notice, "c → a:1/TCP"), Assert.Single(fresh.Select(danger => (danger.Grade, danger.Detail))));
        Assert.Equal((DangerGrade.Grave, "b: *"), Assert.Single(farther.Select(danger => (danger.Grade, danger.Detail))));
    }

    [Fact]
    public void A_decision_on_keys_that_changes_is_one_and_a_first_one_is_not()
    {
        PlannedResource Validator(string outputs) => Component("canton-infra:ledger:Validator", "validator", outputs);

        var changed = Assert.Single(Dangers([Validator("""{"kms":{"mode":"aws"}}""")], [Validator("""{"kms":{"mode":"off"}}""")]));

        Assert.Equal((DangerKind.KeyCustody, DangerGrade.Grave, "kms.mode: aws → off"), (changed.Kind, changed.Grade, changed.Detail));
        Assert.Empty(Dangers([], [Validator("""{"kms":{"mode":"aws"}}""")]));
    }

    [Theory]
    [InlineData("""{"values":{"auth":1}}""", """{"values":{"auth":1,"kms":{"type":"driver"}}}""", "values.kms: off → {\"type\":\"driver\"}")]
    [InlineData("""{"values":{"auth":1,"kms":{"type":"driver"}}}""", """{"values":{"auth":1}}""", "values.kms: {\"type\":\"driver\"} → off")]
    public void A_participant_that_runs_cannot_move_its_keys(string before, string after, string detail)
    {
        const string Release = "kubernetes:helm.sh/v3:Release";

        var danger = Assert.Single(Dangers([Resource(Release, "participant", before)], [Resource(Release, "participant", after)]));

        Assert.Equal((DangerKind.KeyCustody, DangerGrade.Grave, detail), (danger.Kind, danger.Grade, danger.Detail));
        Assert.Empty(Dangers([], [Resource(Release, "participant", after)]));
    }

    // A17: against the plan before it is a violation, and not only something to look at.
    [Theory]
    [InlineData("{}", """{"kms":{"type":"driver"}}""", true)]
    [InlineData("""{"kms":{"type":"driver"}}""", "{}", true)]
    [InlineData("""{"kms":{"type":"driver"}}""", """{"kms":{"type":"aws"}}""", true)]
    [InlineData("""{"kms":{"name":"a"}}""", """{"kms":{"name":"b"}}""", true)]
    [InlineData("""{"pod":{"annotations":{"canton-infra/kms-decided-at":"2026-01-31"}}}""", """{"pod":{"annotations":{"canton-infra/kms-decided-at":"2026-03-31"}}}""", true)]
    [InlineData("""{"pod":{"annotations":{"canton-infra/kms-mode":"external"}}}""", """{"pod":{"annotations":{}}}""", true)]
    [InlineData("""{"pod":{"annotations":{"canton-infra/kms-decided-at":"2026-01-31"}}}""", "{}", true)]
    [InlineData("""{"kms":{"config":{"type":"a"}}}""", """{"kms":{"config":{"type":"b"}}}""", false)]
    public void Another_decision_on_keys_is_refused_and_another_way_to_the_same_service_is_not(string before, string after, bool isRefused)
    {
        const string Release = "kubernetes:helm.sh/v3:Release";
        PlannedResource[] Plan(string values) => [Resource(Release, "participant", $$"""{"values":{{values}}}""")];

        var danger = Assert.Single(Dangers(Plan(before), Plan(after)));

        Assert.Equal((DangerKind.KeyCustody, isRefused), (danger.Kind, danger.IsRefused));
        Assert.Equal(isRefused, StackDifference.Create(Stack, Side(Of(Plan(before))), Side(Of(Plan(after))), []).IsRefused);
    }

    [Fact]
    public void Secrets_are_in_no_danger()
    {
        var danger = Assert.Single(Dangers(
            [Resource("canton:index:User", "u", """{"rights":"[secret]","x":1}""")],
            [Resource("canton:index:User", "u", """{"rights":"open","x":1}""")]));

        Assert.Equal("rights: [secret] → open", danger.Detail);
    }

    private static bool IsMove(Danger danger) => danger.Kind == DangerKind.MovedWithoutAlias;

    private static bool IsAccess(Danger danger) => danger.Kind == DangerKind.WiderAccess;

    private static PlannedResource Inbound(string name, string source, string port) => Resource(Rule, name, Json("Inbound", source, $"[\"{port}\"]"));

    private static string Json(string direction, string source, string ports) =>
        $$"""{"networkSecurityGroupName":"nsg","direction":"{{direction}}","access":"Allow","protocol":"Tcp","sourceAddressPrefix":"{{source}}","destinationAddressPrefix":"10.0.0.0/24","destinationPortRanges":{{ports}}}""";
}
