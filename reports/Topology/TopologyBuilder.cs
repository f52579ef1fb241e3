using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using CantonInfra.Engine.Plans;
using CantonInfra.Protocol;
using CantonInfra.Reports.Model;
using CantonInfra.Reports.Recovery;

namespace CantonInfra.Reports.Topology;

/// <summary>Draws a plan as boxes in boxes: regions, networks, subnets, groups, clusters, namespaces, and what stands in them.</summary>
internal sealed class TopologyBuilder
{
    private const string Subnet = "azure-native:network:Subnet";
    private const string Network = "azure-native:network:VirtualNetwork";
    private const string Group = "azure-native:resources:ResourceGroup";
    private const string Cluster = "azure-native:containerservice:ManagedCluster";
    private const string Namespace = "kubernetes:core/v1:Namespace";
    private const string Realm = "keycloak:index/realm:Realm";
    private const string Server = "azure-native:dbforpostgresql:Server";
    private const string Endpoint = "azure-native:network:PrivateEndpoint";
    private const string Database = "postgresql:index/database:Database";
    private const string Elsewhere = "";

    // More of a type in one place than this are counted, for nobody looks at each.
    private const int MostDrawn = 40;

    // What is worth a box of its own; all else is counted.
    private static readonly FrozenDictionary<string, string> Drawn = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["azure-native:compute:VirtualMachine"] = "virtual machine",
        ["azure-native:containerservice:AgentPool"] = "node pool",
        [Cluster] = "API server",
        [Server] = "PostgreSQL server",
        ["azure-native:keyvault:ManagedHsm"] = "managed HSM",
        ["azure-native:keyvault:Vault"] = "key vault",
        ["azure-native:monitor:AzureMonitorWorkspace"] = "metrics",
        ["azure-native:network:ApplicationGateway"] = "application gateway",
        ["azure-native:network:AzureFirewall"] = "firewall",
        ["azure-native:network:LoadBalancer"] = "load balancer",
        ["azure-native:network:NatGateway"] = "NAT gateway",
        [Endpoint] = "private endpoint",
        ["azure-native:network:PublicIPAddress"] = "public address",
        ["azure-native:operationalinsights:Workspace"] = "log workspace",
        ["azure-native:storage:StorageAccount"] = "storage account",
        ["azure-native:containerregistry:Registry"] = "container registry",
        [Database] = "database",
        ["keycloak:openid/client:Client"] = "client",
        ["kubernetes:apps/v1:Deployment"] = "deployment",
        ["kubernetes:apps/v1:StatefulSet"] = "stateful set",
        ["kubernetes:helm.sh/v3:Release"] = "release",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly PlanIndex _plan;
    private readonly Dictionary<string, List<PlannedResource>> _contents = new(StringComparer.Ordinal);
    private readonly ImmutableArray<PlannedResource> _managed;

    private TopologyBuilder(PlanIndex plan)
    {
        _plan = plan;
        _managed = [.. plan.Plan.Resources.Where(resource =>
            resource.Kind == ResourceKind.Custom && !resource.Type.StartsWith("pulumi:", StringComparison.Ordinal))];
        foreach (var resource in _managed)
        {
            var place = PlaceOf(resource);
            (_contents.TryGetValue(place, out var list) ? list : _contents[place] = []).Add(resource);
        }
    }

    /// <summary>The picture of a plan.</summary>
    public static Box Build(PlanIndex plan) => new TopologyBuilder(plan).Stack();

    private static string TypeOf(PlannedResource resource) => TypeToken.Canonical(resource.Type);

    private static string ShortType(string type) => Words(type[(type.LastIndexOf(':') + 1)..]);

    // RoleAssignment reads better as 'role assignment'; DNS and the like stay as they are.
    private static string Words(string name)
    {
        var text = new System.Text.StringBuilder();
        for (var index = 0; index < name.Length; index++)
        {
            var startsWord = index > 0 && char.IsUpper(name[index])
                && (char.IsLower(name[index - 1]) || (index + 1 < name.Length && char.IsLower(name[index + 1])));
            text.Append(startsWord ? " " : "").Append(name[index]);
        }

        return string.Join(' ', text.ToString().Split(' ').Select(word => word.Length > 1 && word.All(char.IsUpper) ? word : word.ToLowerInvariant()));
    }

    private Box Stack()
    {
        var regions = _managed
            .Where(resource => TypeOf(resource) is Group or Network && InRegion(resource).Length > 0)
            .Select(InRegion).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(Region);
        var children = new List<Box>();
        if (Contents("internet") is { Length: > 0 } addresses)
        {
            children.Add(new Box(BoxKind.Internet, "Internet", "what has a public address", -1, 0, addresses));
        }

        children.AddRange(regions);
        children.AddRange(Services());
        return new Box(BoxKind.Stack, _plan.Plan.Stack, _plan.Plan.Project, -1, 0, [.. children]);
    }

