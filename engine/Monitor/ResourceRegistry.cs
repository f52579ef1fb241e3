using System.Collections.Immutable;
using CantonInfra.Engine.Plans;
using CantonInfra.Engine.Projects;
using CantonInfra.Protocol;
using CantonInfra.Protocol.Grpc;
using CantonInfra.Protocol.Properties;
using CantonInfra.Protocol.Wire;

namespace CantonInfra.Engine.Monitor;

/// <summary>
/// All resources that a program has declared so far, and the rules by which a declaration is accepted: URNs, parents,
/// providers, aliases, dependencies, inherited options. Safe for concurrent calls.
/// </summary>
internal sealed class ResourceRegistry(StackConfiguration configuration)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, PlannedResource> _resources = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _aliases = new(StringComparer.Ordinal);
    private readonly DefaultProviders _defaultProviders = new(configuration);
    private string _rootUrn = "";

    /// <summary>URN of the root stack; empty until it is declared.</summary>
    public string RootUrn
    {
        get
        {
            lock (_lock)
            {
                return _rootUrn;
            }
        }
    }

    /// <summary>The resources as they stand.</summary>
    public ImmutableArray<PlannedResource> Snapshot()
    {
        lock (_lock)
        {
            return [.. _resources.Values];
        }
    }

    /// <summary>The resource of that URN, or null.</summary>
    public PlannedResource? Find(string urn)
    {
        lock (_lock)
        {
            return _resources.GetValueOrDefault(urn);
        }
    }

    /// <summary>Accepts a declared resource.</summary>
    /// <returns>The resource, and the default provider that it is the first to need, if any.</returns>
    /// <exception cref="RpcException">The declaration breaks a rule; the message names the resource and the rule.</exception>
    public (PlannedResource Resource, PlannedResource? NewProvider) Register(RegisterResourceRequest request)
    {
        if (request.Remote)
        {
            throw Refused(
                StatusCode.Unimplemented, request.Type, request.Name, "is a remote component, which runs in a provider; previews here run none");
        }

        var inputs = Decode(request.Type, request.Name, () => PropertyDecoding.Decode(request.Object));
        lock (_lock)
        {
            var parent = ParentOf(request.Type, request.Name, request.Parent);
            var urn = UrnOf(request.Type, request.Name, parent);
            var kind = request.Custom ? ResourceKind.Custom : ResourceKind.Component;
            RequireKnown(urn, request);
            var (provider, newProvider) = request.Custom
                ? ProviderOf(urn, parent, request.Provider, request.Version, request.PluginDownloadURL)
                : ("", null);
            var aliases = ResourceAliases.Resolve(
                urn, ParentUrnOf(parent), parent?.Options.Aliases ?? [], request.Aliases, request.AliasURNs);

            var resource = new PlannedResource
            {
                Urn = urn.ToString(),
                Type = request.Type,
                Name = request.Name,
                Kind = kind,
                Parent = parent?.Urn ?? "",
                Id = request.ImportId,
                Inputs = inputs,
                Outputs = request.Custom ? OutputsOf(request.Type, inputs, request.AdditionalSecretOutputs) : MapValue.Empty,
                Provider = provider,
                Dependencies = Sorted(request.Dependencies),
                PropertyDependencies = request.PropertyDependencies.ToImmutableSortedDictionary(
                    entry => entry.Key, entry => Sorted(entry.Value.Urns), StringComparer.Ordinal),
                Options = OptionsOf(request, parent, aliases),
            };
            Keep(resource, newProvider);
            return (resource, newProvider);
        }
    }

    /// <summary>Accepts a resource that is read.</summary>
    /// <inheritdoc cref="Register"/>
    public (PlannedResource Resource, PlannedResource? NewProvider) Read(ReadResourceRequest request)
    {
        var properties = Decode(request.Type, request.Name, () => PropertyDecoding.Decode(request.Properties));
        lock (_lock)
        {
            var parent = ParentOf(request.Type, request.Name, request.Parent);
            var urn = UrnOf(request.Type, request.Name, parent);
            RequireKnown(urn, "depends on", request.Dependencies);
            var (provider, newProvider) = ProviderOf(urn, parent, request.Provider, request.Version, request.PluginDownloadURL);
            var resource = new PlannedResource
            {
                Urn = urn.ToString(),
                Type = request.Type,
                Name = request.Name,
                Kind = ResourceKind.Read,
                Parent = parent?.Urn ?? "",
                Id = request.Id,
                Inputs = properties,
                Outputs = OutputsOf(request.Type, properties, request.AdditionalSecretOutputs),
                Provider = provider,
                Dependencies = Sorted(request.Dependencies),
                Options = new ResourceOptions
                {
                    AdditionalSecretOutputs = Sorted(request.AdditionalSecretOutputs),
                    Version = request.Version,
                },
            };
            Keep(resource, newProvider);
            return (resource, newProvider);
        }
    }

    /// <summary>Sets the inputs that policies have mended.</summary>
    public PlannedResource SetInputs(string urn, MapValue inputs)
    {
        lock (_lock)
        {
            var resource = _resources[urn];
            var outputs = resource.IsCustom ? OutputsOf(resource.Type, inputs, resource.Options.AdditionalSecretOutputs) : resource.Outputs;
            return _resources[urn] = resource with { Inputs = inputs, Outputs = outputs };
        }
    }

    /// <summary>Sets the outputs of a component or of the stack.</summary>
    public void SetOutputs(string urn, MapValue outputs)
    {
        lock (_lock)
        {
            if (!_resources.TryGetValue(urn, out var resource))
            {
                throw new RpcException(StatusCode.NotFound, $"Outputs were registered for '{urn}', which is not declared.");
            }

            _resources[urn] = resource with { Outputs = outputs };
        }
    }

    private static MapValue Decode(string type, string name, Func<MapValue> decode)
    {
        try
        {
            return decode();
        }
        catch (MalformedPropertyException exception)
        {
            throw Refused(StatusCode.InvalidArgument, type, name, $"cannot be read: {exception.Message}", exception);
        }
    }

    private static MapValue OutputsOf(string type, MapValue inputs, IEnumerable<string> additionalSecretOutputs)
    {
        var outputs = ForeseenOutputs.Of(type, inputs);
        foreach (var name in additionalSecretOutputs)
        {
            outputs = outputs.With(name, PropertyValue.Secret(outputs[name] ?? PropertyValue.Unknown));
        }

        return outputs;
    }

    private static ResourceOptions OptionsOf(
        RegisterResourceRequest request, PlannedResource? parent, ImmutableArray<string> aliases) => new()
        {
            Protect = request.HasProtect ? request.Protect : parent?.Options.Protect ?? false,
            RetainOnDelete = request.HasRetainOnDelete ? request.RetainOnDelete : parent?.Options.RetainOnDelete ?? false,
            DeleteBeforeReplace = request.DeleteBeforeReplaceDefined || request.DeleteBeforeReplace ? request.DeleteBeforeReplace : null,
            IgnoreChanges = Sorted(request.IgnoreChanges),
            ReplaceOnChanges = Sorted(request.ReplaceOnChanges),
            AdditionalSecretOutputs = Sorted(request.AdditionalSecretOutputs),
            Aliases = aliases,
            DeletedWith = request.DeletedWith.Length > 0 ? request.DeletedWith : parent?.Options.DeletedWith ?? "",
            ReplaceWith = Sorted(request.ReplaceWith),
            HideDiffs = Sorted(request.HideDiffs),
            ImportId = request.ImportId,
            Version = request.Version,
            Timeouts = request.CustomTimeouts is { } timeouts
                ? new OperationTimeouts(timeouts.Create, timeouts.Update, timeouts.Delete)
                : new OperationTimeouts(),
        };

    private static ImmutableArray<string> Sorted(IEnumerable<string> texts) =>
        [.. texts.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static Urn? ParentUrnOf(PlannedResource? parent) =>
        parent is not null && Urn.TryParse(parent.Urn, out var urn) && urn.Type != Urn.StackType ? urn : null;

    private static RpcException Refused(StatusCode code, string type, string name, string what, Exception? cause = null) =>
        new(code, $"The resource '{name}' of type '{type}' {what}.", innerException: cause);

    private PlannedResource? ParentOf(string type, string name, string parentUrn)
    {
        if (type == Urn.StackType)
        {
            return _rootUrn.Length == 0
                ? null
                : throw Refused(StatusCode.AlreadyExists, type, name, $"is a second root stack beside '{_rootUrn}'");
        }

        // Programs of old SDKs leave the parent of top-level resources empty; it is the stack all the same.
        var urn = parentUrn.Length > 0 ? parentUrn : _rootUrn;
        if (urn.Length == 0)
        {
            return null;
        }

        return _resources.TryGetValue(urn, out var parent)
            ? parent
            : throw Refused(
                StatusCode.InvalidArgument,
                type,
                name,
                $"has the parent '{urn}', which is not declared; a parent is declared before its children");
    }

    private Urn UrnOf(string type, string name, PlannedResource? parent)
    {
        if (name.Length == 0)
        {
            throw Refused(StatusCode.InvalidArgument, type, name, "has no name");
        }

        if (type.Split(':') is not [{ Length: > 0 }, _, { Length: > 0 }])
        {
            throw Refused(StatusCode.InvalidArgument, type, name, "has no type token of the form package:module:Name");
        }

        var urn = Urn.Create(configuration.Stack, configuration.Project.Name, ParentUrnOf(parent), type, name);
        var text = urn.ToString();
        if (_resources.ContainsKey(text))
        {
            throw Refused(
                StatusCode.AlreadyExists,
                type,
                name,
                $"is declared twice under the same parent: '{text}' exists already; give one of them another name or parent");
        }

        if (_aliases.TryGetValue(text, out var claimedBy))
        {
            throw Refused(StatusCode.AlreadyExists, type, name, $"has the URN that '{claimedBy}' names as its alias: '{text}'");
        }

        return urn;
    }

    private void RequireKnown(Urn urn, RegisterResourceRequest request)
    {
        RequireKnown(urn, "depends on", request.Dependencies);
        foreach (var (property, dependencies) in request.PropertyDependencies)
        {
            RequireKnown(urn, $"depends with '{property}' on", dependencies.Urns);
        }

        RequireKnown(urn, "is deleted with", request.DeletedWith.Length > 0 ? [request.DeletedWith] : []);
        RequireKnown(urn, "is replaced with", request.ReplaceWith);
    }

    private void RequireKnown(Urn urn, string relation, IEnumerable<string> others)
    {
        foreach (var other in others)
        {
            if (other == urn.ToString())
            {
                throw Refused(StatusCode.InvalidArgument, urn.Type, urn.Name, $"{relation} itself, which is a cycle");
            }

            if (!_resources.ContainsKey(other))
            {
                throw Refused(
                    StatusCode.InvalidArgument,
                    urn.Type,
                    urn.Name,
                    $"{relation} '{other}', which is not declared yet; a resource is declared after all that it needs, "
                    + "so either that resource is missing or the two need each other (a cycle)");
            }
        }
    }

    private (string Urn, PlannedResource? New) ProviderOf(
        Urn urn, PlannedResource? parent, string reference, string version, string pluginDownloadUrl)
    {
        var package = ProviderReference.PackageOf(urn.Type);
        if (ProviderReference.IsProviderType(urn.Type) || package == "pulumi")
        {
            return ("", null);
        }

        if (reference.Length > 0)
        {
            return (Known(urn, reference), null);
        }

        if (parent is { Provider.Length: > 0 } && ProviderReference.PackageOf(parent.Type) == package)
        {
            return (parent.Provider, null);
        }

        var created = _defaultProviders.Create(package, version, pluginDownloadUrl);
        return (created.Urn, _resources.ContainsKey(created.Urn) ? null : created);
    }

    private string Known(Urn urn, string reference) =>
        ProviderReference.TryParse(reference) is { } provider && _resources.ContainsKey(provider.Urn)
            ? provider.Urn
            : throw Refused(
                StatusCode.InvalidArgument, urn.Type, urn.Name, $"names the provider '{reference}', which is not declared");

    private void Keep(PlannedResource resource, PlannedResource? newProvider)
    {
        foreach (var alias in resource.Options.Aliases)
        {
            if (_resources.ContainsKey(alias) || (_aliases.TryGetValue(alias, out var other) && other != resource.Urn))
            {
                var owner = _aliases.GetValueOrDefault(alias, alias);
                throw Refused(
                    StatusCode.AlreadyExists, resource.Type, resource.Name, $"has the alias '{alias}', which belongs to '{owner}'");
            }
        }

        foreach (var alias in resource.Options.Aliases)
        {
            _aliases[alias] = resource.Urn;
        }

        if (newProvider is not null)
        {
            _resources[newProvider.Urn] = newProvider;
        }

        _resources[resource.Urn] = resource;
        if (resource.Type == Urn.StackType)
        {
            _rootUrn = resource.Urn;
        }
    }
}
