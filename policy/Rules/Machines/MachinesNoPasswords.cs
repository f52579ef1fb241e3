using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Machines;

/// <summary>Nobody guesses a way into a Linux machine.</summary>
internal sealed class MachinesNoPasswords : ResourcePolicy
{
    private const string Guessed = "whoever reaches it can guess passwords";

    private static readonly ImmutableArray<(Switch Switch, string Profile)> Profiled =
    [
        (Switch.On(MachineTypes.Machine, "osProfile.linuxConfiguration.disablePasswordAuthentication", Guessed), ""),
        (Switch.On(
            MachineTypes.ScaleSet,
            $"{MachineTypes.ScaleSetProfile}osProfile.linuxConfiguration.disablePasswordAuthentication",
            Guessed), MachineTypes.ScaleSetProfile),
    ];

    private static readonly ImmutableArray<Switch> Classic =
    [
        Switch.On(MachineTypes.ClassicLinux, "disablePasswordAuthentication", Guessed, byDefault: true),
        Switch.On(MachineTypes.ClassicLinuxScaleSet, "disablePasswordAuthentication", Guessed, byDefault: true),
    ];

    public override string Id => "machines-no-passwords";

    public override string Title => "Linux machines take keys and no passwords";

    public override string Rationale =>
        "A password for a machine is short enough to be remembered, is shared by who administers it, and can be tried as often as anyone "
        + "likes. A key cannot be guessed, and a machine without both is reached by way of Azure.";

    public override string Remediation =>
        "Set osProfile.linuxConfiguration.disablePasswordAuthentication to true and name a key in ssh.publicKeys. Leave adminPassword out.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        MachineTypes.Machine,
        Good: """{"osProfile": {"linuxConfiguration": {"disablePasswordAuthentication": true}}}""",
        Bad: """{"osProfile": {"linuxConfiguration": {"provisionVMAgent": true}}}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "IM-6"),
        new(PolicyControl.Soc2, "CC6.1"),
        new(PolicyControl.Requirement, "A10"),
        new(PolicyControl.Requirement, "A13"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } =
        [.. Profiled.Select(each => each.Switch.Type), .. Classic.Select(each => each.Type)];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        if (Classic.FirstOrDefault(each => each.Type.Matches(resource.Type)) is { } classic)
        {
            return classic.Judge(resource);
        }

        var (password, profile) = Profiled.First(each => each.Switch.Type.Matches(resource.Type));
        var users = resource.Read($"{profile}osProfile");
        return users.State switch
        {
            PropertyState.Missing => [PolicyVerdict.NotApplicable("Users of this machine are those of its disk.")],
            PropertyState.Unknown => [PolicyVerdict.Undecided(users.Path)],
            _ when MachineSystem.IsWindows(resource, profile) => [PolicyVerdict.NotApplicable("This is a Windows machine.")],
            _ => password.Judge(resource),
        };
    }
}
