using System.Diagnostics.CodeAnalysis;

namespace Pulumi;

/// <summary>How a component and its children are to be treated.</summary>
public sealed class ComponentResourceOptions : ResourceOptions
{
    /// <summary>The providers that children get, by package. Not together with the option Provider.</summary>
    [AllowNull]
    public List<ProviderResource> Providers
    {
        get => field ??= [];
        set;
    }

    /// <summary>New options of both; the second wins where both have something, lists are joined.</summary>
    public static ComponentResourceOptions Merge(ComponentResourceOptions? options1, ComponentResourceOptions? options2)
    {
        var result = new ComponentResourceOptions();
        result.Take(options1);
        result.Take(options2);
        result.Provider = null;
        result.Providers = [.. ProvidersOf(options1), .. ProvidersOf(options2)];
        if (result.Providers is [var single])
        {
            // One provider is what the option Provider is for; both ways mean the same.
            result.Provider = single;
            result.Providers = [];
        }

        return result;
    }

    internal override ResourceOptions Copy()
    {
        var copy = new ComponentResourceOptions { Providers = [.. Providers] };
        copy.Take(this);
        return copy;
    }

    private static List<ProviderResource> ProvidersOf(ComponentResourceOptions? options) => options switch
    {
        null => [],
        { Provider: { } provider } => [.. options.Providers, provider],
        _ => options.Providers,
    };
}
