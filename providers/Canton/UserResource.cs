using System.Collections.Immutable;
using CantonInfra.Canton.Ledger;
using CantonInfra.Canton.Rights;
using CantonInfra.Protocol.Grpc;
using CantonInfra.Protocol.Properties;
using CantonInfra.ProviderSdk;

namespace CantonInfra.Canton.Provider;

/// <summary><c>canton:index:User</c>: a user with exactly the rights that are named.</summary>
internal sealed class UserResource(CantonProvider provider) : IResourceLifecycle
{
    /// <summary>
    /// Says which resource made a user. A creation that was interrupted before the engine heard of it is known by it as its own.
    /// </summary>
    public const string CreatorAnnotation = "canton-infra/created-by";

    private static readonly string[] Replacing = ["userId", "identityProviderId"];

    // Outputs that only the participant knows.
    private static readonly string[] Found = ["adopted", "grantedRights", "parties", "resourceVersion"];

    /// <inheritdoc/>
    public string Type => "canton:index:User";

    /// <inheritdoc/>
    public CheckedInputs Check(MapValue inputs) => UserInputs.Check(inputs);

    /// <inheritdoc/>
    public ResourceDifference Compare(MapValue oldInputs, MapValue newInputs)
    {
        var olds = UserInputs.Check(Only(oldInputs, UserInputs.Names)).Inputs;
        var difference = ResourceDifference.Between(olds, newInputs, Replacing.Contains, SameMeaning);

        // The id is the name in the participant: a second user of it cannot be made while there is the first.
        return difference with { DeleteBeforeReplace = !difference.Changes.ContainsKey("userId") };
    }

    /// <inheritdoc/>
    public MapValue Foresee(MapValue inputs, MapValue state)
    {
        var difference = state.Entries.IsEmpty ? null : Compare(state, inputs);
        return Found.Aggregate(inputs, (outputs, name) => outputs.With(
            name, difference is { Changes.IsEmpty: true } && state[name] is { } known ? known : PropertyValue.Unknown));
    }

    /// <inheritdoc/>
    public async Task<ResourceState> CreateAsync(ResourceCall call, MapValue inputs, CancellationToken cancellation)
    {
        var given = UserInputs.Read(inputs);
        RefuseUntouchable(given.UserId);
        var work = new Work(given, inputs, ImmutableSortedSet<LedgerRight>.Empty);
        return await GuardAsync(work, async () =>
        {
            var convergence = new UserConvergence(provider.Client);
            var wanted = work.Resolved(await convergence.ResolveAsync(given.ToWanted(), cancellation));
            var user = await provider.Client.FindUserAsync(given.UserId, given.IdentityProviderId, cancellation)
                ?? await TryCreateAsync(call, wanted, work, cancellation);
            var isOwn = user.Annotations.GetValueOrDefault(CreatorAnnotation) == call.Urn;
            work.Adopted = !isOwn;
            if (!isOwn && !given.Adopt)
            {
                throw new ProviderException(
                    $"The user '{given.UserId}' exists already, and 'adopt' is false. Import it, let it be adopted, or choose another id.")
                { Code = StatusCode.AlreadyExists };
            }

            work.Done(await convergence.ConvergeAsync(user, wanted, work.Progress, cancellation));
            return work.State();
        });
    }

    /// <inheritdoc/>
    public async Task<ResourceState?> ReadAsync(ResourceCall call, string id, ResourceState? known, CancellationToken cancellation)
    {
        try
        {
            return known is null ? await ImportAsync(id, cancellation) : await RefreshAsync(id, known, cancellation);
        }
        catch (LedgerException exception)
        {
            throw Explain(exception);
        }
    }

    /// <inheritdoc/>
    public async Task<MapValue> UpdateAsync(ResourceCall call, ResourceState old, MapValue inputs, CancellationToken cancellation)
    {
        var given = UserInputs.Read(inputs);
        var before = UserInputs.Read(old.Inputs);
        RefuseUntouchable(given.UserId);
        var work = new Work(given, inputs, UserInputs.RightsOf(old.Outputs["grantedRights"]))
        {
            Adopted = IsAdopted(old.Outputs),
        };
        var state = await GuardAsync(work, async () =>
        {
            var convergence = new UserConvergence(provider.Client);
            var wanted = work.Resolved(await convergence.ResolveAsync(given.ToWanted(), cancellation));
            var user = await provider.Client.FindUserAsync(given.UserId, given.IdentityProviderId, cancellation)
                ?? throw new ProviderException(
                    $"The user '{given.UserId}' does not exist any more. Run 'pulumi refresh' and then 'pulumi up', which makes it again.")
                { Code = StatusCode.NotFound };
            wanted = wanted with
            {
                // What is not named any more goes; what never was stays.
                PrimaryParty = wanted.PrimaryParty ?? (before.PrimaryParty is null ? null : ""),
                Annotations = before.Annotations.Keys.Except(given.Annotations.Keys, StringComparer.Ordinal)
                    .Aggregate(given.Annotations, (notes, key) => notes.SetItem(key, "")),
            };
            work.Done(await convergence.ConvergeAsync(user, wanted, work.Progress, cancellation));
            return work.State();
        });
        return state.Outputs;
    }

