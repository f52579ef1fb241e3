namespace CantonInfra.PolicySdk;

/// <summary>
/// A <see cref="ResourcePolicy"/> that can tell from the rest of the stack what a resource by itself leaves undecided: an id that is
/// not known yet, but comes from a resource of the right kind.
/// </summary>
/// <remarks>
/// What its check leaves undecided is not told of the resource, but decided when the stack is judged, and told then where it
/// stays undecided. In an update values are known, and the check decides before the change.
/// </remarks>
public interface IDecidedByStack
{
    /// <summary>Decides; null where the stack does not tell either.</summary>
    /// <param name="undecided">What the check left undecided.</param>
    /// <param name="resource">The resource.</param>
    /// <param name="resources">The stack.</param>
    PolicyVerdict? Decide(UndecidedVerdict undecided, StackResourceView resource, StackView resources);
}
