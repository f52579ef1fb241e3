using System.Collections.Immutable;

namespace CantonInfra.Reports.Topology;

/// <summary>A box with its place. Units are those of the picture, of which a line of text is 16 high.</summary>
/// <param name="Box">The box.</param>
/// <param name="X">Its left edge.</param>
/// <param name="Y">Its upper edge.</param>
/// <param name="Width">Its width.</param>
/// <param name="Height">Its height.</param>
/// <param name="Children">What is in it, with places of the same picture.</param>
internal sealed record PlacedBox(Box Box, int X, int Y, int Width, int Height, ImmutableArray<PlacedBox> Children);

/// <summary>
/// Lays boxes out in boxes: each child, in order, goes to the highest free place, and of some widths the one that wastes least is taken. Whole
/// numbers and no measuring of fonts, so that the same plan gives the same picture everywhere (docs/decisions/0045).
/// </summary>
internal static class BoxLayout
{
    /// <summary>How many characters of a title are shown.</summary>
    public const int LongestText = 34;

    private const int Gap = 10;
    private const int Padding = 12;
    private const int Header = 44;
    private const int LeafHeight = 44;
    private const int CountHeight = 26;
    private const int LeastWidth = 120;
    private const double CharacterWidth = 8;
    private const double SmallCharacterWidth = 6.4;

    // Widths that are tried, in parts of the side of a square of the same area.
    private static readonly double[] Shapes = [0.9, 1.1, 1.3, 1.5, 1.8];

    // What is wider than this, in heights, wastes a page as much as what is too high.
    private const double BestShape = 1.5;

    /// <summary>The places of all boxes, from the upper left corner on.</summary>
    public static PlacedBox Place(Box box) => Place(box, 0, 0);

    private static PlacedBox Place(Box box, int x, int y)
    {
        if (box.Children.Length == 0)
        {
            var (width, height) = Leaf(box);
            return new PlacedBox(box, x, y, width, height, []);
        }

        var children = box.Children.Select(child => Place(child, 0, 0)).ToArray();
        var side = Math.Sqrt(children.Sum(child => (double)(child.Width + Gap) * (child.Height + Gap)));
        var widest = children.Max(child => child.Width);
        var (places, inside) = Shapes.Select(shape => Pack(children, Math.Max(widest, (int)(side * shape)))).MinBy(pack => Waste(pack.Inside));
        return new PlacedBox(
            box,
            x,
            y,
            Math.Max(inside.Width, TextWidth(box)) + (2 * Padding),
            Header + inside.Height + Padding,
            [.. children.Zip(places, (child, place) => Move(child, x + Padding + place.X, y + Header + place.Y))]);
    }

    private static double Waste((int Width, int Height) inside)
    {
        var shape = (double)inside.Width / inside.Height;
        return (double)inside.Width * inside.Height * (1 + (0.15 * Math.Abs(Math.Log(shape / BestShape))));
    }

    private static ((int X, int Y)[] Places, (int Width, int Height) Inside) Pack(PlacedBox[] children, int limit)
    {
        // What is taken, seen from above: from which place on, down to where.
        List<(int X, int Y)> skyline = [(0, 0)];
        var places = new (int X, int Y)[children.Length];
        var (right, bottom) = (0, 0);
        for (var index = 0; index < children.Length; index++)
        {
            var child = children[index];
            var (x, y) = skyline
                .Where(step => step.X + child.Width <= limit || step.X == 0)
                .Select(step => (step.X, Y: Depth(skyline, step.X, step.X + child.Width)))
                .MinBy(place => (place.Y, place.X));
            places[index] = (x, y);
            right = Math.Max(right, x + child.Width);
            bottom = Math.Max(bottom, y + child.Height);
            Take(skyline, x, x + child.Width + Gap, y + child.Height + Gap);
        }

        return (places, (right, bottom));
    }

    private static int Depth(List<(int X, int Y)> skyline, int from, int to)
    {
        var depth = 0;
        for (var index = 0; index < skyline.Count && skyline[index].X < to; index++)
        {
            var end = index + 1 < skyline.Count ? skyline[index + 1].X : int.MaxValue;
            depth = end > from ? Math.Max(depth, skyline[index].Y) : depth;
        }

        return depth;
    }

    private static void Take(List<(int X, int Y)> skyline, int from, int to, int depth)
    {
        var after = skyline.FindLast(step => step.X <= to).Y;
        skyline.RemoveAll(step => step.X >= from && step.X <= to);
        skyline.Add((from, depth));
        skyline.Add((to, after));
        skyline.Sort();
    }

    private static (int Width, int Height) Leaf(Box box) => box.Kind == BoxKind.Count
        ? ((int)Math.Ceiling((box.Title.Length + box.Detail.Length + 1) * SmallCharacterWidth) + (2 * Padding), CountHeight)
        : (Math.Max(LeastWidth, TextWidth(box) + (2 * Padding)), LeafHeight);

    private static int TextWidth(Box box) =>
        Math.Max(Width(box.Title.Length, CharacterWidth), Width(box.Detail.Length, SmallCharacterWidth));

    private static int Width(int characters, double each) => (int)Math.Ceiling(Math.Min(characters, LongestText) * each);

    private static PlacedBox Move(PlacedBox box, int x, int y) => box with
    {
        X = box.X + x,
        Y = box.Y + y,
        Children = [.. box.Children.Select(child => Move(child, x, y))],
    };
}
