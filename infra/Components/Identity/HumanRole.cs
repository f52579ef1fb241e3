using System.Collections.Immutable;
using CantonInfra.Infra.Components.Access;

namespace CantonInfra.Infra.Components.Identity;

/// <summary>What the identity provider knows of a person's duty (A6).</summary>
/// <param name="Duty">The duty.</param>
/// <param name="Group">The group of those who have it.</param>
/// <param name="RealmRoles">The roles that their tokens carry.</param>
/// <param name="Why">What they are for.</param>
internal sealed record HumanRole(Duty Duty, string Group, ImmutableArray<string> RealmRoles, string Why)
{
    /// <summary>May look.</summary>
    public const string Viewer = "canton_viewer";

    /// <summary>May look and act.</summary>
    public const string Writer = "canton_writer";

    /// <summary>The claim that carries the roles.</summary>
    public const string Claim = "roles";

    /// <summary>
    /// All of them. Admin and Operator differ in Azure and in the cluster, not in the two roles that the validator's tools know;
    /// none may administer the realm.
    /// </summary>
    public static ImmutableArray<HumanRole> All { get; } =
    [
        new(Duty.Admin, "canton-admins", [Viewer, Writer], "operates validators"),
        new(Duty.Operator, "canton-operators", [Viewer, Writer], "operates validators"),
        new(Duty.Auditor, "canton-auditors", [Viewer], "sees validators and what they hold"),
    ];

    /// <summary>The realm roles with what they allow.</summary>
    public static ImmutableSortedDictionary<string, string> RolesByName { get; } = ImmutableSortedDictionary<string, string>.Empty
        .Add(Viewer, "May see validators and what they hold.")
        .Add(Writer, "May operate validators.");
}
