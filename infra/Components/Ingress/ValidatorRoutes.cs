using System.Collections.Immutable;
using CantonInfra.Contracts;
using CantonInfra.Infra.Components.Identity;
using CantonInfra.Infra.Components.Ingress.Objects;
using CantonInfra.Infra.Components.Isolation;
using Pulumi;

namespace CantonInfra.Infra.Components.Ingress;

/// <summary>What <see cref="ValidatorRoutes"/> needs.</summary>
internal sealed record ValidatorRoutesArgs
{
    /// <summary>The validator's name, also that of its listener.</summary>
    public required string Validator { get; init; }

    /// <summary>The validator's namespace.</summary>
    public required TrustZoneNamespace Namespace { get; init; }

    /// <summary>The host that the environment's addresses are below.</summary>
    public required string Host { get; init; }

    /// <summary>The gateway.</summary>
    public required WebGateway Gateway { get; init; }

    /// <summary>What the validator's chart makes in that namespace.</summary>
    public required ChartContract Chart { get; init; }

    /// <summary>Whether machines call it with certificates.</summary>
    public required bool HasPeers { get; init; }
}

/// <summary>What of a validator is reached from outside: its user interfaces, and the API that they use (A8).</summary>
internal sealed class ValidatorRoutes : WebRoutes
{
    private const string Api = "validator-app";
    private const string ApiPath = "/api/validator";

    // Users are made and parties hosted there: the validator's operator does that from within.
    private const string AdminPath = "/api/validator/v0/admin";
    private const string NotFound = "not-found";

    private readonly ValidatorRoutesArgs _args;

    /// <summary>Declares the routes.</summary>
    public ValidatorRoutes(string name, ValidatorRoutesArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:ingress:ValidatorRoutes", name, args.Namespace, options)
    {
        _args = args;
        var addresses = UserInterfaceAddresses.Of(args.Validator, args.Host);
        var filter = new Pulumi.Kubernetes.ApiExtensions.CustomResource(
            $"{args.Validator}-{NotFound}",
            new HttpRouteFilterArgs
            {
                Metadata = args.Namespace.Metadata(NotFound),
                Spec = new HttpRouteFilterSpecArgs { DirectResponse = new DirectResponseArgs { StatusCode = 404 } },
            },
            args.Namespace.Within(this, args.Gateway.Ready));
        Route("wallet", new Uri(addresses.Wallet).Host, args.Validator, "wallet-web-ui", filter);
        Route("cns", new Uri(addresses.NameService).Host, args.Validator, "ans-web-ui", filter);
        if (args.HasPeers)
        {
            Route("api", PeerHost(args.Validator, args.Host), PeerListener(args.Validator), page: null, filter);
        }

        RegisterOutputs();
    }

    /// <summary>Where machines call a validator.</summary>
    /// <param name="validator">The validator's name.</param>
    /// <param name="host">The host that the environment's addresses are below.</param>
    public static string PeerHost(string validator, string host) => $"api.{validator}.{host}";

    /// <summary>The listener for them.</summary>
    /// <param name="validator">The validator's name.</param>
    public static string PeerListener(string validator) => $"{validator}-peers";

    private void Route(string name, string host, string listener, string? page, Resource filter)
    {
        ImmutableArray<HttpRouteRuleArgs> rules =
        [
            new()
            {
                Matches = At(AdminPath),
                Filters =
                [
                    new HttpRouteFilterReferenceArgs
                    {
                        ExtensionRef = new NamedObjectArgs { Group = "gateway.envoyproxy.io", Kind = "HTTPRouteFilter", Name = NotFound },
                    },
                ],
            },
            Lead([ApiPath], Api, _args.Chart.ServicePort(Api, "val-http")),
        ];
        if (page is not null)
        {
            rules = rules.Add(Lead(["/"], page, _args.Chart.ServicePort(page, "http")));
        }

        Route($"{_args.Validator}-{name}", name, host, [_args.Gateway.Host(listener)], rules, _args.Gateway.Ready, filter);
    }
}
