using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.NetworkPolicies;

/// <summary>
/// Whether two providers of Kubernetes speak to one cluster: by their settings where these are known, else by the resources
/// that the settings come from.
/// </summary>
internal sealed class ClusterIdentity(StackView resources)
{
    private static readonly ImmutableArray<string> Settings = ["kubeconfig", "context", "cluster"];

    /// <summary>True, false, or null where it cannot be told.</summary>
    public bool? IsSame(ProviderView? left, ProviderView? right)
    {
        if (left?.Urn == right?.Urn)
        {
            return true;
        }

        return left is null || right is null
            ? null
            : Logic.And([.. Settings.Select(setting => IsSame(left, right, setting))]);
    }

    private bool? IsSame(ProviderView left, ProviderView right, string setting)
    {
        var ours = (left.Properties[setting] ?? PropertyValue.Null).Unwrapped;
        var theirs = (right.Properties[setting] ?? PropertyValue.Null).Unwrapped;
        if (!ours.ContainsUnknowns && !theirs.ContainsUnknowns)
        {
            return ours == theirs;
        }

        var sources = SourcesOf(left, setting);
        var others = SourcesOf(right, setting);
        return ours.ContainsUnknowns && theirs.ContainsUnknowns && !sources.IsEmpty && !others.IsEmpty ? sources.SetEquals(others) : null;
    }

    private ImmutableHashSet<string> SourcesOf(ProviderView provider, string setting) =>
        resources.Find(provider.Urn) is { } resource
            ? [.. resources.SourcesOf(resource, setting).Select(source => source.Urn)]
            : [];
}
