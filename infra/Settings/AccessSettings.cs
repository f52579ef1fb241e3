using System.Collections.Immutable;
using CantonInfra.Infra.Components.Access;

namespace CantonInfra.Infra.Settings;

/// <summary>The groups of people in an environment, <c>canton-infra:access</c>; what each may do is in the code (A6).</summary>
/// <remarks>A group has one duty. Emergencies are the business of <c>canton-infra:cluster.adminGroupObjectIds</c>.</remarks>
/// <param name="Admins"><c>.admins</c>: the object ids of the Entra groups of those who answer for the environment; none.</param>
/// <param name="Operators"><c>.operators</c>: the object ids of the Entra groups of those who keep it running; none.</param>
/// <param name="Auditors">
/// <c>.auditors</c>: the object ids of the Entra groups of those who see how it is set up and what happened; none.
/// </param>
internal sealed record AccessSettings(
    ImmutableArray<string> Admins, ImmutableArray<string> Operators, ImmutableArray<string> Auditors)
{
    /// <summary>The groups by duty.</summary>
    public ImmutableSortedDictionary<Duty, ImmutableArray<string>> Groups =>
        ImmutableSortedDictionary<Duty, ImmutableArray<string>>.Empty
            .Add(Duty.Admin, Admins)
            .Add(Duty.Operator, Operators)
            .Add(Duty.Auditor, Auditors);

    /// <summary>Reads them.</summary>
    public static AccessSettings Read(SettingsReader reader)
    {
        var node = reader.Structure("access");
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return new AccessSettings(
            Read(node.Member("admins"), seen), Read(node.Member("operators"), seen), Read(node.Member("auditors"), seen));
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
