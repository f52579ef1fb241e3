using System.Collections.Immutable;

namespace CantonInfra.Reachability.Cluster;

/// <summary>The labels of pods or of a namespace, as far as they are known.</summary>
public sealed class LabelSet : IEquatable<LabelSet>
{
    // What controllers put on the pods that they make.
    private static readonly ImmutableHashSet<string> AddedByControllers =
    [
        "pod-template-hash", "controller-revision-hash", "pod-template-generation", "statefulset.kubernetes.io/pod-name",
        "apps.kubernetes.io/pod-index", "controller-uid", "job-name", "batch.kubernetes.io/controller-uid",
        "batch.kubernetes.io/job-name", "batch.kubernetes.io/job-completion-index",
    ];

    private readonly ImmutableSortedDictionary<string, string?> _labels;
    private readonly bool _isComplete;

    /// <summary>Labels.</summary>
    /// <param name="labels">The labels; null is a value that is not known.</param>
    /// <param name="isComplete">Whether there are no others, but for what controllers add.</param>
    public LabelSet(IEnumerable<KeyValuePair<string, string?>> labels, bool isComplete)
    {
        _labels = labels.ToImmutableSortedDictionary(StringComparer.Ordinal);
        _isComplete = isComplete;
    }

    /// <summary>No labels.</summary>
    public static LabelSet Empty { get; } = new([], isComplete: true);

    /// <summary>Nothing is known.</summary>
    public static LabelSet Unknown { get; } = new([], isComplete: false);

    /// <summary>Whether there is such a label; null where that is not known.</summary>
    public bool? Has(string key) =>
        _labels.ContainsKey(key) ? true : _isComplete && !AddedByControllers.Contains(key) ? false : null;

    /// <summary>Whether the label has one of these values; null where that is not known.</summary>
    /// <param name="key">The label.</param>
    /// <param name="values">The values; null is one that is not known.</param>
    public bool? HasOneOf(string key, ImmutableArray<string?> values)
    {
        if (Has(key) != true)
        {
            return Has(key);
        }

        var value = _labels[key];
        return value is null ? null : values.Contains(value) ? true : values.Contains(null) ? null : false;
    }

    /// <summary>The value of a label; null where there is none, or it is not known.</summary>
    /// <param name="key">The label.</param>
    public string? ValueOf(string key) => _labels.GetValueOrDefault(key);

    /// <inheritdoc/>
    public bool Equals(LabelSet? other) => other is not null && _isComplete == other._isComplete && _labels.SequenceEqual(other._labels);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LabelSet);

    /// <inheritdoc/>
    public override int GetHashCode() => _labels.Aggregate(_labels.Count, (hash, label) => HashCode.Combine(hash, label.Key, label.Value));

    /// <summary>The labels, as selectors of the command line write them.</summary>
    public override string ToString() => string.Join(',', _labels.Select(label => $"{label.Key}={label.Value}"));

    /// <summary>These and another label.</summary>
    public LabelSet With(string key, string? value) => new(_labels.SetItem(key, value), _isComplete);

    /// <summary>Whether all of these are there with these values; null where that is not known.</summary>
    public bool? Includes(IEnumerable<KeyValuePair<string, string>> labels) => labels.Aggregate(
        (bool?)true, (all, label) => all & HasOneOf(label.Key, [label.Value]));
}
