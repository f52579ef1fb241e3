using System.Collections.Immutable;

namespace CantonInfra.Reports.Connections;

/// <summary>An item with its place.</summary>
internal sealed record PlacedItem(ZoneItem Item, int X, int Y, int Width, int Height);

/// <summary>A zone with its place.</summary>
internal sealed record PlacedZone(Zone Zone, int X, int Y, int Width, int Height, ImmutableArray<PlacedItem> Items);

/// <summary>A line with its way, from left to right.</summary>
/// <param name="Line">The line.</param>
/// <param name="Points">The points that it goes through; between two columns it is a curve, within one it is straight.</param>
/// <param name="IsBack">Whether it leads from right to left.</param>
internal sealed record PlacedLine(ZoneLine Line, ImmutableArray<(int X, int Y)> Points, bool IsBack);

/// <summary>A picture of connections with all places.</summary>
internal sealed record PlacedMap(
    ImmutableArray<PlacedZone> Zones, ImmutableArray<PlacedLine> Lines, ImmutableArray<PlacedItem> Common, int Width, int Height, int CommonTop);

/// <summary>
/// Lays zones out in columns, so that lines lead from left to right as far as they can, and cross each other little. Whole numbers, no
/// chance and no measuring of fonts: the same connections give the same picture everywhere (docs/decisions/0045).
/// </summary>
internal static class ConnectionLayout
{
    /// <summary>How many characters of a text are shown.</summary>
    public const int LongestText = 40;

    private const int ColumnGap = 88;
    private const int Padding = 10;
    private const int ItemGap = 6;
    private const int ZoneGap = 22;
    private const int WayGap = 12;
    private const int PortGap = 17;
    private const int LeastWidth = 132;
    private const int Sweeps = 12;
    private const double CharacterWidth = 8;
    private const double ItemCharacterWidth = 7;
    private const double SmallCharacterWidth = 6.4;

    /// <summary>The places of everything, from the upper left corner on.</summary>
    public static PlacedMap Place(ConnectionMap map)
    {
        var columns = ColumnsOf(map);
        var (slots, chains) = Slots(map, columns);
        Order(slots, chains);
        var sizes = map.Zones.Select(zone => SizeOf(zone, map)).ToArray();
        var heights = slots.Select(column => column.Select(slot => slot.Zone < 0 ? 0 : sizes[slot.Zone].Height).ToArray()).ToArray();
        Align(slots, chains, heights);
        var lefts = new int[slots.Length];
        var widths = new int[slots.Length];
        var right = 0;
        for (var column = 0; column < slots.Length; column++)
        {
            widths[column] = slots[column].Where(slot => slot.Zone >= 0).Select(slot => sizes[slot.Zone].Width).DefaultIfEmpty(0).Max();
            lefts[column] = right;
            right += widths[column] + ColumnGap;
        }

        var top = slots.SelectMany(column => column).Select(slot => slot.Y).DefaultIfEmpty(0).Min();
        var zones = new PlacedZone[map.Zones.Length];
        for (var column = 0; column < slots.Length; column++)
        {
            foreach (var slot in slots[column].Where(slot => slot.Zone >= 0))
            {
                zones[slot.Zone] = Box(map.Zones[slot.Zone], lefts[column], slot.Y - top, widths[column], sizes[slot.Zone].Height);
            }
        }

        var lines = Lines(chains, zones, lefts, widths, top);
        var bottom = zones.Select(zone => zone.Y + zone.Height)
            .Concat(lines.SelectMany(line => line.Points).Select(point => point.Y)).DefaultIfEmpty(0).Max();
        var width = Math.Max(0, right - ColumnGap);
        var common = Strip(map.Common, bottom + (2 * ZoneGap));
        return new PlacedMap(
            [.. zones], lines, common, Math.Max(width, common.Select(item => item.X + item.Width + Padding).DefaultIfEmpty(0).Max()),
            common.IsEmpty ? bottom : common.Max(item => item.Y + item.Height) + Padding, bottom + (2 * ZoneGap));
    }

    // Strip: what is told in words, in a row below everything.
    private static ImmutableArray<PlacedItem> Strip(ImmutableArray<ZoneItem> items, int top)
    {
        var placed = ImmutableArray.CreateBuilder<PlacedItem>();
        var x = Padding;
        foreach (var item in items)
        {
            var width = Width(item.Title, item.Detail, ItemCharacterWidth) + (2 * Padding);
            placed.Add(new PlacedItem(item, x, top + 32, width, 42));
            x += width + ItemGap;
        }

        return placed.ToImmutable();
    }

