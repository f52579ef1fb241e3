using CantonInfra.Policy.Rules.Databases;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Tests.Rules;

/// <summary>Rules about parameters of PostgreSQL servers, one by one and together.</summary>
public sealed class PostgreSqlParameterRulesTests
{
    private const string Server = "azure-native:dbforpostgresql:Server";
    private const string Parameter = "azure-native:dbforpostgresql:Configuration";
    private const string Classic = "azure:postgresql/flexibleServerConfiguration:FlexibleServerConfiguration";

    private readonly RuleUnderTest _tls = new(new PostgreSqlTls());
    private readonly RuleUnderTest _audit = new(new PostgreSqlAudit());
    private readonly RuleUnderTest _order = new(new PostgreSqlParametersInOrder());

    [Theory]
    [InlineData(Parameter, "{'configurationName': 'require_secure_transport', 'value': 'ON'}")]
    [InlineData(Parameter, "{'configurationName': 'ssl_min_protocol_version', 'value': {'[secret]': 'TLSv1.3'}}")]
    [InlineData(Classic, "{'name': 'ssl_min_protocol_version', 'value': 'TLSv1.2'}")]
    public void Strict_TLS_passes(string type, string properties) => _tls.Passes(type, properties);

    [Theory]
    [InlineData(Parameter, "{'configurationName': 'require_secure_transport', 'value': 'off'}")]
    [InlineData(Parameter, "{'configurationName': 'require_secure_transport'}")]
    [InlineData(Parameter, "{'configurationName': 'ssl_min_protocol_version', 'value': 'TLSv1.1'}")]
    [InlineData(Parameter, "{'configurationName': 'ssl_max_protocol_version', 'value': 'TLSv1.2'}")]
    [InlineData(Classic, "{'name': 'require_secure_transport', 'value': 'off'}")]
    public void Lax_TLS_fails(string type, string properties) => _tls.Fails(type, properties, "value");

    [Theory]
    [InlineData("{'configurationName': 'require_secure_transport', 'value': '[unknown]'}", "value")]
    [InlineData("{'configurationName': '[unknown]', 'value': 'off'}", "configurationName")]
    public void Unknown_TLS_is_undecided(string properties, string path) => _tls.IsUndecided(Parameter, properties, path);

    [Fact]
    public void Other_parameters_have_nothing_to_do_with_TLS()
    {
        _tls.IsNotApplicable(Parameter, "{'configurationName': 'log_connections', 'value': 'off'}");
        _tls.IsNotApplicable(Server);
    }

    [Fact]
    public void A_secret_TLS_is_not_shown() => _tls.KeepsSecret(
        Parameter, "{'configurationName': 'require_secure_transport', 'value': {'[secret]': 'SECRET'}}", "value");

    [Theory]
    [InlineData("log_connections,connection_throttle.enable,log_line_prefix", "")]
    [InlineData("pgaudit.log", "")]
    [InlineData("log_connections,log_line_prefix", "a: : Server 'a' has log parameters and no connection_throttle.enable, where Azure's default is worse.")]
    [InlineData("connection_throttle.enable", "a: : Server 'a' has log parameters and no log_line_prefix, where Azure's default is worse.")]
    [InlineData("log_connections,[unknown]", "a: undecided  not known yet which parameters some resources are")]
    public void Who_sets_logs_leaves_no_gap(string names, string told)
    {
        StackItem[] items =
        [
            ServerItem("a"),
            .. names.Split(',').Select((name, index) => new StackItem(Parameter, $"p{index}", "{'serverName': '[unknown]', 'configurationName': '" + name + "'}").From("serverName", ServerItem("a"))),
        ];

        Assert.Equal(told, new RuleUnderTest(new PostgreSqlLogsComplete(StrictStacks.Limits.Modes)) { Stack = StrictStacks.Mainnet }.Tell(items));
        Assert.Equal(["a: NotApplicable"], new RuleUnderTest(new PostgreSqlLogsComplete(StrictStacks.Limits.Modes)) { Stack = StrictStacks.Devnet }.Outcomes(items));
    }

    [Fact]
    public void Audit_in_three_parts_passes_for_each_server()
    {
        Assert.Equal(["a: Passed"], _audit.Outcomes([ServerItem("a"), .. Audited("a")]));
        Assert.Equal(["a: Passed", "b: Violated"], _audit.Outcomes([ServerItem("a"), ServerItem("b"), .. Audited("a")]));
    }

