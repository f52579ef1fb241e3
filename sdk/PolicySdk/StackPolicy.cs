namespace CantonInfra.PolicySdk;

/// <summary>A rule that judges all resources of a stack together.</summary>
public abstract class StackPolicy : Policy
{
    /// <summary>Judges the stack. Nothing found means that it passes.</summary>
    /// <remarks>
    /// Engines ask once, when all resources are known; in an update they have been changed by then. What one resource
    /// shows by itself is better judged by a <see cref="ResourcePolicy"/>, which stops the change before it is made.
    /// A thrown exception is reported as a violation that always counts, together with what was found before it.
    /// The rules of a pack are asked side by side, so what two of them share must not change.
    /// </remarks>
    public abstract IEnumerable<StackVerdict> Check(StackView resources, StackContext stack);
}
