using System.Net;
using CantonInfra.ParticipantStandIn;
using CantonInfra.PolicySdk.Tests;
using CantonInfra.Protocol.Grpc;
using CantonInfra.Protocol.Properties;
using CantonInfra.Protocol.Wire;
using static CantonInfra.Canton.Tests.Provider.ServedProvider;

namespace CantonInfra.Canton.Tests.Provider;

public sealed class UserLifeTests
{
    [Fact]
    public async Task A_user_is_created_with_its_rights_in_one_step_and_deleted()
    {
        await using var served = await StartAsync();
        var inputs = User("relayer@clients", "CanActAs=bridge-operator").With("primaryParty", "bridge-operator")
            .With("annotations", MapValue.Empty.With("owner", "platform"));

        var (id, outputs) = await served.CreateAsync(inputs);

        Assert.Equal("relayer@clients", id);
        Assert.Equal(["CanActAs=bridge-operator::1220bb"], served.Participant.Users.RightsOf(id));
        Assert.Equal(["POST /v2/users"], served.Participant.Changes);
        var user = served.Participant.Users.Find(id)!;
        Assert.Equal("bridge-operator::1220bb", user.PrimaryParty);
        Assert.Equal("platform", user.Annotations["owner"]);
        Assert.Equal(PropertyValue.Of(false), outputs["adopted"]);
        Assert.Equal(MapValue.Empty.With("bridge-operator", "bridge-operator::1220bb"), outputs["parties"]);
        Assert.Equal(inputs["rights"], outputs["rights"]);

        await served.DeleteAsync(id, outputs, inputs);
        await served.DeleteAsync(id, outputs, inputs);
        Assert.Null(served.Participant.Users.Find(id));
    }

    [Fact]
    public async Task A_user_that_exists_is_adopted_and_only_the_difference_is_granted_and_revoked()
    {
        await using var served = await StartAsync();
        served.Participant.Users.Add("indexer", "CanReadAsAnyParty", "CanExecuteAsAnyParty").Annotations["owner"] = "somebody";

        var (id, outputs) = await served.CreateAsync(User("indexer", "CanReadAsAnyParty", "CanReadAs=daml-autopilot::1220aa"));

        Assert.Equal(["CanReadAs=daml-autopilot::1220aa", "CanReadAsAnyParty"], served.Participant.Users.RightsOf(id));
        Assert.Equal(["POST /v2/users/indexer/rights", "PATCH /v2/users/indexer/rights"], served.Participant.Changes);
        Assert.Equal(PropertyValue.Of(true), outputs["adopted"]);
        Assert.Equal(RightList("CanReadAs=daml-autopilot::1220aa"), outputs["grantedRights"]);
        Assert.Equal("somebody", served.Participant.Users.Find(id)!.Annotations["owner"]);
    }

    [Fact]
    public async Task Letting_go_of_an_adopted_user_revokes_what_was_granted_and_no_more()
    {
        await using var served = await StartAsync();
        served.Participant.Users.Add("indexer", "CanReadAsAnyParty");
        var inputs = User("indexer", "CanReadAsAnyParty", "CanReadAs=daml-autopilot::1220aa");
        var (id, outputs) = await served.CreateAsync(inputs);

        await served.DeleteAsync(id, outputs, inputs);
        Assert.Equal(["CanReadAsAnyParty"], served.Participant.Users.RightsOf(id));

        await served.DeleteAsync(id, outputs, inputs.With("deleteAdopted", true));
        Assert.Null(served.Participant.Users.Find(id));
    }

    [Fact]
    public async Task Without_adopt_a_user_that_exists_is_an_error_and_stays_as_it_is()
    {
        await using var served = await StartAsync();
        served.Participant.Users.Add("indexer", "CanReadAsAnyParty");

        var failure = await Assert.ThrowsAsync<RpcException>(() => served.CreateAsync(User("indexer").With("adopt", false)));

        Assert.Equal(StatusCode.AlreadyExists, failure.Code);
        Assert.Empty(served.Participant.Changes);
    }

    [Fact]
    public async Task Nothing_changes_where_nothing_differs()
    {
        await using var served = await StartAsync();
        var inputs = User("indexer", "CanReadAsAnyParty");
        var (id, outputs) = await served.CreateAsync(inputs);
        served.Participant.ForgetCalls();

        await served.UpdateAsync(id, outputs, inputs, inputs);

        Assert.Empty(served.Participant.Changes);
    }

