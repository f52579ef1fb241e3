using System.Text.RegularExpressions;

namespace CantonInfra.Protocol;

/// <summary>
/// Type tokens of resources without the versions of APIs, so that two tokens of one type are one. Azure Native writes a version into the
/// module (<c>azure-native:network/v20240501:Subnet</c>), or into the name of a package that is generated for one version of an API
/// (<c>azure-native_network_v20240501:network:Subnet</c>) and of its provider; Kubernetes into the module (<c>kubernetes:core/v1:Secret</c>).
/// </summary>
public static partial class TypeToken
{
    private const string AzureNative = "azure-native";
    private const string AzureProvider = $"pulumi:providers:{AzureNative}";

    /// <summary>
    /// The token without the versions of Azure's APIs, which are dates and change from release to release:
    /// <c>azure-native:network:Subnet</c>. Those of Kubernetes stay: a version there is part of what a manifest says.
    /// </summary>
    /// <param name="token">A type token; a text that is none comes back as it is.</param>
    public static string Canonical(string token)
    {
        if (token.StartsWith(AzureNative, StringComparison.Ordinal))
        {
            return OfAzure().Replace(token, $"{AzureNative}:$1:");
        }

        return token.StartsWith($"{AzureProvider}_", StringComparison.Ordinal) ? AzureProvider : token;
    }

    /// <summary>
    /// The token without the version of any API: <c>kubernetes:core:Secret</c>. For comparing what was with what will be, and for what holds
    /// of a type in all its versions.
    /// </summary>
    /// <param name="token">A type token; a text that is none comes back as it is.</param>
    public static string Unversioned(string token) => Versioned().Replace(Canonical(token), "$1:");

    // Both are bound to the start: plans come from anybody, and a token may be long.
    [GeneratedRegex("^azure-native(?:_[^:]+)?:([^:/]*)(?:/v[0-9]{8}[a-z0-9]*)?:", RegexOptions.CultureInvariant)]
    private static partial Regex OfAzure();

    [GeneratedRegex("^([^:]*:[^:/]*)/v[0-9][0-9a-z]*:", RegexOptions.CultureInvariant)]
    private static partial Regex Versioned();
}
