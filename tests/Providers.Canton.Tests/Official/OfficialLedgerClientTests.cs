using System.Text.Json.Nodes;
using CantonInfra.Canton.Rights;
using CantonInfra.Canton.Tests.Ledger;
using CantonInfra.ParticipantStandIn;
using CantonInfra.ProtocolConformance.Tests.Node;

namespace CantonInfra.Canton.Tests.Official;

/// <summary>The official TypeScript client works against the stand-in, so that the stand-in cannot drift from the API unnoticed.</summary>
public sealed class OfficialLedgerClientTests
{
    private const string UserId = "wallet|user@clients";
    private const string Party = "bridge-operator::1220bb";

    [OfficialFact]
    public async Task What_the_official_client_does_is_accepted_and_read_by_ours()
    {
        await using var connected = await Connected.StartAsync();
        var answers = new Dictionary<string, JsonObject>();
        await using (var peer = await NodePeer.StartAsync(
            "ledger-client.cjs", connected.Participant.Address.ToString().TrimEnd('/'), connected.Participant.Tokens.Give(Participant.Admin), UserId, Party))
        {
            for (var count = 0; count < 10; count++)
            {
                var line = await peer.ReadAsync();
                answers[(string)line["step"]!] = line;
            }
        }

        Assert.True(answers["create"]["answer"] is not null, answers["create"].ToJsonString());
        Assert.Equal(UserId, (string?)answers["create"]["answer"]!["id"]);
        Assert.Equal("USER_ALREADY_EXISTS", (string?)answers["createAgain"]["error"]);
        Assert.True((bool)answers["partyExists"]["answer"]!);
        Assert.Equal(2, answers["grant"]["answer"]!["newlyGrantedRights"]!.AsArray().Count);
        Assert.Single(answers["revoke"]["answer"]!["newlyRevokedRights"]!.AsArray());
        Assert.Equal(2, answers["rights"]["answer"]!["rights"]!.AsArray().Count);
        Assert.True((bool)answers["update"]["answer"]!["user"]!["isDeactivated"]!);
        Assert.Single(answers["users"]["answer"]!["users"]!.AsArray());
        Assert.Equal("USER_NOT_FOUND", (string?)answers["missing"]["error"]);
        Assert.Single(answers["parties"]["answer"]!["partyDetails"]!.AsArray());

        // Ours reads what the official client wrote, and sends to the same paths.
        var user = await connected.Client.FindUserAsync(UserId, "", default);
        Assert.Equal((Party, true), (user!.PrimaryParty, user.IsDeactivated));
        Assert.Equal(
            [new LedgerRight(RightKind.CanActAs, Party), new LedgerRight(RightKind.CanReadAsAnyParty)],
            await connected.Client.ListRightsAsync(UserId, default));
        var official = connected.Participant.Changes.ToHashSet();
        connected.Participant.ForgetCalls();
        await connected.Client.GrantAsync(UserId, "", [new LedgerRight(RightKind.CanExecuteAsAnyParty)], default);
        await connected.Client.RevokeAsync(UserId, "", [new LedgerRight(RightKind.CanExecuteAsAnyParty)], default);
        await connected.Client.UpdateUserAsync(user with { IsDeactivated = false }, ["is_deactivated"], default);
        Assert.Subset(official, connected.Participant.Changes.ToHashSet());
    }
}
