using System.Collections.Immutable;
using CantonInfra.Canton.Ledger;
using CantonInfra.Canton.Rights;
using CantonInfra.Engine.Diagnostics;
using CantonInfra.Tools.Rendering;
using CantonInfra.Tools.Rights;
using CantonInfra.Tools.Terminals;

namespace CantonInfra.Tools.Commands;

/// <summary>Which rights a service is to have.</summary>
/// <param name="Service">The service.</param>
/// <param name="User">The id of its user; null for the one that the token stands for.</param>
internal sealed record ServiceUser(ServiceRights Service, string? User);

/// <summary>Shows, compares and changes the rights of users of a participant.</summary>
/// <param name="terminal">Where to write.</param>
/// <param name="standardOutput">Standard output as bytes, for JSON and Markdown.</param>
/// <param name="environment">Gives an environment variable or null.</param>
/// <param name="clock">The clock.</param>
internal sealed class RightsCommand(Terminal terminal, Stream standardOutput, Func<string, string?> environment, TimeProvider clock)
{
    private const string Held = "held";

    private static readonly ImmutableArray<string> PlanColumns = ["service", "user", "right", "state", "reason"];

    /// <summary>Lists users with their rights; changes nothing.</summary>
    /// <param name="access">How to reach the participant.</param>
    /// <param name="users">Their ids; the token's own user where there are none.</param>
    /// <param name="all">Whether all users are listed.</param>
    /// <param name="format">One of <see cref="Table.Formats"/>.</param>
    /// <param name="cancellation">Ends it.</param>
    public Task<int> ListAsync(LedgerAccess access, ImmutableArray<string> users, bool all, string format, CancellationToken cancellation) =>
        RunAsync(access, async client =>
        {
            var rows = ImmutableArray.CreateBuilder<TableRow>();
            foreach (var user in await FindAsync(client, users, all, cancellation))
            {
                var rights = await client.ListRightsAsync(user.Id, cancellation);
                var state = user.IsDeactivated ? "deactivated" : "active";
                rows.AddRange(rights.Select(right => new TableRow([user.Id, state, user.PrimaryParty, right.ToString()])));
                if (rights.IsEmpty)
                {
                    rows.Add(new TableRow([user.Id, state, user.PrimaryParty, "-"]));
                }
            }

            new Table("rights", ["user", "state", "primaryParty", "right"], rows.ToImmutable()).Write(format, terminal, standardOutput);
            return ExitCodes.Success;
        });

    /// <summary>Shows what differs between users and the table of services; changes nothing.</summary>
    /// <param name="access">How to reach the participant.</param>
    /// <param name="services">The services and their users.</param>
    /// <param name="party">The operator's party or its hint.</param>
    /// <param name="extras">What the table is to have besides.</param>
    /// <param name="expectNoChanges">Whether a difference is an error.</param>
    /// <param name="format">One of <see cref="Table.Formats"/>.</param>
    /// <param name="cancellation">Ends it.</param>
    public Task<int> PlanAsync(
        LedgerAccess access,
        ImmutableArray<ServiceUser> services,
        string? party,
        ImmutableArray<string> extras,
        bool expectNoChanges,
        string format,
        CancellationToken cancellation) =>
        RunAsync(access, async client =>
        {
            var rows = ImmutableArray.CreateBuilder<TableRow>();
            foreach (var service in services)
            {
                rows.AddRange(await CompareAsync(client, service, party, extras, cancellation));
            }

            new Table("plan", PlanColumns, rows.ToImmutable()).Write(format, terminal, standardOutput);
            return expectNoChanges && rows.Any(row => row.Cells[3] != Held) ? ExitCodes.Error : ExitCodes.Success;
        });

