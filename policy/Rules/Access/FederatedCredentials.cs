using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Access;

/// <summary>An identity trusts one service account for one purpose.</summary>
internal sealed class FederatedCredentials : ResourcePolicy
{
    private const string Current = "azure-native:managedidentity:FederatedIdentityCredential";
    private const string Classic = "azure:armmsi/federatedIdentityCredential:FederatedIdentityCredential";
    private const string ServiceAccount = "system:serviceaccount:";

    private static readonly PropertyPath Subject = PropertyPath.Parse("subject");
    private static readonly PropertyPath Audiences = PropertyPath.Parse("audiences");
    private static readonly PropertyPath Audience = PropertyPath.Parse("audience");

    // Of the public cloud, and of those for governments and China.
    private static readonly ImmutableArray<string> Exchanges =
        ["api://AzureADTokenExchange", "api://AzureADTokenExchangeUSGov", "api://AzureADTokenExchangeChina"];

    public override string Id => "federated-credentials-exact";

    public override string Title => "Identities trust one service account, for Azure only";

    public override string Rationale =>
        "Every pod that names no service account runs as 'default': trusting that one gives any of them the identity, with its "
        + "right to sign. A star matches nothing and hides what was meant. With another audience a token that was made for "
        + "somebody else is good for Azure too.";

    public override string Remediation =>
        "Set subject to system:serviceaccount:<namespace>:<service account> with an account of the workload's own, and audiences to "
        + "api://AzureADTokenExchange alone.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        Current,
        Good: """{"subject": "system:serviceaccount:validator:participant", "audiences": ["api://AzureADTokenExchange"]}""",
        Bad: """{"subject": "system:serviceaccount:validator:default", "audiences": ["api://AzureADTokenExchange"]}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "IM-3"),
        new(PolicyControl.Soc2, "CC6.1"),
        new(PolicyControl.Soc2, "CC6.3"),
        new(PolicyControl.Requirement, "A20"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = [Current, Classic];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack) =>
        [JudgeSubject(resource), .. JudgeAudiences(resource)];

    private static PolicyVerdict JudgeSubject(ResourceView resource)
    {
        var reading = resource.Read(Subject);
        if (!reading.TryGetText(out var subject))
        {
            return PolicyVerdict.Undecided(reading.Path);
        }

        return Problem(subject) is { } problem
            ? PolicyVerdict.Violation(reading.Path, $"{resource} has {reading} here, {problem}.")
            : PolicyVerdict.Pass;
    }

    // Subjects of other issuers, such as pipelines, have forms of their own.
    private static string? Problem(string subject)
    {
        if (subject.Contains('*', StringComparison.Ordinal))
        {
            return "but a star stands for nothing in a subject";
        }

        if (!subject.StartsWith(ServiceAccount, StringComparison.Ordinal))
        {
            return null;
        }

        var parts = subject[ServiceAccount.Length..].Split(':');
        return parts.Length != 2 || parts.Any(string.IsNullOrWhiteSpace) ? "which is no namespace and service account"
            : parts[1] == "default" ? "so every pod of the namespace that names no service account can act as the identity"
            : null;
    }

    private static IEnumerable<PolicyVerdict> JudgeAudiences(ResourceView resource)
    {
        var list = resource.Read(Audiences);
        var single = resource.Read(Audience);
        if (list.IsNothing() == true && single.IsNothing() == true)
        {
            return [PolicyVerdict.Violation(list.Path, $"{resource} does not say for whom the tokens are that it trusts.")];
        }

        var readings = list.State == PropertyState.Missing
            ? [single]
            : resource.Select(new PropertyPath([.. Audiences.Elements, PropertyPathElement.Wildcard])).ToList();
        return readings.Select(reading => !reading.TryGetText(out var audience) ? PolicyVerdict.Undecided(reading.Path)
            : Exchanges.Contains(audience, StringComparer.Ordinal) ? PolicyVerdict.Pass
            : PolicyVerdict.Violation(reading.Path, $"{resource} has {reading} here, so it trusts tokens that were made for others."));
    }
}
