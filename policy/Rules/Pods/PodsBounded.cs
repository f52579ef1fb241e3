using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Pods;

/// <summary>No pod takes a node's memory from the others.</summary>
internal sealed class PodsBounded : StackPolicy
{
    private static readonly ResourceTypePattern LimitRange = "kubernetes:core/v1:LimitRange";
    private static readonly PropertyPath Namespace = PropertyPath.Parse("metadata.namespace");
    private static readonly PropertyPath DefaultMemory = PropertyPath.Parse("spec.limits[*].default.memory");

    public override string Id => "pods-bounded";

    public override string Title => "Containers ask for what they need and have a limit of memory";

    public override string Rationale =>
        "A container without a limit that leaks or is flooded takes the memory of its node, and the kernel ends whatever is nearest: the "
        + "participant. Without a request the scheduler puts it where there is no room.";

    public override string Remediation =>
        "Set resources.limits.memory for every container, those of initContainers included, and resources.requests.cpu for those that "
        + "stay; or put a LimitRange with a default into the namespace.";

    public override PolicySeverity Severity => PolicySeverity.Medium;

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "PV-2"),
        new(PolicyControl.Soc2, "A1.1"),
        new(PolicyControl.Requirement, "A9"),
        new(PolicyControl.Requirement, "A12"),
    ];

    public override IEnumerable<StackVerdict> Check(StackView resources, StackContext stack)
    {
        var ranges = resources.OfType(LimitRange).Where(range => range.Select(DefaultMemory).Any(each => each.State == PropertyState.Known)).ToList();
        var pods = resources.Resources.Where(resource => PodPlaces.Of(resource.Type) is not null).ToList();
        return pods.Count == 0
            ? [StackVerdict.OnStack(PolicyVerdict.NotApplicable("The stack declares no pods."))]
            : pods.SelectMany(pod => Judge(pod, ranges, resources).Select(verdict => StackVerdict.On(pod, verdict)));
    }

    private static IEnumerable<PolicyVerdict> Judge(StackResourceView resource, List<StackResourceView> ranges, StackView resources)
    {
        var place = PodPlaces.Of(resource.Type)!;
        var spec = resource.Read(place);
        if (spec is not { State: PropertyState.Known, Value: MapValue })
        {
            return [spec.State == PropertyState.Missing
                ? PolicyVerdict.NotApplicable("It declares no pod.")
                : PolicyVerdict.Undecided(spec.Path)];
        }

        if (ranges.Exists(range => IsBeside(range, resource, resources)))
        {
            return [PolicyVerdict.Pass];
        }

        var pod = new PodView(resource, place);
        var stays = pod.Main.Select(container => container.Reading.Path).ToHashSet();
        return pod.Containers.SelectMany(container => container.IsKnown
            ? JudgeContainer(container, stays.Contains(container.Reading.Path))
            : [PolicyVerdict.Undecided(container.Reading.Path)]);
    }

    private static IEnumerable<PolicyVerdict> JudgeContainer(ContainerView container, bool stays)
    {
        yield return JudgeOne(container, ["resources.limits.memory"], "has no limit of memory, so it can take all that its node has");
        if (stays)
        {
            yield return JudgeOne(
                container, ["resources.requests.cpu", "resources.limits.cpu"], "asks for no processor, so it is put where there may be none left");
        }
    }

    // Asked for or limited: where only a limit is given, Kubernetes takes it as the request.
    private static PolicyVerdict JudgeOne(ContainerView container, string[] paths, string consequence)
    {
        var readings = paths.Select(container.Read).ToList();
        return readings.Exists(reading => reading.State == PropertyState.Known) ? PolicyVerdict.Pass
            : readings.Find(reading => reading.State != PropertyState.Missing) is { Path: { } unclear } ? PolicyVerdict.Undecided(unclear)
            : PolicyVerdict.Violation(readings[0].Path, $"{container} of {container.Pod.Resource} {consequence}.");
    }

    private static bool IsBeside(StackResourceView range, StackResourceView pod, StackView resources)
    {
        if (range.Read(Namespace).TryGetText(out var left) && pod.Read(Namespace).TryGetText(out var right))
        {
            return left == right;
        }

        var sources = resources.SourcesOf(range, "metadata");
        return !sources.IsEmpty && sources.SequenceEqual(resources.SourcesOf(pod, "metadata"));
    }
}
