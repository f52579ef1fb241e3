using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Access;

/// <summary>Identities are used by something.</summary>
internal sealed class IdentitiesUsed : StackPolicy
{
    // What gives it rights, watches or keeps it, does not use it.
    private static readonly ImmutableArray<ResourceTypePattern> NoUse =
    [
        .. AccessTypes.RoleAssignments,
        "azure-native:authorization:ManagementLockByScope",
        "azure-native:monitor:DiagnosticSetting",
        "azure:management/lock:Lock",
        "pulumi:pulumi:Stack",
    ];

    private static readonly ImmutableArray<string> Names = ["resourceName", "name"];

    public override string Id => "identities-used";

    public override string Title => "No identity is left over";

    public override string Rationale =>
        "An identity that nothing uses keeps its roles. Nobody misses it, nobody looks at what it does, and whoever may attach it to a machine "
        + "of their own has its rights.";

    public override string Remediation =>
        "Remove the identity with its roles, give it to the resource that it was made for, or let a service account take it with a "
        + "FederatedIdentityCredential.";

    public override PolicySeverity Severity => PolicySeverity.Medium;

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "PA-4"),
        new(PolicyControl.Soc2, "CC6.3"),
        new(PolicyControl.Requirement, "A20"),
    ];

    public override IEnumerable<StackVerdict> Check(StackView resources, StackContext stack)
    {
        var identities = resources.Resources.Where(resource => resource.IsAny(AccessTypes.Identities)).ToList();
        if (identities.Count == 0)
        {
            return [StackVerdict.OnStack(PolicyVerdict.NotApplicable("The stack declares no identities."))];
        }

        var used = resources.Resources
            .Where(resource => !resource.IsAny(NoUse) && !resource.Type.Canonical.StartsWith("pulumi:", StringComparison.Ordinal))
            .SelectMany(resource => resource.PropertyDependencies.Values.SelectMany(urns => urns).Concat(resource.Dependencies))
            .ToHashSet(StringComparer.Ordinal);
        return identities.Select(identity => StackVerdict.On(identity, used.Contains(identity.Urn) || IsNamed(identity, resources)
            ? PolicyVerdict.Pass
            : PolicyVerdict.Violation(PropertyPath.Root, $"{identity} is used by nothing, and no service account takes it.")));
    }

    // A program can name an identity by hand where others take it.
    private static bool IsNamed(StackResourceView identity, StackView resources) =>
        Names.Select(property => identity.Read(property)).Any(reading => reading.TryGetText(out var name)
            && resources.Resources.Any(resource => resource.IsAny(AccessTypes.FederatedCredentials)
                && resource.Read("resourceName").TryGetText(out var owner) && owner.Equals(name, StringComparison.OrdinalIgnoreCase)));
}
