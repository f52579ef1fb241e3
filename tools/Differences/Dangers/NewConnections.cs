using CantonInfra.Engine.Plans;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Tools.Differences.Dangers;

/// <summary>Connections between pods, networks and hosts that the program's table of connections has and had not.</summary>
internal sealed class NewConnections : IDangerDetector
{
    private const string Table = "canton-infra:isolation:Connections";

    /// <inheritdoc/>
    public IEnumerable<Danger> Find(PlanDifference difference)
    {
        foreach (var change in difference.Changes.Where(change => change.Resource.Type == Table && change.Operation != Operation.Delete))
        {
            var known = Rows(change.Former).ToHashSet(StringComparer.Ordinal);
            var ends = Ends(change.Former);
            foreach (var connection in change.Resource.Outputs.Items("connections").Select(item => item.Unwrapped).OfType<MapValue>())
            {
                if (!known.Contains(Row(connection)))
                {
                    var isForNew = !ends.Contains(connection.Text("from") ?? "") || !ends.Contains(connection.Text("to") ?? "");
                    yield return new Danger(
                        DangerKind.NewConnection, isForNew ? DangerGrade.Notice : DangerGrade.Grave, change.Resource.Urn, "a connection is allowed", Row(connection));
                }
            }

            foreach (var danger in OtherEnds(change))
            {
                yield return danger;
            }
        }
    }

    // The same connection leads elsewhere when its end is another network or another host.
    private static IEnumerable<Danger> OtherEnds(ResourceChange change)
    {
        if (change.Former?.Outputs["ends"]?.Unwrapped is not MapValue before || change.Resource.Outputs["ends"]?.Unwrapped is not MapValue after)
        {
            yield break;
        }

        foreach (var (name, value) in after.Entries)
        {
            if (before[name] is { } former && former.Unwrapped is MapValue was && value.Unwrapped is MapValue end)
            {
                var known = was.Items("hosts").Concat(was.Items("prefixes")).ToArray();
                foreach (var item in end.Items("hosts").Concat(end.Items("prefixes")).Where(item => !known.Any(other => PropertyComparison.AreEqual(other, item))))
                {
                    yield return new Danger(
                        DangerKind.NewConnection, DangerGrade.Grave, change.Resource.Urn, "connections lead to more", $"{name}: {item.Shown()}");
                }
            }
        }
    }

    private static HashSet<string> Ends(PlannedResource? table) =>
        table?.Outputs["ends"]?.Unwrapped is MapValue ends ? ends.Entries.Keys.ToHashSet(StringComparer.Ordinal) : [];

    private static IEnumerable<string> Rows(PlannedResource? table) =>
        (table?.Outputs.Items("connections") ?? []).Select(item => item.Unwrapped).OfType<MapValue>().Select(Row);

    private static string Row(MapValue connection) =>
        $"{connection["from"].Shown()} → {connection["to"].Shown()}:{connection["port"].Shown()}/{connection["protocol"].Shown()}";
}
