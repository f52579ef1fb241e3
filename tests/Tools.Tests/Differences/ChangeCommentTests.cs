using System.Collections.Immutable;
using CantonInfra.Engine;
using CantonInfra.Engine.Plans;
using CantonInfra.Engine.Policies;
using CantonInfra.Tools.Commands;
using CantonInfra.Tools.Differences;
using CantonInfra.Tools.Differences.Dangers;
using CantonInfra.Tools.Differences.Files;
using CantonInfra.Tools.Differences.Saved;
using CantonInfra.Tools.Rendering.Changes;
using static CantonInfra.Tools.Tests.Differences.Plans;

namespace CantonInfra.Tools.Tests.Differences;

public sealed class ChangeCommentTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("canton-infra-").FullName;

    [Fact]
    public void Losses_of_servers_come_before_others_and_more_than_one_is_told()
    {
        string[] disks = [.. Enumerable.Range(1, 20).Select(number => $"disk-with-a-name-of-some-length-{number}")];
        var before = Plans.Of(
        [
            .. disks.Select(name => Resource("azure-native:compute:Disk", name, "{}")),
            Resource("azure-native:dbforpostgresql:Server", "z-one", "{}"),
            Resource("azure-native:dbforpostgresql:Server", "z-two", "{}"),
        ]);

        var head = HeadOf(ChangeComment.Write(Reports.Of(before, Plans.Of())));

        var graves = head.Split('\n').Where(line => line.StartsWith("- ⛔", StringComparison.Ordinal)).ToArray();
        Assert.Contains("Server z-one` is deleted", graves[0], StringComparison.Ordinal);
        Assert.Contains("Server z-two` is deleted", graves[1], StringComparison.Ordinal);
        Assert.InRange(head.Length, 1, CommentHead.Length);
    }

    [Fact]
    public async Task A_reviewer_sees_both_dangers_of_a_large_change_at_once()
    {
        // The real mainnet; a validator more, a password that is rotated, a component that is renamed with its alias, and two dangers.
        var before = await PlanAsync("before");
        var after = await PlanAsync(
            "after",
            "-c", """canton-infra:ledger={"validators":[{"name":"validator"},{"name":"beta"}]}""",
            "-c", """canton-infra:data={"passwordGenerations":{"keycloakadmin":2}}""");
        var component = after.Resources.First(resource => resource.Type == "canton-infra:network:FlowLogs");
        var server = after.Resources.First(resource => resource.Type == "azure-native:dbforpostgresql:Server");
        var rule = after.Resources.First(resource => resource.Type == "azure-native:network:SecurityRule"
            && resource.Inputs["direction"]!.Equals("Inbound") && resource.Inputs["access"]!.Equals("Allow"));
        after = Renamed(after, component, "traffic", withAlias: true);
        after = after with
        {
            Resources =
            [
                .. after.Resources.Where(resource => resource.Urn != server.Urn),
                rule with
                {
                    Urn = $"{rule.Urn}-remote",
                    Name = $"{rule.Name}-remote",
                    Inputs = rule.Inputs.With("sourceAddressPrefix", "*").With("destinationPortRange", "22").With("securityRuleName", "remote"),
                },
            ],
        };

        var report = Reports.Of(before, after);
        var comment = ChangeComment.Write(report);
        var head = HeadOf(comment);

        Assert.InRange(head.Length, 1, CommentHead.Length);
        var graves = head.Split('\n').Where(line => line.StartsWith("- ⛔", StringComparison.Ordinal)).ToArray();
        Assert.True(graves.Length >= 2, head);
        Assert.Contains($"`{server.Type} {server.Name}` is deleted: a database server with its databases", graves[0], StringComparison.Ordinal);
        Assert.Contains($"`{rule.Type} {rule.Name}-remote` opens a port to anybody", graves[1], StringComparison.Ordinal);

        // What people may do in the new validator's namespace is no third one.
        Assert.Equal(2, graves.Length);
        Assert.Contains("× wider access", head, StringComparison.Ordinal);

        // The rotated password is listed; nothing of it is shown.
        Assert.Contains("random:index/randomPassword:RandomPassword", comment, StringComparison.Ordinal);
        Assert.DoesNotContain(report.AllDangers, entry => entry.Danger.Urn.Contains("RandomPassword", StringComparison.Ordinal));
        Assert.DoesNotContain("FlowLogs", head, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stack_file_that_goes_is_a_grave_danger()
    {
        var gone = new SavedStack(Plans.Stack, Side(Of(Resource("azure-native:keyvault:Vault", "keys", "{}"))), null, []);

        var head = HeadOf(ChangeComment.Write(new SavedComparison("0123456789abcdef", "", IsCodeChange: false, PolicyFiles.None, [gone]).Report()));

        Assert.Contains("## ⛔ 1 grave danger\n", head, StringComparison.Ordinal);
        Assert.Contains(
            "`Pulumi.mainnet.yaml` is gone: what is deployed stays, and nothing previews, judges or repairs it any more (`mainnet`)", head, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 10, 1)]
    [InlineData(40, 50, 3)]
    [InlineData(400, 200, 1)]
    [InlineData(3000, 400, 1)]
    [InlineData(5, 30_000, 1)]
    [InlineData(60, 300, 59)]
    public void A_comment_always_fits_and_begins_with_what_matters(int resources, int length, int stacks)
    {
        var report = Reports.Large(resources, length, stacks);

        var comment = ChangeComment.Write(report);

        Assert.InRange(comment.Length, 1, ChangeComment.MostLength);
        Assert.StartsWith("<!-- canton-infra:preview -->\n## ⛔ ", comment, StringComparison.Ordinal);
        var table = comment.IndexOf("| stack |", StringComparison.Ordinal);
        Assert.InRange(table, 1, CommentHead.Length);
        Assert.Contains("is deleted: a key, and with it what it encrypts", comment[..table], StringComparison.Ordinal);
        Assert.Equal(Count(comment, "<details>"), Count(comment, "</details>"));
        Assert.EndsWith("</sub>\n", comment, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_left_out_is_named()
    {
        var comment = ChangeComment.Write(Reports.Large(3000, 400));

        Assert.Contains("Shortened to fit a comment: dangers, New findings, the changes of `s0`", comment, StringComparison.Ordinal);
        Assert.DoesNotContain("Shortened", ChangeComment.Write(Reports.Large(3, 40)), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_kind_of_danger_has_a_line_however_many_there_are_of_one()
    {
        var keys = Enumerable.Range(0, 500).Select(index => Resource("azure-native:keyvault:Key", $"k{index}", $$"""{"keyName":"k{{index}}"}""")).ToArray();
        var address = Resource("azure-native:network:PublicIPAddress", "ip", "{}");

        var head = ChangeComment.Write(Reports.Of(Of(keys), Of(address)))[..CommentHead.Length];

        Assert.Contains("`azure-native:network:PublicIPAddress ip` a new public address", head, StringComparison.Ordinal);
        Assert.Contains("more: loss of data", head, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_danger_in_several_stacks_is_one_line()
    {
        var comment = ChangeComment.Write(Reports.Large(1, 5, 3));

        Assert.Contains("## ⛔ 1 grave danger\n", comment, StringComparison.Ordinal);
        Assert.Contains("(`s0`, `s1`, `s2`)", comment, StringComparison.Ordinal);
    }

    [Fact]
    public void Findings_are_new_or_fixed_or_neither()
    {
        var before = Of(Resource("a:b:C", "old", "{}"));
        var after = Of(Resource("a:b:C", "new", "{}").Known(before.Resources[1].Urn));
        Finding Found(string policy, Plan plan) => new("pack", policy, PolicyLevel.Mandatory, "high", plan.Resources[1].Urn, "wrong");

        var stack = StackDifference.Create(
            Stack, Side(before, Found("kept", before), Found("fixed", before)), Side(after, Found("kept", after), Found("new", after)), []);

        Assert.Equal("new", Assert.Single(stack.Findings.Added).Policy);
        Assert.Equal("fixed", Assert.Single(stack.Findings.Fixed).Policy);
        Assert.Equal(1, stack.Findings.Kept);
    }

    [Fact]
    public void A_failed_preview_is_the_verdict()
    {
        var side = Side(Of()) with { Outcome = PreviewOutcome.Failed, Errors = ["it broke"] };
        var report = Reports.Of(Of(), Of()) with { Stacks = [StackDifference.Create(Stack, Side(Of()), side, [])] };

        var comment = ChangeComment.Write(report);

        Assert.Contains("## ❌ the preview failed for 1 of 1 stack; no grave danger\n", comment, StringComparison.Ordinal);
        Assert.Contains("`the preview failed: it broke`", comment, StringComparison.Ordinal);
        Assert.Contains("- ❌ `mainnet` has no preview: `it broke`\n", HeadOf(comment), StringComparison.Ordinal);

        // Nobody knows what would change.
        Assert.Contains("| `mainnet` | ? | ? | ? | ? | ? | failed |", comment, StringComparison.Ordinal);
        Assert.Contains("<code>mainnet</code>: not compared</summary>", comment, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refused_stack_says_by_which_rules()
    {
        var found = new Finding("pack", "no-inbound-from-internet", PolicyLevel.Mandatory, "high", "u", "m");
        var side = Side(Of(), found, found with { Policy = "advice", Level = PolicyLevel.Advisory }) with { Outcome = PreviewOutcome.PolicyViolation };

        var comment = ChangeComment.Write(Reports.Of(Of(), Of()) with { Stacks = [StackDifference.Create(Stack, Side(Of()), side, [])] });

        Assert.Contains("## ❌ policies refuse 1 of 1 stack; no grave danger\n", comment, StringComparison.Ordinal);
        Assert.Contains("- ❌ `mainnet` is refused: `no-inbound-from-internet`\n", comment, StringComparison.Ordinal);
    }

    [Fact]
    public void However_much_there_is_to_say_the_head_names_the_gravest_and_counts_the_rest()
    {
        var kinds = Enum.GetValues<DangerKind>();
        var dangers = kinds.SelectMany(kind => Enumerable.Range(0, 30).Select(index =>
            new Danger(kind, DangerGrade.Grave, $"{kind}-{index}-{new string('x', 200)}", $"{kind} {new string('w', 110)}", new string('d', 400)))).ToImmutableArray();
        var failed = Side(Of()) with { Outcome = PreviewOutcome.Failed, Errors = [new string('e', 5_000)] };
        var stack = StackDifference.Create(Stack, Side(Of()), failed, []);
        var report = Reports.Of(Of(), Of()) with
        {
            Stacks = [.. Enumerable.Range(0, 30).Select(index => stack with { Stack = $"{index}-{new string('s', 60)}", Dangers = dangers })],
        };

        var comment = ChangeComment.Write(report);
        var head = HeadOf(comment);

        Assert.InRange(head.Length, 1, CommentHead.Length);
        Assert.Contains("- ⛔ `LossOfState-0-", head, StringComparison.Ordinal);
        Assert.All(kinds, kind => Assert.True(
            head.Contains($"`{kind}-0-", StringComparison.Ordinal) || head.Contains($"30 × {ChangeWords.Title(kind)}", StringComparison.Ordinal), $"{kind}\n{head}"));
        Assert.Contains("has no preview: `ee", head, StringComparison.Ordinal);
    }

    [Fact]
    public void One_loss_in_several_stacks_is_one_line_that_says_where_it_is_protected()
    {
        var server = Resource("azure-native:dbforpostgresql:Server", "psql", "{}");
        var free = new SavedStack("devnet", Side(Of(server)), Side(Of()), []);
        var kept = new SavedStack("mainnet", Side(Of(server.Protected())), Side(Of()), []);
        var report = new SavedComparison("", "", IsCodeChange: true, PolicyFiles.None, [free, kept]).Report();

        Assert.Contains(
            "- ⛔ `azure-native:dbforpostgresql:Server psql` is deleted: a database server with its databases (`devnet`); `although it is protected` (`mainnet`)\n",
            HeadOf(ChangeComment.Write(report)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void No_change_is_the_verdict_too() =>
        Assert.Contains("## ✅ no change to what is deployed\n", ChangeComment.Write(Reports.Of(Of(), Of())), StringComparison.Ordinal);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string HeadOf(string comment) => comment[..comment.IndexOf("| stack |", StringComparison.Ordinal)];

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private async Task<Plan> PlanAsync(string name, params string[] arguments)
    {
        var file = Path.Combine(_folder, name);
        var run = await CommandRun.InvokeAsync(
            ["preview", "-C", CommandRun.Repository, "--stack", "mainnet", "--no-policy", "--save-plan", file, .. arguments]);
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        return PlanFile.Load(file);
    }
}
