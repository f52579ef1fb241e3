using System.Net;
using System.Net.Http.Headers;

namespace CantonInfra.Canton.Ledger;

/// <summary>An answer, read to its end.</summary>
/// <param name="Status">The status.</param>
/// <param name="MediaType">The body's type; empty where it is not named.</param>
/// <param name="Body">The body.</param>
/// <param name="Attempts">How many attempts it took.</param>
internal sealed record TransmittedAnswer(HttpStatusCode Status, string MediaType, string Body, int Attempts);

/// <summary>Sends requests, again where they fail for a reason that passes: within bounds, with growing and uneven waits.</summary>
/// <param name="client">The client.</param>
/// <param name="policy">The bounds.</param>
/// <param name="clock">The clock.</param>
/// <param name="chance">Gives a number from 0 to 1.</param>
internal sealed class Transmission(HttpClient client, RetryPolicy policy, TimeProvider clock, Func<double> chance)
{
    /// <summary>Sends a request until it is answered for good.</summary>
    /// <param name="call">The call, as messages name it.</param>
    /// <param name="request">Makes the request; once for each attempt.</param>
    /// <param name="cancellation">Ends it, also in a wait.</param>
    /// <exception cref="LedgerException">Nobody answered.</exception>
    public async Task<TransmittedAnswer> SendAsync(
        string call, Func<CancellationToken, Task<HttpRequestMessage>> request, CancellationToken cancellation)
    {
        var started = clock.GetTimestamp();
        for (var attempt = 0; ; attempt++)
        {
            var (answer, asked, trouble) = await TryAsync(request, attempt, cancellation);
            if (answer is not null && !LedgerAnswers.IsTransient(answer.Status))
            {
                return answer;
            }

            var wait = policy.WaitAfter(attempt, chance());
            if (asked > wait)
            {
                wait = asked.Value;
            }

            if (clock.GetElapsedTime(started) + wait <= policy.Budget)
            {
                await Task.Delay(wait, clock, cancellation);
            }
            else
            {
                return answer ?? throw new LedgerException(
                    LedgerFailure.Unavailable,
                    $"{call} got no answer in {attempt + 1} attempts: {trouble}. See whether the address is right, the server runs, and"
                    + " this machine is inside the network that reaches it.");
            }
        }
    }

    private async Task<(TransmittedAnswer? Answer, TimeSpan? Asked, string Trouble)> TryAsync(
        Func<CancellationToken, Task<HttpRequestMessage>> request, int attempt, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var message = await request(cancellation);
        limit.CancelAfter(policy.Attempt);
        try
        {
            using var response = await client.SendAsync(message, limit.Token);
            var body = await response.Content.ReadAsStringAsync(limit.Token);
            var mediaType = response.Content.Headers.ContentType?.MediaType ?? "";
            return (new TransmittedAnswer(response.StatusCode, mediaType, body, attempt + 1), AskedWait(response.Headers.RetryAfter), "");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (null, null, FormattableString.Invariant($"no answer within {policy.Attempt.TotalSeconds:0.#} s"));
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return (null, null, exception.GetBaseException().Message.TrimEnd('.'));
        }
    }

    private TimeSpan? AskedWait(RetryConditionHeaderValue? header) => header switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - clock.GetUtcNow(),
        _ => null,
    };
}
