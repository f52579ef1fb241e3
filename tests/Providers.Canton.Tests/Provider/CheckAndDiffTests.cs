using CantonInfra.PolicySdk.Tests;
using CantonInfra.Protocol.Grpc;
using CantonInfra.Protocol.Properties;
using CantonInfra.Protocol.Wire;
using static CantonInfra.Canton.Tests.Provider.ServedProvider;

namespace CantonInfra.Canton.Tests.Provider;

public sealed class CheckAndDiffTests
{
    [Fact]
    public async Task A_check_needs_no_settings_and_adds_defaults()
    {
        await using var served = await StartAsync(configure: false);

        var response = await served.CheckAsync(MapValue.Empty.With("userId", "a").With("rights", PropertyValue.Unknown));

        Assert.Empty(response.Failures);
        Assert.Equal(
            MapValue.Empty.With("userId", "a").With("rights", PropertyValue.Unknown).With("adopt", true).With("deleteAdopted", false).With("isDeactivated", false),
            PropertyDecoding.Decode(response.Inputs));
        Assert.Empty(served.Participant.Calls);
    }

    [Theory]
    [InlineData("userId", "a b", "userId")]
    [InlineData("userId", "a/b", "userId")]
    [InlineData("primaryParty", "x%", "primaryParty")]
    [InlineData("identityProviderId", "a b", "identityProviderId")]
    [InlineData("isDeactivated", "yes", "isDeactivated")]
    [InlineData("rights", "CanReadAsAnyParty", "rights")]
    [InlineData("userid", "a", "userid")]
    public async Task Each_mistake_is_told_at_its_property(string name, string value, string property)
    {
        await using var served = await StartAsync(configure: false);

        var response = await served.CheckAsync(User("a").With(name, value));

        Assert.Equal(property, Assert.Single(response.Failures).Property);
    }

    [Fact]
    public async Task Mistakes_in_rights_and_annotations_are_told_with_their_paths()
    {
        await using var served = await StartAsync(configure: false);
        var right = MapValue.Empty.With("kind", "CanReadAsAnyParty");
        var inputs = User("a")
            .With("rights", PropertyValue.Of(
                right,
                right,
                MapValue.Empty.With("kind", "Empty"),
                MapValue.Empty.With("kind", "CanActAs"),
                right.With("kind", "ParticipantAdmin").With("party", "p"),
                MapValue.Empty.With("kind", "CanActAs").With("party", PropertyValue.Unknown),
                MapValue.Empty.With("kind", "CanActAs").With("party", "p").With("value", "x")))
            .With("annotations", MapValue.Empty.With("-x", "1").With("ok", "").With("canton-infra/created-by", "me"));

        var response = await served.CheckAsync(inputs);

        Assert.Equal(
            [
                "rights[1]", "rights[2].kind", "rights[3].party", "rights[4].party", "rights[6].value",
                "annotations[\"-x\"]", "annotations[\"canton-infra/created-by\"]", "annotations[\"ok\"]",
            ],
            response.Failures.Select(failure => failure.Property));
    }

