using System.Collections.Immutable;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Limits;

/// <summary>How far ahead waivers of some stacks may end.</summary>
/// <param name="Stacks">Which stacks.</param>
/// <param name="Limit">The limit.</param>
internal sealed record StackWaiverLimit(ImmutableArray<NamePattern> Stacks, WaiverLimit Limit);

/// <summary>How far ahead the waivers of each stack may end.</summary>
/// <param name="Entries">In order; the last is for all stacks.</param>
internal sealed record WaiverLimits(ImmutableArray<StackWaiverLimit> Entries)
{
    /// <summary>The limit that counts for a stack.</summary>
    public WaiverLimit For(StackContext stack) => stack.IsReceived
        ? Entries.First(entry => entry.Stacks.Any(pattern => pattern.Matches(stack.StackName))).Limit
        : Entries.MinBy(entry => entry.Limit.MaximumDays)!.Limit;
}
