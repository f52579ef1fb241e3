using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules;

/// <summary>Properties that a provider has renamed.</summary>
internal static class OlderNames
{
    /// <summary>The older path where only that is given; else the newer.</summary>
    public static PropertyPath OrOlder(this PropertyPath path, PropertyPath? older, ResourceView resource) =>
        older is not null && IsMissing(path, resource) && !IsMissing(older, resource) ? older : path;

    private static bool IsMissing(PropertyPath path, ResourceView resource) =>
        resource.Select(path).All(reading => reading.State == PropertyState.Missing);
}
