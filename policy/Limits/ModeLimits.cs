using System.Collections.Immutable;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Limits;

/// <summary>How strict some stacks are at least.</summary>
/// <param name="Stacks">Which stacks.</param>
/// <param name="Least">The least strict mode that they may have.</param>
/// <param name="Reason">Why; shown with violations.</param>
internal sealed record ModeLimit(ImmutableArray<NamePattern> Stacks, PolicyMode Least, string Reason);

/// <summary>How strict each stack is at least.</summary>
/// <param name="Entries">In order; the last is for all stacks.</param>
internal sealed record ModeLimits(ImmutableArray<ModeLimit> Entries)
{
    /// <summary>The entry that counts for a stack.</summary>
    public ModeLimit For(StackContext stack) => stack.IsReceived
        ? Entries.First(entry => entry.Stacks.Any(pattern => pattern.Matches(stack.StackName)))
        : new ModeLimit([], PolicyMode.Deny, "no engine said which stack this is");
}