    /// <inheritdoc/>
    public async Task DeleteAsync(ResourceCall call, ResourceState old, CancellationToken cancellation)
    {
        var given = UserInputs.Read(old.Inputs);
        RefuseUntouchable(old.Id);
        try
        {
            if (!IsAdopted(old.Outputs) || given.DeleteAdopted)
            {
                await provider.Client.DeleteUserAsync(old.Id, cancellation);
                return;
            }

            if (await provider.Client.FindUserAsync(old.Id, given.IdentityProviderId, cancellation) is not null)
            {
                var rights = await provider.Client.ListRightsAsync(old.Id, cancellation);
                var granted = UserInputs.RightsOf(old.Outputs["grantedRights"]).Intersect(rights);
                if (!granted.IsEmpty)
                {
                    await provider.Client.RevokeAsync(old.Id, given.IdentityProviderId, granted, cancellation);
                }
            }
        }
        catch (LedgerException exception)
        {
            throw Explain(exception);
        }
    }

    private static bool SameMeaning(string name, PropertyValue old, PropertyValue now) => name switch
    {
        // The order of rights means nothing.
        "rights" => UserInputs.RightsOf(old).SetEquals(UserInputs.RightsOf(now)) && old is ListValue && now is ListValue,
        _ => false,
    };

    private static bool IsAdopted(MapValue outputs) => (outputs["adopted"] ?? PropertyValue.Null).Unwrapped is BoolValue { Value: true };

    private static MapValue Only(MapValue values, ImmutableArray<string> names) =>
        new(values.Entries.Where(entry => names.Contains(entry.Key)));

    private void RefuseUntouchable(string id)
    {
        if (provider.UntouchableUsers.Contains(id))
        {
            throw new ProviderException(
                $"The user '{id}' is one of untouchableUsers, which this provider reads and never changes. Give the resource another user"
                + " id, or take it out of the program.");
        }
    }

    private async Task<LedgerUser> TryCreateAsync(ResourceCall call, WantedUser wanted, Work work, CancellationToken cancellation)
    {
        try
        {
            var user = await provider.Client.CreateUserAsync(
                new LedgerUser(wanted.Id)
                {
                    PrimaryParty = wanted.PrimaryParty ?? "",
                    IsDeactivated = wanted.IsDeactivated ?? false,
                    Annotations = wanted.Annotations.SetItem(CreatorAnnotation, call.Urn),
                    IdentityProviderId = wanted.IdentityProviderId,
                },
                wanted.Rights,
                cancellation);
            work.Created(user, wanted.Rights);
            return user;
        }
        catch (LedgerException exception) when (exception.Failure == LedgerFailure.UserExists)
        {
            // Somebody was faster, or the answer to a first attempt was lost.
            return await provider.Client.FindUserAsync(wanted.Id, wanted.IdentityProviderId, cancellation) ?? throw new LedgerException(
                LedgerFailure.UserExists,
                $"{exception.Message} It is not to be found in the identity provider '{wanted.IdentityProviderId}', so it belongs to another one.",
                exception);
        }
    }

    private async Task<ResourceState?> ImportAsync(string id, CancellationToken cancellation)
    {
        // identity-provider/user names a user of another than the default identity provider; no user's id has a slash.
        var slash = id.LastIndexOf('/');
        var userId = id[(slash + 1)..];
        var user = await provider.Client.FindUserAsync(userId, slash > 0 ? id[..slash] : "", cancellation);
        if (user is null)
        {
            return null;
        }

        var rights = await provider.Client.ListRightsAsync(userId, cancellation);
        var inputs = UserInputs.Check(MapValue.Empty.With("userId", userId)).Inputs
            .With("isDeactivated", user.IsDeactivated)
            .With("rights", UserInputs.ValueOf(rights));
        var notes = user.Annotations.Remove(CreatorAnnotation);
        inputs = notes.IsEmpty ? inputs : inputs.With("annotations", UserInputs.ValueOf(notes));
        inputs = user.PrimaryParty.Length > 0 ? inputs.With("primaryParty", user.PrimaryParty) : inputs;
        inputs = user.IdentityProviderId.Length > 0 ? inputs.With("identityProviderId", user.IdentityProviderId) : inputs;
        var outputs = inputs
            .With("adopted", true)
            .With("grantedRights", UserInputs.ValueOf(ImmutableArray<LedgerRight>.Empty))
            .With("parties", MapValue.Empty)
            .With("resourceVersion", user.ResourceVersion);
        return new ResourceState(userId, outputs, inputs);
    }