    // A way that does not turn back on itself: of all orders the one that a well known greedy choice gives (Eades, Lin and Smyth), then the
    // length of the longest way to each zone.
    private static int[] ColumnsOf(ConnectionMap map)
    {
        var ids = map.Zones.Select((zone, index) => (zone.Id, index)).ToDictionary(entry => entry.Id, entry => entry.index, StringComparer.Ordinal);
        var arrows = map.Lines.GroupBy(line => (From: ids[line.From], To: ids[line.To]))
            .ToDictionary(group => group.Key, group => group.Sum(line => line.Connections));
        var order = Greedy(map.Zones.Length, arrows);
        var place = new int[map.Zones.Length];
        for (var index = 0; index < order.Count; index++)
        {
            place[order[index]] = index;
        }

        var forward = arrows.Keys.Select(arrow => place[arrow.From] < place[arrow.To] ? arrow : (From: arrow.To, To: arrow.From)).Distinct().ToList();
        var columns = new int[map.Zones.Length];
        foreach (var zone in order)
        {
            columns[zone] = forward.Where(arrow => arrow.To == zone).Select(arrow => columns[arrow.From] + 1).DefaultIfEmpty(0).Max();
        }

        // What nothing leads to stands next to what it leads to; the internet keeps its ends.
        foreach (var zone in Enumerable.Reverse(order).Where(zone => map.Zones[zone].Kind != ZoneKind.Entrance && !forward.Exists(arrow => arrow.To == zone)))
        {
            columns[zone] = Math.Max(0, forward.Where(arrow => arrow.From == zone).Select(arrow => columns[arrow.To] - 1).DefaultIfEmpty(0).Min());
        }

        var last = columns.DefaultIfEmpty(0).Max();
        return [.. columns.Select((column, zone) => map.Zones[zone].Kind == ZoneKind.Hosts ? last : column)];
    }

    private static List<int> Greedy(int count, Dictionary<(int From, int To), int> arrows)
    {
        var left = Enumerable.Range(0, count).ToList();
        var begin = new List<int>();
        var end = new List<int>();
        int Out(int zone) => arrows.Sum(arrow => arrow.Key.From == zone && left.Contains(arrow.Key.To) ? arrow.Value : 0);
        int In(int zone) => arrows.Sum(arrow => arrow.Key.To == zone && left.Contains(arrow.Key.From) ? arrow.Value : 0);
        while (left.Count > 0)
        {
            var sink = left.FindIndex(zone => Out(zone) == 0);
            var source = sink >= 0 ? -1 : left.FindIndex(zone => In(zone) == 0);
            var next = sink >= 0 ? left[sink] : source >= 0 ? left[source] : left.MaxBy(zone => Out(zone) - In(zone));
            (sink >= 0 ? end : begin).Add(next);
            left.Remove(next);
        }

        end.Reverse();
        return [.. begin, .. end];
    }

    // Zones, and for lines that pass a column a slot there.
    private static (Slot[][] Slots, List<Chain> Chains) Slots(ConnectionMap map, int[] columns)
    {
        var ids = map.Zones.Select((zone, index) => (zone.Id, index)).ToDictionary(entry => entry.Id, entry => entry.index, StringComparer.Ordinal);
        var slots = Enumerable.Range(0, columns.DefaultIfEmpty(-1).Max() + 1).Select(_ => new List<Slot>()).ToArray();
        var own = new Slot[columns.Length];
        for (var zone = 0; zone < columns.Length; zone++)
        {
            slots[columns[zone]].Add(own[zone] = new Slot(zone, columns[zone]));
        }

        var chains = new List<Chain>();
        foreach (var line in map.Lines)
        {
            var (from, to) = (ids[line.From], ids[line.To]);
            var isBack = columns[from] > columns[to];
            var (left, right) = isBack ? (to, from) : (from, to);
            var chain = new Chain(line, isBack, [own[left]]);
            for (var column = columns[left] + 1; column < columns[right]; column++)
            {
                var slot = new Slot(-1, column);
                slots[column].Add(slot);
                chain.Slots.Add(slot);
            }

            chain.Slots.Add(own[right]);
            chains.Add(chain);
        }

        return ([.. slots.Select(column => column.ToArray())], chains);
    }

