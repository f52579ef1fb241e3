using System.Diagnostics.CodeAnalysis;

namespace Pulumi;

/// <summary>How a resource is to be treated.</summary>
public abstract class ResourceOptions
{
    /// <summary>No options so far.</summary>
    protected ResourceOptions()
    {
    }

    /// <summary>The id of an existing resource that is to be read instead of managed.</summary>
    public Input<string>? Id { get; set; }

    /// <summary>The component that the resource is part of.</summary>
    public Resource? Parent { get; set; }

    /// <summary>Resources that must be there first, beyond those whose outputs are used.</summary>
    [AllowNull]
    public InputList<Resource> DependsOn
    {
        get => field ??= [];
        set;
    }

    /// <summary>Whether deleting the resource is refused.</summary>
    public bool? Protect { get; set; }

    /// <summary>Property paths whose changes are ignored.</summary>
    [AllowNull]
    public List<string> IgnoreChanges
    {
        get => field ??= [];
        set;
    }

    /// <summary>The version of the provider's plugin.</summary>
    public string? Version { get; set; }

    /// <summary>The provider to use instead of the inherited or default one.</summary>
    public ProviderResource? Provider { get; set; }

    /// <summary>How long operations may take.</summary>
    public CustomTimeouts? CustomTimeouts { get; set; }

    /// <summary>Functions that see, and may change, what this resource and its children are declared with.</summary>
    [AllowNull]
    public List<ResourceTransformation> ResourceTransformations
    {
        get => field ??= [];
        set;
    }

    /// <summary>What the resource was called before.</summary>
    [AllowNull]
    public List<Input<Alias>> Aliases
    {
        get => field ??= [];
        set;
    }

    /// <summary>The URN of a resource of this stack whose state is to be taken over as it is.</summary>
    public string? Urn { get; set; }

    /// <summary>Property paths whose changes replace the resource.</summary>
    [AllowNull]
    public List<string> ReplaceOnChanges
    {
        get => field ??= [];
        set;
    }

    /// <summary>Where the provider's plugin is downloaded from.</summary>
    public string? PluginDownloadURL { get; set; }

    /// <summary>Whether the provider's resource stays when this one is deleted.</summary>
    public bool? RetainOnDelete { get; set; }

    /// <summary>A resource whose deletion deletes this one too.</summary>
    public Resource? DeletedWith { get; set; }

    /// <summary>Resources whose replacement replaces this one too.</summary>
    [AllowNull]
    public InputList<Resource> ReplaceWith
    {
        get => field ??= [];
        set;
    }

    /// <summary>Property paths whose changes are not shown.</summary>
    [AllowNull]
    public List<string> HideDiffs
    {
        get => field ??= [];
        set;
    }

    /// <summary>A value whose change replaces the resource.</summary>
    public Input<object>? ReplacementTrigger { get; set; }

    /// <summary>A copy whose lists can be changed without changing this one's.</summary>
    internal abstract ResourceOptions Copy();

    /// <summary>Takes over all that the other has, which wins where both have something; lists are joined.</summary>
    private protected void Take(ResourceOptions? other)
    {
        if (other is null)
        {
            return;
        }

        Id = other.Id ?? Id;
        Parent = other.Parent ?? Parent;
        DependsOn = DependsOn.Concat(other.DependsOn);
        Protect = other.Protect ?? Protect;
        IgnoreChanges = [.. IgnoreChanges, .. other.IgnoreChanges];
        Version = other.Version ?? Version;
        Provider = other.Provider ?? Provider;
        CustomTimeouts = other.CustomTimeouts ?? CustomTimeouts;
        ResourceTransformations = [.. ResourceTransformations, .. other.ResourceTransformations];
        Aliases = [.. Aliases, .. other.Aliases];
        Urn = other.Urn ?? Urn;
        ReplaceOnChanges = [.. ReplaceOnChanges, .. other.ReplaceOnChanges];
        PluginDownloadURL = other.PluginDownloadURL ?? PluginDownloadURL;
        RetainOnDelete = other.RetainOnDelete ?? RetainOnDelete;
        DeletedWith = other.DeletedWith ?? DeletedWith;
        ReplaceWith = ReplaceWith.Concat(other.ReplaceWith);
        HideDiffs = [.. HideDiffs, .. other.HideDiffs];
        ReplacementTrigger = other.ReplacementTrigger ?? ReplacementTrigger;
    }
}
