using CantonInfra.Engine.Policies;
using CantonInfra.Reports.Controls;
using CantonInfra.Reports.Model;
using CantonInfra.Reports.Rules;

namespace CantonInfra.Reports.Tests.Model;

public sealed class ReportBuilderTests
{
    private static StackReport Mainnet { get; } = Sample.Report().Stacks.Single(stack => stack.Name == "mainnet");

    [Fact]
    public void Every_check_has_one_state()
    {
        var counts = Mainnet.Rules.ToDictionary(rule => rule.Id, rule => rule.Counts);

        Assert.Equal(new CheckCounts(Pass: 2, Fail: 1, 0, 0, 0, NotApplicable: 7), counts["closed"]);
        Assert.Equal(new CheckCounts(0, 0, Undecided: 1, 0, 0, NotApplicable: 9), counts["encrypted"]);
        Assert.Equal(new CheckCounts(0, 0, 0, 0, Fault: 1, NotApplicable: 9), counts["faulty"]);
        Assert.Equal(new CheckCounts(0, 0, 0, 0, 0, NotApplicable: 10), counts["none"]);
        Assert.Equal(new CheckCounts(Pass: 1, 0, 0, Waived: 1, 0, NotApplicable: 8), counts["waivable"]);
        Assert.Equal(new CheckCounts(0, Fail: 1, 0, 0, 0, 0), counts["together"]);
    }

    [Fact]
    public void A_rule_that_is_turned_off_is_undecided_and_never_a_pass() =>
        Assert.Equal(new CheckCounts(0, 0, Undecided: 1, 0, 0, 0), Mainnet.Rules.Single(rule => rule.Id == "off").Counts);

    [Fact]
    public void A_check_keeps_all_that_was_said_and_leaves_the_remedy_to_the_rule()
    {
        var encrypted = Mainnet.Checks.Single(check => Mainnet.Rules[check.Rule].Id == "encrypted");
        var closed = Mainnet.Checks.Single(check => Mainnet.Rules[check.Rule].Id == "closed");

        Assert.Equal(["undecided: dataEncryption.primaryKeyURI", "undecided: dataEncryption.geoBackupKeyURI"], encrypted.Notes.AsEnumerable());
        Assert.DoesNotContain("To fix", Assert.Single(closed.Notes), StringComparison.Ordinal);
        Assert.True(closed.IsMandatory);
    }

    [Theory]
    [InlineData("soc2", "CC6.1", ControlStatus.Fail)]
    [InlineData("mcsb", "DP-8", ControlStatus.Fail)]
    [InlineData("mcsb", "DP-5", ControlStatus.Undecided)]
    [InlineData("mcsb", "PV-1", ControlStatus.Undecided)]
    [InlineData("mcsb", "AM-2", ControlStatus.NotApplicable)]
    [InlineData("soc2", "CC8.1", ControlStatus.Waived)]
    [InlineData("soc2", "A1.3", ControlStatus.Pass)]
    [InlineData("mcsb", "PA-4", ControlStatus.Overdue)]
    [InlineData("mcsb", "IR-1", ControlStatus.Manual)]
    internal void A_control_is_as_good_as_its_worst_part(string framework, string id, ControlStatus expected) =>
        Assert.Equal(expected, Mainnet.Controls.Single(control => control.Framework == framework && control.Id == id).Status);

    [Fact]
    public void Controls_are_in_the_order_of_people()
    {
        var requirements = Mainnet.Controls.Where(control => control.Framework == "requirement").Select(control => control.Id);

        Assert.Equal(["A9", "A10", "A12", "A18", "A21"], requirements);
        Assert.Equal(["soc2", "mcsb", "requirement"], Mainnet.Frameworks);
    }

    [Fact]
    public void A_score_counts_only_what_passes_and_rounds_down()
    {
        Assert.Equal(new Score(3, 9), Mainnet.Counts.Score);
        Assert.Equal(33, Mainnet.Counts.Score.Percent);
        Assert.Equal(99, new Score(1999, 2000).Percent);
        Assert.Equal(100, new Score(7, 7).Percent);
        Assert.Null(new Score(0, 0).Percent);
    }

    [Fact]
    public void Evidence_counts_for_its_stacks_and_its_time()
    {
        var devnet = Sample.Report().Stacks.Single(stack => stack.Name == "devnet");

        Assert.Equal(-65, Mainnet.Duties.Single(duty => duty.Duty.Id == "access-review").DaysLeft);
        Assert.Equal(ControlStatus.Overdue, Mainnet.Duties.Single(duty => duty.Duty.Id == "access-review").Status);
        Assert.Equal(ControlStatus.Manual, devnet.Duties.Single(duty => duty.Duty.Id == "access-review").Status);
        Assert.Equal(ControlStatus.Pass, devnet.Duties.Single(duty => duty.Duty.Id == "recovery-test").Status);
        Assert.Equal(1, Sample.Report().OverdueDuties);
    }

