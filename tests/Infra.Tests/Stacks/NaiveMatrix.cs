using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text.Json;
using CantonInfra.Protocol.Properties;
using CantonInfra.Reachability.Cluster;

namespace CantonInfra.Infra.Tests.Stacks;

/// <summary>
/// Who may connect to whom in a plan: by its table of connections, and by its policies as another evaluator reads them. Both are read
/// from JSON; nothing of the library that proves connections is used.
/// </summary>
internal sealed class NaiveMatrix
{
    private const string Policy = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
    private const string NameLabel = "kubernetes.io/metadata.name";
    private const string Elsewhere = "elsewhere";

    // The internet, and addresses that no workload has business with.
    private static readonly string[] Internet = ["8.8.4.4", "20.40.60.80"];
    private static readonly string[] Others = ["169.254.169.254", "168.63.129.16", "192.168.1.1", "100.64.0.1", "172.16.9.9", "10.99.0.1"];

    private readonly ImmutableArray<(string From, string To, int Port, string Protocol)> _declared;
    private readonly ImmutableArray<Peer> _peers;
    private readonly ImmutableArray<JsonElement> _namespaces;

    /// <summary>Reads the table of a plan.</summary>
    public NaiveMatrix(ImmutableArray<ClusterResource> resources)
    {
        var table = Json(resources.Single(resource => resource.Type == "canton-infra:isolation:Connections").Properties);
        var ends = table.GetProperty("ends").EnumerateObject().ToDictionary(end => end.Name, end => end.Value, StringComparer.Ordinal);
        _declared =
        [
            .. table.GetProperty("connections").EnumerateArray().Select(each => (
                each.GetProperty("from").GetString()!,
                each.GetProperty("to").GetString()!,
                each.GetProperty("port").GetInt32(),
                each.GetProperty("protocol").GetString()!)),
        ];
        Namespaces = [.. ends.Values.Where(end => Kind(end) == "namespace").Select(end => end.GetProperty("namespace").GetString()!)];
        _namespaces =
        [
            .. Namespaces.Append("kube-system").Append(Elsewhere)
                .Select(name => JsonSerializer.SerializeToElement(new { metadata = new { name, labels = new Dictionary<string, string> { [NameLabel] = name } } })),
        ];
        _peers = [.. Pods(ends), .. Addresses(ends)];
    }

    /// <summary>The namespaces of the plan.</summary>
    public ImmutableArray<string> Namespaces { get; }

    /// <summary>What the table declares of a namespace's pods: a line for each connection out of or into one of them.</summary>
    public ImmutableSortedSet<string> Declared(string place) => Lines(place, (packet, from, to, _) => _declared.Any(each =>
        each.Port == packet.Port && each.Protocol == packet.Protocol && from.Ends.Contains(each.From) && to.Ends.Contains(each.To)));

    /// <summary>What policies allow a namespace's pods, in the same lines; each end is asked by itself.</summary>
    public ImmutableSortedSet<string> Allowed(string place, IEnumerable<ClusterResource> resources)
    {
        // Policies of other namespaces govern pods of these only.
        var evaluator = new NaiveEvaluator(
            [.. _namespaces],
            [.. resources.Where(resource => resource.Type == Policy && ConnectionsTests.Place(resource) == place).Select(resource => Json(resource.Properties))],
            isCilium: true);
        return Lines(place, (packet, _, _, isOut) => isOut ? evaluator.Leaves(packet) : evaluator.Enters(packet));
    }

    private ImmutableSortedSet<string> Lines(string place, Func<Packet, Peer, Peer, bool, bool> passes)
    {
        // A port that nobody declares stands for all of those.
        var ports = _declared
            .Where(each => _peers.Any(peer => peer.Place == place && (peer.Ends.Contains(each.From) || peer.Ends.Contains(each.To))))
            .Select(each => (each.Port, each.Protocol))
            .Append((22, "TCP")).Append((443, "TCP")).Append((443, "UDP"))
            .Distinct().ToList();
        var lines = ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal);
        foreach (var (port, protocol) in ports)
        {
            foreach (var own in _peers.Where(peer => peer.Place == place && !peer.IsCopy))
            {
                foreach (var peer in _peers)
                {
                    Add(own, peer, isOut: true);
                    Add(peer, own, isOut: false);
                }
            }

            void Add(Peer from, Peer to, bool isOut)
            {
                if (passes(new Packet(from.Pod, from.Address, to.Pod, to.Address, port, protocol), from, to, isOut))
                {
                    lines.Add(string.Create(CultureInfo.InvariantCulture, $"{(isOut ? "out of" : "into")} {from.Name} to {to.Name} {protocol} {port}"));
                }
            }
        }

