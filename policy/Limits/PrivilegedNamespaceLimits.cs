using System.Collections.Immutable;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Limits;

/// <summary>Which namespaces of some stacks may hold pods with rights on their node.</summary>
/// <param name="Stacks">Which stacks.</param>
/// <param name="Names">The namespaces; none where the list is empty.</param>
/// <param name="Reason">Why these; shown with violations.</param>
internal sealed record PrivilegedNamespaceLimit(ImmutableArray<NamePattern> Stacks, ImmutableArray<string> Names, string Reason);

/// <summary>Which namespaces of each stack may hold pods with rights on their node.</summary>
/// <param name="Entries">In order; the last is for all stacks.</param>
internal sealed record PrivilegedNamespaceLimits(ImmutableArray<PrivilegedNamespaceLimit> Entries)
{
    /// <summary>Whether a namespace of a stack is one of them.</summary>
    public bool Allows(StackContext stack, string name) => stack.IsReceived
        && Entries.First(entry => entry.Stacks.Any(pattern => pattern.Matches(stack.StackName))).Names.Contains(name, StringComparer.Ordinal);
}
