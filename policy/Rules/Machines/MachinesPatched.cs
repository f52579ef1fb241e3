using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Machines;

/// <summary>Machines are patched by Azure.</summary>
internal sealed class MachinesPatched : ResourcePolicy
{
    private const string Unpatched = "flaws in its system stay open until somebody installs the updates";
    private const string Unseen = "nobody sees which patches it lacks";

    private static readonly Choice Linux = Choice.Of(
        MachineTypes.Machine, "osProfile.linuxConfiguration.patchSettings.patchMode", ["AutomaticByPlatform"], "ImageDefault", Unpatched);

    private static readonly Choice Assessed = Choice.Of(
        MachineTypes.Machine, "osProfile.linuxConfiguration.patchSettings.assessmentMode", ["AutomaticByPlatform"], "ImageDefault", Unseen);

    private static readonly Switch Agent =
        Switch.On(MachineTypes.Machine, "osProfile.linuxConfiguration.provisionVMAgent", Unpatched, byDefault: true);

    private static readonly Choice Windows = Choice.Of(
        MachineTypes.Machine,
        "osProfile.windowsConfiguration.patchSettings.patchMode",
        ["AutomaticByPlatform", "AutomaticByOS"],
        "AutomaticByOS",
        Unpatched);

    private static readonly Switch WindowsUpdates =
        Switch.On(MachineTypes.Machine, "osProfile.windowsConfiguration.enableAutomaticUpdates", Unpatched, byDefault: true);

    private static readonly ImmutableArray<Choice> Classic =
    [
        Choice.Of(MachineTypes.ClassicLinux, "patchMode", ["AutomaticByPlatform"], "ImageDefault", Unpatched),
        Choice.Of(MachineTypes.ClassicWindows, "patchMode", ["AutomaticByPlatform", "AutomaticByOS"], "AutomaticByOS", Unpatched),
    ];

    public override string Id => "machines-patched";

    public override string Title => "Machines take patches by themselves";

    public override string Rationale =>
        "A machine that deploys into a network or stands before it is worth an attack, and most attacks use flaws that were mended long "
        + "before. What the image does by default nobody sees; what Azure installs is reported.";

    public override string Remediation =>
        "Set osProfile.linuxConfiguration.patchSettings.patchMode and assessmentMode to AutomaticByPlatform, with "
        + "provisionVMAgent: true.";

    public override PolicySeverity Severity => PolicySeverity.Medium;

    public override PolicyExample Example { get; } = new(
        MachineTypes.Machine,
        Good: """{"osProfile": {"linuxConfiguration": {"patchSettings": {"patchMode": "AutomaticByPlatform", "assessmentMode": "AutomaticByPlatform"}}}}""",
        Bad: """{"osProfile": {"linuxConfiguration": {"provisionVMAgent": true}}}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "PV-6"),
        new(PolicyControl.Soc2, "CC7.1"),
        new(PolicyControl.Requirement, "A10"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } =
        [MachineTypes.Machine, .. Classic.Select(each => each.Type)];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        if (Classic.FirstOrDefault(each => each.Type.Matches(resource.Type)) is { } classic)
        {
            return classic.Judge(resource);
        }

        var users = resource.Read("osProfile");
        return users.State switch
        {
            PropertyState.Missing => [PolicyVerdict.NotApplicable("Azure patches no machine that was made from a disk of its own.")],
            PropertyState.Unknown => [PolicyVerdict.Undecided(users.Path)],
            _ when MachineSystem.IsWindows(resource, "") => Windows.Judge(resource).Concat(WindowsUpdates.Judge(resource)),
            _ => [.. Linux.Judge(resource), .. Assessed.Judge(resource), .. Agent.Judge(resource)],
        };
    }
}
