using System.Collections.Immutable;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Engine.Plans;

/// <summary>How a resource came into a plan.</summary>
public enum ResourceKind
{
    /// <summary>A provider's resource that the program declares.</summary>
    Custom,

    /// <summary>A component: a resource that only groups others.</summary>
    Component,

    /// <summary>An existing resource that the program reads.</summary>
    Read,

    /// <summary>A provider that the engine added because a resource named none.</summary>
    DefaultProvider,
}

/// <summary>One resource of a plan. Lists are sorted, so that two runs of one program give equal plans.</summary>
public sealed record PlannedResource
{
    /// <summary>The resource's URN.</summary>
    public required string Urn { get; init; }

    /// <summary>The type token, such as <c>azure-native:network:VirtualNetwork</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The logical name.</summary>
    public required string Name { get; init; }

    /// <summary>How it came into the plan.</summary>
    public required ResourceKind Kind { get; init; }

    /// <summary>The parent's URN; empty for the root stack and default providers.</summary>
    public string Parent { get; init; } = "";

    /// <summary>The provider's id; empty while unknown, as for all that a preview would create.</summary>
    public string Id { get; init; } = "";

    /// <summary>The inputs as the program gave them, after remediation by policies.</summary>
    public MapValue Inputs { get; init; } = MapValue.Empty;

    /// <summary>The outputs: the inputs of a custom resource, what was registered of a component.</summary>
    public MapValue Outputs { get; init; } = MapValue.Empty;

    /// <summary>URN of the provider; empty for components and providers.</summary>
    public string Provider { get; init; } = "";

    /// <summary>URNs of the resources that it depends on.</summary>
    public ImmutableArray<string> Dependencies { get; init; } = [];

    /// <summary>URNs by the input property that brings the dependency.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>> PropertyDependencies { get; init; } =
        ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>The resource options.</summary>
    public ResourceOptions Options { get; init; } = new();

    /// <summary>Whether a provider manages it.</summary>
    public bool IsCustom => Kind != ResourceKind.Component;
}

/// <summary>The options of a resource as the engine got them; parents' options are inherited already.</summary>
public sealed record ResourceOptions
{
    /// <summary>Whether deleting it is refused.</summary>
    public bool Protect { get; init; }

    /// <summary>Whether it stays in the cloud when it leaves the program.</summary>
    public bool RetainOnDelete { get; init; }

    /// <summary>Whether a replacement deletes first; null where the program says nothing.</summary>
    public bool? DeleteBeforeReplace { get; init; }

    /// <summary>Property paths whose changes are ignored.</summary>
    public ImmutableArray<string> IgnoreChanges { get; init; } = [];

    /// <summary>Property paths whose changes replace it.</summary>
    public ImmutableArray<string> ReplaceOnChanges { get; init; } = [];

    /// <summary>Outputs that are secret besides those that the inputs make so.</summary>
    public ImmutableArray<string> AdditionalSecretOutputs { get; init; } = [];

    /// <summary>URNs that it was known by before.</summary>
    public ImmutableArray<string> Aliases { get; init; } = [];

    /// <summary>URN of a resource whose deletion deletes this one too; empty for none.</summary>
    public string DeletedWith { get; init; } = "";

    /// <summary>URNs of resources whose replacement replaces this one.</summary>
    public ImmutableArray<string> ReplaceWith { get; init; } = [];

    /// <summary>Property paths whose differences are not shown.</summary>
    public ImmutableArray<string> HideDiffs { get; init; } = [];

    /// <summary>The id to import; empty for none.</summary>
    public string ImportId { get; init; } = "";

    /// <summary>The version of the provider plugin that was asked for.</summary>
    public string Version { get; init; } = "";

    /// <summary>How long operations may take.</summary>
    public OperationTimeouts Timeouts { get; init; } = new();
}

/// <summary>Limits of a resource's operations, as Go durations; empty for the provider's own.</summary>
/// <param name="Create">For creating.</param>
/// <param name="Update">For updating.</param>
/// <param name="Delete">For deleting.</param>
public sealed record OperationTimeouts(string Create = "", string Update = "", string Delete = "");
