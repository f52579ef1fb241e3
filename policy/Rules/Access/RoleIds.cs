using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Access;

/// <summary>Reads which role a property names.</summary>
internal static class RoleIds
{
    /// <summary>The role's GUID, whether the property has the GUID alone or a resource id that ends with it; null where it is not known.</summary>
    public static string? Guid(PropertyReading reading) =>
        reading.TryGetText(out var text) ? text[(text.LastIndexOf('/') + 1)..].ToLowerInvariant() : null;
}