    /// <summary>Says whether a service's user has the rights that it needs.</summary>
    /// <param name="access">How to reach the participant.</param>
    /// <param name="service">The service and its user.</param>
    /// <param name="party">The operator's party or its hint.</param>
    /// <param name="extras">What the table is to have besides.</param>
    /// <param name="strict">Whether rights beyond those fail too.</param>
    /// <param name="format">One of <see cref="Table.Formats"/>.</param>
    /// <param name="cancellation">Ends it.</param>
    public Task<int> VerifyAsync(
        LedgerAccess access,
        ServiceUser service,
        string? party,
        ImmutableArray<string> extras,
        bool strict,
        string format,
        CancellationToken cancellation) =>
        RunAsync(access, async client =>
        {
            var rows = await CompareAsync(client, service, party, extras, cancellation);
            new Table("verification", PlanColumns, rows).Write(format, terminal, standardOutput);
            var failing = rows.Where(row => row.Cells[3] is "missing" || (strict && row.Cells[3] is "over-granted")).ToArray();
            foreach (var row in failing)
            {
                terminal.Error.WriteLine(
                    $"error: {service.Service.Name}: the user '{row.Cells[1]}' {(row.Cells[3] is "missing" ? "lacks" : "has beyond its needs")} {row.Cells[2]}."
                    + " 'canton-infra rights apply' or 'pulumi up' repairs it.");
            }

            return failing.Length > 0 ? ExitCodes.Error : ExitCodes.Success;
        });

    /// <summary>Grants the rights that a user lacks and, where asked, revokes those that it should not have.</summary>
    /// <param name="access">How to reach the participant.</param>
    /// <param name="user">The user.</param>
    /// <param name="rights">Its rights; parties may be hints.</param>
    /// <param name="revoke">Whether others are revoked.</param>
    /// <param name="untouchable">Users that must be the same before and after.</param>
    /// <param name="format">One of <see cref="Table.Formats"/>.</param>
    /// <param name="cancellation">Ends it.</param>
    public Task<int> ApplyAsync(
        LedgerAccess access,
        string user,
        ImmutableSortedSet<LedgerRight> rights,
        bool revoke,
        ImmutableArray<string> untouchable,
        string format,
        CancellationToken cancellation) =>
        RunAsync(access, async client =>
        {
            if (untouchable.Contains(user, StringComparer.Ordinal))
            {
                throw new LedgerException(LedgerFailure.Untouchable, $"The user '{user}' is named as untouchable; nothing was changed.");
            }

            var before = await SnapshotsAsync(client, untouchable, cancellation);
            var convergence = new UserConvergence(client);
            var wanted = await convergence.ResolveAsync(new WantedUser(user, rights), cancellation);
            var found = await UserSnapshot.ReadAsync(client, user, cancellation) ?? throw NoUser(user);
            var none = ImmutableSortedSet<LedgerRight>.Empty;
            var start = new ConvergedUser(found.User, found.Rights, none, none);
            var done = await convergence.ConvergeRightsAsync(
                start, wanted with { IdentityProviderId = found.User.IdentityProviderId }, revoke, _ => { }, cancellation);

            var rows = found.Rights.Union(wanted.Rights)
                .Select(right => (Right: right, State: StateOf(right, wanted, done)))
                .Select(row => new TableRow([user, row.Right.ToString(), row.State], ColorOf(row.State)))
                .ToImmutableArray();
            var changed = await ChangedAsync(client, before, cancellation);
            new Table("rights", ["user", "right", "state"], rows)
            {
                Facts = [.. before.Select(snapshot => ($"untouched {snapshot.Key}", changed.Contains(snapshot.Key) ? "CHANGED" : snapshot.Value?.Hash ?? "does not exist"))],
            }.Write(format, terminal, standardOutput);
            foreach (var id in changed)
            {
                terminal.Error.WriteLine($"error: The user '{id}' changed meanwhile, though not by this command. Compare it with its baseline ('rights list --user').");
            }

            return changed.IsEmpty ? ExitCodes.Success : ExitCodes.Error;
        });

    private static string StateOf(LedgerRight right, WantedUser wanted, ConvergedUser done) =>
        done.Revoked.Contains(right) ? "revoked"
        : done.Granted.Contains(right) ? "granted"
        : wanted.Rights.Contains(right) ? "held"
        : done.Rights.Contains(right) ? "over-granted"
        : "revoked";

    private static Color? ColorOf(string state) => state switch
    {
        "missing" => Color.Yellow,
        "over-granted" => Color.Red,
        "granted" => Color.Green,
        "revoked" => Color.Magenta,
        _ => null,
    };