    [Fact]
    public async Task A_secret_is_not_shown_in_a_failure()
    {
        await using var served = await StartAsync(configure: false);

        var response = await served.CheckAsync(User("a").With("userId", PropertyValue.Secret(Canary.Text + "/")));

        Canary.AssertAbsent(response.ToString());
        Assert.Contains("[secret]", Assert.Single(response.Failures).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_order_of_rights_means_nothing()
    {
        await using var served = await StartAsync(configure: false);

        var same = await served.DiffAsync(User("a", "CanReadAsAnyParty", "CanExecuteAsAnyParty"), User("a", "CanExecuteAsAnyParty", "CanReadAsAnyParty"));
        var fewer = await served.DiffAsync(User("a", "CanReadAsAnyParty", "CanExecuteAsAnyParty"), User("a", "CanReadAsAnyParty"));
        var ignored = await served.DiffAsync(User("a", "CanReadAsAnyParty"), User("a"), "rights");

        Assert.Equal(DiffResponse.Types.DiffChanges.DiffNone, same.Changes);
        Assert.Equal(DiffResponse.Types.DiffChanges.DiffSome, fewer.Changes);
        Assert.Equal(PropertyDiff.Types.Kind.Update, fewer.DetailedDiff["rights"].Kind);
        Assert.Equal(DiffResponse.Types.DiffChanges.DiffNone, ignored.Changes);
    }

    [Fact]
    public async Task Another_id_replaces_and_another_identity_provider_replaces_after_deleting()
    {
        await using var served = await StartAsync(configure: false);

        var id = await served.DiffAsync(User("a"), User("b"));
        var unknown = await served.DiffAsync(User("a"), User("a").With("userId", PropertyValue.Unknown));
        var provider = await served.DiffAsync(User("a"), User("a").With("identityProviderId", "partner"));

        Assert.Equal(["userId"], id.Replaces);
        Assert.False(id.DeleteBeforeReplace);
        Assert.Equal(["userId"], unknown.Replaces);
        Assert.Equal(["identityProviderId"], provider.Replaces);
        Assert.True(provider.DeleteBeforeReplace);
    }

    [Fact]
    public async Task A_preview_shows_inputs_and_leaves_the_rest_open()
    {
        await using var served = await StartAsync(configure: false);
        var inputs = User("a").With("userId", PropertyValue.Unknown);

        var (id, outputs) = await served.CreateAsync(inputs, preview: true);

        Assert.Equal("", id);
        Assert.Equal(inputs.With("adopted", PropertyValue.Unknown).With("grantedRights", PropertyValue.Unknown)
            .With("parties", PropertyValue.Unknown).With("resourceVersion", PropertyValue.Unknown), outputs);
        Assert.Empty(served.Participant.Calls);
    }

    [Fact]
    public async Task An_unknown_outside_a_preview_is_refused_and_so_is_work_without_settings()
    {
        await using var served = await StartAsync(configure: false);

        var unknown = await Assert.ThrowsAsync<RpcException>(() => served.CreateAsync(User("a").With("userId", PropertyValue.Unknown)));
        var unset = await Assert.ThrowsAsync<RpcException>(() => served.CreateAsync(User("a")));

        Assert.Equal(StatusCode.InvalidArgument, unknown.Code);
        Assert.Contains("not configured", unset.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_are_checked()
    {
        await using var served = await StartAsync(configure: false);
        var settings = Settings(served.Participant);

        var fine = await CheckConfigAsync(settings.With("untouchableUsers", """["autopilot"]""").With("retrySeconds", "5").With("allowHttp", "true"));
        var open = await CheckConfigAsync(settings.With("ledgerApiUrl", "http://participant:7575"));
        var allowed = await CheckConfigAsync(settings.With("ledgerApiUrl", "http://participant:7575").With("allowHttp", true));
        var strange = await CheckConfigAsync(settings.With("tokenUrl", "ftp://x").With("retrySeconds", -1).With("colour", "red"));
        var unknown = await CheckConfigAsync(settings.With("clientSecret", PropertyValue.Secret(PropertyValue.Unknown)));

        Assert.Empty(fine.Failures);
        Assert.Contains("allowHttp", Assert.Single(open.Failures).Reason, StringComparison.Ordinal);
        Assert.Empty(allowed.Failures);
        Assert.Equal(["tokenUrl", "retrySeconds", "colour"], strange.Failures.Select(failure => failure.Property));
        Assert.Empty(unknown.Failures);

        Task<CheckResponse> CheckConfigAsync(MapValue values) =>
            served.Channel.CallAsync(ProviderMethods.CheckConfig, new CheckRequest { News = Encode(values) });
    }

    [Fact]
    public async Task Missing_settings_are_named()
    {
        await using var served = await StartAsync(configure: false);

        var failure = await Assert.ThrowsAsync<RpcException>(() => served.Channel.CallAsync(
            ProviderMethods.Configure, new ConfigureRequest { Args = Encode(MapValue.Empty.With("clientId", "a")) }));

        var missing = Assert.Single(failure.Details).Unpack<ConfigureErrorMissingKeys>();
        Assert.Equal(["ledgerApiUrl", "tokenUrl", "clientSecret"], missing.MissingKeys.Select(key => key.Name));
    }

    [Fact]
    public async Task The_schema_is_the_one_of_the_sdk()
    {
        await using var served = await StartAsync(configure: false);

        var response = await served.Channel.CallAsync(ProviderMethods.GetSchema, new GetSchemaRequest());

        Assert.Equal(
            File.ReadAllText(Path.Combine(ProtocolConformance.Tests.Node.Repository.Root, "sdk", "Pulumi.Canton", "schema.json")).ReplaceLineEndings("\n"),
            response.Schema.ReplaceLineEndings("\n"));
    }
}