    [Theory]
    [InlineData("azure.extensions", "PG_STAT_STATEMENTS", "azure.extensions without pgaudit")]
    [InlineData("shared_preload_libraries", "pg_cron", "shared_preload_libraries without pgaudit")]
    [InlineData("pgaudit.log", "ddl,misc", "pgaudit.log without role")]
    [InlineData("pgaudit.log", "none", "pgaudit.log without ddl and role")]
    [InlineData("pgaudit.log", null, "has no parameter pgaudit.log; audit needs it with ddl and role")]
    public void A_part_that_is_missing_is_named(string name, string? value, string message)
    {
        var others = Audited("a").Where(item => !item.Properties.Contains($"'{name}'", StringComparison.Ordinal));
        var items = value is null ? others : others.Append(ParameterItem("a", name, $"'{value}'"));

        var result = Assert.Single(_audit.JudgeStack([ServerItem("a"), .. items]));

        Assert.Contains(message, Assert.Single(result.Verdicts.OfType<ViolationVerdict>()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'all'", "Passed")]
    [InlineData("{'[secret]': 'DDL, ROLE'}", "Passed")]
    [InlineData("'[unknown]'", "Undecided")]
    public void The_classes_are_a_list(string value, string outcome) => Assert.Equal(
        [$"a: {outcome}"], _audit.Outcomes([ServerItem("a"), .. Audited("a").Take(2), ParameterItem("a", "pgaudit.log", value)]));

    [Fact]
    public void Parameters_of_nobody_knows_which_server_leave_it_undecided() => Assert.Equal(
        ["a: Undecided"],
        _audit.Outcomes(ServerItem("a"), new StackItem(Parameter, "p", "{'configurationName': 'pgaudit.log', 'serverName': '[unknown]', 'value': 'all'}")));

    [Fact]
    public void Parameters_are_also_found_by_the_servers_name() => Assert.Equal(
        ["a: Passed"], _audit.Outcomes([ServerItem("a"), .. Audited("a").Select(item => item with { Sources = [], Properties = item.Properties.Replace("[unknown]", "name-a", StringComparison.Ordinal) })]));

    [Fact]
    public void A_secret_value_of_audit_is_not_shown()
    {
        var result = Assert.Single(_audit.JudgeStack([ServerItem("a"), .. Audited("a").Take(2), ParameterItem("a", "pgaudit.log", "{'[secret]': 'hushed'}")]));

        var violation = Assert.Single(result.Verdicts.OfType<ViolationVerdict>());
        Assert.DoesNotContain("hushed", violation.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Stacks_without_servers_have_nothing_to_judge()
    {
        Assert.Equal([": NotApplicable"], Outcomes(_audit));
        Assert.Equal([": NotApplicable"], Outcomes(_order));

        static IEnumerable<string> Outcomes(RuleUnderTest rule) => rule
            .JudgeStack(new StackItem("azure-native:resources:ResourceGroup", "g", "{}"))
            .Select(result => $": {result.Outcome}");
    }

    [Fact]
    public void A_chain_passes() => Assert.Equal(
        ["one: Passed", "two: Passed", "three: Passed"],
        _order.Outcomes(ServerItem("a"), Link("a", "one"), Link("a", "two", "one"), Link("a", "three", "two")));

    [Fact]
    public void What_is_set_side_by_side_fails()
    {
        var results = _order.JudgeStack(ServerItem("a"), Link("a", "one"), Link("a", "two", "one"), Link("a", "three", "one"));

        Assert.Equal([PolicyOutcome.Passed, PolicyOutcome.Passed, PolicyOutcome.Violated], results.Select(result => result.Outcome));
        Assert.Contains(
            "Configuration 'three' is set at the same time as Configuration 'two'",
            Assert.Single(results[2].Verdicts.OfType<ViolationVerdict>()).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Each_server_has_a_chain_of_its_own() => Assert.Equal(
        ["one: Passed", "two: Passed"], _order.Outcomes(ServerItem("a"), ServerItem("b"), Link("a", "one"), Link("b", "two")));

    [Fact]
    public void An_order_through_others_is_an_order() => Assert.Equal(
        ["one: Passed", "two: Passed"],
        _order.Outcomes(
            ServerItem("a"),
            Link("a", "one"),
            new StackItem("pulumi:index:Waiter", "between", "{}") { Sources = [("x", StackItem.UrnOf(Parameter, "one"))] },
            Link("a", "two") with { Sources = [("serverName", StackItem.UrnOf(Server, "a")), ("x", StackItem.UrnOf("pulumi:index:Waiter", "between"))] }));

    private static StackItem ServerItem(string name) => new(Server, name, $"{{'serverName': 'name-{name}'}}");

    private static StackItem[] Audited(string server) =>
    [
        ParameterItem(server, "azure.extensions", "'PGAUDIT,PG_STAT_STATEMENTS'"),
        ParameterItem(server, "shared_preload_libraries", "'pg_cron, pgaudit'"),
        ParameterItem(server, "pgaudit.log", "'ddl,role,misc'"),
    ];

    private static StackItem ParameterItem(string server, string name, string value) => new(
        Parameter, $"{server}-{name}", $"{{'configurationName': '{name}', 'serverName': '[unknown]', 'value': {value}}}")
    {
        Sources = [("serverName", StackItem.UrnOf(Server, server))],
    };

    private static StackItem Link(string server, string name, params string[] after) => new(
        Parameter, name, "{'configurationName': 'x', 'serverName': '[unknown]'}")
    {
        Sources = [("serverName", StackItem.UrnOf(Server, server)), .. after.Select(each => ("dependsOn", StackItem.UrnOf(Parameter, each)))],
    };
}
