using System.Collections.Immutable;
using CantonInfra.Canton.Rights;

namespace CantonInfra.Canton.Ledger;

/// <summary>What a user became, step by step: complete or not, it is what is known to be so.</summary>
/// <param name="User">The user.</param>
/// <param name="Rights">Its rights.</param>
/// <param name="Granted">The rights that were granted on the way.</param>
/// <param name="Revoked">The rights that were revoked on the way.</param>
public sealed record ConvergedUser(
    LedgerUser User,
    ImmutableSortedSet<LedgerRight> Rights,
    ImmutableSortedSet<LedgerRight> Granted,
    ImmutableSortedSet<LedgerRight> Revoked);

/// <summary>
/// Makes a user what it is to be: reads, compares, and changes only the difference, so that it can be stopped anywhere and run
/// again. Grants come before revocations, so that a running service never lacks a right that it keeps.
/// </summary>
/// <param name="client">The participant.</param>
public sealed class UserConvergence(LedgerClient client)
{
    private const int Attempts = 4;

    /// <summary>Replaces hints by parties.</summary>
    /// <exception cref="LedgerException">A hint does not lead to exactly one party.</exception>
    public async Task<WantedUser> ResolveAsync(WantedUser wanted, CancellationToken cancellation)
    {
        var rights = ImmutableSortedSet.CreateBuilder<LedgerRight>();
        foreach (var right in wanted.Rights)
        {
            rights.Add(right.Party is { } party ? right with { Party = await client.ResolvePartyAsync(party, cancellation) } : right);
        }

        return wanted with
        {
            Rights = rights.ToImmutable(),
            PrimaryParty = wanted.PrimaryParty is { Length: > 0 } primary
                ? await client.ResolvePartyAsync(primary, cancellation)
                : wanted.PrimaryParty,
        };
    }

    /// <summary>Converges a user that exists.</summary>
    /// <param name="user">The user as it was read.</param>
    /// <param name="wanted">What it is to be, with parties resolved.</param>
    /// <param name="progress">Is told of each step that is done.</param>
    /// <param name="cancellation">Ends it between steps.</param>
    public async Task<ConvergedUser> ConvergeAsync(
        LedgerUser user, WantedUser wanted, Action<ConvergedUser> progress, CancellationToken cancellation)
    {
        var none = ImmutableSortedSet<LedgerRight>.Empty;
        var state = new ConvergedUser(user, none, none, none);
        state = state with { User = await UpdateAsync(user, wanted, cancellation) };
        if (!ReferenceEquals(state.User, user))
        {
            progress(state);
        }

        state = state with { Rights = await client.ListRightsAsync(user.Id, cancellation) };
        return await ConvergeRightsAsync(state, wanted, revoke: true, progress, cancellation);
    }

    /// <summary>Converges the rights of a user.</summary>
    /// <param name="state">The user and its rights as they were read.</param>
    /// <param name="wanted">What it is to be, with parties resolved.</param>
    /// <param name="revoke">Whether rights that are not wanted are revoked.</param>
    /// <param name="progress">Is told of each step that is done.</param>
    /// <param name="cancellation">Ends it between steps.</param>
    public async Task<ConvergedUser> ConvergeRightsAsync(
        ConvergedUser state, WantedUser wanted, bool revoke, Action<ConvergedUser> progress, CancellationToken cancellation)
    {
        var id = state.User.Id;
        var missing = wanted.Rights.Except(state.Rights);
        if (!missing.IsEmpty)
        {
            var granted = await client.GrantAsync(id, wanted.IdentityProviderId, missing, cancellation);
            state = state with { Rights = state.Rights.Union(missing), Granted = state.Granted.Union(granted.Intersect(missing)) };
            progress(state);
        }

        var surplus = revoke ? state.Rights.Except(wanted.Rights) : [];
        if (!surplus.IsEmpty)
        {
            var revoked = await client.RevokeAsync(id, wanted.IdentityProviderId, surplus, cancellation);
            state = state with { Rights = state.Rights.Except(surplus), Revoked = state.Revoked.Union(revoked.Intersect(surplus)) };
            progress(state);
        }

        return missing.IsEmpty && surplus.IsEmpty ? state : await ReadBackAsync(state, cancellation);
    }

    // What was asked for is not what is: a participant that grants in words only must not count as converged.
    private async Task<ConvergedUser> ReadBackAsync(ConvergedUser state, CancellationToken cancellation)
    {
        var rights = await client.ListRightsAsync(state.User.Id, cancellation);
        var missing = state.Rights.Except(rights);
        var surplus = rights.Except(state.Rights);
        return missing.IsEmpty && surplus.IsEmpty
            ? state
            : throw new LedgerException(
                LedgerFailure.Contradiction,
                $"The participant took the changes of the rights of '{state.User.Id}', but then lists"
                + (missing.IsEmpty ? "" : $" not: {string.Join(", ", missing)};")
                + (surplus.IsEmpty ? "" : $" still: {string.Join(", ", surplus)};")
                + " either somebody else changes them too, or the participant is not consistent. Run it again; if it stays so, see the participant's log.");
    }

    private async Task<LedgerUser> UpdateAsync(LedgerUser user, WantedUser wanted, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var changed = user;
            var paths = ImmutableArray.CreateBuilder<string>();
            if (wanted.PrimaryParty is { } party && party != user.PrimaryParty)
            {
                changed = changed with { PrimaryParty = party };
                paths.Add("primary_party");
            }

            if (wanted.IsDeactivated is { } deactivated && deactivated != user.IsDeactivated)
            {
                changed = changed with { IsDeactivated = deactivated };
                paths.Add("is_deactivated");
            }

            var notes = wanted.Annotations
                .Where(note => user.Annotations.GetValueOrDefault(note.Key, "") != note.Value)
                .ToImmutableSortedDictionary(StringComparer.Ordinal);
            if (!notes.IsEmpty)
            {
                paths.Add("metadata.annotations");
            }

            if (paths.Count == 0)
            {
                return user;
            }

            try
            {
                return await client.UpdateUserAsync(changed with { Annotations = notes }, paths.ToImmutable(), cancellation);
            }
            catch (LedgerException exception) when (exception.Failure == LedgerFailure.Conflict && attempt < Attempts)
            {
                user = await client.FindUserAsync(user.Id, wanted.IdentityProviderId, cancellation) ?? throw new LedgerException(
                    LedgerFailure.UserMissing, $"The user '{user.Id}' was deleted while it was changed. Run it again.", exception);
            }
        }
    }
}
