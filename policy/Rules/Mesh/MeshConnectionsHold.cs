using System.Collections.Immutable;
using System.Globalization;
using CantonInfra.Policy.Rules.NetworkPolicies;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;
using CantonInfra.Reachability.Cluster;
using CantonInfra.Reachability.Proof;

namespace CantonInfra.Policy.Rules.Mesh;

/// <summary>Policies of a mesh let in the callers that a program declares, and no others.</summary>
internal sealed class MeshConnectionsHold : StackPolicy
{
    private static readonly PropertyPath Table = PropertyPath.Parse("connections");
    private static readonly PropertyPath Place = PropertyPath.Parse("metadata.namespace");
    private static readonly PropertyPath Selector = PropertyPath.Parse("spec.selector.matchLabels");
    private static readonly PropertyPath Rules = PropertyPath.Parse("spec.rules[*]");
    private static readonly PropertyPath Ports = PropertyPath.Parse("spec.portLevelMtls[*]");

    public override string Id => "mesh-connections-hold";

    public override string Title => "Policies of a mesh let in the declared callers and no others";

    public override string Rationale =>
        "A caller that is declared and not let in is an outage; one that is let in and not declared is a way to the ledger that nobody decided on. "
        + "Policies that allow add up, so one more beside those that everybody reads is enough.";

