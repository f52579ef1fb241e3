using System.Collections.Immutable;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.PolicySdk.Tests.Harness;

/// <summary>The rule of docs/writing-a-rule.md.</summary>
internal sealed class BucketsAreVersioned : ResourcePolicy
{
    private static readonly PropertyPath Enabled = PropertyPath.Parse("versioning.enabled");
    private static readonly PolicySetting<bool> Mandatory = PolicySetting.Flag("mandatory", "Whether buckets need versions.", true);

    public override string Id => "buckets-versioned";

    public override string Title => "Buckets keep old versions";

    public override string Rationale => "What is overwritten by mistake can be restored from an old version.";

    public override string Remediation => "Set versioning.enabled to true.";

    public override PolicySeverity Severity => PolicySeverity.Medium;

    public override ImmutableArray<PolicyControl> Controls { get; } = [new(PolicyControl.Soc2, "A1.2")];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = ["store:index:Bucket"];

    public override ImmutableArray<PolicySetting> Settings { get; } = [Mandatory];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        var reading = resource.Read(Enabled);
        yield return reading.ToFlag(whenMissing: false) switch
        {
            _ when !stack.Get(Mandatory) => PolicyVerdict.NotApplicable("Buckets need no versions here."),
            null => PolicyVerdict.Undecided(reading.Path),
            true => PolicyVerdict.Pass,
            false => PolicyVerdict.Violation(reading.Path, $"{resource} has {reading} here, so it keeps no old versions."),
        };
    }

    public override PolicyRemedy Mend(ResourceView resource, StackContext stack) => PolicyRemedy.Set(resource, Enabled, true);
}
