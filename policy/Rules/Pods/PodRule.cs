using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Pods;

/// <summary>A rule on pods, whatever object makes them.</summary>
internal abstract class PodRule : ResourcePolicy
{
    public override ImmutableArray<ResourceTypePattern> ResourceTypes => PodPlaces.Types;

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        var place = PodPlaces.Of(resource.Type)!;
        var spec = resource.Read(place);
        if (spec.State == PropertyState.Missing)
        {
            return [PolicyVerdict.NotApplicable("It declares no pod.")];
        }

        return spec is { State: PropertyState.Known, Value: MapValue }
            ? Check(new PodView(resource, place), stack)
            : [PolicyVerdict.Undecided(spec.Path)];
    }

    /// <summary>Judges one pod.</summary>
    protected abstract IEnumerable<PolicyVerdict> Check(PodView pod, StackContext stack);

    /// <summary>One verdict for each container, or that it is not known.</summary>
    protected static IEnumerable<PolicyVerdict> Each(IEnumerable<ContainerView> containers, Func<ContainerView, IEnumerable<PolicyVerdict>> judge) =>
        containers.SelectMany(container => container.IsKnown ? judge(container) : [PolicyVerdict.Undecided(container.Reading.Path)]);

    /// <summary>A switch that must be off, which it is where nothing is said.</summary>
    protected static PolicyVerdict MustBeOff(PropertyReading reading, string message) => reading.ToFlag(whenMissing: false) switch
    {
        null => PolicyVerdict.Undecided(reading.Path),
        true => PolicyVerdict.Violation(reading.Path, message),
        false => PolicyVerdict.Pass,
    };
}
