using System.Globalization;
using CantonInfra.Engine.Plans;
using CantonInfra.Protocol;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Tools.Differences.Dangers;

/// <summary>
/// The same thing under another URN, which no alias connects: the deployment would create what exists and delete it again. Told
/// once for the component that moved.
/// </summary>
internal sealed class MovedWithoutAlias : IDangerDetector
{
    /// <inheritdoc/>
    public IEnumerable<Danger> Find(PlanDifference difference)
    {
        var byUrn = difference.Changes.ToLookup(change => change.Resource.Urn, StringComparer.Ordinal);
        var created = difference.Changes
            .Where(change => change is { Operation: Operation.Create, Resource.Kind: ResourceKind.Custom })
            .Select(change => (Name: PhysicalName(change.Resource), change.Resource))
            .Where(entry => entry.Name is not null)
            .ToLookup(entry => entry.Name, entry => entry.Resource, StringComparer.Ordinal);
        var moves = difference.Changes
            .Where(change => change is { Operation: Operation.Delete, Resource.Kind: ResourceKind.Custom })
            .Select(change => (
                change.Resource,
                Present: PhysicalName(change.Resource) is { } name ? created[name].FirstOrDefault(other => IsSameProvider(change.Resource, other)) : null))
            .Where(pair => pair.Present is not null)
            .Select(pair => (Top: Top(pair.Resource, pair.Present!), pair.Resource))
            .GroupBy(pair => pair.Top, pair => pair.Resource);
        foreach (var move in moves)
        {
            var count = move.Count();
            var what = move.Key.Former == move.First()
                ? "is replaced, for it moves without an alias: deleted and created again under the same physical name"
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"is replaced, for it moves without an alias: {count} {(count == 1 ? "resource is" : "resources are")} deleted and created again under the same physical names");
            yield return new Danger(
                DangerKind.MovedWithoutAlias, DangerGrade.Grave, move.Key.Former.Urn, what, AliasHint(move.Key.Former, move.Key.Present))
            {
                // A component keeps what is in it: one with a vault comes before grants that its new name gave new names.
                Rank = move.Min(resource => StatefulTypes.RankOf(resource.Urn)),
            };
        }

        // The highest pair of parents of which one is gone and the other one new.
        (PlannedResource Former, PlannedResource Present) Top(PlannedResource former, PlannedResource present)
        {
            while (Is(former.Parent, Operation.Delete) is { Kind: ResourceKind.Component } above
                && Is(present.Parent, Operation.Create) is { Kind: ResourceKind.Component } beside)
            {
                (former, present) = (above, beside);
            }

            return (former, present);
        }

        // What a provider of the program's own manages is in its server or cluster: another one that was there before is another place.
        bool IsSameProvider(PlannedResource former, PlannedResource present) =>
            !byUrn[present.Provider].Any(change => change is { Former: { } was, Resource.Kind: ResourceKind.Custom } && was.Urn != former.Provider)
            && !byUrn[former.Provider].Any(change => change is { Operation: not Operation.Delete, Resource.Kind: ResourceKind.Custom } && change.Resource.Urn != present.Provider);

        PlannedResource? Is(string urn, Operation operation) =>
            byUrn[urn].FirstOrDefault(change => change.Operation == operation)?.Resource;
    }

    // What to write where the resource is now, so that it is the one that was.
    private static string AliasHint(PlannedResource former, PlannedResource present)
    {
        var parts = new List<string>();
        if (former.Name != present.Name)
        {
            parts.Add($"Name = \"{former.Name}\"");
        }

        if (former.Type != present.Type)
        {
            parts.Add($"Type = \"{former.Type}\"");
        }

        if (former.Parent != present.Parent)
        {
            parts.Add(IsStack(former.Parent) ? "NoParent = true" : $"ParentUrn = \"{former.Parent}\"");
        }

        return $"to keep it: new Alias {{ {string.Join(", ", parts)} }} on {present.Name}";
    }

    private static bool IsStack(string urn) => Urn.TryParse(urn, out var parsed) && parsed.Type == Urn.StackType;

    // What the provider tells a resource by; null where it makes a name itself.
    private static string? PhysicalName(PlannedResource resource)
    {
        var type = resource.PlainType();
        if (type.StartsWith("random:", StringComparison.Ordinal) || type.StartsWith("pulumi:", StringComparison.Ordinal))
        {
            return null;
        }

        if (type.StartsWith("kubernetes:", StringComparison.Ordinal))
        {
            return resource.Inputs.Text("metadata.name") is { } name ? $"{type}|{Of(resource, "metadata.namespace")}|{name}" : null;
        }

        var keys = ReplacementRules.CreateOnly(resource.Type)
            .Where(key => key.EndsWith("Name", StringComparison.Ordinal) || key is "name" or "scope" or "resourceUri" or "principalId" or "roleDefinitionId")
            .Order(StringComparer.Ordinal)
            .ToArray();
        var own = keys.Where(key => key != "resourceGroupName" || type.EndsWith(":ResourceGroup", StringComparison.Ordinal)).ToArray();
        if (own.Any(key => resource.Inputs.Text(key) is not null))
        {
            // A name that is not given is made by the provider, and another one each time; what is unknown tells nothing apart.
            return own.All(key => resource.Inputs.Text(key) is not null) ? $"{type}|{string.Join('|', keys.Select(key => Of(resource, key)))}" : null;
        }

        // Of a type without marks: equal in everything is the same thing, provided that there is anything to be equal in.
        return keys.Length == 0 && resource.Inputs.Entries.Values.Any(value => value.Text() is not null)
            ? $"{type}|{PropertyJson.ToText(resource.Inputs)}"
            : null;
    }

    private static string Of(PlannedResource resource, string path) => resource.Inputs.Text(path) ?? PropertyJson.UnknownMark;
}
