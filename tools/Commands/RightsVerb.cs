using System.Collections.Immutable;
using System.CommandLine;
using CantonInfra.Canton.Rights;
using CantonInfra.Tools.Terminals;

namespace CantonInfra.Tools.Commands;

/// <summary>The verb <c>rights</c> with its own verbs.</summary>
internal static class RightsVerb
{
    private const string AutopilotVariable = "CANTON_AUTOPILOT_USER";

    /// <summary>Makes the verb.</summary>
    public static Command Create(Terminal terminal, Stream standardOutput, Func<string, string?> environment, TimeProvider clock)
    {
        RightsCommand Command(ParseResult parsed, LedgerOptions options) => new(
            parsed.GetValue(options.NoColor) ? terminal.WithoutColors() : terminal, standardOutput, environment, clock);

        return new Command("rights", "Show, compare and change the rights of Canton users.")
        {
            ListVerb(Command), PlanVerb(Command), ApplyVerb(Command, environment), VerifyVerb(Command),
        };
    }

    private static Command ListVerb(Func<ParseResult, LedgerOptions, RightsCommand> command)
    {
        var options = new LedgerOptions();
        var user = new Option<string[]>("--user") { Description = "A user's id; the token's own user where none is named. Repeatable.", HelpName = "id" };
        var all = new Option<bool>("--all") { Description = "All users." };
        var verb = new Command("list", "List users with their rights: the baseline. Changes nothing.") { user, all };
        options.AddTo(verb, reachesLedger: true);
        verb.SetAction((parsed, cancellation) => command(parsed, options).ListAsync(
            options.Read(parsed), [.. parsed.GetValue(user) ?? []], parsed.GetValue(all), parsed.GetValue(options.Format)!, cancellation));
        return verb;
    }

