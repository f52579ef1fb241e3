using System.Collections.Immutable;
using CantonInfra.Canton.Rights;
using Pulumi;
using Pulumi.Canton;
using Pulumi.Canton.Inputs;

namespace CantonInfra.Infra.Components.Ledger;

/// <summary>What <see cref="LedgerUsers"/> needs.</summary>
internal sealed record LedgerUsersArgs
{
    /// <summary>The address of the participant's JSON Ledger API.</summary>
    public required Uri ApiUrl { get; init; }

    /// <summary>The identity provider's token endpoint.</summary>
    public required Output<string> TokenUrl { get; init; }

    /// <summary>A client that may administer users.</summary>
    public required Output<string> ClientId { get; init; }

    /// <summary>Its secret.</summary>
    public required Output<string> ClientSecret { get; init; }

    /// <summary>The audience to ask for; null where the identity provider takes none.</summary>
    public string? Audience { get; init; }

    /// <summary>The scope to ask for; null for none.</summary>
    public string? Scope { get; init; }

    /// <summary>The bridge operator's party or its hint; null where no right needs it.</summary>
    public string? OperatorParty { get; init; }

    /// <summary>What services get beyond the table, by its names there.</summary>
    public required ImmutableArray<string> Extras { get; init; }

    /// <summary>Users that are looked at and never changed.</summary>
    public required ImmutableArray<string> UntouchableUsers { get; init; }
}

/// <summary>The Canton users of one participant, each with exactly the rights that its service needs (B2, B3).</summary>
internal sealed class LedgerUsers : ComponentResource
{
    private readonly LedgerUsersArgs _args;
    private readonly Provider _participant;

    /// <summary>Connects to the participant; users are added by <see cref="Add"/>.</summary>
    public LedgerUsers(string name, LedgerUsersArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:ledger:LedgerUsers", name, options)
    {
        _args = args;
        var connection = new ProviderArgs
        {
            LedgerApiUrl = args.ApiUrl.AbsoluteUri.TrimEnd('/'),
            TokenUrl = args.TokenUrl,
            ClientId = args.ClientId,
            ClientSecret = args.ClientSecret,
            UntouchableUsers = args.UntouchableUsers.ToArray(),
        };
        if (args.Audience is { } audience)
        {
            connection.Audience = audience;
        }

        if (args.Scope is { } scope)
        {
            connection.Scope = scope;
        }

        _participant = new Provider(name, connection, new CustomResourceOptions { Parent = this });
        RegisterOutputs();
    }

    /// <summary>Gives a service its user.</summary>
    /// <param name="service">The service and its rights.</param>
    /// <param name="subject">The <c>sub</c> of its tokens: the user's id.</param>
    /// <returns>Each of the user's rights, and why it has it.</returns>
    public ImmutableDictionary<string, string> Add(ServiceRights service, Output<string> subject)
    {
        var user = new UserArgs { UserId = subject };
        foreach (var right in service.With(_args.Extras, _args.OperatorParty))
        {
            user.Rights.Add(ArgsOf(right));
        }

        _ = new User(service.Name, user, new CustomResourceOptions { Parent = this, Provider = _participant });
        return service.NeedsWith(_args.Extras).ToImmutableDictionary(
            need => new LedgerRight(need.Kind, LedgerRight.NamesParty(need.Kind) ? _args.OperatorParty : null).ToString(), need => need.Reason);
    }

    private static RightArgs ArgsOf(LedgerRight right)
    {
        var args = new RightArgs { Kind = KindOf(right.Kind) };
        if (right.Party is { } party)
        {
            args.Party = party;
        }

        return args;
    }

    private static Pulumi.Canton.RightKind KindOf(CantonInfra.Canton.Rights.RightKind kind) => kind switch
    {
        CantonInfra.Canton.Rights.RightKind.CanActAs => Pulumi.Canton.RightKind.CanActAs,
        CantonInfra.Canton.Rights.RightKind.CanReadAsAnyParty => Pulumi.Canton.RightKind.CanReadAsAnyParty,
        CantonInfra.Canton.Rights.RightKind.CanExecuteAsAnyParty => Pulumi.Canton.RightKind.CanExecuteAsAnyParty,
        CantonInfra.Canton.Rights.RightKind.IdentityProviderAdmin => Pulumi.Canton.RightKind.IdentityProviderAdmin,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No service needs this right."),
    };
}