    private Box Region(string region)
    {
        var networks = _managed.Where(resource => TypeOf(resource) == Network && InRegion(resource) == region).Select(NetworkBox);
        var clusters = _managed.Where(resource => TypeOf(resource) == Cluster && InRegion(resource) == region).Select(ClusterBox);
        var groups = _managed.Where(resource => TypeOf(resource) == Group && InRegion(resource) == region).Select(GroupBox);
        return new Box(BoxKind.Region, region, "region", -1, 0, [.. networks, .. clusters, .. groups]);
    }

    private Box NetworkBox(PlannedResource network)
    {
        var subnets = _managed
            .Where(resource => TypeOf(resource) == Subnet && _plan.Source(resource, "virtualNetworkName", Network) == network)
            .OrderBy(subnet => PlanIndex.Text(subnet, "addressPrefix"), AddressOrder.Instance)
            .Select(subnet => Container(BoxKind.Subnet, subnet, $"{PlanIndex.Text(subnet, "addressPrefix")}{PoolsIn(subnet)}"));
        var prefixes = string.Join(", ", PlanIndex.Texts(PlanIndex.Value(network, "addressSpace", "addressPrefixes")));
        var box = Container(BoxKind.Network, network, prefixes);
        return box with { Children = [.. subnets, .. box.Children] };
    }

    // The first pools of a cluster are parts of it, not resources of their own.
    private string PoolsIn(PlannedResource subnet) =>
        _plan.OfType(Cluster).Any(cluster => _plan.Source(cluster, "agentPoolProfiles", Subnet) == subnet) ? ", system nodes" : "";

    private Box ClusterBox(PlannedResource cluster)
    {
        var namespaces = _managed.Where(resource => TypeOf(resource) == Namespace)
            .OrderBy(resource => Zone(resource), StringComparer.Ordinal).ThenBy(resource => resource.Name, StringComparer.Ordinal)
            .Select(resource => Container(BoxKind.Namespace, resource, Zone(resource)));

        // The cluster itself is drawn as the API server in its subnet, or in its group.
        return new Box(BoxKind.Cluster, cluster.Name, "Kubernetes cluster", _plan.Positions[cluster.Urn], 0, [.. namespaces, .. Contents("kubernetes")]);
    }

    private Box GroupBox(PlannedResource group) => Container(BoxKind.Group, group, PlanIndex.Text(group, "resourceGroupName"));

    private Box Container(BoxKind kind, PlannedResource resource, string detail) =>
        new(kind, resource.Name, detail, _plan.Positions[resource.Urn], 1, Contents(resource.Urn));

    private IEnumerable<Box> Services()
    {
        foreach (var realm in _managed.Where(resource => TypeOf(resource) == Realm))
        {
            yield return new Box(
                BoxKind.Service, PlanIndex.Text(realm, "realm") is { Length: > 0 } name ? name : realm.Name, "Keycloak realm", _plan.Positions[realm.Urn], 1, Contents("keycloak"));
        }

        var hasRealm = _managed.Any(resource => TypeOf(resource) == Realm);
        var hasCluster = _managed.Any(resource => TypeOf(resource) == Cluster);
        (string Place, string Title, string Detail)[] others =
        [
            ("keycloak", "identity provider", "Keycloak"),
            ("auth0", "identity provider", "Auth0"),
            ("kubernetes", "cluster", "Kubernetes"),
            ("canton", "ledger", "participant's users"),
            ("subscription", "subscription", "in no resource group"),
            (Elsewhere, "other", "in no place"),
        ];
        foreach (var (place, title, detail) in others)
        {
            if (Contents(place) is { Length: > 0 } contents && !(place == "keycloak" && hasRealm) && !(place == "kubernetes" && hasCluster))
            {
                yield return new Box(BoxKind.Service, title, detail, -1, 0, contents);
            }
        }
    }

    // Boxes of one resource first, then counts by type.
    private ImmutableArray<Box> Contents(string place)
    {
        var contents = _contents.GetValueOrDefault(place, []);
        var crowded = contents.GroupBy(TypeOf, StringComparer.Ordinal).Where(group => group.Count() > MostDrawn)
            .Select(group => group.Key).ToHashSet(StringComparer.Ordinal);
        bool IsDrawn(PlannedResource resource) => Drawn.ContainsKey(TypeOf(resource)) && !crowded.Contains(TypeOf(resource));
        return
        [
            .. contents.Where(IsDrawn)
                .OrderBy(resource => Drawn[TypeOf(resource)], StringComparer.Ordinal).ThenBy(resource => resource.Name, StringComparer.Ordinal)
                .Select(Item),
            .. contents.Where(resource => !IsDrawn(resource))
                .GroupBy(resource => ShortType(TypeOf(resource)), StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => new Box(
                    BoxKind.Count, group.Key, string.Create(CultureInfo.InvariantCulture, $"× {group.Count()}"), -1, group.Count(), [])),
        ];
    }

