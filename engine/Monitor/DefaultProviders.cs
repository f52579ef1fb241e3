using System.Text;
using CantonInfra.Engine.Plans;
using CantonInfra.Engine.Projects;
using CantonInfra.Protocol;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Engine.Monitor;

/// <summary>The providers that the engine adds for resources which name none: one per package, version and download address.</summary>
internal sealed class DefaultProviders(StackConfiguration configuration)
{
    /// <summary>The default provider for a request; the caller keeps it by its URN.</summary>
    public PlannedResource Create(string package, string version, string pluginDownloadUrl)
    {
        var type = ProviderReference.TypePrefix + package;
        var name = NameOf(version, pluginDownloadUrl);
        var urn = Urn.Create(configuration.Stack, configuration.Project.Name, parent: null, type, name).ToString();
        var inputs = InputsOf(package, version);
        return new PlannedResource
        {
            Urn = urn,
            Type = type,
            Name = name,
            Kind = ResourceKind.DefaultProvider,
            Inputs = inputs,
            Outputs = inputs,
            Options = new ResourceOptions { Version = version },
        };
    }

    private static string NameOf(string version, string pluginDownloadUrl)
    {
        var name = new StringBuilder("default");
        foreach (var part in new[] { version, pluginDownloadUrl })
        {
            if (part.Length > 0)
            {
                name.Append('_');
                foreach (var character in part)
                {
                    name.Append(char.IsAsciiLetterOrDigit(character) ? character : '_');
                }
            }
        }

        return name.ToString();
    }

    // The configuration of the package's namespace is what configures its default provider.
    private MapValue InputsOf(string package, string version)
    {
        var inputs = configuration.Entries.Values
            .Where(entry => entry.Key.Namespace == package)
            .Select(entry => KeyValuePair.Create(entry.Key.Name, ValueOf(entry)));
        if (version.Length > 0)
        {
            inputs = inputs.Append(KeyValuePair.Create("version", PropertyValue.Of(version)));
        }

        return new MapValue(inputs);
    }

    private static PropertyValue ValueOf(ConfigEntry entry)
    {
        var value = entry.Text is null ? PropertyValue.Unknown : PropertyValue.Of(entry.Text);
        return entry.IsSecret ? PropertyValue.Secret(value) : value;
    }
}
