using System.Collections.Immutable;
using CantonInfra.Policy.Limits;
using CantonInfra.Policy.Rules.NetworkPolicies;
using CantonInfra.Policy.Rules.SupplyChain;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Mesh;

/// <summary>The authority of a production mesh is supplied and renewed, not made by the mesh itself.</summary>
/// <param name="limits">How strict each stack is at least.</param>
internal sealed class MeshAuthoritySupplied(ModeLimits limits) : StackPolicy
{
    // The secret that the control plane reads.
    private const string Secret = "cacerts";

    private static readonly ResourceTypePattern Certificates = "kubernetes:cert-manager.io/v1:Certificate";

    public override string Id => "mesh-authority-supplied";

    public override string Title => "The authority of a production mesh comes from cert-manager";

    public override string Rationale =>
        "Istio that finds no authority makes one when it first starts: good for ten years, its key in a secret, known to nobody's records, renewed "
        + "by nobody. Whoever has read that key once is any service of the mesh for as long.";

    public override string Remediation =>
        "Put a cert-manager Certificate with isCA: true and secretName: cacerts into the namespace of the control plane, and have the release wait "
        + "for it; or let an authority outside answer (global.caAddress). Stacks that limits.yaml lets into audit mode may leave it out.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "DP-7"),
        new(PolicyControl.CloudSecurityBenchmark, "IM-4"),
        new(PolicyControl.Soc2, "CC6.1"),
        new(PolicyControl.Requirement, "C2"),
    ];

    public override IEnumerable<StackVerdict> Check(StackView resources, StackContext stack)
    {
        var controls = resources.Resources
            .Where(resource => ChartView.Types.Any(type => type.Matches(resource.Type)) && MeshTypes.IsControlPlane(resource) == true)
            .ToList();
        return controls.Count == 0 ? [StackVerdict.OnStack(PolicyVerdict.NotApplicable("The stack has no mesh."))]
            : limits.For(stack).Least != PolicyMode.Deny
                ? [.. controls.Select(control => StackVerdict.On(control, PolicyVerdict.NotApplicable("The limits let the stack be in audit mode.")))]
            : controls.Select(control => StackVerdict.On(control, Judge(control, resources)));
    }

    private static PolicyVerdict Judge(StackResourceView control, StackView resources)
    {
        var outside = control.Read("values.global.caAddress");
        if (outside.State != PropertyState.Missing)
        {
            return !outside.TryGetText(out var address) ? PolicyVerdict.Undecided(outside.Path)
                : address.Length > 0 ? PolicyVerdict.Pass
                : Certified(control, resources);
        }

        return Certified(control, resources);
    }

    private static PolicyVerdict Certified(StackResourceView control, StackView resources)
    {
        bool? result = false;
        foreach (var certificate in resources.OfType(Certificates))
        {
            var answer = Logic.And(
                IsSame(certificate.Read("spec.secretName"), Secret),
                certificate.Read("spec.isCA").ToFlag(whenMissing: false),
                control.Read("namespace").TryGetText(out var place) ? IsSame(certificate.Read("metadata.namespace"), place) : null);
            if (answer == true)
            {
                return PolicyVerdict.Pass;
            }

            result = answer is null ? null : result;
        }

        return result is null
            ? PolicyVerdict.Undecided(PropertyPath.Root, "not known yet whether a Certificate supplies its authority")
            : PolicyVerdict.Violation(
                PropertyPath.Root, $"{control} makes an authority of its own: no Certificate in its namespace with isCA supplies the secret {Secret}.");
    }

    private static bool? IsSame(PropertyReading reading, string text) => reading.State switch
    {
        PropertyState.Missing => false,
        _ => reading.TryGetText(out var own) ? own == text : null,
    };
}