    [Fact]
    public async Task An_update_changes_fields_with_the_version_that_was_read_and_removes_what_is_not_named_any_more()
    {
        await using var served = await StartAsync();
        var olds = User("indexer", "CanReadAsAnyParty").With("primaryParty", "bridge-operator")
            .With("annotations", MapValue.Empty.With("a", "1").With("b", "2"));
        var (id, outputs) = await served.CreateAsync(olds);
        served.Participant.Users.Find(id)!.Annotations["foreign"] = "kept";
        served.Participant.Users.ChangesAfterRead = 1;
        served.Participant.ForgetCalls();

        var news = User("indexer", "CanReadAsAnyParty").With("isDeactivated", true).With("annotations", MapValue.Empty.With("b", "3"));
        outputs = await served.UpdateAsync(id, outputs, olds, news);

        var user = served.Participant.Users.Find(id)!;
        Assert.True(user.IsDeactivated);
        Assert.Equal("", user.PrimaryParty);
        Assert.Equal("3", user.Annotations["b"]);
        Assert.False(user.Annotations.ContainsKey("a"));
        Assert.Equal("kept", user.Annotations["foreign"]);

        // The first attempt conflicted with the change of somebody else.
        Assert.Equal(["PATCH /v2/users/indexer", "PATCH /v2/users/indexer"], served.Participant.Changes);
        Assert.Equal(PropertyValue.Of(user.Version.ToString(System.Globalization.CultureInfo.InvariantCulture)), outputs["resourceVersion"]);
    }

    [Fact]
    public async Task Conflicts_without_end_are_told()
    {
        await using var served = await StartAsync();
        var olds = User("indexer");
        var (id, outputs) = await served.CreateAsync(olds);
        served.Participant.Users.ChangesAfterRead = 100;

        var failure = await Assert.ThrowsAsync<RpcException>(() => served.UpdateAsync(id, outputs, olds, olds.With("isDeactivated", true)));

        Assert.Equal(StatusCode.Aborted, failure.Code);
    }

    [Fact]
    public async Task A_failure_after_a_change_keeps_the_state_and_the_next_update_goes_on_from_it()
    {
        await using var served = await StartAsync();
        served.Participant.Users.Add("indexer", "CanExecuteAsAnyParty");
        served.Participant.Faults.Plan(
            "PATCH /v2/users/indexer/rights", new Fault { Status = HttpStatusCode.Forbidden, Body = """{"code":"NA","cause":"no"}""" });
        var inputs = User("indexer", "CanReadAsAnyParty");

        var failure = await Assert.ThrowsAsync<RpcException>(() => served.CreateAsync(inputs));

        var partial = Assert.Single(failure.Details).Unpack<ErrorResourceInitFailed>();
        Assert.Equal("indexer", partial.Id);
        Assert.Contains("ParticipantAdmin", Assert.Single(partial.Reasons), StringComparison.Ordinal);
        var outputs = PropertyDecoding.Decode(partial.Properties);
        Assert.Equal(RightList("CanReadAsAnyParty"), outputs["grantedRights"]);

        outputs = await served.UpdateAsync(partial.Id, outputs, PropertyDecoding.Decode(partial.Inputs), inputs);
        Assert.Equal(["CanReadAsAnyParty"], served.Participant.Users.RightsOf("indexer"));
        Assert.Equal(PropertyValue.Of(true), outputs["adopted"]);
    }

    [Fact]
    public async Task A_failure_before_any_change_leaves_nothing_behind()
    {
        await using var served = await StartAsync();
        served.Participant.Faults.Plan("POST /v2/users", new Fault { Status = HttpStatusCode.Forbidden, Body = """{"code":"NA"}""" });

        var failure = await Assert.ThrowsAsync<RpcException>(() => served.CreateAsync(User("indexer")));

        Assert.Equal(StatusCode.PermissionDenied, failure.Code);
        Assert.Empty(failure.Details);
    }

    [Fact]
    public async Task A_lost_answer_to_a_creation_is_no_adoption()
    {
        await using var served = await StartAsync();
        served.Participant.Faults.Plan("POST /v2/users", new Fault { AfterWork = true });
        var inputs = User("indexer", "CanReadAsAnyParty").With("adopt", false);

        var (id, outputs) = await served.CreateAsync(inputs);

        Assert.Equal(PropertyValue.Of(false), outputs["adopted"]);
        Assert.Equal(["CanReadAsAnyParty"], served.Participant.Users.RightsOf(id));
    }

    [Fact]
    public async Task A_participant_that_grants_in_words_only_is_not_believed()
    {
        await using var served = await StartAsync();
        served.Participant.Users.Add("indexer");
        served.Participant.Users.GrantsInWordsOnly = true;

        var failure = await Assert.ThrowsAsync<RpcException>(() => served.CreateAsync(User("indexer", "CanReadAsAnyParty")));

        Assert.Contains("lists not: CanReadAsAnyParty", failure.Message, StringComparison.Ordinal);
        Assert.Single(failure.Details);
    }

