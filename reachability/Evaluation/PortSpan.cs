using System.Collections.Immutable;
using System.Globalization;

namespace CantonInfra.Reachability.Evaluation;

/// <summary>Ports in a row, of one protocol.</summary>
/// <param name="Protocol">TCP, UDP or SCTP.</param>
/// <param name="First">The first.</param>
/// <param name="Last">The last.</param>
public readonly record struct PortSpan(string Protocol, int First, int Last)
{
    private const int Least = 1;
    private const int Most = 65535;

    /// <summary>The protocols that network policies know.</summary>
    public static ImmutableArray<string> Protocols { get; } = ["SCTP", "TCP", "UDP"];

    /// <summary>All ports cut where one begins or ends: each piece is one of these ports or none of them.</summary>
    /// <param name="ports">The ports that matter.</param>
    public static ImmutableArray<PortSpan> Atoms(IEnumerable<PortSpan> ports)
    {
        var all = ports.ToLookup(port => port.Protocol, StringComparer.Ordinal);
        return [.. Protocols.SelectMany(protocol =>
        {
            var starts = new SortedSet<int> { Least };
            foreach (var port in all[protocol])
            {
                starts.Add(Math.Clamp(port.First, Least, Most));
                starts.Add(Math.Clamp(port.Last + 1, Least, Most + 1));
            }

            starts.Add(Most + 1);
            return starts.Zip(starts.Skip(1), (start, next) => new PortSpan(protocol, start, next - 1));
        })];
    }

    /// <summary>The same ports with neighbours put together.</summary>
    /// <param name="ports">Ports in order.</param>
    public static ImmutableArray<PortSpan> Merge(IEnumerable<PortSpan> ports)
    {
        var merged = ImmutableArray.CreateBuilder<PortSpan>();
        foreach (var port in ports)
        {
            if (merged.Count > 0 && merged[^1] is var before && before.Protocol == port.Protocol && before.Last + 1 == port.First)
            {
                merged[^1] = before with { Last = port.Last };
            }
            else
            {
                merged.Add(port);
            }
        }

        return merged.ToImmutable();
    }

    /// <summary>The protocol and the ports, such as <c>TCP 5001</c>.</summary>
    public override string ToString() => (First, Last) switch
    {
        (Least, Most) => $"{Protocol} on all ports",
        _ when First == Last => string.Create(CultureInfo.InvariantCulture, $"{Protocol} {First}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Protocol} {First}-{Last}"),
    };
}
