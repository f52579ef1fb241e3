using System.Collections.Immutable;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Limits;

/// <summary>A role that may be given on a whole subscription.</summary>
/// <param name="Id">The role's GUID, in lower case.</param>
/// <param name="Name">What Azure calls it.</param>
internal sealed record WideRole(string Id, string Name);

/// <summary>Which roles some stacks may give on a whole subscription.</summary>
/// <param name="Stacks">Which stacks.</param>
/// <param name="Allowed">The roles; none where the list is empty.</param>
/// <param name="Reason">Why these; shown with violations.</param>
internal sealed record WideRoleLimit(ImmutableArray<NamePattern> Stacks, ImmutableArray<WideRole> Allowed, string Reason)
{
    /// <summary>Whether a role, by GUID or name, is one of them.</summary>
    public bool Allows(string role) => Allowed.Any(each =>
        each.Id.Equals(role, StringComparison.OrdinalIgnoreCase) || each.Name.Equals(role, StringComparison.OrdinalIgnoreCase));

    /// <summary>The roles and the reason, as a clause.</summary>
    public string Describe() =>
        (Allowed.IsEmpty ? "no role may be" : $"only {string.Join(", ", Allowed.Select(role => role.Name))} may be") + $": {Reason}";
}

/// <summary>Which roles each stack may give on a whole subscription.</summary>
/// <param name="Entries">In order; the last is for all stacks.</param>
internal sealed record WideRoleLimits(ImmutableArray<WideRoleLimit> Entries)
{
    /// <summary>The entry that counts for a stack.</summary>
    public WideRoleLimit For(StackContext stack) => stack.IsReceived
        ? Entries.First(entry => entry.Stacks.Any(pattern => pattern.Matches(stack.StackName)))
        : new WideRoleLimit([], [], "no engine said which stack this is");
}
