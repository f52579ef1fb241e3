using System.Collections.Immutable;

namespace CantonInfra.Infra.Components.Foundation;

/// <summary>Where an environment is in Azure and how its resources are named: what every component of it gets.</summary>
internal sealed record AzureEnvironment
{
    /// <summary>The names.</summary>
    public required ResourceNames Names { get; init; }

    /// <summary>The Azure region.</summary>
    public required string Location { get; init; }

    /// <summary>The subscription.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>The Entra tenant.</summary>
    public required string TenantId { get; init; }

    /// <summary>The tags.</summary>
    public required ImmutableDictionary<string, string> Tags { get; init; }

    /// <summary>Whether what holds data or keys refuses to be deleted by a deployment.</summary>
    public required bool IsProtected { get; init; }
}
