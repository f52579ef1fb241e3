using System.Collections.Immutable;
using CantonInfra.Canton.Rights;
using CantonInfra.Infra.Components.Ledger;
using CantonInfra.Infra.Tests.Support;
using Pulumi;

namespace CantonInfra.Infra.Tests.Components;

public sealed class LedgerUsersTests
{
    private const string User = "canton:index:User";

    // B2, B3
    [Theory]
    [InlineData("api-server", "CanExecuteAsAnyParty", "CanReadAsAnyParty")]
    [InlineData("relayer", "CanActAs=bridge-operator")]
    [InlineData("indexer", "CanReadAsAnyParty")]
    public async Task Each_service_has_its_subject_s_user_with_the_rights_of_the_table_and_no_other(string service, params string[] rights)
    {
        var mocks = await CloudMocks.RunAsync(() => Users().Add(ServiceRights.Find(service)!, Output.Create("sub")));

        Assert.Equal("sub", mocks.Inputs(User).At("userId"));
        Assert.Equal(rights, RightsOf(mocks).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Extras_add_what_they_name_with_its_reason()
    {
        ImmutableDictionary<string, string> reasons = null!;
        var mocks = await CloudMocks.RunAsync(
            () => reasons = Users("user-registration", "party-allocation").Add(ServiceRights.ApiServer, Output.Create("sub")));

        string[] rights = ["CanActAs=bridge-operator", "CanExecuteAsAnyParty", "CanReadAsAnyParty", "IdentityProviderAdmin"];
        Assert.Equal(rights, RightsOf(mocks).Order(StringComparer.Ordinal));
        Assert.Equal(rights, reasons.Keys.Order(StringComparer.Ordinal));
        Assert.All(reasons.Values, reason => Assert.NotEqual("", reason));
    }

    [Fact]
    public async Task The_provider_has_the_validator_s_client_and_leaves_the_autopilot_alone()
    {
        var mocks = await CloudMocks.RunAsync(() => Users());

        var provider = mocks.Inputs("pulumi:providers:canton");
        Assert.Equal("https://ledger.example.com", provider.At("ledgerApiUrl"));
        Assert.Equal("validator-app-backend", provider.At("clientId"));
        Assert.Equal($"{CloudMocks.Secret} client", provider.At("clientSecret"));
        Assert.Equal("daml_ledger_api", provider.At("scope"));
        Assert.Equal("""["autopilot"]""", provider.At("untouchableUsers"));
        Assert.Null(provider.At("audience"));
    }

    [Fact]
    public void No_service_of_the_table_administers_the_participant() =>
        Assert.DoesNotContain(ServiceRights.All.SelectMany(service => service.Needs), need => need.Kind == RightKind.ParticipantAdmin);

    private static LedgerUsers Users(params string[] extras) => new("ledger-users", new LedgerUsersArgs
    {
        ApiUrl = new Uri("https://ledger.example.com"),
        TokenUrl = Output.Create("https://auth.example.com/token"),
        ClientId = Output.Create("validator-app-backend"),
        ClientSecret = Output.CreateSecret($"{CloudMocks.Secret} client"),
        Scope = "daml_ledger_api",
        OperatorParty = "bridge-operator",
        Extras = [.. extras],
        UntouchableUsers = ["autopilot"],
    });

    private static string[] RightsOf(CloudMocks mocks) =>
    [
        .. Enumerable.Range(0, 10)
            .Select(index => (Kind: mocks.Inputs(User).At($"rights.{index}.kind") as string, Party: mocks.Inputs(User).At($"rights.{index}.party") as string))
            .TakeWhile(right => right.Kind is not null)
            .Select(right => right.Party is null ? right.Kind! : $"{right.Kind}={right.Party}"),
    ];
}
