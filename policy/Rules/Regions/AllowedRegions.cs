using System.Collections.Immutable;
using CantonInfra.Policy.Limits;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Regions;

/// <summary>Azure resources are only in regions that are allowed for the stack.</summary>
internal sealed class AllowedRegions(RegionLimits limits) : ResourcePolicy
{
    private const string Provider = "pulumi:providers:azure-native";
    private const string ClassicProvider = "pulumi:providers:azure";
    private const string StackType = "pulumi:pulumi:Stack";

    private static readonly ResourceTypePattern Native = "azure-native:*";
    private static readonly PropertyPath Location = PropertyPath.Parse("location");
    private static readonly PropertyPath ProviderLocation = PropertyPath.Parse("provider.location");

    public override string Id => "regions-allowed";

    public override string Title => "Azure resources are in allowed regions only";

    public override string Rationale =>
        "Where ledger data, keys and logs are is a promise to members and regulators, and a region outside the list has "
        + "neither the reviewed services nor the disaster recovery pair. What is created elsewhere cannot be moved, only replaced.";

    public override string Remediation =>
        "Choose an allowed region (azure-native:location in the stack file, or the resource's own location). A further region "
        + "is allowed by a reviewed change to policy/limits.yaml, with its reason.";

    public override PolicySeverity Severity => PolicySeverity.Critical;

    public override PolicyExample Example { get; } = new(
        "azure-native:network:VirtualNetwork",
        Good: """{"location": "centralus"}""",
        Bad: """{"location": "brazilsouth"}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "AM-2"),
        new(PolicyControl.Soc2, "CC6.1"),
        new(PolicyControl.Requirement, "A13"),
    ];

    /// <summary>Residency is not a matter of the environment's mode.</summary>
    public override bool IsNeverLowered => true;

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = ["azure-native:*", "azure:*", Provider, ClassicProvider, StackType];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        if (resource.Type.Canonical == StackType)
        {
            return CheckNarrowing(stack);
        }

        var verdicts = (resource.Type.Canonical is Provider or ClassicProvider ? CheckProvider(resource, stack) : CheckResource(resource, stack)).ToList();
        return verdicts.Count > 0 ? verdicts :
            [PolicyVerdict.NotApplicable("It names no region; it is where its resource group or parent is, which is judged itself.")];
    }

    private IEnumerable<PolicyVerdict> CheckProvider(ResourceView provider, StackContext stack) =>
        Judge(provider.Read(Location), Location, stack, value =>
            $"The provider '{provider.Name}' places resources in {value} unless they say otherwise");

    private IEnumerable<PolicyVerdict> CheckResource(ResourceView resource, StackContext stack)
    {
        var own = resource.Read(Location);
        foreach (var verdict in Judge(own, Location, stack, value => $"{resource} is placed in {value}"))
        {
            yield return verdict;
        }

        if (IsNotGiven(own) && resource.Provider is { } provider && RegionPlaces.CanInheritFromProvider(resource.Type))
        {
            var inherited = Location.Read(provider.Properties);
            foreach (var verdict in Judge(inherited, ProviderLocation, stack, value =>
                $"{resource} names no region, so that of its provider '{provider.Name}' counts, which is {value}"))
            {
                yield return verdict;
            }
        }

        foreach (var reading in RegionPlaces.NestedPlacesOf(resource.Type).SelectMany(resource.Select))
        {
            foreach (var verdict in Judge(reading, reading.Path, stack, value => $"{resource} is also placed in {value}"))
            {
                yield return verdict;
            }
        }

        if (RegionPlaces.HidesResources(resource.Type))
        {
            yield return PolicyVerdict.Undecided(PropertyPath.Parse(Native.Matches(resource.Type) ? "properties.template" : "templateContent"));
        }
    }

    private IEnumerable<PolicyVerdict> Judge(
        PropertyReading reading, PropertyPath path, StackContext stack, Func<PropertyReading, string> describe)
    {
        if (IsNotGiven(reading))
        {
            yield break;
        }

        if (!reading.TryGetText(out var text))
        {
            yield return PolicyVerdict.Undecided(path);
            yield break;
        }

        var region = Region.Parse(text);
        var limit = limits.For(stack);
        var allowed = Narrow(limit.Allowed, stack);
        yield return region.IsGlobal || allowed.Contains(region)
            ? PolicyVerdict.Pass
            : PolicyVerdict.Violation(path, $"{describe(reading)}. {Describe(allowed, limit, stack)}");
    }

    private IEnumerable<PolicyVerdict> CheckNarrowing(StackContext stack)
    {
        if (RegionNarrowing.Of(stack) is not { } narrowing)
        {
            return [PolicyVerdict.NotApplicable($"The stack's configuration has no {RegionNarrowing.Key}.")];
        }

        var path = PropertyPath.Root.Then(RegionNarrowing.Key);
        if (narrowing.Regions.IsEmpty)
        {
            return [PolicyVerdict.Violation(
                path,
                $"The stack's configuration has {narrowing.Reading} here, which is not a list of regions such as [\"centralus\"].")];
        }

        var limit = limits.For(stack);
        var outside = narrowing.Regions.Except(limit.Allowed).ToList();
        return outside.Count == 0 ? [PolicyVerdict.Pass] :
        [
            PolicyVerdict.Violation(
                path,
                $"The stack's configuration allows {narrowing.Reading}, but a stack can only narrow the bound of policy/limits.yaml. "
                + Describe(limit.Allowed, limit, stack)),
        ];
    }

    private static bool IsNotGiven(PropertyReading reading) =>
        reading.State == PropertyState.Missing || (reading.TryGetText(out var text) && string.IsNullOrWhiteSpace(text));

    private static ImmutableArray<Region> Narrow(ImmutableArray<Region> bound, StackContext stack) =>
        RegionNarrowing.Of(stack) is { Regions: { IsEmpty: false } regions } ? [.. bound.Where(regions.Contains)] : bound;

    private static string Describe(ImmutableArray<Region> allowed, RegionLimit limit, StackContext stack)
    {
        var who = stack.IsReceived ? $"The stack {stack.Stack}" : "A stack";
        var names = allowed.IsEmpty ? "no region" : string.Join(", ", allowed);
        return $"{who} may use {names}: {limit.Reason}.";
    }
}
