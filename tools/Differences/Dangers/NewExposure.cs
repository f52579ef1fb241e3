using CantonInfra.Engine.Plans;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Tools.Differences.Dangers;

/// <summary>What can be reached from outside and could not: public addresses, public access, services and policies of Kubernetes.</summary>
internal sealed class NewExposure : IDangerDetector
{
    // Inputs that close something, at any depth, by the value that does. What is not 'closed' any more is told.
    private static readonly (string Name, string Closed)[] Switches =
    [
        ("allowBlobPublicAccess", "false"),
        ("allowNestedItemsToBePublic", "false"),
        ("allowSharedKeyAccess", "false"),
        ("defaultAction", "Deny"),
        ("enablePrivateCluster", "true"),
        ("privateClusterEnabled", "true"),
        ("publicAccess", "None"),
        ("publicNetworkAccess", "Disabled"),
        ("publicNetworkAccessEnabled", "false"),
        ("publicNetworkAccessForIngestion", "Disabled"),
        ("publicNetworkAccessForQuery", "Disabled"),
    ];

    // Lists of those who are let in.
    private static readonly string[] Admitted = ["authorizedIPRanges", "authorizedIpRanges", "ipRules", "loadBalancerSourceRanges", "virtualNetworkRules"];

    private static readonly string[] Entrances =
    [
        "azure-native:dbforpostgresql:FirewallRule", "azure-native:network:PublicIPAddress", "azure-native:network:PublicIPPrefix",
        "azure:network/publicIp:PublicIp", "azure:postgresql/flexibleServerFirewallRule:FlexibleServerFirewallRule",
        "kubernetes:extensions:Ingress", "kubernetes:networking.k8s.io:Ingress", "kubernetes:gateway.networking.k8s.io:Gateway",
    ];

    private const string NetworkPolicy = "kubernetes:networking.k8s.io:NetworkPolicy";
    private const string Internal = "metadata.annotations.service.beta.kubernetes.io/azure-load-balancer-internal";

    /// <inheritdoc/>
    public IEnumerable<Danger> Find(PlanDifference difference)
    {
        var namespaces = difference.Plan.Resources
            .Where(resource => resource.PlainType() == "kubernetes:core:Namespace")
            .Select(resource => resource.Inputs.Text("metadata.name"))
            .ToHashSet(StringComparer.Ordinal);
        return difference.Changes
            .Where(change => change.IsChange && change.Resource.Kind == ResourceKind.Custom)
            .SelectMany(change => change.Operation == Operation.Delete ? OfGone(change, namespaces) : Of(change));
    }

    private static IEnumerable<Danger> Of(ResourceChange change)
    {
        var type = change.Resource.PlainType();
        if (change.Former is null && Entrances.Contains(type, StringComparer.Ordinal))
        {
            yield return Grave(change, Word(type));
        }

        if (type == "kubernetes:core:Service" && Outside(change.Resource) is { } kind && (change.Former is null || Outside(change.Former) != kind))
        {
            yield return Grave(change, "a service that is reached from outside of the cluster", kind);
        }

        if (type == NetworkPolicy && AdmitsAnybody(change.Resource) && (change.Former is null || !AdmitsAnybody(change.Former)))
        {
            yield return Grave(change, "a network policy that admits anybody");
        }

        foreach (var danger in OfProperties(change))
        {
            yield return danger;
        }
    }

    private static IEnumerable<Danger> OfGone(ResourceChange change, HashSet<string?> namespaces)
    {
        if (change.Resource.PlainType() == NetworkPolicy && namespaces.Contains(change.Resource.Inputs.Text("metadata.namespace")))
        {
            yield return Grave(change, "a network policy is gone, and its namespace is not");
        }
    }

    private static IEnumerable<Danger> OfProperties(ResourceChange change)
    {
        var former = Leaves(change.Former?.Inputs ?? MapValue.Empty, "").ToDictionary(leaf => leaf.Path, StringComparer.Ordinal);
        foreach (var (path, name, value) in Leaves(change.Resource.Inputs, ""))
        {
            if (Switches.FirstOrDefault(entry => entry.Name == name) is { Name: not null } entry)
            {
                // Others have a switch of that name too, which is no word but yes or no: a Keycloak action that is the default, for one.
                var isOpen = value.Text() is { } text && !text.Equals(entry.Closed, StringComparison.OrdinalIgnoreCase)
                    && (value.Unwrapped is not BoolValue || entry.Closed is "true" or "false");
                var wasClosed = !former.TryGetValue(path, out var before) || IsClosed(before.Value, entry.Closed);
                if (isOpen && wasClosed)
                {
                    yield return Grave(change, "is opened", $"{path}: {value.Shown()}");
                }
            }
            else if (Admitted.Contains(name, StringComparer.Ordinal) && value.Unwrapped is ListValue list)
            {
                var known = former.TryGetValue(path, out var before) && before.Value.Unwrapped is ListValue earlier ? earlier.Items : [];
                foreach (var item in list.Items.Where(item => !known.Any(other => PropertyComparison.AreEqual(other, item))))
                {
                    yield return Grave(change, "lets more in", $"{path}: {item.Shown()}");
                }
            }
        }

        // What is not said is as the cloud has it, and that is open for most of these.
        var present = Leaves(change.Resource.Inputs, "").Select(leaf => leaf.Path).ToHashSet(StringComparer.Ordinal);
        foreach (var (path, name, value) in former.Values)
        {
            if (!present.Contains(path) && Switches.FirstOrDefault(entry => entry.Name == name) is { Name: not null } entry && IsClosed(value, entry.Closed))
            {
                yield return Grave(change, "does not say any more that it is closed", path);
            }
        }
    }

    private static bool IsClosed(PropertyValue value, string closed) =>
        value.Text() is { } text && text.Equals(closed, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<(string Path, string Name, PropertyValue Value)> Leaves(MapValue map, string place)
    {
        foreach (var (name, value) in map.Entries)
        {
            var path = place.Length == 0 ? name : $"{place}.{name}";
            yield return (path, name, value);
            if (!value.IsSecret && value.Unwrapped is MapValue inner)
            {
                foreach (var leaf in Leaves(inner, path))
                {
                    yield return leaf;
                }
            }
        }
    }

    private static string? Outside(PlannedResource service)
    {
        var type = service.Inputs.Text("spec.type");
        var annotations = service.Inputs["metadata"]?.Unwrapped is MapValue metadata && metadata["annotations"]?.Unwrapped is MapValue found ? found : MapValue.Empty;
        var isInternal = annotations[Internal["metadata.annotations.".Length..]]?.Text() == "true";
        return type is "LoadBalancer" && !isInternal ? type : type is "NodePort" ? type : null;
    }

    private static bool AdmitsAnybody(PlannedResource policy) => policy.Inputs.Items("spec.ingress").Any(rule =>
        rule.Unwrapped is MapValue map
        && (map["from"] is null
            || map.Items("from").Any(peer => peer.Unwrapped is MapValue from && from.Text("ipBlock.cidr") is "0.0.0.0/0" or "::/0")));

    private static string Word(string type) => type switch
    {
        _ when type.Contains("FirewallRule", StringComparison.Ordinal) => "a new rule that lets addresses in",
        _ when type.StartsWith("kubernetes:", StringComparison.Ordinal) => "a new way in from outside of the cluster",
        _ => "a new public address",
    };

    private static Danger Grave(ResourceChange change, string what, string detail = "") =>
        new(DangerKind.Exposure, DangerGrade.Grave, change.Resource.Urn, what, detail);
}
