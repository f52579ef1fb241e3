using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Pods;

/// <summary>Pods stay within their bounds: nothing of the node is theirs.</summary>
internal sealed class PodsNotPrivileged : PodRule
{
    private static readonly ImmutableArray<(string Path, string What)> HostSwitches =
    [
        ("hostNetwork", "uses the node's network, where no network policy holds"),
        ("hostPID", "sees and ends the processes of the node"),
        ("hostIPC", "shares memory with the processes of the node"),
    ];

    public override string Id => "pods-not-privileged";

    public override string Title => "Pods have nothing of their node";

    public override string Rationale =>
        "A privileged container, or one with a folder, the network or the processes of its node, is root on the node for whoever takes "
        + "it over, and with that has every secret and identity of all pods there.";

    public override string Remediation =>
        "Leave privileged, hostNetwork, hostPID, hostIPC, hostPort, hostPath volumes and added capabilities out. Ports below 1024 need "
        + "NET_BIND_SERVICE at most.";

    public override PolicySeverity Severity => PolicySeverity.Critical;

    public override PolicyExample Example { get; } = new(
        "kubernetes:core/v1:Pod",
        Good: """{"spec": {"containers": [{"name": "app", "image": "ghcr.io/app:1.0.0"}]}}""",
        Bad: """{"spec": {"containers": [{"name": "app", "securityContext": {"privileged": true}}]}}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "PV-2"),
        new(PolicyControl.CloudSecurityBenchmark, "PA-7"),
        new(PolicyControl.Soc2, "CC6.1"),
        new(PolicyControl.Soc2, "CC6.8"),
        new(PolicyControl.Requirement, "A9"),
        new(PolicyControl.Requirement, "A20"),
    ];

    protected override IEnumerable<PolicyVerdict> Check(PodView pod, StackContext stack) =>
    [
        .. HostSwitches.Select(each => MustBeOff(pod.Read(each.Path), $"{pod.Resource} {each.What}.")),
        .. pod.SelectReadings("volumes[*]").SelectMany(volume => JudgeVolume(pod, volume)),
        .. Each(pod.Containers, JudgeContainer),
    ];

    private static IEnumerable<PolicyVerdict> JudgeVolume(PodView pod, PropertyReading volume)
    {
        if (volume is not { State: PropertyState.Known, Value: MapValue })
        {
            return [PolicyVerdict.Undecided(volume.Path)];
        }

        var path = volume.Path.Then("hostPath");
        return pod.Resource.Read(path).State == PropertyState.Missing
            ? []
            : [PolicyVerdict.Violation(path, $"{pod.Resource} mounts a folder of its node.")];
    }

    private static IEnumerable<PolicyVerdict> JudgeContainer(ContainerView container)
    {
        var pod = container.Pod.Resource;
        yield return MustBeOff(container.Read("securityContext.privileged"), $"{pod} has {container} run with all rights on the node.");
        yield return MustBeOff(
            container.Read("securityContext.windowsOptions.hostProcess"), $"{pod} has {container} run as a process of the node.");
        foreach (var added in container.Select("securityContext.capabilities.add[*]"))
        {
            yield return !added.TryGetText(out var capability) ? PolicyVerdict.Undecided(added.Path)
                : capability is "NET_BIND_SERVICE" ? PolicyVerdict.Pass
                : PolicyVerdict.Violation(added.Path, $"{pod} gives {container} the capability {added}.");
        }

        foreach (var port in container.Select("ports[*].hostPort").Where(port => port.State != PropertyState.Missing))
        {
            yield return port is { State: PropertyState.Known, Value: NumberValue { Value: 0 } } ? PolicyVerdict.Pass
                : port.State == PropertyState.Known
                    ? PolicyVerdict.Violation(port.Path, $"{pod} opens port {port} of the node for {container}, past network policies.")
                : PolicyVerdict.Undecided(port.Path);
        }

        var proc = container.Read("securityContext.procMount");
        if (proc.State != PropertyState.Missing)
        {
            yield return !proc.TryGetText(out var mount) ? PolicyVerdict.Undecided(proc.Path)
                : mount == "Default" ? PolicyVerdict.Pass
                : PolicyVerdict.Violation(proc.Path, $"{pod} shows {container} parts of /proc that are hidden for a reason.");
        }
    }
}
