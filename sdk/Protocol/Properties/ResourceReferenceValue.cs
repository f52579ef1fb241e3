namespace CantonInfra.Protocol.Properties;

/// <summary>A reference to another resource.</summary>
/// <param name="Urn">The resource's URN.</param>
/// <param name="Id">The provider's id of a custom resource, empty while unknown; null for a component.</param>
/// <param name="PackageVersion">The version of the resource's package; empty where it was not sent.</param>
public sealed record ResourceReferenceValue(string Urn, string? Id, string PackageVersion = "") : PropertyValue
{
    /// <inheritdoc/>
    public override bool ContainsUnknowns => Id is { Length: 0 };

    /// <inheritdoc/>
    public override bool ContainsSecrets => false;

    /// <summary>What a receiver that takes no references gets: the id of a custom resource, else the URN.</summary>
    public PropertyValue AsPlainValue() => Id switch
    {
        null => Of(Urn),
        "" => Unknown,
        _ => Of(Id),
    };
}
