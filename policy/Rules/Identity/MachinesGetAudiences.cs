using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Identity;

/// <summary>Tokens of machines name whom they are for, and are not for ever.</summary>
internal sealed class MachinesGetAudiences : StackPolicy
{
    private const string DefaultScopes = "keycloak:openid/clientDefaultScopes:ClientDefaultScopes";
    private const string Mapper = "keycloak:openid/audienceProtocolMapper:AudienceProtocolMapper";
    private const string Resolver = "keycloak:openid/audienceResolveProtocolMapper:AudienceResolveProtocolMapper";
    private const string Offline = "offline_access";

    private static readonly PropertyPath Names = PropertyPath.Parse("defaultScopes[*]");

    public override string Id => "keycloak-scopes-sound";

    public override string Title => "Scopes of Keycloak's machine clients name an audience, and none is offline by default";

    public override string Rationale =>
        "Keycloak puts no audience into the token of a machine unless a scope or the client says so; a participant that is to take it must then take "
        + "any token of the realm. With offline_access by default, every sign-in leaves a token that never ends.";

    public override string Remediation =>
        "Declare an AudienceProtocolMapper for the client or for one of its default scopes. Make offline_access an optional scope.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "IM-3"),
        new(PolicyControl.Soc2, "CC6.1"),
        new(PolicyControl.Requirement, "A1"),
    ];

    public override IEnumerable<StackVerdict> Check(StackView resources, StackContext stack)
    {
        var mappers = resources.Resources.Where(resource => resource.Is(Mapper) || resource.Is(Resolver)).ToList();
        var scopes = resources.OfType(DefaultScopes).ToList();
        return scopes.Count == 0
            ? [StackVerdict.OnStack(PolicyVerdict.NotApplicable("The stack says nothing of default scopes."))]
            : scopes.SelectMany(each => Judge(each, mappers, resources));
    }

    private static IEnumerable<StackVerdict> Judge(StackResourceView scopes, List<StackResourceView> mappers, StackView resources)
    {
        foreach (var name in scopes.Select(Names))
        {
            yield return StackVerdict.On(scopes, name.TryGetText(out var text) && text == Offline
                ? PolicyVerdict.Violation(name.Path, $"{scopes} gives a token that never ends to whoever signs in.")
                : PolicyVerdict.Pass);
        }

        var client = resources.SourcesOf(scopes, "clientId").FirstOrDefault(source => source.Is(IdentityTypes.KeycloakClient));
        if (client?.Read("serviceAccountsEnabled").ToFlag(whenMissing: false) != true)
        {
            yield break;
        }

        var holders = resources.SourcesOf(scopes, "defaultScopes").Append(client).Select(holder => holder.Urn).ToList();
        var names = scopes.Select(Names).Select(name => name.TryGetText(out var text) ? text : null).ToList();
        var hasAudience = mappers.Exists(mapper =>
            resources.SourcesOf(mapper, "clientScopeId").Concat(resources.SourcesOf(mapper, "clientId"))
                .Any(holder => holders.Contains(holder.Urn, StringComparer.Ordinal) || (holder.Read("name").TryGetText(out var own) && names.Contains(own))));
        yield return StackVerdict.On(client, hasAudience ? PolicyVerdict.Pass
            : names.Contains(null) ? PolicyVerdict.Undecided(PropertyPath.Root, $"not known yet which scopes {scopes} gives it")
            : PolicyVerdict.Violation(PropertyPath.Root, $"{client} gets tokens without an audience: neither it nor a default scope of it has a mapper for one."));
    }
}
