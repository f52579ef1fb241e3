using System.Collections.Immutable;
using CantonInfra.Policy.Rules.NetworkPolicies;
using CantonInfra.Policy.Rules.SupplyChain;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Mesh;

/// <summary>A mesh takes mutual TLS everywhere, and each namespace in it denies what nothing allows.</summary>
internal sealed class MeshCoversNamespaces : StackPolicy
{
    public override string Id => "mesh-covers-namespaces";

    public override string Title => "A mesh is strict as a whole, and its namespaces deny by default";

    public override string Rationale =>
        "Istio takes plain text beside mutual TLS until it is told otherwise, and lets everybody in where no policy is. So a namespace that has "
        + "been put into the mesh, or is tomorrow, is as open as before, while everybody believes that it is not.";

    public override string Remediation =>
        "Put a PeerAuthentication with mtls.mode STRICT and no selector into the mesh's root namespace, leave meshConfig.enableAutoMtls on, and put "
        + "an AuthorizationPolicy without rules and selector into each namespace whose pods get sidecars, or into the root namespace.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "NS-1"),
        new(PolicyControl.CloudSecurityBenchmark, "DP-3"),
        new(PolicyControl.Soc2, "CC6.6"),
        new(PolicyControl.Soc2, "CC6.7"),
        new(PolicyControl.Requirement, "A9"),
        new(PolicyControl.Requirement, "C2"),
    ];

    public override IEnumerable<StackVerdict> Check(StackView resources, StackContext stack)
    {
        var controls = resources.Resources
            .Where(resource => ChartView.Types.Any(type => type.Matches(resource.Type)) && MeshTypes.IsControlPlane(resource) == true)
            .ToList();
        var namespaces = resources.Resources
            .Where(resource => KubernetesTypes.IsNamespace(resource.Type) && MeshTypes.IsMember(resource) != false)
            .ToList();
        if (controls.Count == 0 && namespaces.Count == 0)
        {
            return [StackVerdict.OnStack(PolicyVerdict.NotApplicable("The stack has no mesh."))];
        }

        var roots = controls.Count == 0 ? [MeshTypes.UsualRoot] : controls.Select(MeshTypes.RootOf).ToImmutableArray();
        return
        [
            .. controls.SelectMany(control => JudgeControl(control, resources).Select(verdict => StackVerdict.On(control, verdict))),
            .. namespaces.Select(home => StackVerdict.On(home, JudgeNamespace(home, roots, resources))),
        ];
    }

    private static IEnumerable<PolicyVerdict> JudgeControl(StackResourceView control, StackView resources)
    {
        var auto = control.Read("values.meshConfig.enableAutoMtls");
        yield return auto.ToFlag(whenMissing: true) switch
        {
            null => PolicyVerdict.Undecided(auto.Path),
            true => PolicyVerdict.Pass,
            false => PolicyVerdict.Violation(auto.Path, $"{control} has {auto} here, so sidecars send in plain text where nothing tells them otherwise."),
        };
        var root = MeshTypes.RootOf(control);
        var strict = Decide(resources, MeshTypes.PeerAuthentications, resource => Logic.And(
            IsText(resource.Read("spec.mtls.mode"), "STRICT"), MeshTypes.IsForAll(resource), IsIn(resource, root)));
        yield return strict switch
        {
            true => PolicyVerdict.Pass,
            null => PolicyVerdict.Undecided(PropertyPath.Root, "not known yet whether the mesh takes mutual TLS only"),
            false => PolicyVerdict.Violation(
                PropertyPath.Root,
                $"{control} makes a mesh that takes plain text, too: no PeerAuthentication in {root} is STRICT for all of it."),
        };
    }

    private static PolicyVerdict JudgeNamespace(StackResourceView home, ImmutableArray<string?> roots, StackView resources)
    {
        var isMember = MeshTypes.IsMember(home);
        var name = home.Read(NamespacePlace.NamePath);
        if (isMember is null || !name.TryGetText(out var own))
        {
            return PolicyVerdict.Undecided(isMember is null ? MeshTypes.Labels : name.Path);
        }

        var denies = Decide(
            resources, MeshTypes.AuthorizationPolicies, resource => Logic.And(DeniesAll(resource), IsInAny(resource, [.. roots, own])));
        return denies switch
        {
            true => PolicyVerdict.Pass,
            null => PolicyVerdict.Undecided(name.Path, "not known yet whether a policy denies by default"),
            false => PolicyVerdict.Violation(
                name.Path, $"{home} is in a mesh and has no AuthorizationPolicy that denies by default, so pods without one of their own let everybody in."),
        };
    }

    // No rules under 'allow' is nothing at all.
    private static bool? DeniesAll(StackResourceView policy)
    {
        var action = policy.Read("spec.action");
        var rules = policy.Read("spec.rules");
        return Logic.And(
            action.State == PropertyState.Missing ? true : IsText(action, "ALLOW"),
            rules is { State: PropertyState.Known, Value: ListValue { Items.Length: 0 } } ? true : rules.IsNothing(),
            MeshTypes.IsForAll(policy));
    }

    private static bool? Decide(StackView resources, ImmutableArray<ResourceTypePattern> types, Func<StackResourceView, bool?> judge)
    {
        bool? result = false;
        foreach (var resource in resources.Resources.Where(resource => types.Any(type => type.Matches(resource.Type))))
        {
            var answer = judge(resource);
            if (answer == true)
            {
                return true;
            }

            result = answer is null ? null : result;
        }

        return result;
    }

    private static bool? IsInAny(StackResourceView resource, ImmutableArray<string?> places) =>
        places.Any(place => IsIn(resource, place) == true) ? true
        : places.Any(place => IsIn(resource, place) is null) ? null
        : false;

    private static bool? IsIn(StackResourceView resource, string? place)
    {
        var own = resource.Read("metadata.namespace");
        return place is null || own.State is PropertyState.Unknown ? null : own.TryGetText(out var text) && text == place;
    }

    private static bool? IsText(PropertyReading reading, string text) => reading.State switch
    {
        PropertyState.Missing => false,
        _ => reading.TryGetText(out var own) ? own == text : null,
    };
}
