using CantonInfra.Canton.Ledger;
using CantonInfra.ParticipantStandIn;

namespace CantonInfra.Canton.Tests.Ledger;

/// <summary>A participant and a client of it that waits only a moment before it tries again.</summary>
internal sealed class Connected : IAsyncDisposable
{
    private Connected(Participant participant, LedgerClient client, KnownSecrets secrets) =>
        (Participant, Client, Secrets) = (participant, client, secrets);

    public Participant Participant { get; }

    public LedgerClient Client { get; }

    public KnownSecrets Secrets { get; }

    public static RetryPolicy Impatient { get; } = new(TimeSpan.FromSeconds(30)) { FirstWait = TimeSpan.FromMilliseconds(5) };

    public static async Task<Connected> StartAsync(
        RetryPolicy? retries = null, LedgerCredentials? credentials = null, string path = "", TimeProvider? clock = null)
    {
        var participant = await Participant.StartAsync();
        var secrets = new KnownSecrets();
        var connection = new LedgerConnection(
            new Uri(participant.Address, path),
            credentials ?? new ClientCredentials(participant.TokenUrl, Participant.ClientId, participant.Tokens.Secret) { Audience = Participant.Audience })
        {
            Retries = retries ?? Impatient,
        };
        return new(participant, new LedgerClient(connection, secrets, clock ?? TimeProvider.System), secrets);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Participant.DisposeAsync();
    }
}