        return lines.ToImmutable();
    }

    // Those of the table, one that nobody knows in each namespace, and in each and elsewhere one that has another's labels.
    private IEnumerable<Peer> Pods(Dictionary<string, JsonElement> ends)
    {
        var number = 0;
        var known = ends.Where(end => Kind(end.Value) == "pods").ToList();
        foreach (var (name, end) in known)
        {
            yield return Pod(name, end.GetProperty("namespace").GetString()!, Labels(end), isCopy: false);
        }

        foreach (var place in Namespaces.Append(Elsewhere))
        {
            yield return Pod($"{place}/stranger", place, [], isCopy: false);
            foreach (var (name, end) in known.Where(end => end.Value.GetProperty("namespace").GetString() != place))
            {
                yield return Pod($"{place}/like {name}", place, Labels(end), isCopy: true);
            }
        }

        Peer Pod(string name, string place, Dictionary<string, string> labels, bool isCopy) => new(
            name,
            place,
            string.Create(CultureInfo.InvariantCulture, $"10.244.{++number / 250}.{1 + (number % 250)}"),
            JsonSerializer.SerializeToElement(new { metadata = new { @namespace = place, labels }, spec = new { containers = Array.Empty<object>() } }),
            [
                .. ends.Where(end => end.Value.TryGetProperty("namespace", out var own) && own.GetString() == place
                        && Labels(end.Value).All(label => labels.GetValueOrDefault(label.Key) == label.Value))
                    .Select(end => end.Key),
            ],
            isCopy);
    }

    // The first and the last address of each network, those beside it, the internet, and what nobody should reach.
    private static IEnumerable<Peer> Addresses(Dictionary<string, JsonElement> ends)
    {
        var networks = ends.Where(end => Kind(end.Value) == "addresses")
            .SelectMany(end => end.Value.GetProperty("prefixes").EnumerateArray().Select(prefix => (end.Key, Network: IPNetwork.Parse(prefix.GetString()!))))
            .ToList();
        var hosts = ends.Where(end => Kind(end.Value) == "hosts").Select(end => end.Key).ToList();
        return networks.SelectMany(each => Borders(each.Network)).Concat(Internet).Concat(Others).Distinct()
            .Select(address => new Peer(
                address,
                "",
                address,
                null,
                [
                    .. networks.Where(each => each.Network.Contains(IPAddress.Parse(address))).Select(each => each.Key),
                    .. Internet.Contains(address) ? hosts : [],
                ],
                IsCopy: false));
    }

    private static IEnumerable<string> Borders(IPNetwork network)
    {
        var first = BitConverter.ToUInt32([.. network.BaseAddress.GetAddressBytes().Reverse()]);
        var size = 1u << (32 - network.PrefixLength);
        return new[] { first - 1, first, first + size - 1, first + size }
            .Select(address => new IPAddress([.. BitConverter.GetBytes(address).Reverse()]).ToString());
    }

    private static string Kind(JsonElement end) => end.GetProperty("kind").GetString()!;

    private static Dictionary<string, string> Labels(JsonElement end) => end.TryGetProperty("labels", out var labels)
        ? labels.EnumerateObject().ToDictionary(label => label.Name, label => label.Value.GetString()!, StringComparer.Ordinal)
        : [];

    private static JsonElement Json(PropertyValue value)
    {
        using var document = JsonDocument.Parse(value.ToString());
        return document.RootElement.Clone();
    }

    private sealed record Peer(string Name, string Place, string Address, JsonElement? Pod, ImmutableHashSet<string> Ends, bool IsCopy);
}