    private Box Item(PlannedResource resource)
    {
        var type = TypeOf(resource);
        var title = type == Endpoint && EndpointTarget(resource) is { } target ? $"→ {target}" : resource.Name;
        return new Box(BoxKind.Item, title, Drawn[type], _plan.Positions[resource.Urn], 1, type == Server ? Contents(resource.Urn) : []);
    }

    private string? EndpointTarget(PlannedResource endpoint) =>
        _plan.Source(endpoint, "privateLinkServiceConnections")?.Name;

    private string PlaceOf(PlannedResource resource)
    {
        var type = TypeOf(resource);
        return type switch
        {
            Group or Network or Subnet or Namespace when IsPlaced(resource, type) => $"itself {resource.Urn}",
            Realm => $"itself {resource.Urn}",
            "azure-native:network:PublicIPAddress" => "internet",
            _ when type.StartsWith("postgresql:", StringComparison.Ordinal) => ServerOf(resource)?.Urn ?? Elsewhere,
            "azure-native:dbforpostgresql:Configuration" or "azure-native:dbforpostgresql:Database" => ServerOf(resource)?.Urn ?? Elsewhere,
            _ when type.StartsWith("kubernetes:", StringComparison.Ordinal) => NamespaceOf(resource)?.Urn ?? "kubernetes",
            _ when type.StartsWith("keycloak:", StringComparison.Ordinal) => "keycloak",
            _ when type.StartsWith("auth0:", StringComparison.Ordinal) => "auth0",
            _ when type.StartsWith("canton:", StringComparison.Ordinal) => "canton",
            _ when Drawn.ContainsKey(type) && SubnetOf(resource) is { } subnet => subnet.Urn,
            _ when type.StartsWith("azure-native:", StringComparison.Ordinal) => GroupOf(resource)?.Urn ?? "subscription",
            _ => Elsewhere,
        };
    }

    // A box is only drawn where the box that it stands in is; else the resource is counted like any other.
    private bool IsPlaced(PlannedResource resource, string type) => type switch
    {
        Subnet => _plan.Source(resource, "virtualNetworkName", Network) is { } network && InRegion(network).Length > 0,
        Namespace => _plan.OfType(Cluster).Any(cluster => InRegion(cluster).Length > 0)
            && _plan.OfType(Cluster).Count(cluster => InRegion(cluster).Length > 0) == 1,
        _ => InRegion(resource).Length > 0,
    };

    private PlannedResource? ServerOf(PlannedResource resource)
    {
        var server = _plan.Source(resource, "serverName", Server) ?? (_plan.Find(resource.Provider) is { } provider
            ? provider.Dependencies.Select(_plan.Find).OfType<PlannedResource>().FirstOrDefault(each => TypeOf(each) == Server)
            : null);
        return server ?? (_plan.Ancestor(resource, _ => true) is { } parent
            ? _plan.Children(parent.Urn).FirstOrDefault(each => TypeOf(each) == Server)
            : null);
    }

    private PlannedResource? NamespaceOf(PlannedResource resource)
    {
        // Objects say it in their metadata, releases of charts by themselves.
        var name = PlanIndex.Text(resource, "metadata", "namespace") is { Length: > 0 } own ? own : PlanIndex.Text(resource, "namespace");
        return _plan.OfType(Namespace).FirstOrDefault(each =>
            name.Length > 0 && PlanIndex.Text(each, "metadata", "name") == name && IsPlaced(each, Namespace));
    }

    private PlannedResource? SubnetOf(PlannedResource resource)
    {
        string[] properties = resource.Type.EndsWith(":ManagedCluster", StringComparison.Ordinal)
            ? ["apiServerAccessProfile", "agentPoolProfiles"]
            : ["subnet", "network", "ipConfigurations", "vnetSubnetID", "gatewayIPConfigurations", "frontendIPConfigurations"];
        var direct = properties.Select(property => _plan.Source(resource, property, Subnet)).FirstOrDefault(subnet => subnet is not null);
        var card = _plan.Source(resource, "networkProfile", "azure-native:network:NetworkInterface");
        var subnet = direct ?? (card is null ? null : _plan.Source(card, "ipConfigurations", Subnet));
        return subnet is not null && IsPlaced(subnet, Subnet) ? subnet : null;
    }

    private PlannedResource? GroupOf(PlannedResource resource)
    {
        var source = _plan.Source(resource, "resourceGroupName", Group);
        if (source is null && PlanIndex.Text(resource, "resourceGroupName") is { Length: > 0 } name)
        {
            source = _plan.OfType(Group).FirstOrDefault(group => PlanIndex.Text(group, "resourceGroupName") == name);
        }

        return source is not null && InRegion(source).Length > 0 ? source : null;
    }

    private static string InRegion(PlannedResource resource) => Regions.Normalize(PlanIndex.Text(resource, "location"));

    private static string Zone(PlannedResource space) =>
        PlanIndex.Text(space, "metadata", "labels", "canton-infra/trust-zone") is { Length: > 0 } zone ? zone : "namespace";
}
