using System.Collections.Concurrent;

namespace Pulumi;

/// <summary>What the engine supports; each question is asked once.</summary>
internal sealed class Features(IMonitor monitor)
{
    public const string ResourceReferences = "resourceReferences";
    public const string OutputValues = "outputValues";
    public const string AliasSpecs = "aliasSpecs";
    public const string DeletedWith = "deletedWith";
    public const string ReplaceWith = "replaceWith";
    public const string Parameterization = "parameterization";

    /// <summary>Only the engine of this project answers this one with yes.</summary>
    public const string OwnEngine = "cantonInfraEngine";

    private readonly ConcurrentDictionary<string, Lazy<Task<bool>>> _answers = new(StringComparer.Ordinal);

    public Task<bool> SupportsAsync(string feature) =>
        _answers.GetOrAdd(feature, id => new Lazy<Task<bool>>(() => monitor.SupportsFeatureAsync(id))).Value;

    /// <summary>Asks ahead of need; what goes wrong shows when the answer is needed.</summary>
    public void Ask(params ReadOnlySpan<string> features)
    {
        foreach (var feature in features)
        {
            _ = SupportsAsync(feature);
        }
    }
}
