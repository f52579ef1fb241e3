using System.Collections.Immutable;
using System.Globalization;
using CantonInfra.Infra.Components.Access;
using Pulumi;
using Pulumi.AzureNative.Authorization;

namespace CantonInfra.Infra.Components.Governance;

/// <summary>What <see cref="PolicyExemptions"/> needs.</summary>
internal sealed record PolicyExemptionsArgs
{
    /// <summary>The exemptions.</summary>
    public required ImmutableArray<Exemption> Exemptions { get; init; }

    /// <summary>The ids of the assignments.</summary>
    public required Func<AssignedPolicies, Output<string>> AssignmentId { get; init; }
}

/// <summary>What the policies of Azure do not judge, each for a time and with a reason (A13).</summary>
internal sealed class PolicyExemptions : ComponentResource
{
    private const int HashLength = 8;

    /// <summary>Declares them.</summary>
    public PolicyExemptions(string name, PolicyExemptionsArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:governance:PolicyExemptions", name, options)
    {
        foreach (var exemption in args.Exemptions)
        {
            Declare(exemption, args.AssignmentId(exemption.Assignment));
        }

        RegisterOutputs();
    }

    private void Declare(Exemption exemption, Output<string> assignmentId)
    {
        // Named after what it exempts, so that its place in the list of settings means nothing.
        var subject = $"{exemption.Assignment}/{exemption.Scope}/{string.Join(',', exemption.References.Order(StringComparer.Ordinal))}";
        var name = $"canton-{exemption.Assignment.ToString().ToLowerInvariant()}-{NameGuid.Create(subject)[..HashLength]}";
        _ = new PolicyExemption(
            name,
            new PolicyExemptionArgs
            {
                PolicyExemptionName = name,
                DisplayName = $"Canton: {(exemption.References.IsEmpty ? "all policies" : string.Join(", ", exemption.References))}",
                Description = exemption.Reason,
                Scope = exemption.Scope,
                PolicyAssignmentId = assignmentId,
                PolicyDefinitionReferenceIds = exemption.References,
                ExemptionCategory = exemption.IsMitigated ? ExemptionCategory.Mitigated : ExemptionCategory.Waiver,
                ExpiresOn = exemption.ExpiresOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + "T23:59:59Z",
            },
            new CustomResourceOptions { Parent = this });
    }
}
