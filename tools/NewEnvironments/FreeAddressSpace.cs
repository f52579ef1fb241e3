using System.Net;

namespace CantonInfra.Tools.NewEnvironments;

/// <summary>Finds a network that no other environment has, so that environments can be connected one day.</summary>
internal static class FreeAddressSpace
{
    private const int First = 40;
    private const int PrefixLength = 20;

    /// <summary>The first network of 10.40.0.0/20, 10.41.0.0/20, … that overlaps none of these.</summary>
    /// <param name="taken">The networks of other environments; what is no network is passed over.</param>
    /// <returns>The network; null where all are taken.</returns>
    public static string? Find(IEnumerable<string> taken)
    {
        var networks = taken.Select(text => IPNetwork.TryParse(text, out var network) ? network : (IPNetwork?)null).OfType<IPNetwork>().ToArray();
        for (var second = First; second < First + 256; second++)
        {
            var candidate = new IPNetwork(new IPAddress([10, (byte)(second % 256), 0, 0]), PrefixLength);
            if (!networks.Any(network => network.Contains(candidate.BaseAddress) || candidate.Contains(network.BaseAddress)))
            {
                return candidate.ToString();
            }
        }

        return null;
    }
}
