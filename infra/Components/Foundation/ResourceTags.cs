using System.Collections.Immutable;

namespace CantonInfra.Infra.Components.Foundation;

/// <summary>The tags that every resource of an environment carries.</summary>
internal static class ResourceTags
{
    /// <summary>The tags of an environment.</summary>
    /// <param name="environment">The environment's name.</param>
    /// <param name="owner">Who answers for it.</param>
    /// <param name="costCenter">Who pays for it.</param>
    public static ImmutableDictionary<string, string> Create(string environment, string owner, string costCenter) =>
        ImmutableDictionary.CreateRange(StringComparer.Ordinal, new Dictionary<string, string>
        {
            ["cost-center"] = costCenter,
            ["env"] = environment,
            ["managed-by"] = "pulumi",
            ["owner"] = owner,
            ["system"] = "canton-validator",
        });
}