    public override string Remediation =>
        "Declare the connection where it is needed (docs/connections.md), and leave policies of the mesh to be derived from it: callers by principals "
        + "in full, operations by ports, and ports with mode DISABLE for callers that are in no mesh. Namespaces of declared pods keep the label that "
        + "puts them into the mesh.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "NS-1"),
        new(PolicyControl.CloudSecurityBenchmark, "IM-4"),
        new(PolicyControl.Soc2, "CC6.6"),
        new(PolicyControl.Requirement, "A9"),
        new(PolicyControl.Requirement, "C2"),
    ];

    public override IEnumerable<StackVerdict> Check(StackView resources, StackContext stack)
    {
        var (declared, problem) = DeclarationReader.Read(resources.Resources
            .Where(resource => resource.Type.Canonical == DeclarationReader.Type)
            .Select(resource => new ClusterResource(
                resource.Urn, resource.Type.Canonical, resource.Name, resource.Properties, "", resource.PropertyDependencies)));
        if (problem is not null)
        {
            return resources.OfType(DeclarationReader.Type).Select(table => StackVerdict.On(table, PolicyVerdict.Undecided(Table, problem)));
        }

        var servers = declared?.Ends.Values.OfType<DeclaredPods>().Where(pods => pods.IsMeshServer).ToImmutableArray() ?? [];
        return servers.IsEmpty
            ? [StackVerdict.OnStack(PolicyVerdict.NotApplicable("The program declares no connections through a mesh."))]
            : new Comparison(declared!, servers).Judge(resources);
    }

    /// <summary>A caller, by its principal or empty for whoever shows none, and a port of pods.</summary>
    private sealed record Way(string Caller, string Pods, int Port);

    /// <summary>The table of connections beside the objects of the mesh.</summary>
    private sealed class Comparison(Declarations declared, ImmutableArray<DeclaredPods> servers)
    {
        private readonly ImmutableDictionary<Way, DeclaredConnection> _ways = (
            from connection in declared.Connections
            where servers.Any(pods => pods.Name == connection.To)
            group connection by new Way(
                (declared.Ends.GetValueOrDefault(connection.From) as DeclaredPods)?.Principal ?? "", connection.To, connection.Port))
            .ToImmutableDictionary(group => group.Key, group => group.First());

        private readonly HashSet<Way> _allowed = [];
        private readonly HashSet<(string Pods, int Port)> _plain = [];
        private readonly List<StackVerdict> _verdicts = [];

        public List<StackVerdict> Judge(StackView resources)
        {
            foreach (var policy in resources.Resources.Where(resource => MeshTypes.AuthorizationPolicies.Any(type => type.Matches(resource.Type))))
            {
                _verdicts.AddRange(ReadPolicy(policy).Select(verdict => StackVerdict.On(policy, verdict)));
            }

            foreach (var peer in resources.Resources.Where(resource => MeshTypes.PeerAuthentications.Any(type => type.Matches(resource.Type))))
            {
                _verdicts.AddRange(ReadPeer(peer).Select(verdict => StackVerdict.On(peer, verdict)));
            }

            var table = resources.Find(declared.Urn)!;
            _verdicts.AddRange(JudgeNamespaces(resources, table).Select(verdict => StackVerdict.On(table, verdict)));
            if (_verdicts.All(verdict => verdict.Verdict is not UndecidedVerdict))
            {
                _verdicts.AddRange(_ways.OrderBy(way => way.Key.ToString(), StringComparer.Ordinal)
                    .SelectMany(way => Missing(way.Key, way.Value)).Select(text => StackVerdict.On(table, PolicyVerdict.Violation(Table, $"{table} {text}"))));
            }

            return _verdicts.Count > 0 ? _verdicts : [StackVerdict.On(table, PolicyVerdict.Pass)];
        }

        // Without sidecars nobody asks for a certificate or reads the mesh's policies. Who only connects may have one by a label of its pods.
        private IEnumerable<PolicyVerdict> JudgeNamespaces(StackView resources, StackResourceView table)
        {
            var members = servers.ToLookup(pods => pods.Namespace, StringComparer.Ordinal);
            foreach (var home in resources.Resources.Where(resource => KubernetesTypes.IsNamespace(resource.Type)))
            {
                if (home.Read(NamespacePlace.NamePath).TryGetText(out var name) && members[name].FirstOrDefault() is { } pods && MeshTypes.IsMember(home) is not true and var answer)
                {
                    yield return answer is null
                        ? PolicyVerdict.Undecided(Table, $"not known yet whether {home} is in the mesh")
                        : PolicyVerdict.Violation(Table, $"{table} declares {pods.Name} in a mesh, and {home} is in none: its pods get no sidecars.");
                }
            }
        }

        private IEnumerable<string> Missing(Way way, DeclaredConnection connection)
        {
            var what = string.Create(CultureInfo.InvariantCulture, $"declares {connection.From} to {connection.To} ({connection.Protocol} {connection.Port})");
            if (!_allowed.Contains(way))
            {
                yield return $"{what}, which no AuthorizationPolicy allows.";
            }

            if (_plain.Contains((way.Pods, way.Port)) != (way.Caller.Length == 0))
            {
                yield return way.Caller.Length == 0
                    ? $"{what}, which is in no mesh, and the port takes mutual TLS alone."
                    : $"{what} through the mesh, and the port takes plain text alone.";
            }
        }

        private IEnumerable<PolicyVerdict> ReadPolicy(StackResourceView policy)
        {
            var (selected, unknown) = SelectedBy(policy);
            var action = policy.Read("spec.action");
            if (unknown is not null || selected.IsEmpty)
            {
                return unknown is null ? [] : [PolicyVerdict.Undecided(unknown)];
            }

            return action.State != PropertyState.Missing && !action.TryGetText(out _) ? [PolicyVerdict.Undecided(action.Path)]
                : !action.TryGetText(out var text) || text == "ALLOW" ? policy.Select(Rules).SelectMany(rule => ReadRule(policy, rule, selected))
                : text == "AUDIT" ? []
                : [PolicyVerdict.Undecided(action.Path, "what policies deny, or leave to others, is not looked into")];
        }

        private IEnumerable<PolicyVerdict> ReadRule(StackResourceView policy, PropertyReading rule, ImmutableArray<DeclaredPods> selected)
        {
            if (rule.Value?.ContainsUnknowns ?? true)
            {
                return [PolicyVerdict.Undecided(rule.Path)];
            }

            var callers = Members(rule.Value, "from", "source", "principals", "notPrincipals");
            var ports = Members(rule.Value, "to", "operation", "ports");
            return callers.IsEmpty || ports.IsEmpty || (rule.Value.Unwrapped as MapValue)?["when"] is not null
                || callers.Any(caller => caller is not ("notPrincipals", "*") and not ("principals", _) || (caller.Key == "principals" && caller.Text.Contains('*')))
                || ports.Any(port => !int.TryParse(port.Text, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                ? [PolicyVerdict.Violation(
                    rule.Path, $"{policy} has a rule here that the declared connections cannot be held against: callers are principals in full, operations ports.")]
                : from pods in selected
                  from caller in callers
                  from port in ports
                  let way = new Way(
                      caller.Key == "principals" ? caller.Text : "", pods.Name, int.Parse(port.Text, CultureInfo.InvariantCulture))
                  where _allowed.Add(way) && !_ways.ContainsKey(way)
                  select PolicyVerdict.Violation(rule.Path, string.Create(
                      CultureInfo.InvariantCulture,
                      $"{policy} lets {(way.Caller.Length > 0 ? way.Caller : "whoever is in no mesh")} in to port {way.Port} of {way.Pods}, which is not declared."));
        }

        // What stands in a list of maps under names that are expected; nothing where others stand there, too.
        private static ImmutableArray<(string Key, string Text)> Members(PropertyValue rule, string list, string member, params string[] keys)
        {
            var maps = (((rule.Unwrapped as MapValue)?[list]?.Unwrapped as ListValue)?.Items ?? [])
                .Select(item => (item.Unwrapped as MapValue)?[member]?.Unwrapped as MapValue).ToList();
            return maps.TrueForAll(map => map is { Entries.Count: 1 } && map.Entries.Keys.All(keys.Contains))
                ? [.. from map in maps
                      from entry in map!.Entries
                      from item in (entry.Value.Unwrapped as ListValue)?.Items ?? []
                      select (entry.Key, (item.Unwrapped as StringValue)?.Value ?? "*")]
                : [];
        }

        private IEnumerable<PolicyVerdict> ReadPeer(StackResourceView peer)
        {
            var (selected, unknown) = SelectedBy(peer);
            if (unknown is not null)
            {
                yield return PolicyVerdict.Undecided(unknown);
                yield break;
            }

            foreach (var entry in selected.IsEmpty ? [] : peer.Select(Ports))
            {
                var mode = peer.Read(entry.Path.Then("mode"));
                if (mode.State != PropertyState.Missing && !mode.TryGetText(out _))
                {
                    yield return PolicyVerdict.Undecided(mode.Path);
                }
                else if (mode.TryGetText(out var text) && text == "DISABLE"
                    && int.TryParse(entry.Path.Elements[^1].Key, NumberStyles.None, CultureInfo.InvariantCulture, out var port))
                {
                    foreach (var pods in selected)
                    {
                        _plain.Add((pods.Name, port));
                        if (!_ways.ContainsKey(new Way("", pods.Name, port)))
                        {
                            yield return PolicyVerdict.Violation(mode.Path, string.Create(
                                CultureInfo.InvariantCulture, $"{peer} takes plain text on port {port} of {pods.Name}, where nobody is declared who would send it."));
                        }
                    }
                }
            }
        }

        private (ImmutableArray<DeclaredPods> Selected, PropertyPath? Unknown) SelectedBy(StackResourceView resource)
        {
            var place = resource.Read(Place);
            var selector = resource.Read(Selector);
            if (!place.TryGetText(out var name))
            {
                return ([], place.State == PropertyState.Missing ? null : place.Path);
            }

            var near = servers.Where(pods => name == MeshTypes.UsualRoot || pods.Namespace == name).ToImmutableArray();
            return near.IsEmpty || resource.Read("spec.targetRef").IsNothing() == false || resource.Read("spec.targetRefs").IsNothing() == false ? ([], null)
                : selector.State == PropertyState.Missing ? (near, null)
                : selector.Value is not MapValue labels || labels.ContainsUnknowns ? ([], selector.Path)
                : ([.. near.Where(pods => labels.Entries.All(
                    label => pods.Labels.GetValueOrDefault(label.Key) == (label.Value.Unwrapped as StringValue)?.Value))], null);
        }
    }
}