    private static void Order(Slot[][] slots, List<Chain> chains)
    {
        foreach (var column in slots)
        {
            Number(column);
        }

        var best = slots.Select(column => column.ToArray()).ToArray();
        var fewest = Crossings(chains);
        for (var sweep = 0; sweep < Sweeps && fewest > 0; sweep++)
        {
            var isForward = sweep % 2 == 0;
            foreach (var column in isForward ? slots : slots.Reverse())
            {
                var wanted = column.ToDictionary(slot => slot, slot => Neighbours(chains, slot, isForward).Select(other => (double)other.Position).DefaultIfEmpty(slot.Position).Average());
                Array.Sort(column, (one, other) => (wanted[one], one.Position).CompareTo((wanted[other], other.Position)));
                Number(column);
            }

            var crossings = Crossings(chains);
            if (crossings < fewest)
            {
                fewest = crossings;
                best = [.. slots.Select(column => column.ToArray())];
            }
        }

        for (var column = 0; column < slots.Length; column++)
        {
            slots[column] = best[column];
            Number(slots[column]);
        }
    }

    private static void Number(Slot[] column)
    {
        for (var position = 0; position < column.Length; position++)
        {
            column[position].Position = position;
        }
    }

    private static IEnumerable<Slot> Neighbours(List<Chain> chains, Slot slot, bool isLeft)
    {
        foreach (var chain in chains)
        {
            var at = chain.Slots.IndexOf(slot);
            if (isLeft && at > 0)
            {
                yield return chain.Slots[at - 1];
            }
            else if (!isLeft && at >= 0 && at + 1 < chain.Slots.Count)
            {
                yield return chain.Slots[at + 1];
            }
        }
    }

    private static int Crossings(List<Chain> chains)
    {
        var steps = chains.SelectMany(chain => chain.Slots.Zip(chain.Slots.Skip(1)))
            .GroupBy(step => step.First.Column)
            .Select(group => group.Select(step => (step.First.Position, step.Second.Position)).ToList());
        return steps.Sum(between => between.SelectMany((one, index) => between.Skip(index + 1).Select(other => (one, other)))
            .Count(pair => (pair.one.Item1 - pair.other.Item1) * (pair.one.Item2 - pair.other.Item2) < 0));
    }

