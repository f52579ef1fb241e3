namespace Pulumi.Serialization;

/// <summary>Where in the inputs of something a value is; turned into text for messages only.</summary>
internal sealed record InputPlace(InputPlace? Parent, string Segment, bool IsIndex = false)
{
    public InputPlace Member(string name) => new(this, name);

    public InputPlace Index(int index) =>
        new(this, index.ToString(System.Globalization.CultureInfo.InvariantCulture), IsIndex: true);

    public override string ToString() => (Parent, IsIndex) switch
    {
        (null, _) => Segment,
        (_, true) => $"{Parent}[{Segment}]",
        _ => $"{Parent}.{Segment}",
    };
}
