using CantonInfra.Protocol.Properties;

namespace Pulumi;

/// <summary>A configured provider, for resources that are not to use the default one.</summary>
public class ProviderResource : CustomResource
{
    /// <summary>Declares a provider.</summary>
    /// <param name="package">The package, such as <c>kubernetes</c>.</param>
    /// <param name="name">A name that is unique for the package and parent.</param>
    /// <param name="args">The provider's configuration.</param>
    /// <param name="options">How the provider is to be treated.</param>
    public ProviderResource(string package, string name, ResourceArgs args, CustomResourceOptions? options = null)
        : this(package, name, args, options, null)
    {
    }

    /// <inheritdoc cref="ProviderResource(string, string, ResourceArgs, CustomResourceOptions?)"/>
    /// <param name="package">The package, such as <c>kubernetes</c>.</param>
    /// <param name="name">A name that is unique for the package and parent.</param>
    /// <param name="args">The provider's configuration.</param>
    /// <param name="options">How the provider is to be treated.</param>
    /// <param name="registerPackageRequest">The parameterized package that is the provider's.</param>
    public ProviderResource(
        string package,
        string name,
        ResourceArgs args,
        CustomResourceOptions? options = null,
        RegisterPackageRequest? registerPackageRequest = null)
        : base($"pulumi:providers:{package}", name, args, options, registerPackageRequest) =>
        Package = package;

    internal string Package { get; }

    /// <summary>How requests name this provider: its URN and id, or a mark where the id is not known.</summary>
    internal async Task<string> GetReferenceAsync()
    {
        var urn = (await Urn.DataTask.ConfigureAwait(false)).Value;
        var id = await Id.DataTask.ConfigureAwait(false);
        return $"{urn}::{(id.IsKnown && !string.IsNullOrEmpty(id.Value) ? id.Value : Signatures.Unknown)}";
    }
}
