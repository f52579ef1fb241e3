using System.Collections.Immutable;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Tools.Differences;

/// <summary>Finds the parts in which two values differ.</summary>
/// <remarks>
/// Unknowns are equal to unknowns, and a secret that is not known to any other: a saved plan holds neither. Items of lists are
/// compared by their <c>name</c> where all have one, as sets where they are texts and numbers, and by their place otherwise.
/// </remarks>
internal static class PropertyComparison
{
    /// <summary>A part that differs.</summary>
    /// <param name="Path">The way to it.</param>
    /// <param name="Former">What it was; null where it is new.</param>
    /// <param name="Present">What it is; null where it is gone.</param>
    internal sealed record Part(PropertyPath Path, PropertyValue? Former, PropertyValue? Present);

    /// <summary>The parts that differ, in the order of their paths.</summary>
    public static ImmutableArray<Part> Compare(MapValue former, MapValue present)
    {
        var parts = ImmutableArray.CreateBuilder<Part>();
        Compare(PropertyPath.Root, former, present, parts);
        return parts.ToImmutable();
    }

    /// <summary>Whether nothing differs.</summary>
    public static bool AreEqual(PropertyValue former, PropertyValue present)
    {
        if (ReferenceEquals(former, present))
        {
            return true;
        }

        if (former.IsSecret != present.IsSecret)
        {
            return false;
        }

        var (before, after) = (former.Unwrapped, present.Unwrapped);
        if (before is UnknownValue || after is UnknownValue)
        {
            return former.IsSecret || (before is UnknownValue && after is UnknownValue);
        }

        return (before, after) switch
        {
            (MapValue left, MapValue right) => left.Entries.Count == right.Entries.Count && left.Entries.All(
                entry => right.TryGet(entry.Key, out var other) && AreEqual(entry.Value, other)),
            (ListValue left, ListValue right) => left.Items.Length == right.Items.Length
                && left.Items.Zip(right.Items).All(pair => AreEqual(pair.First, pair.Second)),
            _ => before.Equals(after),
        };
    }

    private static void Compare(PropertyPath path, PropertyValue former, PropertyValue present, ImmutableArray<Part>.Builder parts)
    {
        if (AreEqual(former, present))
        {
            return;
        }

        if (!former.IsSecret && !present.IsSecret)
        {
            switch (former.Unwrapped, present.Unwrapped)
            {
                case (MapValue left, MapValue right):
                    CompareEntries(path, left, right, parts);
                    return;
                case (ListValue left, ListValue right):
                    CompareLists(path, left, right, parts);
                    return;
                default:
                    break;
            }
        }

        parts.Add(new Part(path, former, present));
    }

    private static void CompareEntries(PropertyPath path, MapValue former, MapValue present, ImmutableArray<Part>.Builder parts)
    {
        foreach (var name in former.Entries.Keys.Union(present.Entries.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var at = path.Then(name);
            switch (former[name], present[name])
            {
                case ({ } left, { } right):
                    Compare(at, left, right, parts);
                    break;
                case (var left, var right):
                    parts.Add(new Part(at, left, right));
                    break;
            }
        }
    }

    private static void CompareLists(PropertyPath path, ListValue former, ListValue present, ImmutableArray<Part>.Builder parts)
    {
        if (ByName(former) is { } formerByName && ByName(present) is { } presentByName)
        {
            var before = parts.Count;
            CompareEntries(path, formerByName, presentByName, parts);
            if (parts.Count > before)
            {
                return;
            }
        }

        if (former.Items.All(IsPlain) && present.Items.All(IsPlain))
        {
            CompareSets(path, former, present, parts);
            return;
        }

        for (var index = 0; index < Math.Max(former.Items.Length, present.Items.Length); index++)
        {
            switch (index < former.Items.Length ? former.Items[index] : null, index < present.Items.Length ? present.Items[index] : null)
            {
                case ({ } left, { } right):
                    Compare(path.Then(index), left, right, parts);
                    break;
                case (var left, var right):
                    parts.Add(new Part(path.Then(index), left, right));
                    break;
            }
        }
    }

    private static void CompareSets(PropertyPath path, ListValue former, ListValue present, ImmutableArray<Part>.Builder parts)
    {
        var before = parts.Count;
        var remaining = present.Items.ToList();
        foreach (var item in former.Items.Where(item => !remaining.Remove(item)))
        {
            parts.Add(new Part(path, item, null));
        }

        parts.AddRange(remaining.Select(item => new Part(path, null, item)));
        if (parts.Count == before)
        {
            // Only the order differs.
            parts.Add(new Part(path, former, present));
        }
    }

    private static bool IsPlain(PropertyValue value) => value is StringValue or NumberValue;

    private static MapValue? ByName(ListValue list)
    {
        var entries = new SortedDictionary<string, PropertyValue>(StringComparer.Ordinal);
        foreach (var item in list.Items)
        {
            if (item is not MapValue map || map["name"] is not StringValue { Value: { Length: > 0 } name } || !entries.TryAdd(name, map))
            {
                return null;
            }
        }

        return new MapValue(entries);
    }
}
