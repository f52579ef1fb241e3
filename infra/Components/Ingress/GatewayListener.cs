namespace CantonInfra.Infra.Components.Ingress;

/// <summary>A host of a gateway.</summary>
/// <param name="Name">The name, unique in the gateway.</param>
/// <param name="Host">The host; <c>*.</c> in front stands for all one level below.</param>
/// <param name="Certificate">The secret with its certificate.</param>
/// <param name="RouteNamespace">The one namespace whose routes may use the host.</param>
internal sealed record GatewayListener(string Name, string Host, string Certificate, string RouteNamespace);