    [Fact]
    public void The_last_day_of_evidence_still_counts()
    {
        ControlStatus On(DateOnly day) => ReportBuilder.Build(Sample.Input() with { AsOf = day })
            .Stacks.Single(stack => stack.Name == "mainnet").Duties.Single(duty => duty.Duty.Id == "access-review").Status;

        Assert.Equal(ControlStatus.Pass, On(new DateOnly(2030, 4, 11)));
        Assert.Equal(ControlStatus.Overdue, On(new DateOnly(2030, 4, 12)));
    }

    [Fact]
    public void Waivers_tell_their_days_and_uses()
    {
        var waiver = Assert.Single(Sample.Report().Waivers);

        Assert.Equal((16, 2), (waiver.DaysLeft, waiver.Uses));
    }

    [Fact]
    public void What_is_decided_with_the_whole_stack_counts_where_it_belongs()
    {
        var input = Sample.Input();
        var run = input.Runs.Single(each => each.Plan.Stack == "mainnet");
        var server = Sample.Urn("mainnet", "azure-native:dbforpostgresql:Server", "ledger");
        var vault = Sample.Urn("mainnet", "azure-native:keyvault:Vault", "keys");
        var root = Sample.Urn("mainnet", "pulumi:pulumi:Stack", "sample-mainnet");
        NoVerdict Deferred(string urn) => new(Sample.Pack, "encrypted", urn, "It is judged with the whole stack: keyUri.");
        var policies = run.Policies with
        {
            Undecided = [new NoVerdict(Sample.Pack, "encrypted", root, "undecided: keyUri of azure-native:dbforpostgresql:Server 'ledger'")],
            NotApplicable = run.Policies.NotApplicable.Where(verdict => verdict.Policy != "encrypted" || (verdict.Urn != vault && verdict.Urn != server))
                .Append(Deferred(server)).Append(Deferred(vault)),
        };
        var stack = ReportBuilder.Build(input with { Runs = [run with { Policies = policies }] }).Stacks.Single();
        var rule = stack.Rules.Single(each => each.Id == "encrypted");
        var check = stack.Checks.Single(each => stack.Rules[each.Rule].Id == "encrypted");

        Assert.Equal(new CheckCounts(Pass: 1, 0, Undecided: 1, 0, 0, NotApplicable: 8), rule.Counts);
        Assert.Equal((server, vault), (stack.Resources[check.Resource].Urn, stack.Resources[rule.Passed.Single()].Urn));
    }

    [Fact]
    public void A_pack_without_a_catalogue_is_reported_by_what_it_says()
    {
        var report = ReportBuilder.Build(Sample.Input() with { Catalogues = [] });
        var rules = report.Stacks.Single(stack => stack.Name == "mainnet").Rules.ToDictionary(rule => rule.Id);

        Assert.Equal(new CheckCounts(Pass: 2, Fail: 1, 0, 0, 0, NotApplicable: 7), rules["closed"].Counts);
        Assert.Equal("What closed demands", rules["closed"].Title);
    }

    [Fact]
    public void People_come_from_the_output_and_workloads_from_the_resources()
    {
        Assert.Equal(
            [("Azure", true, "group-1", "Reader"), ("Azure", false, "ledger", "Key Vault Reader")],
            Mainnet.Access.Select(row => (row.Plane, row.IsPerson, row.Who, row.Role)));
    }

    [Fact]
    public void Data_is_in_its_region_and_copies_in_the_pair()
    {
        var server = Mainnet.Residency.Single(store => store.Store == "ledger");

        Assert.Equal(("eastus2", "centralus", "customer-managed"), (server.Region, server.CopyRegion, server.Key));
        Assert.Equal(("RPO 4 h, RTO 1 h", true), (Mainnet.Recovery.Promise, Mainnet.Recovery.IsKept));
        Assert.Equal(("35", "Enabled"), (Mainnet.Recovery.Servers.Single().BackupDays, Mainnet.Recovery.Servers.Single().GeoRedundantBackup));
    }

    [Fact]
    public async Task Every_control_of_the_pack_and_of_the_duties_has_a_title()
    {
        var json = await Engine.Policies.PolicyCatalogueSource.ReadAsync(Path.Combine(Repository.Root, "policy"), null, CancellationToken.None);
        var names = RuleCatalogue.Parse(json).Rules.SelectMany(rule => rule.Controls).Select(control => $"{control.Framework}:{control.Id}")
            .Concat(CantonInfra.Reports.Duties.ManualDuties.All.SelectMany(duty => duty.Controls)).Distinct();

        Assert.DoesNotContain(names, name => ControlTitles.Control(name.Split(':')[0], name.Split(':')[1]).Length == 0);
    }

    [Fact]
    public void Every_page_that_a_duty_names_is_there() => Assert.All(
        CantonInfra.Reports.Duties.ManualDuties.All, duty => Assert.True(File.Exists(Path.Combine(Repository.Root, duty.Page)), duty.Page));
}
