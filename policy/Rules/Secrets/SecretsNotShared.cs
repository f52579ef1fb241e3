using System.Collections.Immutable;
using CantonInfra.Policy.Rules.Identity;
using CantonInfra.Policy.Rules.Keys;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Secrets;

/// <summary>No two accounts have the same secret, and no two services get it.</summary>
internal sealed class SecretsNotShared : StackPolicy
{
    private const string KubernetesSecret = "kubernetes:core/v1:Secret";
    private const string Shared = "shared";

    private static readonly PolicySetting<ImmutableArray<string>> SharedNamespaces = PolicySetting.Texts(
        Shared, "Namespaces that may have a secret of another one, such as one that copies secrets to others.", []);

    // Who signs in with it: one password, one account.
    private static readonly ImmutableArray<ResourceTypePattern> Accounts =
    [
        IdentityTypes.KeycloakClient,
        IdentityTypes.KeycloakUser,
        IdentityTypes.Auth0User,
        IdentityTypes.Auth0Credentials,
        "azure-native:dbforpostgresql:Server",
        "azure:postgresql/flexibleServer:FlexibleServer",
        "postgresql:index/role:Role",
        "azure-native:compute:VirtualMachine",
    ];

    // What a secret comes from: made up, or made by an identity provider.
    private static readonly ImmutableArray<ResourceTypePattern> Origins = [.. SecretOrigins.Secret, IdentityTypes.KeycloakClient, IdentityTypes.Auth0Credentials];

    private static readonly PropertyPath Namespace = PropertyPath.Parse("metadata.namespace");

    public override string Id => "secrets-not-shared";

    public override string Title => "No secret is that of two accounts or two services";

    public override string Rationale =>
        "A secret that two have cannot be replaced for one, says nothing of who used it, and is lost by both when one loses it. One namespace "
        + "is one service; what two of them hold, both can act with.";

    public override string Remediation =>
        "Make a RandomPassword for each account, and a client or account for each service. Where a service has two namespaces, name the second "
        + "in the rule's setting 'shared'.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "IM-3"),
        new(PolicyControl.CloudSecurityBenchmark, "IM-8"),
        new(PolicyControl.Soc2, "CC6.1"),
        new(PolicyControl.Requirement, "B2"),
        new(PolicyControl.Requirement, "B5"),
    ];

    public override ImmutableArray<PolicySetting> Settings { get; } = [SharedNamespaces];

    public override IEnumerable<StackVerdict> Check(StackView resources, StackContext stack)
    {
        var uses = resources.Resources.SelectMany(resource => UsesOf(resource, resources)).ToLookup(use => use.Origin, StringComparer.Ordinal);
        var shared = stack.Get(SharedNamespaces);
        return uses.SelectMany(ofOne => Judge([.. ofOne], shared)).DefaultIfEmpty(StackVerdict.OnStack(PolicyVerdict.Pass));
    }

    private static IEnumerable<StackVerdict> Judge(ImmutableArray<Use> uses, ImmutableArray<string> shared)
    {
        var accounts = uses.Where(use => use.Holder.IsAny(Accounts)).ToList();
        foreach (var second in accounts.Skip(1))
        {
            yield return StackVerdict.On(second.Holder, PolicyVerdict.Violation(second.Path, $"{second.Holder} has the same secret as {accounts[0].Holder}."));
        }

        var places = uses.Where(use => use.Place is { } place && !shared.Contains(place)).DistinctBy(use => use.Place).ToList();
        foreach (var second in places.Skip(1))
        {
            yield return StackVerdict.On(second.Holder, PolicyVerdict.Violation(
                second.Path, $"{second.Holder} in '{second.Place}' has a secret of {places[0].Holder} in '{places[0].Place}'."));
        }

        // Two names in one vault are two who read it.
        foreach (var group in uses.Where(use => use.Holder.IsAny(KeyTypes.Secrets)).GroupBy(use => use.Vault, StringComparer.Ordinal))
        {
            foreach (var second in group.Skip(1))
            {
                yield return StackVerdict.On(second.Holder, PolicyVerdict.Violation(second.Path, $"{second.Holder} has the value of {group.First().Holder}, under another name."));
            }
        }
    }

    private static IEnumerable<Use> UsesOf(StackResourceView resource, StackView resources)
    {
        var isSecret = resource.Type.Canonical == KubernetesSecret;
        if (!isSecret && !resource.IsAny(Accounts) && !resource.IsAny(KeyTypes.Secrets))
        {
            return [];
        }

        var place = isSecret && resource.Read(Namespace).TryGetText(out var name) ? name : null;
        var vault = resource.IsAny(KeyTypes.Secrets) ? KeyTypes.PlaceOf(resource, resources) ?? resource.Urn : "";
        return SecretPlaces.Of(resource)
            .SelectMany(reading => OriginsOf(resource, reading, resources).Select(origin => new Use(origin, resource, reading.Path, place, vault)))
            .DistinctBy(use => use.Origin);
    }

    // A value that is known is compared by itself, which is never shown.
    private static List<string> OriginsOf(StackResourceView resource, PropertyReading reading, StackView resources)
    {
        var origins = resources.SourcesOf(resource, reading.Path, Origins).Where(origin => !IsIdAlone(resource, origin)).Select(origin => origin.Urn).ToList();
        return origins.Count > 0 ? origins
            : reading.IsSecret && reading.TryGetText(out var text) && text.Length >= 8 ? [$"text:{text}"]
            : [];
    }

    // In a vault each value is one secret; a client's id beside it is none, and comes from the client alone.
    private static bool IsIdAlone(StackResourceView holder, StackResourceView origin) =>
        holder.IsAny(KeyTypes.Secrets) && !origin.IsAny(SecretOrigins.Secret);

    /// <summary>A secret where it is used.</summary>
    /// <param name="Origin">What tells secrets apart: the URN of what it comes from, or itself.</param>
    /// <param name="Holder">What has it.</param>
    /// <param name="Path">Where.</param>
    /// <param name="Place">The namespace; null outside of clusters.</param>
    /// <param name="Vault">The vault; empty outside of vaults.</param>
    private sealed record Use(string Origin, StackResourceView Holder, PropertyPath Path, string? Place, string Vault);
}
