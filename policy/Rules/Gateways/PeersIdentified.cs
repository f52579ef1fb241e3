using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Gateways;

/// <summary>Machines that show a certificate are let in by their names, and nobody without one.</summary>
internal sealed class PeersIdentified : ResourcePolicy
{
    private const string Clients = "kubernetes:gateway.envoyproxy.io/v1alpha1:ClientTrafficPolicy";

    private static readonly PropertyPath Validation = PropertyPath.Parse("spec.tls.clientValidation");
    private static readonly PropertyPath Authorities = Validation.Then("caCertificateRefs");
    private static readonly PropertyPath Names = Validation.Then("subjectAltNames");

    private static readonly ImmutableArray<PropertyPath> Hashes = [Validation.Then("spkiHashes"), Validation.Then("certificateHashes")];

    private static readonly ImmutableArray<PropertyPath> NameLists =
        [.. new[] { "dnsNames", "emailAddresses", "ipAddresses", "uris", "otherNames" }.Select(kind => Names.Then(kind))];

    private static readonly Switch Required =
        Switch.Off(Clients, "spec.tls.clientValidation.optional", "whoever shows no certificate is let in as well");

    // What matches every name: as a prefix, or as an expression.
    private static readonly ImmutableHashSet<string> Everything = ["", ".*", ".+", "^.*$", "^.+$"];

    public override string Id => "peers-identified";

    public override string Title => "Machines are let in by certificates that name them";

    public override string Rationale =>
        "A gateway that asks for certificates looks closed. It is open to whoever has none where they are optional, and to whoever the authority "
        + "ever gave one where no names are listed: another system of the same partner, or a machine that was taken out of service.";

    public override string Remediation =>
        "In tls.clientValidation leave optional out, name the authorities in caCertificateRefs, and the machines in subjectAltNames, each in "
        + "full; or list the certificates themselves by spkiHashes or certificateHashes.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        Clients,
        Good: """{"spec": {"tls": {"clientValidation": {"caCertificateRefs": [{"kind": "ConfigMap", "name": "authorities"}], "subjectAltNames": {"dnsNames": [{"type": "Exact", "value": "relay.example.com"}]}}}}}""",
        Bad: """{"spec": {"tls": {"clientValidation": {"optional": true, "caCertificateRefs": [{"kind": "ConfigMap", "name": "authorities"}]}}}}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "IM-4"),
        new(PolicyControl.Soc2, "CC6.1"),
        new(PolicyControl.Soc2, "CC6.6"),
        new(PolicyControl.Requirement, "A8"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = [Clients];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        var validation = resource.Read(Validation);
        return validation.IsNothing() switch
        {
            true => [PolicyVerdict.NotApplicable($"{resource} asks for no certificates of clients.")],
            null => [PolicyVerdict.Undecided(validation.Path)],
            false => [.. Required.Judge(resource), JudgeTrust(resource), .. NameLists.SelectMany(list => JudgeNames(resource, list))],
        };
    }

    // Hashes name certificates whoever issued them; names say nothing without an authority that vouches for them.
    private static PolicyVerdict JudgeTrust(ResourceView clients)
    {
        if (AnyGiven(clients, Hashes) is not false and var listed)
        {
            return listed == true ? PolicyVerdict.Pass : PolicyVerdict.Undecided(Hashes[0]);
        }

        return (AnyGiven(clients, [Authorities]), AnyGiven(clients, NameLists)) switch
        {
            (false, _) => PolicyVerdict.Violation(Authorities, $"{clients} asks for certificates and does not say whose it takes."),
            (_, false) => PolicyVerdict.Violation(Names, $"{clients} takes every certificate that its authorities ever gave; it must name the machines."),
            (null, _) => PolicyVerdict.Undecided(Authorities),
            (_, null) => PolicyVerdict.Undecided(Names),
            _ => PolicyVerdict.Pass,
        };
    }

    private static IEnumerable<PolicyVerdict> JudgeNames(ResourceView clients, PropertyPath list) =>
        clients.Select(new PropertyPath([.. list.Elements, PropertyPathElement.Wildcard]))
            .Where(name => name.State != PropertyState.Missing)
            .Select(name => Value(clients, name))
            .Select(value => !value.TryGetText(out var text) ? PolicyVerdict.Undecided(value.Path)
                : Everything.Contains(text.Trim())
                    ? PolicyVerdict.Violation(value.Path, $"{clients} has {value} here, which matches every name. It must name a machine.")
                    : PolicyVerdict.Pass);

    // Names have their text in 'value'; otherNames have it one step deeper.
    private static PropertyReading Value(ResourceView clients, PropertyReading name)
    {
        var value = name.State == PropertyState.Known ? clients.Read(name.Path.Then("value")) : name;
        return value.Value is MapValue ? clients.Read(value.Path.Then("value")) : value;
    }

    private static bool? AnyGiven(ResourceView clients, ImmutableArray<PropertyPath> paths)
    {
        var states = paths.Select(path => clients.Read(path).IsNothing()).ToList();
        return states.Contains(false) ? true : states.Contains(null) ? null : false;
    }
}
