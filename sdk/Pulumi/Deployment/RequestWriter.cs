using System.Globalization;
using CantonInfra.Protocol.Properties;
using CantonInfra.Protocol.Wire;
using Pulumi.Serialization;

namespace Pulumi;

/// <summary>Writes the request that declares or reads one resource.</summary>
internal sealed class RequestWriter(Deployment deployment, Resource resource, ResourceOptions options, RegisterPackageRequest? package)
{
    private readonly HashSet<Resource> _dependencies = [];
    private readonly Dictionary<string, HashSet<Resource>> _propertyDependencies = new(StringComparer.Ordinal);

    public async Task<RegisterResourceRequest> WriteRegistrationAsync(ResourceArgs args)
    {
        var inputs = await WriteInputsAsync(args).ConfigureAwait(false);
        var request = new RegisterResourceRequest
        {
            Type = resource.GetResourceType(),
            Name = resource.GetResourceName(),
            Custom = resource.IsCustom,
            Remote = resource.IsRemote,
            Object = PropertyEncoding.Encode(inputs, EncodingOptions.Full),
            Version = options.Version ?? "",
            PluginDownloadURL = options.PluginDownloadURL ?? "",
            AcceptSecrets = true,
            AcceptResources = deployment.Settings.AcceptsResources,
            SupportsResultReporting = true,
            Parent = await ParentUrnAsync().ConfigureAwait(false),
            Provider = await ProviderAsync().ConfigureAwait(false),
            PackageRef = await deployment.Packages.GetAsync(package).ConfigureAwait(false),
            Hooks = new RegisterResourceRequest.Types.ResourceHooksBinding(),
        };
        await AddDependenciesAsync(request).ConfigureAwait(false);
        await AddProvidersAsync(request).ConfigureAwait(false);
        await AddAliasesAsync(request).ConfigureAwait(false);
        AddOptions(request);
        await AddReplacementAsync(request).ConfigureAwait(false);
        return request;
    }

    public async Task<ReadResourceRequest> WriteReadAsync(string id, ResourceArgs args)
    {
        var inputs = await WriteInputsAsync(args).ConfigureAwait(false);
        var request = new ReadResourceRequest
        {
            Id = id,
            Type = resource.GetResourceType(),
            Name = resource.GetResourceName(),
            Parent = await ParentUrnAsync().ConfigureAwait(false),
            Properties = PropertyEncoding.Encode(inputs, EncodingOptions.Full),
            Provider = await ProviderAsync().ConfigureAwait(false),
            Version = options.Version ?? "",
            AcceptSecrets = true,
            AcceptResources = deployment.Settings.AcceptsResources,
            PackageRef = await deployment.Packages.GetAsync(package).ConfigureAwait(false),
        };
        if (options is CustomResourceOptions custom)
        {
            request.AdditionalSecretOutputs.AddRange(custom.AdditionalSecretOutputs);
        }

        await CollectExplicitAsync().ConfigureAwait(false);
        request.Dependencies.AddRange(await Dependency.ExpandAsync(_dependencies, resource).ConfigureAwait(false));
        return request;
    }

    private static async Task<IReadOnlyCollection<Resource>> ResourcesOfAsync(InputList<Resource> list)
    {
        if (list.IsEmpty)
        {
            return [];
        }

        var data = await list.ToOutput().DataTask.ConfigureAwait(false);
        return data is { IsKnown: true, Value.IsDefault: false }
            ? [.. data.Value.Where(one => one is not null)]
            : [];
    }

    private static string Duration(TimeSpan? time) =>
        time is { } value ? string.Create(CultureInfo.InvariantCulture, $"{value.Ticks * 100}ns") : "";

    // Each input with a serialiser of its own, which tells what that input depends on.
    private async Task<MapValue> WriteInputsAsync(ResourceArgs args)
    {
        var keepsReferences = await deployment.Features.SupportsAsync(Features.ResourceReferences).ConfigureAwait(false);
        var keepsOutputs = resource.IsRemote
            && await deployment.Features.SupportsAsync(Features.OutputValues).ConfigureAwait(false);
        var serializerOptions = new SerializerOptions(keepsReferences, keepsOutputs);
        var owner = $"The resource {resource.Description}";
        var entries = new List<KeyValuePair<string, PropertyValue>>();
        foreach (var (name, value, isJson) in new Serializer(deployment.Shapes, owner, serializerOptions).ReadArgs(args, null))
        {
            var serializer = new Serializer(deployment.Shapes, owner, serializerOptions);
            var path = new InputPlace(null, name);
            var written = isJson
                ? await serializer.WriteJsonTextAsync(value, path).ConfigureAwait(false)
                : await serializer.WriteAsync(value, path).ConfigureAwait(false);
            if (written is not NullValue)
            {
                entries.Add(KeyValuePair.Create(name, written));
                _propertyDependencies[name] = serializer.Dependencies;
                _dependencies.UnionWith(serializer.Dependencies);
            }
        }

        return new MapValue(entries);
    }

