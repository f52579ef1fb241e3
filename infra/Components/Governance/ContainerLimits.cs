namespace CantonInfra.Infra.Components.Governance;

/// <summary>What containers may be, for the policies that need to be told.</summary>
/// <param name="AllowedImages">What the names of images must match, a regular expression.</param>
/// <param name="Cpu">The most processors that a container's limit may give, in Kubernetes' notation.</param>
/// <param name="Memory">The most memory that a container's limit may give, in Kubernetes' notation.</param>
internal sealed record ContainerLimits(string AllowedImages, string Cpu, string Memory);
