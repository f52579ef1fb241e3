namespace CantonInfra.Canton.Rights;

/// <summary>What a right of a Canton user permits; the names are those of the ledger API.</summary>
public enum RightKind
{
    /// <summary>Submit commands as one party; includes preparing, executing and reading as that party.</summary>
    CanActAs,

    /// <summary>Read as one party.</summary>
    CanReadAs,

    /// <summary>Prepare and execute interactive submissions of one party; does not include reading.</summary>
    CanExecuteAs,

    /// <summary>Read as every party of the participant.</summary>
    CanReadAsAnyParty,

    /// <summary>Prepare and execute interactive submissions of every party; includes neither reading nor submitting commands.</summary>
    CanExecuteAsAnyParty,

    /// <summary>Administer the participant: users, rights, parties, packages.</summary>
    ParticipantAdmin,

    /// <summary>Administer the users and parties of the user's own identity provider.</summary>
    IdentityProviderAdmin,
}
