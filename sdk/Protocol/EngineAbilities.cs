namespace CantonInfra.Protocol;

/// <summary>What an engine tells its plugins of itself beyond the protocol: by variables of their environment, each with the value <c>1</c>.</summary>
public static class EngineAbilities
{
    /// <summary>
    /// Set by an engine that shows 'undecided' and 'waived' as states of their own. A policy pack on any other engine sums them up in an
    /// advisory diagnostic on the stack, since they are not shown there.
    /// </summary>
    public const string ShowsVerdicts = "CANTON_INFRA_SHOWS_VERDICTS";

    /// <summary>The value of a variable that is set.</summary>
    public const string Yes = "1";
}
