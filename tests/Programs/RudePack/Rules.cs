using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace RudePack;

[SuppressMessage("ApiDesign", "RS0030:Do not use banned APIs", Justification = "Printing where one must not is the point.")]
internal static class Noise
{
    public static void Print(string text) => Console.WriteLine($"12345 {text}");
}

internal abstract class RudeRule : ResourcePolicy
{
    public override string Title => "Be kind";

    public override string Rationale => "Tests need it.";

    public override string Remediation => "Be kinder.";

    public override PolicySeverity Severity => PolicySeverity.Low;

    public override ImmutableArray<PolicyControl> Controls => [];
}

internal sealed class NoisyRule : RudeRule
{
    public override string Id => "noisy";

    public override ImmutableArray<ResourceTypePattern> ResourceTypes => ["noise:*"];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        Noise.Print("within a rule");
        return [PolicyVerdict.Violation(PropertyPath.Root, "Too loud.")];
    }
}

internal sealed class HangingRule : RudeRule
{
    public override string Id => "hanging";

    public override ImmutableArray<ResourceTypePattern> ResourceTypes => ["hang:*"];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        using var never = new ManualResetEventSlim();
        never.Wait(CancellationToken.None);
        return [];
    }
}
