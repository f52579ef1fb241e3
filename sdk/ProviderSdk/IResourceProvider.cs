using System.Collections.Immutable;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.ProviderSdk;

/// <summary>A provider: its settings and its resources. Calls come at any time and many at once.</summary>
public interface IResourceProvider
{
    /// <summary>What it serves.</summary>
    ProviderPackage Package { get; }

    /// <summary>Its types of resources.</summary>
    ImmutableArray<IResourceLifecycle> Resources { get; }

    /// <summary>Checks the settings and adds defaults; needs no network.</summary>
    CheckedInputs CheckSettings(MapValue settings);

    /// <summary>Takes the settings, which were checked and hold no unknowns.</summary>
    /// <exception cref="ProviderException">They cannot be used.</exception>
    void Configure(MapValue settings);

    /// <summary>Masks the secrets that the provider has come to know by itself, such as tokens.</summary>
    string Mask(string text);
}

/// <summary>The life of one type of resource.</summary>
public interface IResourceLifecycle
{
    /// <summary>The type's token.</summary>
    string Type { get; }

    /// <summary>Checks inputs and adds defaults. Needs no network and no settings; unknowns may stand anywhere.</summary>
    CheckedInputs Check(MapValue inputs);

    /// <summary>What would change.</summary>
    /// <param name="oldInputs">The inputs of the last operation.</param>
    /// <param name="newInputs">The checked inputs; unknowns may stand anywhere.</param>
    ResourceDifference Compare(MapValue oldInputs, MapValue newInputs);

    /// <summary>The outputs that a preview shows.</summary>
    /// <param name="inputs">The inputs; unknowns may stand anywhere.</param>
    /// <param name="state">The present outputs; empty before the resource exists.</param>
    MapValue Foresee(MapValue inputs, MapValue state);

    /// <summary>Creates the resource.</summary>
    /// <exception cref="PartialResourceException">It exists, but is not as it is to be.</exception>
    /// <exception cref="ProviderException">It does not exist.</exception>
    Task<ResourceState> CreateAsync(ResourceCall call, MapValue inputs, CancellationToken cancellation);

    /// <summary>Reads the resource as it is; null where it is gone.</summary>
    /// <param name="call">What it is called.</param>
    /// <param name="id">Its id.</param>
    /// <param name="known">What the state holds; null in an import.</param>
    /// <param name="cancellation">Ends it.</param>
    Task<ResourceState?> ReadAsync(ResourceCall call, string id, ResourceState? known, CancellationToken cancellation);

    /// <summary>Changes the resource.</summary>
    /// <returns>The new outputs.</returns>
    /// <exception cref="PartialResourceException">It is changed in part.</exception>
    Task<MapValue> UpdateAsync(ResourceCall call, ResourceState old, MapValue inputs, CancellationToken cancellation);

    /// <summary>Deletes the resource; one that is gone already counts as deleted.</summary>
    Task DeleteAsync(ResourceCall call, ResourceState old, CancellationToken cancellation);
}

/// <summary>The resource that a call is about.</summary>
/// <param name="Urn">Its URN.</param>
public sealed record ResourceCall(string Urn);

/// <summary>A resource as it is kept.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Outputs">Its outputs.</param>
/// <param name="Inputs">The inputs that would make it so.</param>
public sealed record ResourceState(string Id, MapValue Outputs, MapValue Inputs);

/// <summary>Inputs that were checked.</summary>
/// <param name="Inputs">The inputs with defaults.</param>
/// <param name="Failures">What is wrong; empty where they can be used.</param>
public sealed record CheckedInputs(MapValue Inputs, ImmutableArray<InputFailure> Failures);

/// <summary>Something wrong with an input.</summary>
/// <param name="Property">The property, as a path.</param>
/// <param name="Reason">What is wrong and what to do; shows no secret.</param>
public sealed record InputFailure(string Property, string Reason);
