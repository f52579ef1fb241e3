namespace CantonInfra.Tools.Differences.Dangers;

/// <summary>What a reviewer must know of a change, the gravest first.</summary>
internal enum DangerKind
{
    /// <summary>Something that keeps data, or that is protected, is deleted or replaced.</summary>
    LossOfState,

    /// <summary>A resource would be deleted and created again because its move has no alias.</summary>
    MovedWithoutAlias,

    /// <summary>Something can be reached that could not.</summary>
    Exposure,

    /// <summary>Where a participant's keys are kept is decided otherwise.</summary>
    KeyCustody,

    /// <summary>What kept something from being deleted or lost is gone.</summary>
    LostProtection,

    /// <summary>The bounds of policies are wider.</summary>
    LooserLimits,

    /// <summary>A violation is permitted that was not.</summary>
    NewWaiver,

    /// <summary>Somebody may do more.</summary>
    WiderAccess,

    /// <summary>A connection is allowed that was not.</summary>
    NewConnection,
}

/// <summary>How much a danger asks for.</summary>
internal enum DangerGrade
{
    /// <summary>To be seen: what belongs to something that is new itself.</summary>
    Notice,

    /// <summary>To be decided upon.</summary>
    Grave,
}

/// <summary>A danger.</summary>
/// <param name="Kind">What kind.</param>
/// <param name="Grade">How much it asks for.</param>
/// <param name="Urn">The resource; the name of a file for what is in none.</param>
/// <param name="What">What happens, in words of our own.</param>
/// <param name="Detail">What a plan or a file says of it, secrets masked; empty for nothing.</param>
internal sealed record Danger(DangerKind Kind, DangerGrade Grade, string Urn, string What, string Detail = "")
{
    /// <summary>Whether nobody can decide for it: the change is refused, as by a policy that is mandatory.</summary>
    public bool IsRefused { get; init; }

    /// <summary>How early it is told among those of its kind, 0 first: by what its resource keeps where nothing else is said.</summary>
    public int Rank { get; init; } = StatefulTypes.RankOf(Urn);
}