    private async Task<string> ParentUrnAsync() =>
        resource.Parent is null ? "" : (await resource.Parent.Urn.DataTask.ConfigureAwait(false)).Value;

    private async Task<string> ProviderAsync() => resource.IsCustom && options.Provider is not null
        ? await options.Provider.GetReferenceAsync().ConfigureAwait(false)
        : "";

    private async Task CollectExplicitAsync() =>
        _dependencies.UnionWith(await ResourcesOfAsync(options.DependsOn).ConfigureAwait(false));

    private async Task AddDependenciesAsync(RegisterResourceRequest request)
    {
        foreach (var (name, resources) in _propertyDependencies)
        {
            var urns = new PropertyDependencies();
            urns.Urns.AddRange(await Dependency.ExpandAsync(resources, resource).ConfigureAwait(false));
            request.PropertyDependencies[name] = urns;
        }

        await CollectExplicitAsync().ConfigureAwait(false);
        request.Dependencies.AddRange(await Dependency.ExpandAsync(_dependencies, resource).ConfigureAwait(false));
    }

    private async Task AddProvidersAsync(RegisterResourceRequest request)
    {
        if (!resource.IsRemote)
        {
            return;
        }

        foreach (var (name, provider) in resource.Providers)
        {
            request.Providers[name] = await provider.GetReferenceAsync().ConfigureAwait(false);
        }
    }

    private async Task AddAliasesAsync(RegisterResourceRequest request)
    {
        if (options.Aliases.Count == 0)
        {
            return;
        }

        var takesSpecs = await deployment.Features.SupportsAsync(Features.AliasSpecs).ConfigureAwait(false);
        foreach (var input in options.Aliases)
        {
            var data = await input.ToOutput().DataTask.ConfigureAwait(false);
            if (!data.IsKnown || data.Value is not { } alias)
            {
                continue;
            }

            if (takesSpecs)
            {
                if (await AliasWriter.WriteAsync(alias, resource).ConfigureAwait(false) is { } spec)
                {
                    request.Aliases.Add(spec);
                }
            }
            else if (await AliasWriter.WriteUrnAsync(alias, resource, request.Parent, deployment).ConfigureAwait(false) is { } urn)
            {
                request.AliasURNs.Add(urn);
            }
        }
    }

    private void AddOptions(RegisterResourceRequest request)
    {
        if (options.Protect is { } protect)
        {
            request.Protect = protect;
        }

        if (options.RetainOnDelete is { } retain)
        {
            request.RetainOnDelete = retain;
        }

        request.IgnoreChanges.AddRange(options.IgnoreChanges);
        request.ReplaceOnChanges.AddRange(options.ReplaceOnChanges);
        request.HideDiffs.AddRange(options.HideDiffs);
        if (options.CustomTimeouts is { } timeouts)
        {
            request.CustomTimeouts = new RegisterResourceRequest.Types.CustomTimeouts
            {
                Create = Duration(timeouts.Create),
                Update = Duration(timeouts.Update),
                Delete = Duration(timeouts.Delete),
            };
        }

        if (options is CustomResourceOptions custom)
        {
            request.DeleteBeforeReplace = custom.DeleteBeforeReplace ?? false;
            request.DeleteBeforeReplaceDefined = custom.DeleteBeforeReplace is not null;
            request.AdditionalSecretOutputs.AddRange(custom.AdditionalSecretOutputs);
            request.ImportId = custom.ImportId ?? "";
            request.EnvVarMappings.Add(custom.EnvVarMappings);
        }
    }

    private async Task AddReplacementAsync(RegisterResourceRequest request)
    {
        if (options.DeletedWith is { } above)
        {
            await RequireAsync(Features.DeletedWith, nameof(options.DeletedWith)).ConfigureAwait(false);
            request.DeletedWith = (await above.Urn.DataTask.ConfigureAwait(false)).Value;
        }

        if (!options.ReplaceWith.IsEmpty)
        {
            await RequireAsync(Features.ReplaceWith, nameof(options.ReplaceWith)).ConfigureAwait(false);
            var resources = await ResourcesOfAsync(options.ReplaceWith).ConfigureAwait(false);
            request.ReplaceWith.AddRange(await Dependency.ExpandAsync(resources, resource).ConfigureAwait(false));
        }

        if (options.ReplacementTrigger is { } trigger)
        {
            var serializer = new Serializer(deployment.Shapes, $"The resource {resource.Description}", default);
            var value = await serializer.WriteAsync(trigger, new InputPlace(null, nameof(options.ReplacementTrigger))).ConfigureAwait(false);
            request.ReplacementTrigger = PropertyEncoding.Encode(value, EncodingOptions.Full);
        }
    }

    private async Task RequireAsync(string feature, string option)
    {
        if (!await deployment.Features.SupportsAsync(feature).ConfigureAwait(false))
        {
            throw new RunException($"The engine does not support the option {option} of the resource {resource.Description}.");
        }
    }
}
