using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Governance;

/// <summary>Assigned policies are given parameters with which they still hold something back.</summary>
internal sealed class PolicyParametersNarrow : ResourcePolicy
{
    private const string Images = "allowedContainerImagesRegex";
    private const string Namespaces = "excludedNamespaces";

    private static readonly ResourceTypePattern Assignment = "azure-native:authorization:PolicyAssignment";
    private static readonly PropertyPath Parameters = PropertyPath.Parse("parameters");
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(200);

    // An image that anybody can publish, at three registries.
    private static readonly ImmutableArray<string> Foreign =
        ["docker.io/anybody/anything:latest", "ghcr.io/anybody/anything:latest", "registry.example.net/anybody/anything:latest"];

    // What namespaces are called that hold keys or rights of a ledger.
    private static readonly ImmutableArray<string> Guarded =
        ["canton", "validator", "participant", "splice", "sequencer", "mediator", "keycloak"];

    public override string Id => "policy-parameters-narrow";

    public override string Title => "Parameters of assigned policies leave them something to hold back";

    public override string Rationale =>
        "A policy that is assigned with a pattern that every image matches, or that leaves out the namespaces that matter, is shown as "
        + "compliant and stops nothing. The built-in initiative for SOC 2 takes every registry unless it is told otherwise.";

    public override string Remediation =>
        "Let allowedContainerImagesRegex name your registries from its start, such as ^myregistry\\.azurecr\\.io/.+$, and list in "
        + "excludedNamespaces only what Kubernetes and AKS fill.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        "azure-native:authorization:PolicyAssignment",
        Good: """{"parameters": {"allowedContainerImagesRegex": {"value": "^mine\\.azurecr\\.io/.+$"}}}""",
        Bad: """{"parameters": {"allowedContainerImagesRegex": {"value": "^.+$"}}}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "PV-1"),
        new(PolicyControl.CloudSecurityBenchmark, "DS-6"),
        new(PolicyControl.Soc2, "CC8.1"),
        new(PolicyControl.Requirement, "A13"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = [Assignment];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        var parameters = resource.Read(Parameters);
        if (parameters.State == PropertyState.Unknown)
        {
            return [PolicyVerdict.Undecided(parameters.Path)];
        }

        var names = parameters.Value is MapValue map ? map.Entries.Keys : [];
        return names.SelectMany(name => Judge(resource, name, resource.Read(Parameters.Then(name).Then("value"))));
    }

    // Initiatives call a parameter by its name in the definition, at times with the definition's id behind it.
    private static IEnumerable<PolicyVerdict> Judge(ResourceView assignment, string name, PropertyReading value) =>
        name.StartsWith(Images, StringComparison.OrdinalIgnoreCase) ? [OfImages(assignment, value)]
        : name.StartsWith(Namespaces, StringComparison.OrdinalIgnoreCase) ? assignment.Select(PropertyPath.Parse($"{value.Path}[*]")).Select(item => OfNamespace(assignment, item))
        : [];

    private static PolicyVerdict OfImages(ResourceView assignment, PropertyReading value)
    {
        if (!value.TryGetText(out var pattern))
        {
            return PolicyVerdict.Undecided(value.Path);
        }

        try
        {
            return Foreign.Any(image => Regex.IsMatch(image, pattern, RegexOptions.None, Longest))
                ? PolicyVerdict.Violation(value.Path, $"{assignment} has {value} here, which images of anybody match.")
                : PolicyVerdict.Pass;
        }
        catch (Exception exception) when (exception is ArgumentException or RegexMatchTimeoutException)
        {
            return PolicyVerdict.Violation(value.Path, $"{assignment} has {value} here, which is no pattern that can be told.");
        }
    }

    private static PolicyVerdict OfNamespace(ResourceView assignment, PropertyReading item)
    {
        if (!item.TryGetText(out var name))
        {
            return PolicyVerdict.Undecided(item.Path);
        }

        return name.StartsWith('*') || Guarded.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase))
            ? PolicyVerdict.Violation(item.Path, $"{assignment} leaves out {item}, which holds what the policy is to guard.")
            : PolicyVerdict.Pass;
    }
}
