using System.CommandLine;
using CantonInfra.Tools.NewEnvironments;

namespace CantonInfra.Tools.Commands;

/// <summary>The words of the verb <c>new-env</c>.</summary>
internal static class NewEnvironmentVerb
{
    private const string PlaceholderId = "00000000-0000-0000-0000-0000000000";

    /// <summary>Makes the verb.</summary>
    public static Command Create(NewEnvironmentCommand command)
    {
        var name = new Argument<string>("NAME") { Description = "The stack's name." };
        var network = new Option<string>("--network")
        {
            Description = "The network that its validators are in.",
            DefaultValueFactory = _ => NewEnvironmentCommand.Networks[0],
        };
        network.AcceptOnlyFromAmong(NewEnvironmentCommand.Networks);
        var location = Text("--location", "The region.", "centralus");
        var subscription = Text("--subscription", "The id of the subscription.", $"{PlaceholderId}01");
        var tenant = Text("--tenant", "The id of the tenant.", $"{PlaceholderId}02");
        var group = Text("--admin-group", "The object id of the group that administers the environment.", $"{PlaceholderId}21");
        var owner = Text("--owner", "Who answers for it; a tag.", "platform-team@example.com");
        var organization = Text("--organization", "Whose validators they are.", "example");
        var email = Text("--alerts", "Who is told of alerts.", "canton-operators@example.com");
        var costCenter = new Option<string?>("--cost-center") { Description = "Who pays; a tag. The stack's name with 'canton-' before it.", HelpName = "name" };
        var addresses = new Option<string?>("--address-space") { Description = "Its network; a free one where none is named.", HelpName = "network" };
        var host = new Option<string?>("--host") { Description = "The host name that its services are below.", HelpName = "name" };
        var directory = ProjectOptions.Directory();
        var verb = new Command("new-env", "Write the stack file of a new environment, ready to be previewed.")
        {
            name, network, location, subscription, tenant, group, owner, organization, email, costCenter, addresses, host, directory,
        };
        verb.SetAction(parsed => command.Run(parsed.GetValue(directory)!, parsed.GetValue(name)!, free => new NewEnvironment
        {
            Name = parsed.GetValue(name)!,
            Network = parsed.GetValue(network)!,
            Location = parsed.GetValue(location)!,
            SubscriptionId = parsed.GetValue(subscription)!,
            TenantId = parsed.GetValue(tenant)!,
            AdminGroup = parsed.GetValue(group)!,
            Owner = parsed.GetValue(owner)!,
            Organization = parsed.GetValue(organization)!,
            Email = parsed.GetValue(email)!,
            CostCenter = parsed.GetValue(costCenter) ?? $"canton-{parsed.GetValue(name)}",
            AddressSpace = parsed.GetValue(addresses) ?? free,
            Host = parsed.GetValue(host) ?? $"{parsed.GetValue(name)!.ToLowerInvariant().Replace('_', '-')}.canton.example.com",
        }));
        return verb;
    }

    private static Option<string> Text(string name, string description, string placeholder) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => placeholder,
    };
}
