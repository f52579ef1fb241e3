using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Secrets;

/// <summary>No property of any resource has a secret in clear.</summary>
internal sealed class NoSecretsInClear : ResourcePolicy
{
    public override string Id => "no-secrets-in-clear";

    public override string Title => "No resource has a secret in clear";

    public override string Rationale =>
        "Variables of containers, values of charts, annotations, tags and start scripts are read by many: whoever may look at a pod or a "
        + "machine, every log of a deployment, the state. What stands there in clear is known.";

    public override string Remediation =>
        "Keep the value in a vault or in a Kubernetes Secret and refer to that (valueFrom.secretKeyRef, existingSecret, a file that is "
        + "mounted), or mark it secret in the program (config.RequireSecret, Output.CreateSecret). Then replace the value: it was in clear.";

    public override PolicySeverity Severity => PolicySeverity.Critical;

    public override PolicyExample Example { get; } = new(
        "kubernetes:core/v1:ConfigMap",
        Good: """{"data": {"DATABASE_HOST": "db", "DATABASE_PASSWORD_FILE": "/run/secrets/db"}}""",
        Bad: """{"data": {"DATABASE_PASSWORD": "correct horse"}}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "IM-8"),
        new(PolicyControl.Soc2, "CC6.1"),
        new(PolicyControl.Requirement, "B5"),
        new(PolicyControl.Requirement, "A13"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = ["*"];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack) =>
        from entry in resource.Properties.Entries
        from found in ClearTexts.In(entry.Value, PropertyPath.Root.Then(entry.Key), entry.Key)
        where !SecretPlaces.Covers(resource, found.Path)
        select PolicyVerdict.Violation(found.Path, $"{resource} has {found.What} here, in clear.");
}
