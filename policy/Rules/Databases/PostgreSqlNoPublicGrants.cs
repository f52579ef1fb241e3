using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Databases;

/// <summary>Nothing in PostgreSQL is granted to everybody.</summary>
internal sealed class PostgreSqlNoPublicGrants : ResourcePolicy
{
    public override string Id => "postgresql-no-public-grants";

    public override string Title => "Nothing in PostgreSQL is granted to everybody";

    public override string Rationale =>
        "Every role is a member of 'public', also those that are made later and for something else. A grant to it opens one tenant's "
        + "data to all.";

    public override string Remediation =>
        "Grant to the role that needs it. A grant to 'public' with an empty list of privileges takes away what it has, and is fine.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        "postgresql:index/grant:Grant",
        Good: """{"role": "public", "privileges": []}""",
        Bad: """{"role": "public", "privileges": ["CONNECT"]}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "PA-7"),
        new(PolicyControl.Soc2, "CC6.3"),
        new(PolicyControl.Requirement, "A11"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = ["postgresql:index/grant:Grant", "postgresql:index/defaultPrivileges:DefaultPrivileges"];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        var role = resource.Read("role");
        var privileges = resource.Read("privileges");
        if (privileges is { State: PropertyState.Missing } or { Value: ListValue { Items.IsEmpty: true } })
        {
            yield return PolicyVerdict.Pass;
        }
        else if (!role.TryGetText(out var name))
        {
            yield return role.State == PropertyState.Missing ? PolicyVerdict.Pass : PolicyVerdict.Undecided(role.Path);
        }
        else if (!name.Equals("public", StringComparison.OrdinalIgnoreCase))
        {
            yield return PolicyVerdict.Pass;
        }
        else if (privileges.Value?.Unwrapped is not ListValue given)
        {
            yield return PolicyVerdict.Undecided(privileges.Path);
        }
        else
        {
            yield return given.Items.IsEmpty ? PolicyVerdict.Pass : PolicyVerdict.Violation(
                privileges.Path, $"{resource} gives {privileges} to every role of the server, also to those that are made later.");
        }
    }
}