    [Fact]
    public async Task Too_many_rights_and_unknown_hints_are_told_and_change_nothing()
    {
        await using var served = await StartAsync();
        served.Participant.Users.MaxRights = 1;
        served.Participant.Users.Parties.Add("bridge-operator::1220cc");

        var many = await Assert.ThrowsAsync<RpcException>(() => served.CreateAsync(User("a", "CanReadAsAnyParty", "CanExecuteAsAnyParty")));
        var hint = await Assert.ThrowsAsync<RpcException>(() => served.CreateAsync(User("a", "CanActAs=bridge-operator")));

        Assert.Contains("TOO_MANY_USER_RIGHTS", many.Message, StringComparison.Ordinal);
        Assert.Contains("2 parties", hint.Message, StringComparison.Ordinal);
        Assert.Null(served.Participant.Users.Find("a"));
    }

    [Fact]
    public async Task Drift_is_read_and_hints_stay_hints()
    {
        await using var served = await StartAsync();
        var inputs = User("relayer", "CanActAs=bridge-operator").With("primaryParty", "bridge-operator");
        var (id, outputs) = await served.CreateAsync(inputs);

        var (_, sameOutputs, same) = await served.ReadAsync(id, outputs, inputs);
        Assert.Equal(inputs, same);
        Assert.Equal(outputs, sameOutputs);

        served.Participant.Users.Find(id)!.Rights.Add("CanReadAsAnyParty");
        var (_, _, drifted) = await served.ReadAsync(id, outputs, inputs);
        Assert.Equal(RightList("CanActAs=bridge-operator", "CanReadAsAnyParty"), drifted["rights"]);
        var diff = await served.DiffAsync(drifted, inputs);
        Assert.Equal(["rights"], diff.Diffs);

        served.Participant.Users.Remove(id);
        Assert.Equal("", (await served.ReadAsync(id, outputs, inputs)).Id);
    }

    [Fact]
    public async Task An_import_reads_all_and_a_plan_of_the_same_changes_nothing()
    {
        await using var served = await StartAsync();
        served.Participant.Users.Add("shared", "CanReadAsAnyParty", "CanActAs=bridge-operator::1220bb").PrimaryParty = "bridge-operator::1220bb";

        var (id, outputs, inputs) = await served.ReadAsync("shared");

        Assert.Equal("shared", id);
        Assert.Equal(PropertyValue.Of(true), outputs["adopted"]);
        Assert.Equal(RightList("CanActAs=bridge-operator::1220bb", "CanReadAsAnyParty"), inputs["rights"]);
        var checkedInputs = await served.CheckAsync(inputs);
        Assert.Empty(checkedInputs.Failures);
        Assert.Equal(DiffResponse.Types.DiffChanges.DiffNone, (await served.DiffAsync(inputs, PropertyDecoding.Decode(checkedInputs.Inputs))).Changes);
        Assert.Equal("", (await served.ReadAsync("nobody")).Id);
    }

    [Fact]
    public async Task Untouchable_users_are_read_and_never_changed()
    {
        await using var served = await StartAsync(configure: true, "autopilot");
        served.Participant.Users.Add("autopilot", "CanExecuteAsAnyParty");
        var inputs = User("autopilot");

        var failures = new[]
        {
            await Assert.ThrowsAsync<RpcException>(() => served.CreateAsync(inputs)),
            await Assert.ThrowsAsync<RpcException>(() => served.UpdateAsync("autopilot", inputs, inputs, inputs)),
            await Assert.ThrowsAsync<RpcException>(() => served.DeleteAsync("autopilot", inputs, inputs)),
        };

        Assert.All(failures, failure => Assert.Contains("untouchableUsers", failure.Message, StringComparison.Ordinal));
        Assert.Empty(served.Participant.Calls);
        Assert.Equal("autopilot", (await served.ReadAsync("autopilot")).Id);
    }

    [Fact]
    public async Task Secrets_stay_secret()
    {
        await using var served = await StartAsync();
        var secret = PropertyValue.Secret(Canary.Text);
        var inputs = User("indexer").With("annotations", MapValue.Empty.With("token", secret));
        var (id, outputs) = await served.CreateAsync(inputs);
        Assert.True(((MapValue)outputs["annotations"]!)["token"]!.IsSecret);

        served.Participant.Users.Find(id)!.Annotations["token"] = "changed";
        var (_, _, read) = await served.ReadAsync(id, outputs, inputs);
        Assert.True(read["annotations"]!.IsSecret);

        served.Participant.Faults.Plan("GET /v2/users/indexer", new Fault { Status = HttpStatusCode.Forbidden, Body = $$"""{"code":"NA","cause":"{{Canary.Text}}"}""" });
        var failure = await Assert.ThrowsAsync<RpcException>(() => served.ReadAsync(id, outputs, inputs));
        Canary.AssertAbsent(failure.ToString());
    }
}
