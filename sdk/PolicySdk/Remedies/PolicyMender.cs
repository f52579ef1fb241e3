using System.Collections.Immutable;

namespace CantonInfra.PolicySdk;

/// <summary>Lets the rules of a pack mend a resource, one after another, before they judge it.</summary>
internal static class PolicyMender
{
    /// <summary>What the rules with the level 'remediate' did, each on what the one before it left.</summary>
    /// <remarks>Never throws for what a rule does. What a waiver in force permits is left as it is.</remarks>
    public static ImmutableArray<PolicyMending> Mend(
        PolicyPack pack, Enforcement enforcement, StackContext stack, ResourceView resource, WaiverUse waivers)
    {
        var mendings = ImmutableArray.CreateBuilder<PolicyMending>();
        foreach (var rule in pack.Policies.OfType<ResourcePolicy>())
        {
            if (enforcement.LevelOf(rule) != EnforcementLevel.Remediate || waivers.Permits(rule, resource.Urn))
            {
                continue;
            }

            if (Mend(rule, enforcement.In(stack, rule), resource) is { } mending)
            {
                mendings.Add(mending);
                resource = mending.Properties is { } properties ? resource.With(properties) : resource;
            }
        }

        return mendings.DrainToImmutable();
    }

    private static PolicyMending? Mend(ResourcePolicy rule, StackContext stack, ResourceView resource)
    {
        try
        {
            return (rule.AppliesTo(resource.Type) ? rule.Mend(resource, stack) : PolicyRemedy.Nothing) switch
            {
                PropertiesRemedy remedy when !remedy.Properties.Equals(resource.Properties) => new(rule, remedy.Properties, ""),
                ImpossibleRemedy remedy => new(rule, null, PolicyJudge.MaskOf(stack, resource).Apply(remedy.Reason)),
                _ => null,
            };
        }
        catch (Exception exception)
        {
            // Not its message: that may hold any value of the resource.
            return new(rule, null, $"The policy {rule.Id} itself failed with {exception.GetType().FullName}.");
        }
    }
}
