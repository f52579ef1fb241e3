using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Mesh;

/// <summary>Pods of a mesh take mutual TLS and nothing else.</summary>
internal sealed class MeshMtlsStrict : ResourcePolicy
{
    private const string Disable = "DISABLE";
    private const string Permissive = "PERMISSIVE";
    private const string Strict = "STRICT";
    private const string Unset = "UNSET";

    private static readonly PropertyPath Reasons = PropertyPath.Parse("metadata.annotations").Then("canton-infra/plain-ports");

    private static readonly ImmutableArray<PropertyPath> Sending =
    [
        PropertyPath.Parse("spec.trafficPolicy.tls.mode"),
        PropertyPath.Parse("spec.trafficPolicy.portLevelSettings[*].tls.mode"),
        PropertyPath.Parse("spec.subsets[*].trafficPolicy.tls.mode"),
        PropertyPath.Parse("spec.subsets[*].trafficPolicy.portLevelSettings[*].tls.mode"),
    ];

    public override string Id => "mesh-mtls-strict";

    public override string Title => "Pods of a mesh take mutual TLS and nothing else";

    public override string Rationale =>
        "A mesh that also takes plain text looks as if it were closed: whoever leaves the certificate out is let in without an identity, and "
        + "what they send is read on the way. The mode for moving into a mesh is the one that is forgotten there.";

    public override string Remediation =>
        "Set mtls.mode to STRICT, and leave tls.mode DISABLE out of DestinationRules. A port for clients that cannot be in the mesh is DISABLE in "
        + "portLevelMtls, never PERMISSIVE, and the annotation canton-infra/plain-ports says why: a line such as '10013: metrics are collected "
        + "from outside'.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        "kubernetes:security.istio.io/v1:PeerAuthentication",
        Good: """{"spec": {"mtls": {"mode": "STRICT"}}}""",
        Bad: """{"spec": {"mtls": {"mode": "PERMISSIVE"}}}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "DP-3"),
        new(PolicyControl.CloudSecurityBenchmark, "IM-4"),
        new(PolicyControl.Soc2, "CC6.7"),
        new(PolicyControl.Requirement, "A9"),
        new(PolicyControl.Requirement, "C2"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } =
        [.. MeshTypes.PeerAuthentications, .. MeshTypes.DestinationRules];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        if (MeshTypes.DestinationRules.Any(type => type.Matches(resource.Type)))
        {
            return [PolicyVerdict.Pass, .. Sending.SelectMany(resource.Select).Select(mode => JudgeSending(resource, mode))];
        }

        var whole = resource.Read("spec.mtls.mode");
        return
        [
            JudgeTaking(resource, whole),
            .. resource.Select(PropertyPath.Parse("spec.portLevelMtls[*]")).Select(port => JudgePort(resource, port)),
        ];
    }

    private static PolicyVerdict JudgeSending(ResourceView resource, PropertyReading mode) =>
        mode.State == PropertyState.Missing ? PolicyVerdict.Pass
        : !mode.TryGetText(out var text) ? PolicyVerdict.Undecided(mode.Path)
        : text == Disable
            ? PolicyVerdict.Violation(mode.Path, $"{resource} has {mode} here, so what is sent there is sent in plain text.")
            : PolicyVerdict.Pass;

    // What says nothing has what holds for its namespace, and for the mesh; another rule asks that this be said.
    private static PolicyVerdict JudgeTaking(ResourceView resource, PropertyReading mode) =>
        mode.State == PropertyState.Missing ? PolicyVerdict.Pass
        : !mode.TryGetText(out var text) ? PolicyVerdict.Undecided(mode.Path)
        : text is Strict or Unset ? PolicyVerdict.Pass
        : PolicyVerdict.Violation(
            mode.Path, $"{resource} has {mode} here, so whoever shows no certificate is let in. It must be {Strict}.");

    private static PolicyVerdict JudgePort(ResourceView resource, PropertyReading port)
    {
        var mode = port.State == PropertyState.Known ? resource.Read(port.Path.Then("mode")) : port;
        if (mode.State == PropertyState.Missing)
        {
            return PolicyVerdict.Pass;
        }

        if (!mode.TryGetText(out var text))
        {
            return PolicyVerdict.Undecided(mode.Path);
        }

        var number = port.Path.Elements[^1].Key ?? "";
        return text switch
        {
            Strict or Unset => PolicyVerdict.Pass,
            Disable => JudgeReason(resource, mode, number),
            _ => PolicyVerdict.Violation(
                mode.Path,
                $"{resource} has {mode} for port {number}, so it cannot be told who shows a certificate there. It must be {Strict}, or {Disable} with a reason."
                    + (text == Permissive ? "" : " Istio knows no such mode.")),
        };
    }

    private static PolicyVerdict JudgeReason(ResourceView resource, PropertyReading mode, string number)
    {
        var reasons = resource.Read(Reasons);
        return reasons.State == PropertyState.Unknown ? PolicyVerdict.Undecided(reasons.Path)
            : reasons.TryGetText(out var text) && text.Split('\n').Any(line => IsReason(line, number)) ? PolicyVerdict.Pass
            : PolicyVerdict.Violation(
                mode.Path,
                $"{resource} takes plain text on port {number} and does not say why. Say it in the annotation canton-infra/plain-ports, or make it {Strict}.");
    }

    private static bool IsReason(string line, string number)
    {
        var parts = line.Split(':', 2);
        return parts.Length == 2 && parts[0].Trim() == number && parts[1].Trim().Length > 0;
    }
}
