namespace CantonInfra.Canton.Ledger;

/// <summary>Why a call of the ledger API failed.</summary>
public enum LedgerFailure
{
    /// <summary>The user exists.</summary>
    UserExists,

    /// <summary>The user does not exist.</summary>
    UserMissing,

    /// <summary>The user would have more rights than the participant allows.</summary>
    TooManyRights,

    /// <summary>The participant finds the request wrong.</summary>
    Refused,

    /// <summary>Somebody else changed the user meanwhile.</summary>
    Conflict,

    /// <summary>The token is missing, expired or not accepted.</summary>
    Unauthenticated,

    /// <summary>The token is accepted, but its user lacks a right.</summary>
    Forbidden,

    /// <summary>The participant is busy or not there, and stayed so.</summary>
    Unavailable,

    /// <summary>The answer is not one of a JSON Ledger API v2.</summary>
    Malformed,

    /// <summary>The participant says one thing and shows another.</summary>
    Contradiction,

    /// <summary>The identity provider gave no token.</summary>
    NoToken,

    /// <summary>A party hint leads to no party, or to several.</summary>
    PartyHint,

    /// <summary>The user is one that must not be changed.</summary>
    Untouchable,
}

/// <summary>A call of the ledger API failed. The message says what, where, why and what to do, and holds no secret.</summary>
/// <param name="failure">Why.</param>
/// <param name="message">For people.</param>
/// <param name="innerException">The cause, if any.</param>
public sealed class LedgerException(LedgerFailure failure, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>Why.</summary>
    public LedgerFailure Failure => failure;
}
