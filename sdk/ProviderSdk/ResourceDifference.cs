using System.Collections.Immutable;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.ProviderSdk;

/// <summary>How a property changes.</summary>
/// <param name="Kind">What happens to it.</param>
/// <param name="Replaces">Whether the resource must be replaced for it.</param>
public sealed record PropertyChange(PropertyChangeKind Kind, bool Replaces);

/// <summary>What happens to a property.</summary>
public enum PropertyChangeKind
{
    /// <summary>It is new.</summary>
    Add,

    /// <summary>It is gone.</summary>
    Delete,

    /// <summary>It has another value, or may have.</summary>
    Update,
}

/// <summary>What changes between two sets of inputs.</summary>
/// <param name="Changes">The properties that change.</param>
public sealed record ResourceDifference(ImmutableSortedDictionary<string, PropertyChange> Changes)
{
    /// <summary>Whether the old resource must be gone before the new one can be.</summary>
    public bool DeleteBeforeReplace { get; init; }

    /// <summary>Compares property by property; a value that is not known yet counts as changed, a mere secret mark does not.</summary>
    /// <param name="oldInputs">The old inputs.</param>
    /// <param name="newInputs">The new inputs.</param>
    /// <param name="replaces">Whether a change of that property replaces the resource.</param>
    /// <param name="same">Whether two known values of that property mean the same.</param>
    public static ResourceDifference Between(
        MapValue oldInputs,
        MapValue newInputs,
        Func<string, bool> replaces,
        Func<string, PropertyValue, PropertyValue, bool> same)
    {
        var changes = ImmutableSortedDictionary.CreateBuilder<string, PropertyChange>(StringComparer.Ordinal);
        foreach (var name in oldInputs.Entries.Keys.Union(newInputs.Entries.Keys, StringComparer.Ordinal))
        {
            var old = PlainValue.Of(oldInputs[name] ?? PropertyValue.Null);
            var now = PlainValue.Of(newInputs[name] ?? PropertyValue.Null);
            PropertyChangeKind? kind = (old, now) switch
            {
                (NullValue, NullValue) => null,
                (NullValue, _) => PropertyChangeKind.Add,
                (_, NullValue) => PropertyChangeKind.Delete,
                _ when now.ContainsUnknowns || !(old.Equals(now) || same(name, old, now)) => PropertyChangeKind.Update,
                _ => null,
            };
            if (kind is { } change)
            {
                changes[name] = new PropertyChange(change, replaces(name));
            }
        }

        return new ResourceDifference(changes.ToImmutable());
    }
}
