using System.Collections.Immutable;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Rules.Keys;

/// <summary>Keys that others know us by never change.</summary>
internal sealed class PermanentKeys : ResourcePolicy
{
    public override string Id => "keyvault-permanent-keys";

    public override string Title => "Keys that sign or decrypt never rotate, expire or leave the vault";

    public override string Rationale =>
        "The ledger knows a node by the public halves of its keys. A new version is another key, so rotation or expiry stops the "
        + "node, and an exported key is its identity in other hands. The key of a cluster's store is alike: data under a version "
        + "that nobody named is lost. Only keys that wrap other keys rotate by themselves.";

    public override string Remediation =>
        "Leave rotationPolicy and attributes.expires unset and attributes.exportable unset or false on keys for sign or decrypt. "
        + "Use wrapKey and unwrapKey for customer-managed keys of services, which should rotate.";

    public override PolicySeverity Severity => PolicySeverity.Critical;

    public override PolicyExample Example { get; } = new(
        "azure-native:keyvault:Key",
        Good: """{"properties": {"kty": "EC-HSM", "keyOps": ["sign", "verify"], "attributes": {"exportable": false}}}""",
        Bad: """{"properties": {"kty": "EC-HSM", "keyOps": ["sign", "verify"], "attributes": {"expires": 1893456000}}}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "DP-6"),
        new(PolicyControl.Soc2, "CC6.1"),
        new(PolicyControl.Soc2, "A1.2"),
        new(PolicyControl.Requirement, "A18"),
        new(PolicyControl.Requirement, "A20"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = [.. KeyUse.All.Select(use => use.Type)];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack) =>
        KeyUse.All.Where(use => use.Type.Matches(resource.Type)).SelectMany(use => use.Judge(resource));
}
