using System.Net;
using System.Text.Json;

namespace CantonInfra.Reachability.Tests;

/// <summary>A packet between pods or addresses outside.</summary>
/// <param name="From">The pod that sends; null for an address outside.</param>
/// <param name="FromAddress">The sender's address.</param>
/// <param name="To">The pod that gets it; null for an address outside.</param>
/// <param name="ToAddress">The receiver's address.</param>
/// <param name="Port">The port.</param>
/// <param name="Protocol">The protocol.</param>
internal sealed record Packet(JsonElement? From, string FromAddress, JsonElement? To, string ToAddress, int Port, string Protocol);

/// <summary>
/// Network policies as the API's reference words them, straight over the JSON and one packet at a time, for clusters of which
/// everything is known. Written without a look at what it is to check.
/// </summary>
internal sealed class NaiveEvaluator(JsonElement[] namespaces, JsonElement[] policies, bool isCilium)
{
    public bool Passes(Packet packet) => Leaves(packet) && Enters(packet);

    /// <summary>Whether the sender's policies let it out; addresses outside have none.</summary>
    public bool Leaves(Packet packet) =>
        packet.From is not { } sender || Allowed(sender, "Egress", "egress", "to", packet, packet.To, packet.ToAddress);

    /// <summary>Whether the receiver's policies let it in; addresses outside have none.</summary>
    public bool Enters(Packet packet) =>
        packet.To is not { } receiver || Allowed(receiver, "Ingress", "ingress", "from", packet, packet.From, packet.FromAddress);

    private bool Allowed(JsonElement pod, string type, string rulesName, string peersName, Packet packet, JsonElement? peer, string peerAddress)
    {
        var isolated = false;
        foreach (var policy in policies)
        {
            if (Place(policy) != Place(pod))
            {
                continue;
            }

            var spec = policy.GetProperty("spec");
            if (spec.TryGetProperty("podSelector", out var selector) && !Selected(selector, Labels(pod)))
            {
                continue;
            }

            if (!Types(spec).Contains(type))
            {
                continue;
            }

            isolated = true;
            foreach (var rule in List(spec, rulesName))
            {
                var peers = List(rule, peersName);
                var ports = List(rule, "ports");
                var peerFits = peers.Length == 0;
                foreach (var candidate in peers)
                {
                    peerFits = peerFits || Fits(candidate, Place(policy), peer, peerAddress);
                }

                var portFits = ports.Length == 0;
                foreach (var candidate in ports)
                {
                    portFits = portFits || FitsPort(candidate, packet);
                }

                if (peerFits && portFits)
                {
                    return true;
                }
            }
        }

        return !isolated;
    }

    private static string Place(JsonElement item) => item.GetProperty("metadata").GetProperty("namespace").GetString()!;

    private static Dictionary<string, string> Labels(JsonElement item) => item.GetProperty("metadata").TryGetProperty("labels", out var labels)
        ? labels.EnumerateObject().ToDictionary(label => label.Name, label => label.Value.GetString()!)
        : [];

    private static JsonElement[] List(JsonElement item, string name) =>
        item.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : [];

    private static HashSet<string> Types(JsonElement spec)
    {
        var types = List(spec, "policyTypes").Select(type => type.GetString()!).ToHashSet();
        if (types.Count == 0)
        {
            types.Add("Ingress");
            if (List(spec, "egress").Length > 0)
            {
                types.Add("Egress");
            }
        }

        return types;
    }

    private static bool Selected(JsonElement selector, Dictionary<string, string> labels)
    {
        if (selector.TryGetProperty("matchLabels", out var match))
        {
            foreach (var label in match.EnumerateObject())
            {
                if (!labels.TryGetValue(label.Name, out var value) || value != label.Value.GetString())
                {
                    return false;
                }
            }
        }

        foreach (var expression in List(selector, "matchExpressions"))
        {
            var has = labels.TryGetValue(expression.GetProperty("key").GetString()!, out var value);
            var listed = List(expression, "values").Any(each => each.GetString() == value);
            var holds = expression.GetProperty("operator").GetString() switch
            {
                "In" => has && listed,
                "NotIn" => !has || !listed,
                "Exists" => has,
                _ => !has,
            };
            if (!holds)
            {
                return false;
            }
        }

        return true;
    }

    private bool Fits(JsonElement peer, string ownPlace, JsonElement? pod, string address)
    {
        if (peer.TryGetProperty("ipBlock", out var block))
        {
            if (isCilium && pod is not null)
            {
                return false;
            }

            return IPNetwork.Parse(block.GetProperty("cidr").GetString()!).Contains(IPAddress.Parse(address))
                && !List(block, "except").Any(except => IPNetwork.Parse(except.GetString()!).Contains(IPAddress.Parse(address)));
        }

        if (pod is not { } known)
        {
            return false;
        }

        var inPlace = peer.TryGetProperty("namespaceSelector", out var places)
            ? Selected(places, Labels(namespaces.Single(each => each.GetProperty("metadata").GetProperty("name").GetString() == Place(known))))
            : Place(known) == ownPlace;
        return inPlace && (!peer.TryGetProperty("podSelector", out var pods) || Selected(pods, Labels(known)));
    }

    private static bool FitsPort(JsonElement port, Packet packet)
    {
        var protocol = port.TryGetProperty("protocol", out var given) ? given.GetString() : "TCP";
        if (protocol != packet.Protocol)
        {
            return false;
        }

        if (!port.TryGetProperty("port", out var number))
        {
            return true;
        }

        if (number.ValueKind == JsonValueKind.String)
        {
            return packet.To is { } target && target.GetProperty("spec").GetProperty("containers").EnumerateArray()
                .SelectMany(container => List(container, "ports"))
                .Any(each => each.TryGetProperty("name", out var name) && name.GetString() == number.GetString()
                    && each.GetProperty("containerPort").GetInt32() == packet.Port
                    && (each.TryGetProperty("protocol", out var own) ? own.GetString() : "TCP") == protocol);
        }

        var first = number.GetInt32();
        return packet.Port >= first && packet.Port <= (port.TryGetProperty("endPort", out var end) ? end.GetInt32() : first);
    }
}
