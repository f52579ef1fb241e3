using System.Collections.Immutable;
using CantonInfra.Policy.Limits;
using CantonInfra.Policy.Rules.Pods;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Rules.SupplyChain;

/// <summary>Images come from publishers that somebody decided to trust.</summary>
internal sealed class ImagesFromAllowedRegistries(SourceLimits limits) : PodRule
{
    public override string Id => "images-from-allowed-registries";

    public override string Title => "Images come from allowed registries";

    public override string Rationale =>
        "Whoever publishes an image decides what runs beside the ledger's keys. Names in public registries are alike, and anybody can "
        + "take one that is nearly right.";

    public override string Remediation =>
        "Take the image from a registry under 'sources' in policy/limits.yaml, or copy it into a registry of your own. Another publisher "
        + "is a change of limits.yaml, for reviewers to see.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        "kubernetes:core/v1:Pod",
        Good: """{"spec": {"containers": [{"name": "keycloak", "image": "quay.io/keycloak/keycloak:26.4.0"}]}}""",
        Bad: """{"spec": {"containers": [{"name": "keycloak", "image": "somebody/keycloak:26.4.0"}]}}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "DS-2"),
        new(PolicyControl.Soc2, "CC6.8"),
        new(PolicyControl.Soc2, "CC9.2"),
        new(PolicyControl.Requirement, "A13"),
        new(PolicyControl.Requirement, "D1"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = [.. PodPlaces.Types, .. NamedImage.Types];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        if (!resource.IsAny(NamedImage.Types))
        {
            return base.Check(resource, stack);
        }

        var limit = limits.For(stack);
        var inValues = ChartImage.Of(resource).Select(each => Judge(resource, each.Path, limit, source => source.Matches(each.Image.Repository)));
        return inValues.Concat(NamedImage.Of(resource).Select(image => image.IsUnknown
            ? PolicyVerdict.Undecided(image.Path)
            : Judge(resource, image.Path, limit, image.Fits)));
    }

    private static PolicyVerdict Judge(ResourceView resource, Protocol.Properties.PropertyPath path, SourceLimit limit, Func<SourcePattern, bool> fits) => limit.Images.Any(fits)
        ? PolicyVerdict.Pass
        : PolicyVerdict.Violation(
            path, $"{resource} takes an image from another registry here. Allowed are {string.Join(", ", limit.Images)}: {limit.Reason}.");

    protected override IEnumerable<PolicyVerdict> Check(PodView pod, StackContext stack)
    {
        var limit = limits.For(stack);
        return Each(pod.Containers, container => [Judge(container, limit)]);
    }

    private static PolicyVerdict Judge(ContainerView container, SourceLimit limit)
    {
        var image = container.Read("image");

        // One that is missing is for images-pinned to say.
        return image.State == Protocol.Properties.PropertyState.Missing ? PolicyVerdict.Pass
            : !image.TryGetText(out var text) ? PolicyVerdict.Undecided(image.Path)
            : limit.Images.Any(source => source.Matches(ImageReference.Parse(text).Repository)) ? PolicyVerdict.Pass
            : PolicyVerdict.Violation(
                image.Path,
                $"{container.Pod.Resource} takes {container} from {image}. Allowed are {string.Join(", ", limit.Images)}: {limit.Reason}.");
    }
}
