using System.Collections.Immutable;
using Pulumi;
using Pulumi.AzureNative.Resources;

namespace CantonInfra.Infra.Components.Foundation;

/// <summary>What <see cref="ResourceGroups"/> needs.</summary>
internal sealed record ResourceGroupsArgs
{
    /// <summary>The names.</summary>
    public required ResourceNames Names { get; init; }

    /// <summary>The Azure region.</summary>
    public required string Location { get; init; }

    /// <summary>The tags.</summary>
    public required ImmutableDictionary<string, string> Tags { get; init; }
}

/// <summary>The resource groups of an environment: one per lifecycle, so that each can be locked and deleted by itself.</summary>
internal sealed class ResourceGroups : ComponentResource
{
    /// <summary>Declares the groups.</summary>
    public ResourceGroups(string name, ResourceGroupsArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:foundation:ResourceGroups", name, options)
    {
        Network = Create("net", args).Name;
        Observability = Create("obs", args).Name;
        RegisterOutputs();
    }

    /// <summary>The name of the group for the network.</summary>
    [Output("network")]
    public Output<string> Network { get; private set; }

    /// <summary>The name of the group for logs and alerts.</summary>
    [Output("observability")]
    public Output<string> Observability { get; private set; }

    private ResourceGroup Create(string purpose, ResourceGroupsArgs args) => new(
        purpose,
        new ResourceGroupArgs
        {
            ResourceGroupName = args.Names.ResourceGroup(purpose),
            Location = args.Location,
            Tags = args.Tags,
        },
        new CustomResourceOptions { Parent = this });
}
