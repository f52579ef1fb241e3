using System.Collections.Immutable;

namespace Pulumi;

/// <summary>Anything that a stack has: a resource of a provider, or a component of such resources.</summary>
public class Resource
{
    private readonly string _type;
    private readonly string _name;
    private readonly Lock _childrenLock = new();
    private readonly bool? _protect;
    private readonly ImmutableArray<ResourceTransformation> _transformations;
    private List<Resource>? _children;

    private protected Resource(
        string type,
        string name,
        bool custom,
        ResourceArgs args,
        ResourceOptions options,
        bool remote = false,
        RegisterPackageRequest? package = null)
    {
        if (string.IsNullOrEmpty(type))
        {
            throw new ArgumentException($"The resource '{name}' needs a type.", nameof(type));
        }

        if (string.IsNullOrEmpty(name))
        {
            throw new ArgumentException($"A resource of type {type} needs a name.", nameof(name));
        }

        _type = type;
        _name = name;
        IsCustom = custom;
        IsRemote = remote;

        var deployment = Deployment.Current;
        options = options.Copy();
        var parent = type == Stack.RootType ? null : options.Parent ?? deployment.StackOrNull;
        _transformations = [.. options.ResourceTransformations, .. parent?._transformations ?? []];
        (args, options) = Transform(args, options);
        options.Parent = parent;
        options.Protect ??= parent?._protect;
        _protect = options.Protect;

        Parent = parent;
        parent?.AddChild(this);
        Providers = ResolveProviders(options);
        deployment.Registrations.Start(this, args, options, package);
    }

    /// <summary>A stand-in for a resource that this program did not declare; only its URN is known.</summary>
    private protected Resource(Output<string> urn, string type)
    {
        Urn = urn;
        _type = type;
        _name = "";
        _transformations = [];
        IsCustom = true;
        Providers = [];
    }

    /// <summary>The resource's URN.</summary>
    [Output("urn")]
    public Output<string> Urn { get; private protected set; } = null!;

    internal bool IsCustom { get; }

    internal bool IsRemote { get; }

    internal Resource? Parent { get; }

    /// <summary>The explicit providers that children of this resource get, by package.</summary>
    internal ImmutableDictionary<string, ProviderResource> Providers { get; private set; }

    /// <summary>The resource for messages: name and type.</summary>
    internal string Description => _name.Length == 0 ? _type : $"'{_name}' ({_type})";

    /// <summary>The type's token.</summary>
    public string GetResourceType() => _type;

    /// <summary>The name that the program gave.</summary>
    public string GetResourceName() => _name;

    internal void SetUrn(Output<string> urn) => Urn = urn;

    internal ImmutableArray<Resource> GetChildren()
    {
        lock (_childrenLock)
        {
            return _children is null ? [] : [.. _children];
        }
    }

    /// <summary>The explicit provider for a resource or function of that type.</summary>
    internal ProviderResource? FindProvider(string token) => Providers.GetValueOrDefault(PackageOf(token));

    private static string PackageOf(string token)
    {
        var end = token.IndexOf(':', StringComparison.Ordinal);
        return end < 0 ? token : token[..end];
    }

    private void AddChild(Resource child)
    {
        lock (_childrenLock)
        {
            (_children ??= []).Add(child);
        }
    }

    private (ResourceArgs Args, ResourceOptions Options) Transform(ResourceArgs args, ResourceOptions options)
    {
        foreach (var transformation in _transformations)
        {
            if (transformation(new ResourceTransformationArgs(this, args, options)) is not { } result)
            {
                continue;
            }

            if (result.Options.Parent != options.Parent)
            {
                throw new ResourceException($"A transformation of the resource {Description} changed its parent, which is not allowed.", null);
            }

            if (result.Options.GetType() != options.GetType())
            {
                throw new ResourceException(
                    $"A transformation of the resource {Description} returned {result.Options.GetType().Name} instead of {options.GetType().Name}.",
                    null);
            }

            (args, options) = (result.Args, result.Options.Copy());
        }

        return (args, options);
    }

    private ImmutableDictionary<string, ProviderResource> ResolveProviders(ResourceOptions options)
    {
        var inherited = Parent?.Providers ?? [];
        if (options is ComponentResourceOptions component)
        {
            if (component.Provider is not null && component.Providers.Count > 0)
            {
                throw new ResourceException(
                    $"The component {Description} has both the option Provider and the option Providers; use one of them.", null);
            }

            IEnumerable<ProviderResource> own = component.Provider is { } single ? [single] : component.Providers;
            return own.Aggregate(inherited, (providers, provider) => providers.SetItem(provider.Package, provider));
        }

        var package = PackageOf(_type);
        if (options.Provider is null)
        {
            options.Provider = inherited.GetValueOrDefault(package);
            return inherited;
        }

        return inherited.SetItem(package, options.Provider);
    }
}

/// <summary>A resource known by its URN only.</summary>
internal sealed class DependencyResource(string urn)
    : Resource(Output.Create(urn), "pulumi:pulumi:dependency");
