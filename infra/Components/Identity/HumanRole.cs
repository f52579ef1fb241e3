using System.Collections.Immutable;

namespace CantonInfra.Infra.Components.Identity;

/// <summary>What a person may be for an environment, and what of it the identity provider knows (A6).</summary>
/// <param name="Name">The role's name.</param>
/// <param name="Group">The group of those who have it.</param>
/// <param name="Description">What they do.</param>
/// <param name="RealmRoles">The roles that their tokens carry.</param>
internal sealed record HumanRole(string Name, string Group, string Description, ImmutableArray<string> RealmRoles)
{
    /// <summary>May look.</summary>
    public const string Viewer = "canton_viewer";

    /// <summary>May look and act.</summary>
    public const string Writer = "canton_writer";

    /// <summary>The claim that carries the roles.</summary>
    public const string Claim = "roles";

    /// <summary>
    /// All of them. Admin and Operator differ in the cluster and in Azure, not in the two roles that the validator's tools know;
    /// none may administer the realm.
    /// </summary>
    public static ImmutableArray<HumanRole> All { get; } =
    [
        new("Admin", "canton-admins", "Change the environment and operate its validators.", [Viewer, Writer]),
        new("Operator", "canton-operators", "Operate the validators.", [Viewer, Writer]),
        new("Auditor", "canton-auditors", "See and change nothing.", [Viewer]),
    ];

    /// <summary>The realm roles with what they allow.</summary>
    public static ImmutableSortedDictionary<string, string> RolesByName { get; } = ImmutableSortedDictionary<string, string>.Empty
        .Add(Viewer, "May see validators and what they hold.")
        .Add(Writer, "May operate validators.");
}
