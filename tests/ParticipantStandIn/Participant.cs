using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CantonInfra.ParticipantStandIn;

/// <summary>
/// Stands in for a participant's JSON Ledger API v2 and for the identity provider before it. Strict about paths, verbs, bodies
/// and tokens, and ready to be slow, to fail, to conflict and to lie.
/// </summary>
public sealed class Participant : IAsyncDisposable
{
    public const string Admin = "ledger-api-user";
    public const string Audience = "https://ledger-api.test.canton";
    public const string ClientId = "validator-app-backend";

    private readonly WebApplication _application;
    private readonly ConcurrentQueue<string> _calls = new();
    private readonly ConcurrentQueue<string> _texts = new();

    private Participant(WebApplication application)
    {
        _application = application;
        Users = new UserStore();
        Tokens = new TokenDesk();
        Users.Add(Admin, "ParticipantAdmin");
    }

    public UserStore Users { get; }

    public TokenDesk Tokens { get; }

    /// <summary>What goes wrong; each entry is asked for each request until one answers.</summary>
    public Faults Faults { get; } = new();

    /// <summary>The address, such as <c>http://127.0.0.1:40123</c>.</summary>
    public Uri Address { get; private set; } = null!;

    public Uri TokenUrl => new(Address, "oauth/token");

    /// <summary>The requests so far, such as <c>GET /v2/users/a%40b</c>, in the order of their arrival; without token requests.</summary>
    public IReadOnlyList<string> Calls => [.. _calls.Where(call => !call.Contains("/oauth/", StringComparison.Ordinal))];

    /// <summary>The bodies that were sent.</summary>
    public IReadOnlyList<string> Bodies => [.. _texts];

    /// <summary>Requests that change something.</summary>
    public IReadOnlyList<string> Changes => [.. Calls.Where(call => !call.StartsWith("GET ", StringComparison.Ordinal))];

    public static async Task<Participant> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var application = builder.Build();
        var participant = new Participant(application);
        application.Run(participant.AnswerAsync);
        await application.StartAsync();
        var addresses = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        participant.Address = new Uri(addresses.Addresses.Single());
        return participant;
    }

    public void ForgetCalls() => _calls.Clear();

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await _application.StopAsync(now.Token);
        await _application.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var call = $"{context.Request.Method} {target}";
        _calls.Enqueue(call);
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        _texts.Enqueue(body);

        var fault = Faults.For(call);
        if (fault is { Delay: { } delay })
        {
            await Task.Delay(delay, context.RequestAborted);
        }

        if (fault is { AfterWork: false })
        {
            await fault.AnswerAsync(context);
            return;
        }

        var reply = Reply(context.Request, target, body);
        if (fault is { AfterWork: true })
        {
            await fault.AnswerAsync(context);
            return;
        }

        await reply.WriteAsync(context.Response);
    }

    private Reply Reply(HttpRequest request, string target, string body)
    {
        var path = target.Split('?')[0];
        if (path == "/oauth/token")
        {
            return Tokens.Answer(request, body);
        }

        var subject = Tokens.SubjectOf(request.Headers.Authorization.ToString());
        if (subject is null)
        {
            return Refusal.Of(HttpStatusCode.Unauthorized, "NA", "A security-sensitive error has been received", 16);
        }

        try
        {
            var api = new LedgerApi(Users, subject, request.Method, path, request.Query, body);
            return api.Answer();
        }
        catch (RefusalException refusal)
        {
            return refusal.Reply;
        }
    }
}

/// <summary>What is answered.</summary>
public sealed record Reply(HttpStatusCode Status, string MediaType, string Body)
{
    public static Reply Json(JsonObject body) => new(HttpStatusCode.OK, "application/json", body.ToJsonString());

    public async Task WriteAsync(HttpResponse response)
    {
        response.StatusCode = (int)Status;
        response.ContentType = MediaType;
        await response.WriteAsync(Body);
    }
}

/// <summary>Ends a request with a refusal.</summary>
public sealed class RefusalException(Reply reply) : Exception
{
    public Reply Reply => reply;
}

/// <summary>Refusals in the participant's form.</summary>
public static class Refusal
{
    public static Reply Of(HttpStatusCode status, string code, string cause, int grpc) => new(
        status,
        "application/json",
        new JsonObject
        {
            ["code"] = code,
            ["cause"] = cause,
            ["correlationId"] = null,
            ["traceId"] = "4bf92f3577b34da6a3ce929d0e0e4736",
            ["context"] = new JsonObject(),
            ["resources"] = new JsonArray(),
            ["errorCategory"] = code == "NA" ? -1 : grpc,
            ["grpcCodeValue"] = grpc,
        }.ToJsonString());

    public static RefusalException Argument(string cause) => new(Of(HttpStatusCode.BadRequest, "INVALID_ARGUMENT", cause, 3));

    public static RefusalException Unreadable(string cause) =>
        new(new Reply(HttpStatusCode.BadRequest, "text/plain", $"Invalid value for: body ({cause})"));
}
