using Pulumi;

namespace CantonInfra.Infra.Components.Access;

/// <summary>Something that people have roles on.</summary>
/// <param name="Place">Which kind of place it is.</param>
/// <param name="Label">Its name in the program, the same in every environment.</param>
/// <param name="Name">Its name in Azure.</param>
/// <param name="Id">Its resource id; plain text, so that a preview shows it and policies can judge it.</param>
/// <param name="Resource">What has to be there before roles can be given on it.</param>
internal sealed record AccessTarget(AccessPlace Place, string Label, string Name, string Id, Resource Resource);