    private static LedgerException NoUser(string id) => new(
        LedgerFailure.UserMissing, $"There is no user '{id}' on the participant. The provider 'canton' makes users (docs/canton-users.md); compare the id with the 'sub' of the client's tokens.");

    private static async Task<ImmutableArray<LedgerUser>> FindAsync(
        LedgerClient client, ImmutableArray<string> ids, bool all, CancellationToken cancellation)
    {
        if (all)
        {
            return await client.ListUsersAsync(cancellation);
        }

        if (ids.IsEmpty)
        {
            return [await client.WhoAmIAsync(cancellation)];
        }

        var users = ImmutableArray.CreateBuilder<LedgerUser>();
        foreach (var id in ids)
        {
            users.Add(await client.FindUserAsync(id, "", cancellation) ?? throw NoUser(id));
        }

        return users.ToImmutable();
    }

    private static async Task<ImmutableArray<TableRow>> CompareAsync(
        LedgerClient client, ServiceUser service, string? party, ImmutableArray<string> extras, CancellationToken cancellation)
    {
        var user = service.User is { } id
            ? await client.FindUserAsync(id, "", cancellation) ?? throw NoUser(id)
            : await client.WhoAmIAsync(cancellation);
        var actual = await client.ListRightsAsync(user.Id, cancellation);
        var operatorParty = party is null || !service.Service.NeedsParty(extras) ? party
            : service.User is null ? OneHeld(party, actual)
            : await client.ResolvePartyAsync(party, cancellation);
        var wanted = service.Service.With(extras, operatorParty);
        var reasons = service.Service.NeedsWith(extras).ToDictionary(
            need => new LedgerRight(need.Kind, LedgerRight.NamesParty(need.Kind) ? operatorParty : null), need => need.Reason);
        return
        [
            .. wanted.Union(actual).Select(right =>
            {
                var state = !wanted.Contains(right) ? "over-granted" : actual.Contains(right) ? Held : "missing";
                return new TableRow(
                    [service.Service.Name, user.Id, right.ToString(), state, reasons.GetValueOrDefault(right, "nothing in the table needs it")],
                    ColorOf(state));
            }),
        ];
    }

    // A service may not list parties; what it holds a right for shows whether the hint leads to one.
    private static string OneHeld(string party, ImmutableSortedSet<LedgerRight> rights)
    {
        var held = rights.Select(right => right.Party).OfType<string>()
            .Where(each => each.StartsWith($"{party}::", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).ToArray();
        return held is [var one] ? one : party;
    }

    private static async Task<ImmutableSortedDictionary<string, UserSnapshot?>> SnapshotsAsync(
        LedgerClient client, ImmutableArray<string> ids, CancellationToken cancellation)
    {
        var snapshots = ImmutableSortedDictionary.CreateBuilder<string, UserSnapshot?>(StringComparer.Ordinal);
        foreach (var id in ids)
        {
            snapshots[id] = await UserSnapshot.ReadAsync(client, id, cancellation);
        }

        return snapshots.ToImmutable();
    }

    private static async Task<ImmutableArray<string>> ChangedAsync(
        LedgerClient client, ImmutableSortedDictionary<string, UserSnapshot?> before, CancellationToken cancellation)
    {
        var after = await SnapshotsAsync(client, [.. before.Keys], cancellation);
        return [.. before.Where(snapshot => snapshot.Value?.Hash != after[snapshot.Key]?.Hash).Select(snapshot => snapshot.Key)];
    }

    private async Task<int> RunAsync(LedgerAccess access, Func<LedgerClient, Task<int>> run)
    {
        var secrets = new KnownSecrets();
        try
        {
            using var client = new LedgerClient(access.Connect(environment), secrets, clock);
            return await run(client);
        }
        catch (ConfigurationException exception)
        {
            foreach (var diagnostic in exception.Diagnostics)
            {
                terminal.Error.WriteLine(DiagnosticText.Of(terminal.WithoutColors(), diagnostic));
            }

            return ExitCodes.Configuration;
        }
        catch (LedgerException exception)
        {
            terminal.Error.WriteLine($"error: {secrets.Mask(exception.Message)}");
            return ExitCodes.Error;
        }
    }
}
