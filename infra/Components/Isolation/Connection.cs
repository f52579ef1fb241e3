namespace CantonInfra.Infra.Components.Isolation;

/// <summary>A connection that is allowed; all that are not declared are denied (A9).</summary>
/// <param name="From">Who connects.</param>
/// <param name="To">To whom.</param>
/// <param name="Port">The port of the pod or address, which is not always the Service's.</param>
/// <param name="Protocol">TCP, UDP or SCTP.</param>
/// <param name="Requirement">The id of the requirement that asks for it.</param>
/// <param name="Why">What it is for.</param>
internal sealed record Connection(
    ConnectionEnd From, ConnectionEnd To, int Port, string Protocol, string Requirement, string Why)
{
    /// <summary>TCP.</summary>
    public const string Tcp = "TCP";

    /// <summary>UDP.</summary>
    public const string Udp = "UDP";
}
