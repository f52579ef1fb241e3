namespace CantonInfra.Tools.Issuers;

/// <summary>How a check ended.</summary>
internal enum CheckState
{
    /// <summary>As Canton needs it.</summary>
    Ok,

    /// <summary>It works, but better would be otherwise.</summary>
    Warning,

    /// <summary>Canton, or a user interface, will not work with it.</summary>
    Failed,

    /// <summary>Not checked, since something before it failed or was not named.</summary>
    Skipped,
}

/// <summary>One requirement of Canton and what was found.</summary>
/// <param name="Id">The check's id.</param>
/// <param name="State">How it ended.</param>
/// <param name="Found">What was found.</param>
/// <param name="Fix">What to do; empty where nothing is to be done.</param>
internal sealed record IssuerCheck(string Id, CheckState State, string Found, string Fix = "")
{
    /// <summary>A requirement that is met.</summary>
    public static IssuerCheck Ok(string id, string found) => new(id, CheckState.Ok, found);

    /// <summary>A requirement that is met, or not.</summary>
    public static IssuerCheck Of(string id, bool isMet, string found, string fix) =>
        isMet ? Ok(id, found) : new(id, CheckState.Failed, found, fix);

    /// <summary>A requirement that could not be looked at.</summary>
    public static IssuerCheck Skipped(string id, string why) => new(id, CheckState.Skipped, why);
}
