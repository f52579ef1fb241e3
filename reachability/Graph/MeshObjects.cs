using System.Collections.Immutable;
using System.Globalization;
using CantonInfra.Protocol.Properties;
using CantonInfra.Reachability.Cluster;
using CantonInfra.Reachability.Proof;
using CantonInfra.Reachability.Reading;

namespace CantonInfra.Reachability.Graph;

/// <summary>Istio's objects of a plan: whom the sidecars of servers let in.</summary>
/// <param name="resources">The resources of the plan.</param>
internal sealed class MeshObjects(ImmutableArray<ClusterResource> resources)
{
    private const string Group = "kubernetes:security.istio.io/";

    // Objects there are for the whole mesh.
    private const string Root = "istio-system";

    private readonly ImmutableArray<ClusterResource> _policies = OfKind(resources, ":AuthorizationPolicy");
    private readonly ImmutableArray<ClusterResource> _peers = OfKind(resources, ":PeerAuthentication");

    /// <summary>What the mesh does with a connection; null where the pods that it leads to are in none.</summary>
    public MeshPassage? Of(DeclaredConnection connection, Declarations declared)
    {
        if (declared.Ends.GetValueOrDefault(connection.To) is not DeclaredPods { IsMeshServer: true } to)
        {
            return null;
        }

        var principal = (declared.Ends.GetValueOrDefault(connection.From) as DeclaredPods)?.Principal ?? "";
        var port = connection.Port.ToString(CultureInfo.InvariantCulture);
        var answers = _policies.Select(policy => (policy, Answer: And(IsFor(policy, to), Allows(policy, principal, port)))).ToList();
        var allowing = answers.Where(each => each.Answer == true).Select(each => each.policy.Properties.At("metadata", "name").Text() ?? each.policy.Name)
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToImmutableArray();
        var isPlain = _peers.Select(peer => And(IsFor(peer, to), IsDisabled(peer, port))).Aggregate((bool?)false, Or);
        var isUnclear = answers.Exists(each => each.Answer is null) || isPlain is null;
        var isTaken = isPlain == (principal.Length == 0);
        return new MeshPassage(
            isUnclear ? MeshWay.Undecided
                : allowing.IsEmpty || !isTaken ? MeshWay.Refused
                : principal.Length == 0 ? MeshWay.PlainText
                : MeshWay.MutualTls,
            principal,
            allowing);
    }

    private static ImmutableArray<ClusterResource> OfKind(ImmutableArray<ClusterResource> resources, string kind) =>
    [
        .. resources.Where(resource =>
            resource.Type.StartsWith(Group, StringComparison.Ordinal) && resource.Type.EndsWith(kind, StringComparison.Ordinal)),
    ];

    private static bool? IsFor(ClusterResource resource, DeclaredPods pods)
    {
        var place = resource.Properties.At("metadata", "namespace");
        var labels = resource.Properties.At("spec", "selector", "matchLabels");
        var isNear = place is UnknownValue ? null : (bool?)(place.Text() is Root or null || place.Text() == pods.Namespace);
        var isSelected = labels switch
        {
            null => true,
            MapValue map => map.Entries
                .Select(label => label.Value.Text() is { } text ? pods.Labels.GetValueOrDefault(label.Key) == text : (bool?)null)
                .Aggregate((bool?)true, And),
            _ => null,
        };
        return And(isNear, isSelected);
    }

    // What denies, or asks somebody else, may change what others allow.
    private static bool? Allows(ClusterResource policy, string principal, string port)
    {
        var action = policy.Properties.At("spec", "action");
        var rules = policy.Properties.At("spec", "rules").Items();
        return action.Text() == "AUDIT" ? false
            : rules is null || (action is not null && action.Text() != "ALLOW") ? null
            : rules.Value.Select(rule => Allows(rule, principal, port)).Aggregate((bool?)false, Or);
    }

    private static bool? Allows(PropertyValue rule, string principal, string port)
    {
        var callers = rule.At("from").Items();
        var operations = rule.At("to").Items();
        return rule.ContainsUnknowns || callers is null || operations is null || rule.At("when") is not null ? null : And(
            callers.Value.IsEmpty || callers.Value.Any(caller => IsMeant(caller.At("source"), principal)),
            operations.Value.IsEmpty || operations.Value.Any(operation =>
                Texts(operation.At("operation", "ports")) is var ports && (ports.IsEmpty || ports.Contains(port))));
    }

    private static bool IsMeant(PropertyValue? source, string principal) => principal.Length == 0
        ? Texts(source.At("notPrincipals")).Contains("*")
        : Texts(source.At("principals")) is var named && (named.Contains(principal) || named.Contains("*"));

    private static bool? IsDisabled(ClusterResource peer, string port)
    {
        var mode = peer.Properties.At("spec", "portLevelMtls", port, "mode");
        return mode is UnknownValue ? null : mode.Text() == "DISABLE";
    }

    private static ImmutableArray<string> Texts(PropertyValue? list) => [.. (list.Items() ?? []).Select(item => item.Text()).OfType<string>()];

    private static bool? And(bool? one, bool? other) => one == false || other == false ? false : one is null || other is null ? null : true;

    private static bool? Or(bool? one, bool? other) => one == true || other == true ? true : one is null || other is null ? null : false;
}
