using System.Collections.Immutable;

namespace CantonInfra.Contracts;

/// <summary>A workload that a chart makes, and the pods of it.</summary>
public sealed record ChartWorkload
{
    /// <summary>The workload's name.</summary>
    public required string Name { get; init; }

    /// <summary>The kind of it.</summary>
    public required WorkloadKind Kind { get; init; }

    /// <summary>The labels of its pods, whatever the values say.</summary>
    public required ImmutableSortedDictionary<string, string> PodLabels { get; init; }

    /// <summary>Where values add labels to the pods, such as <c>pod.labels</c>; null where they cannot.</summary>
    public string? PodLabelsValue { get; init; }

    /// <summary>The ports that its containers listen on.</summary>
    public required ImmutableArray<ContainerPort> Ports { get; init; }

    /// <summary>The service account of its pods.</summary>
    public string ServiceAccount { get; init; } = "default";

    /// <summary>Where values name another service account, such as <c>serviceAccountName</c>; null where they cannot.</summary>
    public string? ServiceAccountValue { get; init; }

    /// <summary>Whether its pods have the network of their node, which no network policy governs.</summary>
    public bool HostNetwork { get; init; }

    /// <summary>Whether values can leave it out, and how; null where it is always there.</summary>
    public ValueSwitch? OnlyIf { get; init; }

    /// <summary>What its pods say of their own privileges, the least of all their containers.</summary>
    public required ChartSecurity Security { get; init; }

    internal ChartWorkload In(string release, string inNamespace) => this with
    {
        Name = ChartContract.Fill(Name, release, inNamespace),
        PodLabels = PodLabels.ToImmutableSortedDictionary(
            label => label.Key, label => ChartContract.Fill(label.Value, release, inNamespace), StringComparer.Ordinal),
        ServiceAccount = ChartContract.Fill(ServiceAccount, release, inNamespace),
    };
}
