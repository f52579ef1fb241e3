using System.Collections.Immutable;

namespace CantonInfra.Infra.Components.Services;

/// <summary>What runs as a service.</summary>
/// <param name="Image">The image, with its digest.</param>
/// <param name="Replicas">How many pods.</param>
/// <param name="Variables">Variables that are not secret.</param>
/// <param name="SecretName">A secret of the service's namespace whose values are variables too; null for none.</param>
internal sealed record ServiceImage(
    string Image, int Replicas, ImmutableSortedDictionary<string, string> Variables, string? SecretName);
