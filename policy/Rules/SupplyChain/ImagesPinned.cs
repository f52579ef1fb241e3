using System.Collections.Immutable;
using CantonInfra.Policy.Rules.Pods;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.SupplyChain;

/// <summary>What runs is what was tested.</summary>
internal sealed class ImagesPinned : PodRule
{
    public override string Id => "images-pinned";

    public override string Title => "Images are named by a version or a digest";

    public override string Rationale =>
        "A tag such as 'latest' means another image tomorrow: a pod that is moved runs code that nobody tested, and nobody can tell "
        + "afterwards what ran. Most attacks by way of a registry replace such a tag.";

    public override string Remediation =>
        "Name a digest (image@sha256:…) or the tag of a version (image:1.2.3). Tags without a digit, such as latest, stable or main, "
        + "name no version.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        "kubernetes:core/v1:Pod",
        Good: """{"spec": {"containers": [{"name": "app", "image": "ghcr.io/app/app:1.2.3"}]}}""",
        Bad: """{"spec": {"containers": [{"name": "app", "image": "ghcr.io/app/app:latest"}]}}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "DS-2"),
        new(PolicyControl.Soc2, "CC6.8"),
        new(PolicyControl.Soc2, "CC8.1"),
        new(PolicyControl.Requirement, "A13"),
        new(PolicyControl.Requirement, "D1"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = [.. PodPlaces.Types, .. NamedImage.Types];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack) => !resource.IsAny(NamedImage.Types)
        ? base.Check(resource, stack)
        : ChartImage.Of(resource).Select(each => !each.SaysVersion || each.Image.IsPinned
                ? PolicyVerdict.Pass
                : PolicyVerdict.Violation(
                    each.Path, $"{resource} has {resource.Read(each.Path)} here, which names no version and can be another image tomorrow."))
            .Concat(NamedImage.Of(resource).Where(image => image.IsWhole).Select(image => Judge(resource, image)));

    private static PolicyVerdict Judge(ResourceView resource, NamedImage image) =>
        image.IsUnknown ? PolicyVerdict.Undecided(image.Path)
        : image.Reference.IsPinned ? PolicyVerdict.Pass
        : PolicyVerdict.Violation(image.Path, $"{resource} has {resource.Read(image.Path)} here, which names no version and can be another image tomorrow.");

    protected override IEnumerable<PolicyVerdict> Check(PodView pod, StackContext stack) =>
        Each(pod.Containers, container => [Judge(container)]);

    private static PolicyVerdict Judge(ContainerView container)
    {
        var image = container.Read("image");
        return image.State == PropertyState.Missing
            ? PolicyVerdict.Violation(image.Path, $"{container.Pod.Resource} names no image for {container}.")
            : !image.TryGetText(out var text) ? PolicyVerdict.Undecided(image.Path)
            : ImageReference.Parse(text).IsPinned ? PolicyVerdict.Pass
            : PolicyVerdict.Violation(
                image.Path, $"{container.Pod.Resource} has {image} for {container}, which names no version and can be another image tomorrow.");
    }
}
