using System.Collections.Immutable;
using Pulumi;

namespace CantonInfra.Infra.Components.Access;

/// <summary>What <see cref="HumanAccess"/> needs.</summary>
internal sealed record HumanAccessArgs
{
    /// <summary>The subscription.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>The object ids of the Entra groups of each duty.</summary>
    public required ImmutableSortedDictionary<Duty, ImmutableArray<string>> Groups { get; init; }

    /// <summary>The object ids of the Entra groups that administrate the cluster in an emergency.</summary>
    public required ImmutableArray<string> EmergencyGroups { get; init; }

    /// <summary>What there is to have roles on.</summary>
    public required ImmutableArray<AccessTarget> Targets { get; init; }
}

/// <summary>Gives people the roles that <see cref="AccessTable"/> says, by their groups in Entra (A6).</summary>
internal sealed class HumanAccess : ComponentResource
{
    private readonly HumanAccessArgs _args;

    /// <summary>Declares the role assignments.</summary>
    public HumanAccess(string name, HumanAccessArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:access:HumanAccess", name, options)
    {
        _args = args;
        foreach (var (row, target) in Grants())
        {
            foreach (var group in Groups(row.Duty))
            {
                var scope = new AccessScope(target.Name, target.Id, args.SubscriptionId);
                scope.Grant(
                    Label(row.Duty.ToString(), target.Label, row.Role.Name, group),
                    row.Role,
                    new EntraGroup(group, row.Why),
                    target.Resource,
                    this);
            }
        }

        RegisterOutputs();
    }

    /// <summary>Who may do what, in a stable order: what an access review is made from (A21).</summary>
    public ImmutableArray<ImmutableSortedDictionary<string, object>> Table =>
    [
        .. Grants()
            .Where(grant => !Groups(grant.Row.Duty).IsEmpty)
            .Select(grant => Line(
                grant.Row.Duty.ToString(), Groups(grant.Row.Duty), "Azure", grant.Row.Role.Name, grant.Target.Name, grant.Row.Why)),
        .. AccessTable.OperatorRoleDuties
            .Where(duty => !Groups(duty).IsEmpty)
            .SelectMany(duty => _args.Targets.Where(target => target.Place == AccessPlace.Namespaces).Select(target => Line(
                duty.ToString(), Groups(duty), "Kubernetes", AccessTable.OperatorRole, target.Name, AccessTable.OperatorRoleWhy))),
        Line(
            "Emergency",
            _args.EmergencyGroups,
            "Kubernetes",
            "cluster-admin",
            _args.Targets.First(target => target.Place == AccessPlace.Cluster).Name,
            "administrates the cluster when nothing else helps"),
    ];

    private static ImmutableSortedDictionary<string, object> Line(
        string duty, ImmutableArray<string> groups, string plane, string role, string scope, string why) =>
        ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, new Dictionary<string, object>
        {
            ["duty"] = duty,
            ["groups"] = groups,
            ["plane"] = plane,
            ["role"] = role,
            ["scope"] = scope,
            ["why"] = why,
        });

    private static string Label(params ReadOnlySpan<string> parts) =>
        string.Join('-', parts!).ToLowerInvariant().Replace(' ', '-');

    private ImmutableArray<string> Groups(Duty duty) => _args.Groups.GetValueOrDefault(duty, []);

    private IEnumerable<(AccessRow Row, AccessTarget Target)> Grants() =>
        AccessTable.Rows.SelectMany(row => _args.Targets.Where(target => target.Place == row.Place).Select(target => (row, target)));
}
