using CantonInfra.Engine.Diagnostics;

namespace CantonInfra.Engine.Policies;

/// <summary>A policy pack refuses the settings of the stack. The program goes on, for it may have more to say of them.</summary>
/// <param name="diagnostic">What is wrong.</param>
internal sealed class StackRefusedException(Diagnostic diagnostic) : Exception(diagnostic.Message)
{
    /// <summary>What is wrong.</summary>
    public Diagnostic Diagnostic { get; } = diagnostic;
}
