namespace CantonInfra.Infra.Components.Ingress;

/// <summary>A machine that calls a validator's API from outside, and shows a certificate of its own (A8).</summary>
/// <param name="Name">The DNS name in its certificate.</param>
/// <param name="Validator">The validator that it calls.</param>
/// <param name="Authority">Who issues its certificate: certificates in PEM.</param>
internal sealed record MachinePeer(string Name, string Validator, string Authority);
