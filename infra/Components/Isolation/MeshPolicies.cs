using System.Collections.Immutable;
using System.Globalization;
using CantonInfra.Infra.Components.Isolation.Objects;
using Pulumi;

namespace CantonInfra.Infra.Components.Isolation;

/// <summary>
/// What a mesh allows, from the same connections as the network policies (A9): nothing in each of its namespaces, and then for each workload
/// whoever is declared, by identity and port.
/// </summary>
internal static class MeshPolicies
{
    /// <summary>The annotation that says why ports take plain text: <c>port: why</c>, one a line.</summary>
    public const string PlainPortsAnnotation = "canton-infra/plain-ports";

    /// <summary>Declares them.</summary>
    /// <param name="members">The namespaces whose pods are all in the mesh.</param>
    /// <param name="connections">The connections, in an order that does not change.</param>
    /// <exception cref="InvalidOperationException">A port is connected to from the mesh and from outside.</exception>
    public static void Declare(IEnumerable<TrustZoneNamespace> members, ImmutableArray<Connection> connections)
    {
        foreach (var home in members)
        {
            _ = new Pulumi.Kubernetes.ApiExtensions.CustomResource(
                $"{home.NamespaceName}-mesh-deny",
                new AuthorizationPolicyArgs { Metadata = home.Metadata("default-deny"), Spec = new AuthorizationPolicySpecArgs() },
                home.Within(home));
        }

        foreach (var ends in connections
            .Where(connection => connection.To is Workload { Identity.IsServer: true })
            .GroupBy(connection => (Workload)connection.To)
            .OrderBy(ends => ends.Key.Name, StringComparer.Ordinal))
        {
            var plain = ends.Where(connection => PrincipalOf(connection.From) is null).ToImmutableArray();
            if (ends.Except(plain).FirstOrDefault(inside => plain.Any(outside => outside.Port == inside.Port)) is { } both)
            {
                throw new InvalidOperationException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Port {both.Port} of {both.To.Name} is connected to by {both.From.Name} through the mesh, and by others in plain text; a"
                    + $" port can have one only. Give the others a port of their own."));
            }

            Allow(ends.Key, ends, plain);
        }
    }

    private static void Allow(Workload workload, IEnumerable<Connection> connections, ImmutableArray<Connection> plain)
    {
        var home = workload.Home!;
        var rules = connections.Except(plain)
            .GroupBy(connection => PrincipalOf(connection.From)!, StringComparer.Ordinal)
            .OrderBy(source => source.Key, StringComparer.Ordinal)
            .Select(source => Rule(new AuthorizationSourceArgs { Principals = [source.Key] }, source))
            .ToImmutableArray();
        if (!plain.IsEmpty)
        {
            // Who shows no identity, and nobody else: network policies say who of them.
            rules = rules.Add(Rule(new AuthorizationSourceArgs { NotPrincipals = ["*"] }, plain));
            DeclarePlain(workload, home, plain);
        }

        _ = new Pulumi.Kubernetes.ApiExtensions.CustomResource(
            $"{home.NamespaceName}-{workload.ShortName}-mesh",
            new AuthorizationPolicyArgs
            {
                Metadata = home.Metadata(workload.ShortName),
                Spec = new AuthorizationPolicySpecArgs { Selector = workload.Selector(), Rules = rules },
            },
            home.Within(home));
    }

    private static void DeclarePlain(Workload workload, TrustZoneNamespace home, ImmutableArray<Connection> plain)
    {
        var metadata = home.Metadata(workload.ShortName);
        metadata.Annotations = new InputMap<string>
        {
            [PlainPortsAnnotation] = string.Join('\n', plain.Select(connection => string.Create(
                CultureInfo.InvariantCulture, $"{connection.Port}: {connection.From.Name} is in no mesh. {connection.Why}"))),
        };
        _ = new Pulumi.Kubernetes.ApiExtensions.CustomResource(
            $"{home.NamespaceName}-{workload.ShortName}-plain",
            new PeerAuthenticationArgs
            {
                Metadata = metadata,
                Spec = new PeerAuthenticationSpecArgs
                {
                    Selector = workload.Selector(),
                    MutualTls = new MutualTlsArgs { Mode = MutualTlsArgs.Strict },
                    OfPorts = Ports(plain).ToImmutableSortedDictionary(
                        port => port, _ => new MutualTlsArgs { Mode = MutualTlsArgs.Disable }, StringComparer.Ordinal),
                },
            },
            home.Within(home));
    }

    private static string? PrincipalOf(ConnectionEnd end) => (end as Workload)?.Identity?.Principal;

    private static AuthorizationRuleArgs Rule(AuthorizationSourceArgs source, IEnumerable<Connection> connections) => new()
    {
        From = [new AuthorizationFromArgs { Source = source }],
        To = [new AuthorizationToArgs { Operation = new AuthorizationOperationArgs { Ports = Ports(connections) } }],
    };

    private static ImmutableArray<string> Ports(IEnumerable<Connection> connections) =>
        [.. connections.Select(connection => connection.Port).Distinct().Order().Select(port => port.ToString(CultureInfo.InvariantCulture))];
}
