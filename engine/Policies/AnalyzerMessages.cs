using CantonInfra.Engine.Plans;
using CantonInfra.Engine.Projects;
using CantonInfra.Protocol.Properties;
using CantonInfra.Protocol.Wire;
using Google.Protobuf.WellKnownTypes;

namespace CantonInfra.Engine.Policies;

/// <summary>Turns planned resources and configurations into what analyzers are sent.</summary>
internal static class AnalyzerMessages
{
    // Names that begin so are the engine's own and no policy's business.
    private const string InternalPrefix = "__";

    /// <summary>One resource, judged by its inputs.</summary>
    public static AnalyzeRequest Analyze(PlannedResource resource, PlannedResource? provider, MapValue inputs, bool keepInternal = false) => new()
    {
        Type = resource.Type,
        Name = resource.Name,
        Urn = resource.Urn,
        Properties = Properties(inputs, keepInternal),
        Options = Options(resource),
        Provider = Provider(provider),
    };

    /// <summary>The whole stack, judged by outputs.</summary>
    public static AnalyzeStackRequest AnalyzeStack(Plan plan)
    {
        var byUrn = plan.Resources.ToDictionary(resource => resource.Urn, StringComparer.Ordinal);
        var request = new AnalyzeStackRequest();
        request.Resources.AddRange(plan.Resources.Select(resource => OfStack(resource, byUrn.GetValueOrDefault(resource.Provider))));
        return request;
    }

    /// <summary>One resource of a stack, judged by outputs.</summary>
    public static AnalyzerResource OfStack(PlannedResource resource, PlannedResource? provider)
    {
        var message = new AnalyzerResource
        {
            Type = resource.Type,
            Name = resource.Name,
            Urn = resource.Urn,
            Properties = Properties(resource.Outputs, keepInternal: false),
            Options = Options(resource),
            Provider = Provider(provider),
            Parent = resource.Parent,
        };
        message.Dependencies.AddRange(resource.Dependencies);
        foreach (var (property, urns) in resource.PropertyDependencies)
        {
            var dependencies = new PropertyDependencies();
            dependencies.Urns.AddRange(urns);
            message.PropertyDependencies[property] = dependencies;
        }

        return message;
    }

    /// <summary>The stack and its configuration.</summary>
    public static AnalyzerStackConfigureRequest ConfigureStack(StackConfiguration configuration)
    {
        var request = new AnalyzerStackConfigureRequest
        {
            Stack = configuration.Stack,
            Project = configuration.Project.Name,
            Organization = StackConfiguration.Organization,
            DryRun = true,
        };
        foreach (var entry in configuration.Entries.Values)
        {
            request.Config[entry.Key.ToString()] = entry.Text ?? Signatures.Unknown;
            if (entry.IsSecret)
            {
                request.ConfigSecretKeys.Add(entry.Key.ToString());
            }
        }

        return request;
    }

    private static Struct Properties(MapValue properties, bool keepInternal)
    {
        var visible = keepInternal || !properties.Entries.Keys.Any(IsInternal)
            ? properties
            : new MapValue(properties.Entries.Where(entry => !IsInternal(entry.Key)));
        return PropertyEncoding.Encode(visible, EncodingOptions.Analyzer);
    }

    private static bool IsInternal(string name) => name.StartsWith(InternalPrefix, StringComparison.Ordinal);

    private static AnalyzerProviderResource? Provider(PlannedResource? provider) => provider is null
        ? null
        : new AnalyzerProviderResource
        {
            Type = provider.Type,
            Name = provider.Name,
            Urn = provider.Urn,
            Properties = Properties(provider.Inputs, keepInternal: false),
        };

    private static AnalyzerResourceOptions Options(PlannedResource resource)
    {
        var options = resource.Options;
        var message = new AnalyzerResourceOptions
        {
            Protect = options.Protect,
            DeleteBeforeReplace = options.DeleteBeforeReplace ?? false,
            DeleteBeforeReplaceDefined = options.DeleteBeforeReplace is not null,
            Parent = resource.Parent,
            CustomTimeouts = new AnalyzerResourceOptions.Types.CustomTimeouts
            {
                Create = GoDuration.Seconds(options.Timeouts.Create),
                Update = GoDuration.Seconds(options.Timeouts.Update),
                Delete = GoDuration.Seconds(options.Timeouts.Delete),
            },
        };
        message.IgnoreChanges.AddRange(options.IgnoreChanges);
        message.AdditionalSecretOutputs.AddRange(options.AdditionalSecretOutputs);
        message.Aliases.AddRange(options.Aliases);
        return message;
    }
}