    private static Command PlanVerb(Func<ParseResult, LedgerOptions, RightsCommand> command)
    {
        var options = new LedgerOptions();
        var service = new Option<string[]>("--service")
        {
            Description = $"A service and the id of its user. Services: {Names()}. Repeatable.",
            HelpName = "name=user",
            Required = true,
        };
        service.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => ServiceUserOf(token.Value) is null))
            {
                result.AddError($"'{token.Value}' is no service and user; write one of {Names()}, then '=' and the user's id.");
            }
        });
        var (party, extra) = (Party(), Extra());
        var expectNoChanges = new Option<bool>("--expect-no-changes") { Description = "Fail where something differs." };
        var verb = new Command("plan", "Show what differs between users and what their services need. Changes nothing.")
        {
            service, party, extra, expectNoChanges,
        };
        RequireParty(verb, parsed => [.. (parsed.GetValue(service) ?? []).Select(ServiceUserOf).OfType<ServiceUser>().Select(each => each.Service)], party, extra);
        options.AddTo(verb, reachesLedger: true);
        verb.SetAction((parsed, cancellation) => command(parsed, options).PlanAsync(
            options.Read(parsed),
            [.. parsed.GetValue(service)!.Select(each => ServiceUserOf(each)!)],
            parsed.GetValue(party),
            [.. parsed.GetValue(extra) ?? []],
            parsed.GetValue(expectNoChanges),
            parsed.GetValue(options.Format)!,
            cancellation));
        return verb;
    }

    private static Command ApplyVerb(Func<ParseResult, LedgerOptions, RightsCommand> command, Func<string, string?> environment)
    {
        var options = new LedgerOptions();
        var user = new Option<string>("--user") { Description = "The user's id.", HelpName = "id", Required = true };
        var rights = new Option<string[]>("--rights")
        {
            Description = "The rights: names such as CanReadAsAnyParty and CanActAs=<party or hint>, with commas or repeated.",
            HelpName = "rights",
            Required = true,
        };
        rights.Validators.Add(result =>
        {
            foreach (var text in result.Tokens.SelectMany(token => Split(token.Value)))
            {
                if (!LedgerRight.TryParse(text, out _, out var error))
                {
                    result.AddError(error);
                }
            }
        });
        var revoke = new Option<bool>("--revoke") { Description = "Also revoke all other rights of the user." };
        var untouchable = new Option<string[]>("--untouchable")
        {
            Description = $"A user that must be the same before and after, besides that of {AutopilotVariable}. Repeatable.",
            HelpName = "id",
        };
        var verb = new Command("apply", "Grant the rights that a user lacks, and revoke others where asked.") { user, rights, revoke, untouchable };
        options.AddTo(verb, reachesLedger: true);
        verb.SetAction((parsed, cancellation) => command(parsed, options).ApplyAsync(
            options.Read(parsed),
            parsed.GetValue(user)!,
            [.. parsed.GetValue(rights)!.SelectMany(Split).Select(text => LedgerRight.TryParse(text, out var right, out _) ? right : null).OfType<LedgerRight>()],
            parsed.GetValue(revoke),
            [.. (parsed.GetValue(untouchable) ?? []).Append(environment(AutopilotVariable) ?? "").Where(id => id.Length > 0).Distinct(StringComparer.Ordinal)],
            parsed.GetValue(options.Format)!,
            cancellation));
        return verb;
    }

    private static Command VerifyVerb(Func<ParseResult, LedgerOptions, RightsCommand> command)
    {
        var options = new LedgerOptions();
        var service = new Option<string>("--service") { Description = $"The service: {Names()}.", HelpName = "name", Required = true };
        service.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var name }] && ServiceRights.Find(name) is null)
            {
                result.AddError($"'{name}' is not one of: {Names()}.");
            }
        });
        var user = new Option<string?>("--user") { Description = "Its user's id; the token's own user where it is not given.", HelpName = "id" };
        var strict = new Option<bool>("--strict") { Description = "Fail for rights beyond its needs too." };
        var (party, extra) = (Party(), Extra());
        var verb = new Command("verify", "Fail unless a service's user has the rights that it needs; fit for an init container.")
        {
            service, user, strict, party, extra,
        };
        RequireParty(verb, parsed => parsed.GetValue(service) is { } name && ServiceRights.Find(name) is { } found ? [found] : [], party, extra);
        options.AddTo(verb, reachesLedger: true);
        verb.SetAction((parsed, cancellation) => command(parsed, options).VerifyAsync(
            options.Read(parsed),
            new ServiceUser(ServiceRights.Find(parsed.GetValue(service)!)!, parsed.GetValue(user)),
            parsed.GetValue(party),
            [.. parsed.GetValue(extra) ?? []],
            parsed.GetValue(strict),
            parsed.GetValue(options.Format)!,
            cancellation));
        return verb;
    }

    private static Option<string?> Party() => new("--party")
    {
        Description = "The bridge operator's party, or a hint that leads to exactly one.",
        HelpName = "party",
    };

    private static Option<string[]> Extra()
    {
        var extra = new Option<string[]>("--extra")
        {
            Description = "What a service's own code needs beyond the table. Repeatable.",
        };
        extra.AcceptOnlyFromAmong([.. ServiceRights.Extras]);
        return extra;
    }

    private static void RequireParty(
        Command verb, Func<System.CommandLine.Parsing.CommandResult, ImmutableArray<ServiceRights>> services, Option<string?> party, Option<string[]> extra) =>
        verb.Validators.Add(result =>
        {
            if (string.IsNullOrEmpty(result.GetValue(party)) && services(result).Any(service => service.NeedsParty(result.GetValue(extra) ?? [])))
            {
                result.AddError("A right is for the bridge operator's party: name it with --party.");
            }
        });

    private static string Names() => string.Join(", ", ServiceRights.All.Select(service => service.Name));

    private static string[] Split(string rights) => rights.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static ServiceUser? ServiceUserOf(string text) =>
        text.Split('=', 2) is [var name, { Length: > 0 } user] && ServiceRights.Find(name) is { } service ? new ServiceUser(service, user) : null;
}
