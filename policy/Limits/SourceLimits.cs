using System.Collections.Immutable;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Limits;

/// <summary>Where the software of some stacks may come from.</summary>
/// <param name="Stacks">Which stacks.</param>
/// <param name="Images">Registries and repositories of images.</param>
/// <param name="Charts">Repositories of charts.</param>
/// <param name="Reason">Why these; shown with violations.</param>
internal sealed record SourceLimit(
    ImmutableArray<NamePattern> Stacks, ImmutableArray<SourcePattern> Images, ImmutableArray<SourcePattern> Charts, string Reason);

/// <summary>Where the software of each stack may come from.</summary>
/// <param name="Entries">In order; the last is for all stacks, so that none is without a bound.</param>
internal sealed record SourceLimits(ImmutableArray<SourceLimit> Entries)
{
    /// <summary>The entry that counts for a stack.</summary>
    public SourceLimit For(StackContext stack) => stack.IsReceived
        ? Entries.First(entry => entry.Stacks.Any(pattern => pattern.Matches(stack.StackName)))
        : new SourceLimit(
            [],
            CommonTo(entry => entry.Images),
            CommonTo(entry => entry.Charts),
            "no engine said which stack this is, so only what every stack may use is fine");

    private ImmutableArray<SourcePattern> CommonTo(Func<SourceLimit, ImmutableArray<SourcePattern>> sources) =>
        [.. sources(Entries[^1]).Where(source => Entries.All(entry => sources(entry).Contains(source)))];
}
