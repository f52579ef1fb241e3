using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.NetworkPolicies;

/// <summary>
/// Whether a resource of Kubernetes is in a namespace of the stack. Names decide where both are known; where one is not,
/// as in previews of namespaces that are named automatically, what the name depends on does.
/// </summary>
internal static class NamespaceMembership
{
    private const string Metadata = "metadata";

    private static readonly PropertyPath Name = PropertyPath.Parse("metadata.name");
    private static readonly PropertyPath Namespace = PropertyPath.Parse("metadata.namespace");

    // What makes out a cluster among the settings of a provider.
    private static readonly ImmutableArray<string> ClusterSettings = ["kubeconfig", "context", "cluster"];

    /// <summary>True, false, or null where it cannot be told.</summary>
    public static bool? Of(StackResourceView member, StackResourceView place, StackView resources) =>
        Logic.And(IsSameCluster(member.Provider, place.Provider, resources), IsNamed(member, place, resources));

    private static bool? IsNamed(StackResourceView member, StackResourceView place, StackView resources)
    {
        var given = member.Read(Namespace);
        if (given.State != PropertyState.Missing)
        {
            return given.State == PropertyState.Unknown ? ComesFrom(member, place, resources) : Matches(given, place);
        }

        // An engine that does not foresee automatic names has nothing here where a program took the name from the namespace.
        return ComesFrom(member, place, resources) == true ? null : Matches(DefaultOf(member.Provider), place);
    }

    // An automatic name ends in a random part, so it is none that a program could have written.
    private static bool? Matches(PropertyReading given, StackResourceView place)
    {
        var name = place.Read(Name);
        if (name.State == PropertyState.Missing)
        {
            return given.State == PropertyState.Known ? false : null;
        }

        return given.TryGetText(out var left) && name.TryGetText(out var right) ? left == right : null;
    }

    private static bool? ComesFrom(StackResourceView member, StackResourceView place, StackView resources)
    {
        var sources = resources.SourcesOf(member, Metadata);
        return sources is [var only] && KubernetesTypes.IsNamespace(only.Type) ? only.Urn == place.Urn : null;
    }

    private static PropertyReading DefaultOf(ProviderView? provider)
    {
        var reading = PropertyPath.Root.Then("namespace").Read(provider?.Properties ?? MapValue.Empty);
        return reading.State == PropertyState.Missing
            ? new PropertyReading(reading.Path, PropertyState.Known, PropertyValue.Of("default"), IsSecret: false)
            : reading;
    }

    private static bool? IsSameCluster(ProviderView? left, ProviderView? right, StackView resources)
    {
        if (left?.Urn == right?.Urn)
        {
            return true;
        }

        return left is null || right is null
            ? null
            : Logic.And([.. ClusterSettings.Select(setting => IsSameSetting(left, right, setting, resources))]);
    }

    private static bool? IsSameSetting(ProviderView left, ProviderView right, string setting, StackView resources)
    {
        var ours = (left.Properties[setting] ?? PropertyValue.Null).Unwrapped;
        var theirs = (right.Properties[setting] ?? PropertyValue.Null).Unwrapped;
        if (!ours.ContainsUnknowns && !theirs.ContainsUnknowns)
        {
            return ours == theirs;
        }

        var sources = SourcesOf(left, setting, resources);
        var others = SourcesOf(right, setting, resources);
        return ours.ContainsUnknowns && theirs.ContainsUnknowns && !sources.IsEmpty && !others.IsEmpty ? sources.SetEquals(others) : null;
    }

    private static ImmutableHashSet<string> SourcesOf(ProviderView provider, string setting, StackView resources) =>
        resources.Find(provider.Urn) is { } resource
            ? [.. resources.SourcesOf(resource, setting).Select(source => source.Urn)]
            : [];
}