    private async Task<ResourceState?> RefreshAsync(string id, ResourceState known, CancellationToken cancellation)
    {
        var old = Only(known.Inputs.Entries.IsEmpty ? known.Outputs : known.Inputs, UserInputs.Names);
        var given = UserInputs.Read(old);
        var user = await provider.Client.FindUserAsync(id, given.IdentityProviderId, cancellation);
        if (user is null)
        {
            return null;
        }

        var hints = UserInputs.TextsOf(known.Outputs["parties"]).GroupBy(entry => entry.Value, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First().Key, StringComparer.Ordinal);
        var rights = (await provider.Client.ListRightsAsync(id, cancellation))
            .Select(right => right.Party is { } party ? right with { Party = hints.GetValueOrDefault(party, party) } : right)
            .ToImmutableSortedSet();
        var inputs = old.With("isDeactivated", Like(old["isDeactivated"], user.IsDeactivated));
        if (!rights.SetEquals(given.Rights))
        {
            inputs = inputs.With("rights", Like(old["rights"], UserInputs.ValueOf(rights)));
        }

        if (given.PrimaryParty is not null)
        {
            inputs = inputs.With("primaryParty", Like(old["primaryParty"], hints.GetValueOrDefault(user.PrimaryParty, user.PrimaryParty)));
        }

        if (!given.Annotations.IsEmpty)
        {
            // Only what is managed here; other annotations are others' business.
            var notes = user.Annotations.Where(note => given.Annotations.ContainsKey(note.Key)).ToImmutableSortedDictionary(StringComparer.Ordinal);
            inputs = notes.SequenceEqual(given.Annotations) ? inputs : inputs.With("annotations", Like(old["annotations"], UserInputs.ValueOf(notes)));
        }

        var outputs = Found.Where(name => known.Outputs[name] is not null)
            .Aggregate(inputs, (all, name) => all.With(name, known.Outputs[name]!))
            .With("resourceVersion", user.ResourceVersion);
        return new ResourceState(id, outputs, inputs);
    }

    // What was secret stays so.
    private static PropertyValue Like(PropertyValue? old, PropertyValue now) => old is { ContainsSecrets: true } ? PropertyValue.Secret(now) : now;

    private static async Task<ResourceState> GuardAsync(Work work, Func<Task<ResourceState>> operation)
    {
        try
        {
            return await operation();
        }
        catch (LedgerException exception)
        {
            throw work.HasChanged ? new PartialResourceException(work.State(), exception.Message, exception) : Explain(exception);
        }
        catch (OperationCanceledException exception) when (work.HasChanged)
        {
            throw new PartialResourceException(
                work.State(), "Cancelled, or out of time (customTimeouts), after the user was changed in part; the next update does the rest.", exception);
        }
    }

    private static ProviderException Explain(LedgerException exception) => new(exception.Message, exception)
    {
        Code = exception.Failure switch
        {
            LedgerFailure.UserExists => StatusCode.AlreadyExists,
            LedgerFailure.UserMissing => StatusCode.NotFound,
            LedgerFailure.Conflict => StatusCode.Aborted,
            LedgerFailure.Unauthenticated or LedgerFailure.NoToken => StatusCode.Unauthenticated,
            LedgerFailure.Forbidden => StatusCode.PermissionDenied,
            LedgerFailure.Unavailable => StatusCode.Unavailable,
            LedgerFailure.Refused => StatusCode.InvalidArgument,
            _ => StatusCode.FailedPrecondition,
        },
    };

    /// <summary>How far an operation has come, so that nothing of it is lost when it ends early.</summary>
    private sealed class Work(UserInputs given, MapValue inputs, ImmutableSortedSet<LedgerRight> granted)
    {
        private LedgerUser? _user;
        private ImmutableSortedSet<LedgerRight> _granted = granted;
        private MapValue _parties = MapValue.Empty;

        public bool Adopted { get; set; }

        public bool HasChanged { get; private set; }

        public WantedUser Resolved(WantedUser wanted)
        {
            var parties = given.Rights.Select(right => right.Party).Append(given.PrimaryParty).OfType<string>()
                .Where(party => !party.Contains("::", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal);
            var all = wanted.Rights.Select(right => right.Party).Append(wanted.PrimaryParty).OfType<string>().ToArray();
            _parties = UserInputs.ValueOf(parties.Select(hint => KeyValuePair.Create(
                hint, all.First(party => party.StartsWith($"{hint}::", StringComparison.Ordinal)))));
            return wanted;
        }

        public void Created(LedgerUser user, ImmutableSortedSet<LedgerRight> rights)
        {
            _user = user;
            _granted = rights;
            HasChanged = true;
        }

        public void Progress(ConvergedUser state)
        {
            Done(state);
            HasChanged = true;
        }

        public void Done(ConvergedUser state)
        {
            _user = state.User;
            _granted = _granted.Union(state.Granted).Except(state.Revoked);
        }

        public ResourceState State() => new(
            given.UserId,
            inputs
                .With("adopted", Adopted)
                .With("grantedRights", UserInputs.ValueOf(_granted))
                .With("parties", _parties)
                .With("resourceVersion", _user?.ResourceVersion ?? ""),
            inputs);
    }
}