    // Each as near as it can to the middle of what it is connected with, in the order that is found.
    private static void Align(Slot[][] slots, List<Chain> chains, int[][] heights)
    {
        for (var column = 0; column < slots.Length; column++)
        {
            var y = 0;
            for (var index = 0; index < slots[column].Length; index++)
            {
                slots[column][index].Height = heights[column][index];
                slots[column][index].Y = y;
                y += heights[column][index] + GapAfter(slots[column], index);
            }
        }

        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            foreach (var column in sweep % 2 == 0 ? slots : slots.Reverse())
            {
                var wanted = column.Select(slot => Neighbours(chains, slot, isLeft: true).Concat(Neighbours(chains, slot, isLeft: false))
                    .Select(other => other.Y + (other.Height / 2.0)).DefaultIfEmpty(slot.Y + (slot.Height / 2.0)).Average() - (slot.Height / 2.0)).ToArray();
                Settle(column, wanted);
            }
        }
    }

    private static int GapAfter(Slot[] column, int index) =>
        index + 1 < column.Length && column[index].Zone < 0 && column[index + 1].Zone < 0 ? WayGap : ZoneGap;

    // The least movement that keeps the order and the gaps: what collides moves as one.
    private static void Settle(Slot[] column, double[] wanted)
    {
        var offsets = new double[column.Length];
        for (var index = 1; index < column.Length; index++)
        {
            offsets[index] = offsets[index - 1] + column[index - 1].Height + GapAfter(column, index - 1);
        }

        var blocks = new List<(double Sum, int Count)>();
        for (var index = 0; index < column.Length; index++)
        {
            var block = (Sum: wanted[index] - offsets[index], Count: 1);
            while (blocks.Count > 0 && blocks[^1].Sum / blocks[^1].Count > block.Sum / block.Count)
            {
                block = (block.Sum + blocks[^1].Sum, block.Count + blocks[^1].Count);
                blocks.RemoveAt(blocks.Count - 1);
            }

            blocks.Add(block);
        }

        var at = 0;
        foreach (var (sum, count) in blocks)
        {
            for (var each = 0; each < count; each++, at++)
            {
                column[at].Y = (int)Math.Round((sum / count) + offsets[at], MidpointRounding.AwayFromZero);
            }
        }
    }

    private static (int Width, int Height) SizeOf(Zone zone, ConnectionMap map)
    {
        var header = zone.Detail.Length > 0 ? 42 : 28;
        var items = zone.Items.Sum(item => ItemHeight(item) + ItemGap);
        var lines = Math.Max(map.Lines.Count(line => line.From == zone.Id), map.Lines.Count(line => line.To == zone.Id));
        return (
            Math.Max(LeastWidth, Math.Max(
                Width(zone.Title, zone.Detail) + (2 * Padding), zone.Items.Select(item => Width(item.Title, item.Detail, ItemCharacterWidth) + (4 * Padding)).DefaultIfEmpty(0).Max())),
            Math.Max(header + items + (items > 0 ? Padding - ItemGap : 4), (lines + 1) * PortGap));
    }

    private static int ItemHeight(ZoneItem item) => item.Detail.Length > 0 ? 40 : 26;

    private static int Width(string title, string detail, double each = CharacterWidth) => (int)Math.Ceiling(Math.Max(
        Math.Min(title.Length, LongestText) * each, Math.Min(detail.Length, LongestText) * SmallCharacterWidth));

    private static PlacedZone Box(Zone zone, int x, int y, int width, int height)
    {
        var items = ImmutableArray.CreateBuilder<PlacedItem>();
        var top = y + (zone.Detail.Length > 0 ? 42 : 28);
        foreach (var item in zone.Items)
        {
            items.Add(new PlacedItem(item, x + Padding, top, width - (2 * Padding), ItemHeight(item)));
            top += ItemHeight(item) + ItemGap;
        }

        return new PlacedZone(zone, x, y, width, height, items.ToImmutable());
    }

    private static ImmutableArray<PlacedLine> Lines(
        List<Chain> chains, PlacedZone[] zones, int[] lefts, int[] widths, int top)
    {
        // On each side of a zone lines end one below the other, in the order of where they come from.
        var ends = new Dictionary<(Chain, bool IsLeftEnd), int>();
        foreach (var (zone, index) in zones.Select((zone, index) => (zone, index)))
        {
            foreach (var isLeftEnd in (bool[])[true, false])
            {
                var own = chains.Where(chain => (isLeftEnd ? chain.Slots[0] : chain.Slots[^1]).Zone == index)
                    .OrderBy(chain => Middle(isLeftEnd ? chain.Slots[1] : chain.Slots[^2])).ThenBy(chains.IndexOf).ToList();
                for (var each = 0; each < own.Count; each++)
                {
                    ends[(own[each], isLeftEnd)] = zone.Y + ((each + 1) * zone.Height / (own.Count + 1));
                }
            }
        }

        return
        [
            .. chains.Select(chain =>
            {
                var points = ImmutableArray.CreateBuilder<(int X, int Y)>();
                var first = zones[chain.Slots[0].Zone];
                var last = zones[chain.Slots[^1].Zone];
                points.Add((first.X + first.Width, ends[(chain, true)]));
                foreach (var slot in chain.Slots.Skip(1).SkipLast(1))
                {
                    points.Add((lefts[slot.Column], slot.Y - top));
                    points.Add((lefts[slot.Column] + widths[slot.Column], slot.Y - top));
                }

                points.Add((last.X, ends[(chain, false)]));
                return new PlacedLine(chain.Line, points.ToImmutable(), chain.IsBack);
            }),
        ];
    }

    private static double Middle(Slot slot) => slot.Y + (slot.Height / 2.0);

    /// <summary>A place in a column: a zone's, or that of a line that passes.</summary>
    private sealed class Slot(int zone, int column)
    {
        public int Zone { get; } = zone;

        public int Column { get; } = column;

        public int Position { get; set; }

        public int Y { get; set; }

        public int Height { get; set; }
    }

    private sealed record Chain(ZoneLine Line, bool IsBack, List<Slot> Slots);
}
