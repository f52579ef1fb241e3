using System.Net;
using Microsoft.AspNetCore.Http;

namespace CantonInfra.ParticipantStandIn;

/// <summary>Something that goes wrong with one request.</summary>
public sealed record Fault
{
    /// <summary>The answer's status; null where the connection breaks instead.</summary>
    public HttpStatusCode? Status { get; init; }

    public string MediaType { get; init; } = "application/json";

    public string Body { get; init; } = "";

    public TimeSpan? Delay { get; init; }

    /// <summary>The header Retry-After.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>The header Location.</summary>
    public string? Location { get; init; }

    /// <summary>Whether the request is carried out before it goes wrong.</summary>
    public bool AfterWork { get; init; }

    internal async Task AnswerAsync(HttpContext context)
    {
        if (Status is not { } status)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = (int)status;
        context.Response.ContentType = MediaType;
        if (RetryAfter is not null)
        {
            context.Response.Headers.RetryAfter = RetryAfter;
        }

        if (Location is not null)
        {
            context.Response.Headers.Location = Location;
        }

        await context.Response.WriteAsync(Body);
    }
}

/// <summary>What goes wrong, and when.</summary>
public sealed class Faults
{
    private readonly Lock _lock = new();
    private readonly List<(string Call, Fault Fault, int Left)> _planned = [];

    /// <summary>Lets the next requests that begin so go wrong.</summary>
    /// <param name="call">The beginning of a call, such as <c>POST /v2/users</c>.</param>
    /// <param name="fault">What happens.</param>
    /// <param name="times">How often.</param>
    public void Plan(string call, Fault fault, int times = 1)
    {
        lock (_lock)
        {
            _planned.Add((call, fault, times));
        }
    }

    internal Fault? For(string call)
    {
        lock (_lock)
        {
            var index = _planned.FindIndex(planned => call.StartsWith(planned.Call, StringComparison.Ordinal));
            if (index < 0)
            {
                return null;
            }

            var (prefix, fault, left) = _planned[index];
            if (left == 1)
            {
                _planned.RemoveAt(index);
            }
            else
            {
                _planned[index] = (prefix, fault, left - 1);
            }

            return fault;
        }
    }
}
