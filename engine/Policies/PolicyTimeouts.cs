namespace CantonInfra.Engine.Policies;

/// <summary>How long a policy pack may take.</summary>
/// <param name="Start">From its start to the end of the handshake; the Pulumi CLI gives as long.</param>
/// <param name="Call">For one call.</param>
public sealed record PolicyTimeouts(TimeSpan Start, TimeSpan Call)
{
    /// <summary>10 s to start, 30 s for a call.</summary>
    public static PolicyTimeouts Default { get; } = new(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30));
}
