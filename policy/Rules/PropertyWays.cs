using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules;

/// <summary>Ways to properties: those that a provider has renamed, and those that end before their end.</summary>
internal static class PropertyWays
{
    /// <summary>The older path where only that is given; else the newer.</summary>
    public static PropertyPath OrOlder(this PropertyPath path, PropertyPath? older, ResourceView resource) =>
        older is not null && IsMissing(path, resource) && !IsMissing(older, resource) ? older : path;

    /// <summary>The whole way of a path, where a reading of it ended early because nothing was there.</summary>
    public static PropertyPath Below(this PropertyPath path, PropertyPath read) =>
        new([.. read.Elements, .. path.Elements.Skip(read.Elements.Length)]);

    private static bool IsMissing(PropertyPath path, ResourceView resource) =>
        resource.Select(path).All(reading => reading.State == PropertyState.Missing);
}
