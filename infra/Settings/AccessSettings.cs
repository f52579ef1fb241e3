using System.Collections.Immutable;
using CantonInfra.Infra.Components.Access;

namespace CantonInfra.Infra.Settings;

/// <summary>The groups of people in an environment, <c>canton-infra:access</c>; what each may do is in the code (A6).</summary>
/// <param name="Groups">
/// <c>.admins</c>: the object ids of the Entra groups of administrators; none. <c>.operators</c>: those of operators; none.
/// <c>.auditors</c>: those of auditors; none. A group has one duty. Emergencies are the business of <c>canton-infra:cluster.adminGroupObjectIds</c>.
/// </param>
internal sealed record AccessSettings(ImmutableSortedDictionary<Duty, ImmutableArray<string>> Groups)
{
    /// <summary>Reads them.</summary>
    public static AccessSettings Read(SettingsReader reader)
    {
        var node = reader.Structure("access");
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return new AccessSettings(ImmutableSortedDictionary<Duty, ImmutableArray<string>>.Empty
            .Add(Duty.Admin, Read(node.Member("admins"), seen))
            .Add(Duty.Operator, Read(node.Member("operators"), seen))
            .Add(Duty.Auditor, Read(node.Member("auditors"), seen)));
    }

    private static ImmutableArray<string> Read(SettingNode node, HashSet<string> seen)
    {
        var groups = ImmutableArray.CreateBuilder<string>();
        foreach (var item in node.Items())
        {
            var group = item.Guid("an Entra group");
            if (group.Length > 0 && !seen.Add(group))
            {
                // Who checks must not be who is checked.
                item.Refuse($"'{group}' stands twice; a group has one duty.");
            }

            groups.Add(group);
        }

        return groups.ToImmutable();
    }
}
