using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Disks;

/// <summary>A disk, or a pool of machines, within a resource, and what shows that it is encrypted as it must be.</summary>
/// <param name="Type">The resource.</param>
/// <param name="Paths">Where the disks or pools are, with wildcards for lists; the root for the resource itself.</param>
/// <param name="Flags">Properties of it that show it by being true.</param>
/// <param name="Sets">Properties of it that show it by naming a disk encryption set.</param>
/// <param name="Lack">What is the case where none of them does, as a clause about the place.</param>
internal sealed record EncryptedPlace(
    ResourceTypePattern Type,
    ImmutableArray<PropertyPath> Paths,
    ImmutableArray<PropertyPath> Flags,
    ImmutableArray<PropertyPath> Sets,
    string Lack)
{
    private static readonly PropertyPath CreateOption = PropertyPath.Parse("createOption");

    /// <summary>A switch of the whole resource that makes up for what its places lack.</summary>
    public PropertyPath? HostSwitch { get; init; }

    /// <summary>One verdict for each place, or one for all where the resource's own switch decides.</summary>
    public IEnumerable<PolicyVerdict> Judge(ResourceView resource)
    {
        if (HostSwitch is not { } path)
        {
            return Judge(resource, resource.Properties);
        }

        var host = resource.Read(path);
        if (host.ToFlag(whenMissing: false) == true)
        {
            return [PolicyVerdict.Pass];
        }

        var verdicts = Judge(resource, resource.Properties).ToList();
        if (verdicts.Count > 0 && verdicts.TrueForAll(verdict => verdict is PassVerdict))
        {
            return verdicts;
        }

        if (host.ToFlag(whenMissing: false) is null)
        {
            return [PolicyVerdict.Undecided(host.Path)];
        }

        return verdicts.Count > 0 ? verdicts :
            [PolicyVerdict.Violation(path, $"{resource} names no disks and does not encrypt them on the host.")];
    }

    private IEnumerable<PolicyVerdict> Judge(ResourceView resource, MapValue properties) =>
        Paths.SelectMany(path => path.Select(properties))
            .Where(place => place.State != PropertyState.Missing)
            .Select(place => JudgePlace(resource, place));

    private PolicyVerdict JudgePlace(ResourceView resource, PropertyReading place)
    {
        if (place.State != PropertyState.Known)
        {
            return PolicyVerdict.Undecided(place.Path);
        }

        var proofs = Flags.Select(path => (Reading: path.Read(place.Value!), IsFlag: true))
            .Concat(Sets.Select(path => (Reading: path.Read(place.Value!), IsFlag: false)))
            .Select(proof => (
                Path: new PropertyPath([.. place.Path.Elements, .. proof.Reading.Path.Elements]),
                proof.Reading,
                Shows: proof.IsFlag ? proof.Reading.ToFlag(whenMissing: false) : proof.Reading.IsTextGiven()))
            .ToList();
        if (proofs.Any(proof => proof.Shows == true) || IsAttached(place.Value!))
        {
            return PolicyVerdict.Pass;
        }

        if (proofs.Where(proof => proof.Shows is null).Select(proof => proof.Path).FirstOrDefault() is { } unclear)
        {
            return PolicyVerdict.Undecided(unclear);
        }

        var (at, reading, _) = proofs[0];
        var found = reading.State == PropertyState.Missing ? "does not set this" : $"has {reading} here";
        return PolicyVerdict.Violation(at, $"{resource} {found}, so {Lack}.");
    }

    // A disk that exists already has its own encryption, and is judged where it is declared.
    private static bool IsAttached(PropertyValue disk) =>
        CreateOption.Read(disk).TryGetText(out var option)
        && option.Equals("Attach", StringComparison.OrdinalIgnoreCase);
}
