namespace CantonInfra.Contracts;

/// <summary>A port that a container listens on.</summary>
/// <param name="Name">Its name in the pod, or what it is for where the chart names none; unique in the pod.</param>
/// <param name="Number">The number, which network policies go by.</param>
/// <param name="IsNamed">Whether the pod really has the name: policies can then go by it.</param>
/// <param name="Protocol">TCP, UDP or SCTP.</param>
public sealed record ContainerPort(string Name, int Number, bool IsNamed = true, string Protocol = "TCP");
