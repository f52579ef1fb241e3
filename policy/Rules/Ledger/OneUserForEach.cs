using System.Collections.Immutable;
using CantonInfra.Policy.Rules.Identity;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Ledger;

/// <summary>Each service has a client and a Canton user of its own, and nobody's is changed that the settings set apart.</summary>
internal sealed class OneUserForEach : StackPolicy
{
    private const string Services = Guardrails.ConfigNamespace + ":services";
    private const string Untouchable = "untouchableUsers";

    private static readonly ResourceTypePattern User = "canton:index:User";
    private static readonly ResourceTypePattern Provider = "pulumi:providers:canton";
    private static readonly PropertyPath Autopilot = PropertyPath.Parse("autopilotUserId");

    // Where an identity provider says which client it is.
    private static readonly ImmutableArray<ResourceTypePattern> Clients = [IdentityTypes.KeycloakClient, IdentityTypes.Auth0Client];

    public override string Id => "canton-one-user-each";

    public override string Title => "Each service has a client and a Canton user of its own";

    public override string Rationale =>
        "Two services with one client are one to the participant: whichever leaks, both act, and nothing tells them apart. A user that is managed "
        + "elsewhere, such as the autopilot's, loses its rights when a second program sets them.";

    public override string Remediation =>
        "Declare a client and a canton.User for each service, with the client's own subject as userId. Take out what has the id of a user that "
        + "canton-infra:services.autopilotUserId or the provider's untouchableUsers names.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "IM-3"),
        new(PolicyControl.Soc2, "CC6.1"),
        new(PolicyControl.Soc2, "CC6.3"),
        new(PolicyControl.Requirement, "B2"),
        new(PolicyControl.Requirement, "B6"),
    ];

    public override IEnumerable<StackVerdict> Check(StackView resources, StackContext stack)
    {
        var users = resources.OfType(User).ToList();
        var clients = resources.Resources.Where(resource => resource.IsAny(Clients)).ToList();
        if (users.Count == 0 && clients.Count == 0)
        {
            return [StackVerdict.OnStack(PolicyVerdict.NotApplicable("The stack declares no clients and no Canton users."))];
        }

        var apart = resources.OfType(Provider).SelectMany(provider => TextsOf(provider.Read(Untouchable)))
            .Concat(TextsOf(ReadAutopilot(stack)))
            .ToHashSet(StringComparer.Ordinal);
        return Twice(users, user => SubjectOf(user, resources), "userId")
            .Concat(Twice(clients, client => ClientOf(client, resources), "clientId"))
            .Concat(users.Select(user => JudgeApart(user, user.Read("userId"), apart)))
            .Concat(clients.Select(client => JudgeApart(client, client.Read("clientId"), apart)));
    }

    private static IEnumerable<StackVerdict> Twice(List<StackResourceView> all, Func<StackResourceView, string?> keyOf, string property) =>
        from same in all.GroupBy(keyOf, StringComparer.Ordinal)
        where same.Key is not null
        from second in same.Skip(1)
        select StackVerdict.On(second, PolicyVerdict.Violation(
            PropertyPath.Root.Then(property), $"{second} is for the same {(property == "userId" ? "subject" : "client")} as {same.First()}."));

    private static StackVerdict JudgeApart(StackResourceView resource, PropertyReading id, HashSet<string> apart) => StackVerdict.On(
        resource,
        id.TryGetText(out var text) && apart.Contains(text)
            ? PolicyVerdict.Violation(id.Path, $"{resource} declares what the settings say is managed elsewhere, and would change it.")
            : PolicyVerdict.Pass);

    // An id that is not known yet is told by the client that it comes from; within one participant.
    private static string? SubjectOf(StackResourceView user, StackView resources)
    {
        var subject = user.Read("userId").TryGetText(out var id) ? $"id:{id}"
            : resources.SourcesOf(user, "userId").Where(source => source.IsAny(Clients)).Select(source => source.Urn).FirstOrDefault();
        return subject is null ? null : $"{user.Provider?.Urn} {subject}";
    }

    private static string? ClientOf(StackResourceView client, StackView resources)
    {
        if (!client.Read("clientId").TryGetText(out var id))
        {
            return null;
        }

        var realm = resources.SourcesOf(client, "realmId").Select(source => source.Urn).FirstOrDefault()
            ?? (client.Read("realmId").TryGetText(out var name) ? name : "");
        return $"{client.Provider?.Urn} {realm} {id}";
    }

    // Settings of providers and of stacks are texts, which may be JSON.
    private static IEnumerable<string> TextsOf(PropertyReading reading) => reading.Value switch
    {
        ListValue list => list.Items.Select(item => (item.Unwrapped as StringValue)?.Value).OfType<string>(),
        StringValue when StackNetwork.Parse(reading) is ListValue list => list.Items.Select(item => (item.Unwrapped as StringValue)?.Value).OfType<string>(),
        StringValue text => [text.Value],
        _ => [],
    };

    private static PropertyReading ReadAutopilot(StackContext stack) =>
        StackNetwork.Parse(stack.ReadConfig(Services)) is { } services ? Autopilot.Read(services) : default;
}
