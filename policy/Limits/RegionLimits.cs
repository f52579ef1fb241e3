using System.Collections.Immutable;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Limits;

/// <summary>Where the resources of some stacks may be.</summary>
/// <param name="Stacks">Which stacks.</param>
/// <param name="Allowed">The regions, in the file's order.</param>
/// <param name="Reason">Why these; shown with violations.</param>
internal sealed record RegionLimit(ImmutableArray<NamePattern> Stacks, ImmutableArray<Region> Allowed, string Reason);

/// <summary>Where the resources of each stack may be.</summary>
/// <param name="Entries">In order; the last is for all stacks, so that none is without a bound.</param>
internal sealed record RegionLimits(ImmutableArray<RegionLimit> Entries)
{
    /// <summary>The entry that counts for a stack.</summary>
    public RegionLimit For(StackContext stack) => stack.IsReceived
        ? Entries.First(entry => entry.Stacks.Any(pattern => pattern.Matches(stack.StackName)))
        : new RegionLimit(
            [],
            [.. Entries[^1].Allowed.Where(region => Entries.All(entry => entry.Allowed.Contains(region)))],
            "no engine said which stack this is, so only what every stack may use is fine");
}
