using System.Diagnostics.CodeAnalysis;

namespace Pulumi;

/// <summary>How a function of a provider is to be called.</summary>
public class InvokeOptions
{
    /// <summary>A component whose providers are used.</summary>
    public Resource? Parent { get; set; }

    /// <summary>The provider to use.</summary>
    public ProviderResource? Provider { get; set; }

    /// <summary>The version of the provider's plugin.</summary>
    public string? Version { get; set; }

    /// <summary>Where the provider's plugin is downloaded from.</summary>
    public string? PluginDownloadURL { get; set; }
}

/// <summary>How a function with an output as its result is to be called.</summary>
public sealed class InvokeOutputOptions : InvokeOptions
{
    /// <summary>Resources that must be there first.</summary>
    [AllowNull]
    public InputList<Resource> DependsOn
    {
        get => field ??= [];
        set;
    }
}
