using System.Diagnostics.CodeAnalysis;

namespace Pulumi;

/// <summary>How a resource of a provider is to be treated.</summary>
public sealed class CustomResourceOptions : ResourceOptions
{
    /// <summary>Whether a replaced resource is deleted before the new one is created.</summary>
    public bool? DeleteBeforeReplace { get; set; }

    /// <summary>Names of outputs that are secret beyond those that the provider marks.</summary>
    [AllowNull]
    public List<string> AdditionalSecretOutputs
    {
        get => field ??= [];
        set;
    }

    /// <summary>The id of an existing resource that is to be managed from now on.</summary>
    public string? ImportId { get; set; }

    /// <summary>Which environment variable a provider gets for which variable of its configuration.</summary>
    [AllowNull]
    public Dictionary<string, string> EnvVarMappings
    {
        get => field ??= [];
        set;
    }

    /// <summary>New options of both; the second wins where both have something, lists are joined.</summary>
    public static CustomResourceOptions Merge(CustomResourceOptions? options1, CustomResourceOptions? options2)
    {
        var result = new CustomResourceOptions();
        result.TakeAll(options1);
        result.TakeAll(options2);
        return result;
    }

    internal override ResourceOptions Copy() => Merge(null, this);

    private void TakeAll(CustomResourceOptions? other)
    {
        if (other is null)
        {
            return;
        }

        Take(other);
        DeleteBeforeReplace = other.DeleteBeforeReplace ?? DeleteBeforeReplace;
        AdditionalSecretOutputs = [.. AdditionalSecretOutputs, .. other.AdditionalSecretOutputs];
        ImportId = other.ImportId ?? ImportId;
        foreach (var (variable, mapping) in other.EnvVarMappings)
        {
            EnvVarMappings[variable] = mapping;
        }
    }
}
