using System.Collections.Immutable;
using CantonInfra.Protocol.Properties;
using CantonInfra.Reachability.Addresses;
using CantonInfra.Reachability.Cluster;
using CantonInfra.Reachability.Reading;

namespace CantonInfra.Reachability.Proof;

/// <summary>Reads the table of connections out of a program's resources.</summary>
public static class DeclarationReader
{
    /// <summary>The type of the component that has the table as its outputs <c>ends</c> and <c>connections</c>.</summary>
    public const string Type = "canton-infra:isolation:Connections";

    /// <summary>Reads it.</summary>
    /// <param name="resources">The resources of a stack.</param>
    /// <returns>The table, and what is wrong with it; neither where the program declares no connections.</returns>
    public static (Declarations? Table, string? Problem) Read(IEnumerable<ClusterResource> resources)
    {
        var tables = resources.Where(resource => resource.Type == Type).ToList();
        if (tables.Count == 0)
        {
            return (null, null);
        }

        if (tables.Count > 1)
        {
            return (null, "There are several tables of connections in the stack.");
        }

        var table = tables[0];
        if (table.Properties.At("ends") is not MapValue ends || table.Properties.At("connections") is not ListValue connections)
        {
            return (null, "The table of connections is not known.");
        }

        var read = ends.Entries.Select(entry => (entry.Key, End: End(entry.Key, entry.Value))).ToList();
        var listed = connections.Items.Select(Connection).ToList();
        return read.FirstOrDefault(entry => entry.End is null).Key is { } unclear
            ? (null, $"The end '{unclear}' in the table of connections is not known or not understood.")
            : listed.Any(connection => connection is null)
                ? (null, "A connection in the table is not known or not understood.")
                : (new Declarations(
                    table.Urn,
                    read.ToImmutableSortedDictionary(entry => entry.Key, entry => entry.End!, StringComparer.Ordinal),
                    [.. listed.OfType<DeclaredConnection>()]), null);
    }

    private static DeclaredEnd? End(string name, PropertyValue value) => value.At("kind").Text() switch
    {
        "pods" => Pods(name, value),
        "namespace" => value.At("namespace").Text() is { } place ? new DeclaredNamespace(name, place) : null,
        "addresses" => Networks(value.At("prefixes")) is { } networks ? new DeclaredAddresses(name, networks) : null,
        "hosts" => Texts(value.At("hosts")) is { } hosts && Networks(value.At("ownNetworks")) is { } own
            && value.At("isRestricted").Flag(fallback: false) is { } isRestricted
                ? new DeclaredHosts(name, hosts, isRestricted, own)
                : null,
        _ => null,
    };

    private static DeclaredPods? Pods(string name, PropertyValue value)
    {
        var labels = (value.At("labels") as MapValue)?.Entries;
        var ports = value.At("ports").Items();
        var mesh = value.At("mesh");
        return labels is not null
            && value.At("namespace").Text() is { } place
            && labels.Values.All(label => label.Text() is not null)
            && value.At("isPlatform").Flag(fallback: false) is { } isPlatform
            && ports is { } listed
            && listed.All(port => port.At("port").Number() is not null)
            && (mesh is null || mesh.At("principal").Text() is not null)
            && mesh.At("isServer").Flag(fallback: false) is { } isServer
                ? new DeclaredPods(
                    name,
                    place,
                    labels.ToImmutableSortedDictionary(label => label.Key, label => label.Value.Text()!, StringComparer.Ordinal),
                    isPlatform,
                    [.. listed.Select(port => new PodPort(port.At("name").Text(), port.At("port").Number()!.Value, port.At("protocol").Text() ?? "TCP"))])
                {
                    Principal = mesh.At("principal").Text(),
                    IsMeshServer = isServer,
                }
                : null;
    }

    private static DeclaredConnection? Connection(PropertyValue value) =>
        value.At("from").Text() is { } from && value.At("to").Text() is { } to && value.At("port").Number() is { } port
            ? new DeclaredConnection(
                from, to, port, value.At("protocol").Text() ?? "TCP", value.At("requirement").Text() ?? "", value.At("why").Text() ?? "")
            : null;

    private static ImmutableArray<string>? Texts(PropertyValue? value) =>
        value.Items() is { } items && items.All(item => item.Text() is not null) ? [.. items.Select(item => item.Text()!)] : null;

    private static ImmutableArray<AddressSpan>? Networks(PropertyValue? value) =>
        Texts(value) is { } texts && texts.All(text => AddressSpan.TryParse(text, out _)) ? [.. texts.Select(AddressSpan.Parse)] : null;
}
